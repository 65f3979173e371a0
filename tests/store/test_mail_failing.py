"""What a mail server refuses, and one that goes away: each letter is bounced, failed or not known, and none is lost."""

import smtplib
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from charter import clock
from charter.mail.listing import condition_of, list_mail, mail_troubles
from charter.mail.outbox_folder import is_kept, outbox_folder
from charter.mail.sending import send_again, send_all_again
from charter.mail.wording import Condition
from charter.store import store, writing
from charter.worker import run_waiting
from db.types import MailState
from tests.conftest import forget_settings
from tests.http.serving import free_port
from tests.mail_server import MailServerHere
from tests.store.databases import one_database
from tests.store.mailing import Review, mails, posted, review, states


@pytest.fixture
def year(mailbox: MailServerHere) -> Review:
    assert mailbox.taken == []
    return review(store(), "anna", "ben", "cara")


def test_an_address_that_is_refused_bounces_and_the_others_go(year: Review, mailbox: MailServerHere) -> None:
    mailbox.refused = {"ben@groups.example": "550 5.1.1 No such user"}
    posted(year, "anna", "ben", "cara")
    run_waiting()
    assert states(year) == [MailState.SENT, MailState.BOUNCED, MailState.SENT]
    with store().reading() as session:
        (trouble,) = mail_troubles(session, viewer=year.viewer)
        assert list_mail(session, viewer=year.viewer, states=[MailState.BOUNCED]) == (trouble,)
    assert (trouble.address, trouble.organisation, trouble.condition) == (
        "ben@groups.example",
        "ben group",
        Condition.BOUNCED,
    )
    assert "no mail can go to this address (code 550)" in trouble.said
    assert not trouble.can_send_again
    assert list(outbox_folder().iterdir()) == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("451 4.7.1 Greylisted", "not take it now (code 451)"),
        ("554 5.7.1 Relay access denied", "would not take it (code 554)"),
        ("530 5.7.0 Authentication required", "would not take it (code 530)"),
    ],
)
@one_database
def test_what_is_not_the_addresss_fault_is_no_bounce(
    year: Review, mailbox: MailServerHere, answer: str, words: str
) -> None:
    mailbox.refused = {"anna@groups.example": answer}
    (key,) = posted(year, "anna")
    run_waiting()
    (row,) = mails(year.store)
    assert row.state is MailState.FAILED
    assert words in row.failure
    mailbox.refused = {}
    with writing() as session:
        assert mail_troubles(session, viewer=year.viewer)[0].can_send_again
        send_again(session, viewer=year.viewer, mail_id=key)
    run_waiting()
    assert states(year) == [MailState.SENT]
    assert len(mailbox.taken) == 1


@pytest.mark.parametrize("answer", ["452 4.2.2 Too full now", "552 5.3.4 Too big"])
@one_database
def test_a_letter_that_is_refused_failed(year: Review, mailbox: MailServerHere, answer: str) -> None:
    mailbox.answer = answer
    posted(year, "anna")
    run_waiting()
    (row,) = mails(year.store)
    assert row.state is MailState.FAILED
    assert f"(code {answer[:3]})" in row.failure
    assert is_kept(row.message_id)


def test_a_mail_server_that_is_away_fails_every_letter_and_loses_none(
    year: Review, mailbox: MailServerHere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHARTER_SMTP_URL", f"smtp://127.0.0.1:{free_port()}")
    forget_settings()
    posted(year, "anna", "ben")
    run_waiting()
    assert states(year) == [MailState.FAILED, MailState.FAILED]
    assert "could not be reached" in mails(year.store)[0].failure
    monkeypatch.setenv("CHARTER_SMTP_URL", mailbox.url)
    forget_settings()
    with writing() as session:
        assert send_all_again(session, viewer=year.viewer) == 2
    run_waiting()
    assert states(year) == [MailState.SENT, MailState.SENT]
    assert len(mailbox.taken) == 2


def test_a_server_that_goes_away_with_a_letter_in_its_hands_gets_it_once(year: Review, mailbox: MailServerHere) -> None:
    mailbox.leaves_after = 1
    (_, key, _) = posted(year, "anna", "ben", "cara")
    run_waiting()
    (first, second, third) = mails(year.store)
    assert first.state is MailState.SENT
    assert (second.state, condition_of(second)) == (MailState.WAITING, Condition.BEING_SENT)
    assert condition_of(third) in {Condition.BEING_SENT, Condition.FAILED}
    mailbox.leaves_after = None
    run_waiting()
    assert [letter["To"] for letter in mailbox.letters()] == ["anna@groups.example"], "nobody knows whether it went"
    with time_machine.travel(clock.now() + timedelta(minutes=11)), writing() as session:
        found = {one.id: one for one in list_mail(session, viewer=year.viewer)}
        assert found[key].condition is Condition.NOT_KNOWN
        assert "we do not know whether it went" in found[key].said
        assert found[key].can_send_again
        assert key in {one.id for one in mail_troubles(session, viewer=year.viewer)}
        send_again(session, viewer=year.viewer, mail_id=key)
    run_waiting()
    assert len(mailbox.to("ben@groups.example")) == 1


@one_database
def test_a_newer_letter_settles_a_trouble(year: Review, mailbox: MailServerHere) -> None:
    mailbox.refused = {"ben@groups.example": "550 5.1.1 No such user"}
    posted(year, "ben")
    run_waiting()
    mailbox.refused = {}
    posted(year, "ben")
    run_waiting()
    with store().reading() as session:
        assert mail_troubles(session, viewer=year.viewer) == ()
        assert len(list_mail(session, viewer=year.viewer)) == 2
        (newest,) = list_mail(session, viewer=year.viewer, newest_only=True)
    assert newest.condition is Condition.SENT


@one_database
def test_a_name_and_password_that_are_refused_are_told_in_plain_words(
    year: Review, mailbox: MailServerHere, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    del tmp_path
    monkeypatch.setenv("CHARTER_SMTP_URL", mailbox.url.replace("//", "//sam:hunter2@") + "?starttls=never")
    forget_settings()
    posted(year, "anna")

    def refuse(*_: object, **__: object) -> None:
        raise smtplib.SMTPAuthenticationError(535, b"hunter2 is wrong")

    monkeypatch.setattr(smtplib.SMTP, "login", refuse)
    run_waiting()
    (row,) = mails(year.store)
    assert row.state is MailState.FAILED
    assert "did not let us in" in row.failure
    assert "hunter2" not in row.failure


@one_database
def test_a_server_without_tls_is_not_used_where_tls_is_required(
    year: Review, mailbox: MailServerHere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHARTER_SMTP_URL", f"{mailbox.url}?starttls=required")
    forget_settings()
    posted(year, "anna")
    run_waiting()
    (row,) = mails(year.store)
    assert row.state is MailState.FAILED
    assert "no secret connection" in row.failure
    assert mailbox.taken == []
