"""How the server's log is written: every line through one handler, as text or as JSON, without what people typed.

An error's own message is left out of every line, whichever library wrote it: a database puts the row into it. What is
left are the kinds of the errors and the places in the code that they passed, as in `charter/incidents.py`.
"""

import json
import logging
import os
import sys
import threading
from datetime import UTC, datetime
from types import TracebackType

from charter.incidents import kinds_of, places_of, report
from charter.settings import LogForm

OURS = "charter"
# What Streamlit is given for the few lines that it writes before the site is loaded, as of a port that is taken.
BEFORE_THE_LOG = '{"time": "%(asctime)s", "level": "%(levelname)s", "logger": "%(name)s", "message": "%(message)s"}'
# Uvicorn says so as an error of each socket that was refused by an answer with words: see `pages/routes/outermost.py`.
_SOCKET_REFUSED = "ASGI callable returned without completing handshake."


def set_up_logs(form: LogForm) -> None:
    """Have every line of this process go through one handler to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines() if form is LogForm.JSON else _TextLines())
    handler.addFilter(_worth_a_line)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_a_thread
    gather_loggers()


def gather_loggers() -> None:
    """Take away the handlers that libraries gave to their own loggers, so that their lines come to ours."""
    for logger in list(logging.root.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger):
            logger.handlers.clear()
            logger.propagate = True


def last_line(message: str) -> str:
    """Give the line that says why a start ends: also where it ends over the settings, so they are not asked here."""
    if os.environ.get("CHARTER_LOG") != LogForm.JSON:
        return message
    return _JsonLines().format(logging.makeLogRecord({"name": OURS, "levelname": "CRITICAL", "msg": message}))


def _worth_a_line(record: logging.LogRecord) -> bool:
    """Let libraries speak of trouble alone: what else they tell names people's addresses and the pages they open."""
    if record.msg == _SOCKET_REFUSED:
        return False
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] == OURS


def _message(record: logging.LogRecord) -> str:
    """Give what a line says. Of a library's it is the first line: below it stand values, as words of an error."""
    said = record.getMessage()
    if record.name.partition(".")[0] != OURS:
        said = said.partition("\n")[0]
    return said.replace("\n", " | ").replace("\r", " ")


def _error(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if isinstance(record.exc_info, tuple) else None


class _JsonLines(logging.Formatter):
    """A line as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if incident := getattr(record, "incident", ""):
            line["incident"] = incident
        if error := _error(record):
            line |= {"error": kinds_of(error), "places": places_of(error)}
        return json.dumps(line, ensure_ascii=False)


class _TextLines(logging.Formatter):
    """A line to be read as it is."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        said = _message(record)
        if error := _error(record):
            said = " | ".join([f"{said}: {kinds_of(error)}", *places_of(error)])
        return f"{self.formatTime(record)} {record.levelname} {record.name}: {said}"


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    report(error)


def _uncaught_in_a_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None and not isinstance(told.exc_value, SystemExit):
        report(told.exc_value)
