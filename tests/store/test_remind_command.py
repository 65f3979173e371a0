"""`python -m charter remind`, as a timer calls it: one line of counts, and an exit code."""

import sys
from collections.abc import Callable

import pytest

from charter.__main__ import main
from charter.store import store
from db.types import MailState
from tests.conftest import forget_settings
from tests.mail_server import MailServerHere
from tests.store.databases import one_database
from tests.store.mailing import Review, mails, review

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def year(mailbox: MailServerHere) -> Review:
    assert mailbox.taken == []
    made = review(store(), "anna", "ben", "cara")
    made.add("without", email=None)
    made.answers("cara")
    return made


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["charter", "remind", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
        printed = capsys.readouterr()
        return int(stopped.value.code or 0), printed.out, printed.err

    return command


LEFT_OUT = "Left out: has sent its answers (1); has no e-mail address that works (1)."


def test_it_sends_what_is_due_once_and_says_how_many(year: Review, mailbox: MailServerHere, run: Run) -> None:
    assert run("--preview") == (0, f"Reminders due: 2. {LEFT_OUT}\n", "")
    assert mails(year.store) == []
    assert run() == (0, f"Reminders: 2 sent. {LEFT_OUT}\n", "")
    assert {letter["To"] for letter in mailbox.letters()} == {"anna@groups.example", "ben@groups.example"}
    code, out, _ = run()
    assert (code, out.startswith("Reminders: none. Left out: has sent")) == (0, True)
    assert "has had it already (2)" in out
    assert len(mailbox.taken) == 2


@one_database
def test_its_exit_code_says_that_one_failed_or_came_back(year: Review, mailbox: MailServerHere, run: Run) -> None:
    mailbox.refused = {"anna@groups.example": "550 5.1.1 No such user", "ben@groups.example": "451 4.3.0 Later"}
    code, out, error = run()
    assert (code, error) == (1, "")
    assert out == f"Reminders: 1 failed, 1 came back. {LEFT_OUT}\n"
    assert {row.state for row in mails(year.store)} == {MailState.FAILED, MailState.BOUNCED}


@one_database
def test_without_a_mail_server_they_wait_in_the_outbox(year: Review, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHARTER_SMTP_URL")
    forget_settings()
    assert run() == (0, f"Reminders: 2 in the outbox. {LEFT_OUT}\n", "")
    assert {row.state for row in mails(year.store)} == {MailState.WRITTEN}


@one_database
def test_where_nothing_is_due_it_says_so(mailbox: MailServerHere, run: Run) -> None:
    assert run() == (0, "Reminders: none. Left out: nobody.\n", "")
    assert mailbox.taken == []
