"""What is said, on the screen and in the log, when a page fails."""

import logging
import re

import pytest
from sqlalchemy.exc import OperationalError
from streamlit.testing.v1 import AppTest

from charter.incidents import report
from pages.ui import failure

SECRET = "typed by a person"


def failing(kind: str) -> AppTest:
    """Give a page on which an error is shown."""

    def script(kind: str) -> None:
        from sqlalchemy.exc import OperationalError  # noqa: PLC0415

        from pages.ui import failure  # noqa: PLC0415

        away = OperationalError("SELECT", {}, Exception("typed by a person"))
        failure.show(away if kind == "away" else ValueError("typed by a person"))

    return AppTest.from_function(script, args=(kind,)).run()


@pytest.mark.parametrize(("kind", "said"), [("away", "cannot reach our records"), ("other", "It is our fault")])
def test_the_person_gets_a_code_and_what_to_do(kind: str, said: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, logger="charter")
    site = failing(kind)
    assert not site.exception
    words = site.error[0].value
    assert said in words
    assert "What you saved is safe" in words
    assert SECRET not in words
    code = re.search(r"this code: ([0-9A-Z]{8})\.", words)
    assert code is not None
    assert f"incident {code[1]}" in caplog.text
    assert SECRET not in caplog.text


def test_the_log_tells_the_kind_and_the_place_and_not_the_words(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, logger="charter")
    try:
        try:
            int(SECRET)
        except ValueError as first:
            raise OperationalError(f"UPDATE {SECRET}", {"name": SECRET}, Exception(SECRET)) from first
    except OperationalError as error:
        code = report(error)
    assert SECRET not in caplog.text
    assert code in caplog.text
    assert "OperationalError from builtins.ValueError" in caplog.text
    assert "test_failure.py" in caplog.text


def test_two_incidents_have_two_codes() -> None:
    assert report(ValueError()) != report(ValueError())


def test_streamlits_own_account_of_an_error_is_kept_out(caplog: pytest.LogCaptureFixture) -> None:
    failure.quiet_streamlit()
    log = logging.getLogger("streamlit.error_util")
    handler = logging.NullHandler()
    log.addHandler(handler)
    seen: list[logging.LogRecord] = []
    handler.handle = seen.append  # type: ignore[method-assign,assignment]
    log.error("Uncaught app execution", exc_info=ValueError(SECRET))
    log.warning("something else")
    log.removeHandler(handler)
    assert [record.getMessage() for record in seen] == ["something else"]
    assert SECRET not in caplog.text
