"""`move`: the store carried over to another database."""

import sys
import time
from typing import Annotated

import typer

from charter.backup.moving import COMPARING, Step
from charter.backup.moving import move as move_store
from charter.commands.speaking import say
from charter.rules.access import OPERATOR

_TOLD_EVERY = 2.0  # seconds


def move(
    to: Annotated[
        str, typer.Option("--to", help="The address of an empty database, such as postgresql://user@host/name.")
    ],
) -> None:
    """Carry the whole store over to another database, and compare every row there with the one here.

    Stop the site first: what is written after the move stays behind. A password that is not in the address is taken
    from PGPASSWORD or ~/.pgpass, so that it need not stand in the list of processes.
    """
    moved = move_store(to=to, viewer=OPERATOR, told=_Told())
    say(f"{moved.rows:,} rows of {moved.tables} tables were carried over, and each was compared with the one here.")
    say(f"The audit log has {moved.entries:,} entries there, the last of them about this move.")
    for finding in moved.findings:
        say(f"It is not whole, there as here: {finding}")
    say("Now set CHARTER_DATABASE_URL to the address that you gave, for every server and command, and start the site.")
    say("Keep the data folder: the secret key is in it. The store here is as it was: keep it too, for a while.")


class _Told:
    """Says how far a move is, every two seconds and at the end of each half."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self, step: Step) -> None:
        now = time.monotonic()
        if now - self._last < _TOLD_EVERY and step.done < step.of:
            return
        self._last = now
        done = "compared" if step.doing == COMPARING else "copied"
        say(f"  {step.done:,} of {step.of:,} rows {done}, now at {step.table}")
        sys.stdout.flush()
