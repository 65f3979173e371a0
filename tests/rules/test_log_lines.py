"""A line of the log: its form, and that no error's own words get into it, whoever wrote it."""

import io
import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
import streamlit.logger

from charter.incidents import report
from charter.logs import BEFORE_THE_LOG, gather_loggers, last_line, set_up_logs
from charter.settings import LogForm
from pages.ui import failure

TYPED = "typed by a person"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[LogForm], io.StringIO]]:
    """Set the logs up in this process, with what they write to be read, and put all back at the end."""
    root = logging.getLogger()
    handlers, level, hooks = root.handlers, root.level, (sys.excepthook, threading.excepthook)
    setup = streamlit.logger.setup_formatter
    known = {name: (found.handlers[:], found.propagate) for name, found in loggers().items()}

    def set_up(form: LogForm) -> io.StringIO:
        written = io.StringIO()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stderr", written)
            set_up_logs(form)
        return written

    yield set_up
    root.handlers, root.level = handlers, level
    sys.excepthook, threading.excepthook = hooks
    logging.captureWarnings(capture=False)
    streamlit.logger.setup_formatter = setup
    for name, (kept, propagate) in known.items():
        logging.getLogger(name).handlers, logging.getLogger(name).propagate = kept, propagate


def loggers() -> dict[str, logging.Logger]:
    found = logging.root.manager.loggerDict
    return {name: logger for name, logger in found.items() if isinstance(logger, logging.Logger)}


def speak() -> None:
    """Have ourselves and libraries say what they say of errors."""
    try:
        int(TYPED)
    except ValueError as error:
        report(error)
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
        kept = error
    logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: %r", kept)
    logging.getLogger("py.warnings").warning("some.py:1: UserWarning: a warning\n%s", kept)
    logging.getLogger("charter").warning("two\nlines")
    logging.getLogger("uvicorn.error").info('203.0.113.5:1 - "WebSocket /_stcore/stream?set=token" [accepted]')
    logging.getLogger("charter").info("the site is open")
    thread = threading.Thread(target=lambda: int(TYPED))
    thread.start()
    thread.join()


def test_every_line_is_an_object_without_the_words_of_an_error(told: Callable[[LogForm], io.StringIO]) -> None:
    written = told(LogForm.JSON)
    speak()
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert TYPED not in written.getvalue()
    assert "203.0.113.5" not in written.getvalue()
    asgi = next(line for line in lines if line["logger"] == "uvicorn.error")
    assert (asgi["message"], asgi["level"], asgi["error"]) == (
        "Exception in ASGI application",
        "ERROR",
        "builtins.ValueError",
    )
    assert any("test_log_lines.py" in place for place in asgi["places"])
    assert [line["message"] for line in lines if line["logger"] == "asyncio"] == ["Task exception was never retrieved"]
    assert {"two | lines", "the site is open"} <= {line["message"] for line in lines}
    incidents = {line["incident"] for line in lines if "incident" in line}
    assert len(incidents) == 2, "one reported, one in a thread that nobody waited for"


def test_as_text_too(told: Callable[[LogForm], io.StringIO]) -> None:
    written = told(LogForm.TEXT)
    speak()
    assert TYPED not in written.getvalue()
    lines = written.getvalue().splitlines()
    assert all(line[:2] == "20" for line in lines), "each begins with its time: nothing forges a line of its own"
    assert any("ERROR uvicorn.error: Exception in ASGI application: builtins.ValueError" in line for line in lines)


def test_what_ends_the_process_is_told_without_its_words(told: Callable[[LogForm], io.StringIO]) -> None:
    written = told(LogForm.JSON)
    error = ValueError(TYPED)
    sys.excepthook(ValueError, error, None)
    assert "builtins.ValueError" in written.getvalue()
    assert TYPED not in written.getvalue()


def test_a_socket_that_was_refused_is_no_error_of_the_server(told: Callable[[LogForm], io.StringIO]) -> None:
    written = told(LogForm.TEXT)
    logging.getLogger("uvicorn.error").error("ASGI callable returned without completing handshake.")
    logging.getLogger("uvicorn.error").error("ASGI callable should return None")
    assert len(written.getvalue().splitlines()) == 1


def test_loggers_of_streamlit_speak_through_ours_also_those_that_are_made_later(
    told: Callable[[LogForm], io.StringIO],
) -> None:
    written = told(LogForm.JSON)
    failure.quiet_streamlit()
    name = "streamlit.made_later"
    streamlit.logger.get_logger(name).warning("said late")
    streamlit.logger.update_formatter()
    streamlit.logger.get_logger(name).warning("said again")
    gather_loggers()
    assert [json.loads(line)["message"] for line in written.getvalue().splitlines()] == ["said late", "said again"]


def test_a_last_line_is_as_it_is_or_an_object(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHARTER_LOG", raising=False)
    assert last_line("why") == "why"
    monkeypatch.setenv("CHARTER_LOG", "json")
    line = json.loads(last_line('why, "quoted"'))
    assert (line["level"], line["logger"], line["message"]) == ("CRITICAL", "charter", 'why, "quoted"')


def test_what_streamlit_writes_before_is_an_object_of_the_same_names() -> None:
    record = logging.makeLogRecord({"name": "streamlit", "levelname": "ERROR", "msg": "Port 1 is not available"})
    line = json.loads(logging.Formatter(BEFORE_THE_LOG).format(record))
    assert set(line) == {"time", "level", "logger", "message"}
