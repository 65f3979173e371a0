"""What the log says of an error: an id, what kind it was and where, and never the text that somebody typed."""

import logging
import traceback

from sqlalchemy.exc import OperationalError

from charter.tokens import readable

_log = logging.getLogger("charter")


def report(error: BaseException) -> str:
    """Write an error to the log under a new id, and return the id for the person to quote.

    The error's own message stays out: a database puts the row into it. Its kind, the places in the code that it
    passed, and the kinds of the errors that it came from, are enough to find it.
    """
    incident = readable()
    named = {"incident": incident}
    _log.error("incident %s: %s", incident, kinds_of(error), extra=named)
    for line in places_of(error):
        _log.error("incident %s: %s", incident, line, extra=named)
    return incident


def kinds_of(error: BaseException) -> str:
    """Name the kind of an error, and the kinds of those that it came from."""
    kinds: list[str] = []
    current: BaseException | None = error
    while current is not None and len(kinds) < 5:  # noqa: PLR2004 - enough to see the origin
        kinds.append(f"{type(current).__module__}.{type(current).__qualname__}")
        current = current.__cause__ or current.__context__
    return " from ".join(kinds)


def places_of(error: BaseException) -> list[str]:
    """Give the places in the code that an error passed, a line each, with the code that stands there."""
    return "".join(traceback.format_tb(error.__traceback__)).splitlines()


def store_is_away(error: BaseException) -> bool:
    """Tell whether an error says that the store could not be reached: then trying again may help."""
    return isinstance(error, OperationalError)
