"""Whether the store can be used: prepared at start-up, and tried again for as long as it is away."""

import logging
import threading
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError

from charter.incidents import report
from charter.startup import prepare_store
from charter.store import store
from db.migrations.running import StoreBrokenError, StoreNewerError, current_revision, newest_revision

RETRY_SECONDS = 5.0
_AWAY = "the store is away"
_log = logging.getLogger("charter")


@dataclass(frozen=True)
class StoreState:
    """Whether the store can be used now, and if not, why.

    Attributes:
        migration: the number of the last migration that the store has had, if it answers.
    """

    ready: bool
    migration: str | None
    reason: str = ""


class Preparation:
    """Prepares the store at start-up, and goes on trying in a thread of its own while the store is away."""

    def __init__(self) -> None:
        self._done = threading.Event()
        self._stopped = threading.Event()
        self._reason = "the store has not been prepared yet"

    def start(self) -> None:
        """Try once, and leave a thread trying if the store is away.

        Raises:
            StoreNewerError: this code must not touch the store.
            StoreBrokenError: the store could not be brought up to date.
        """
        if not self._tried():
            _log.warning("%s; trying again every %g seconds", _AWAY, RETRY_SECONDS)
            threading.Thread(target=self._keep_trying, name="prepare-store", daemon=True).start()

    def stop(self) -> None:
        """Stop trying."""
        self._stopped.set()

    def state(self) -> StoreState:
        """Look whether the store answers now, and is at the migration that this code needs."""
        try:
            found = current_revision(store().engine)
        except DBAPIError:
            return StoreState(ready=False, migration=None, reason=_AWAY)
        if not self._done.is_set():
            return StoreState(ready=False, migration=found, reason=self._reason)
        if found != newest_revision():
            return StoreState(ready=False, migration=found, reason=f"the store needs migration {newest_revision()}")
        return StoreState(ready=True, migration=found)

    def _tried(self) -> bool:
        try:
            prepare_store()
        except DBAPIError:
            self._reason = _AWAY
            return False
        self._done.set()
        return True

    def _keep_trying(self) -> None:
        while not self._stopped.wait(RETRY_SECONDS):
            try:
                if self._tried():
                    _log.info("the store is back")
                    return
            except (StoreNewerError, StoreBrokenError) as error:
                self._reason = str(error)
                _log.error("%s", error)
                return
            except Exception as error:  # noqa: BLE001 - a thread that dies unseen would leave the site shut for good
                self._reason = f"the store could not be prepared: incident {report(error)}"


PREPARATION = Preparation()
