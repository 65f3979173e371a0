"""Sending e-mails to a real mail server: what goes, what does not and why, and that nothing goes twice."""

import logging
import os
import stat
import threading
from datetime import timedelta

import pytest
import time_machine
from sqlmodel import select

from charter import clock
from charter.mail import delivering
from charter.mail.listing import condition_of, list_mail, mail_troubles
from charter.mail.outbox_folder import outbox_folder
from charter.mail.sending import mark_bounced, post, send_again, send_all_again
from charter.mail.wording import Condition
from charter.rules.access import PUBLIC, Grant, Viewer
from charter.rules.refusals import FieldError, NotAllowedError, RefusedError
from charter.settings import settings
from charter.store import store, writing
from charter.worker import run_waiting
from db.models import AuditDetail, AuditEntry
from db.types import MailKind, MailState, Role
from tests.conftest import forget_settings
from tests.mail_server import MailServerHere
from tests.store.databases import one_database
from tests.store.mailing import SECRET, Review, mails, posted, review, states, text_of


@pytest.fixture
def year(mailbox: MailServerHere) -> Review:
    assert mailbox.taken == []
    return review(store(), "anna", "ben", "cara")


def test_a_letter_goes_after_the_commit_with_proper_headers(year: Review, mailbox: MailServerHere) -> None:
    posted(year, "anna", subject="Five £ and a\r\nBcc: spy@elsewhere.example")
    (kept,) = outbox_folder().iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(outbox_folder().stat().st_mode) == 0o700
    assert mailbox.taken == []
    run_waiting()
    ((sender, recipients, _),) = mailbox.taken
    assert (sender, recipients) == ("review@charter.example", ["anna@groups.example"])
    (letter,) = mailbox.letters()
    (row,) = mails(year.store)
    assert letter["From"] == "review@charter.example"
    assert letter["To"] == "anna@groups.example"
    assert letter["Subject"] == "Five £ and a Bcc: spy@elsewhere.example"
    assert letter["Bcc"] is None
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"].strip() == row.message_id
    assert letter["Message-ID"].strip().endswith("@charter.example>")
    assert abs(letter["Date"].datetime - clock.now()) < timedelta(minutes=2)
    assert letter.get_content_type() == "text/plain"
    assert text_of(letter).strip() == f"Your link: {SECRET}"
    assert (row.state, row.failure) == (MailState.SENT, "")
    assert list(outbox_folder().iterdir()) == []


def test_what_is_rolled_back_is_not_sent_and_its_letter_is_cleared_away(year: Review, mailbox: MailServerHere) -> None:
    with store().writing() as session:
        post(session, viewer=year.viewer, kind=MailKind.PREVIEW, address="anna@b.example", subject="Hi", text=SECRET)
        session.rollback()
    run_waiting()
    (orphan,) = outbox_folder().iterdir()
    delivering.clear_away()
    assert orphan.exists(), "it may belong to a transaction that is not committed yet"
    before = (clock.now() - timedelta(hours=2)).timestamp()
    os.utime(orphan, (before, before))
    delivering.clear_away()
    assert not orphan.exists()
    assert mailbox.taken == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "anna",
        "anna@",
        "@groups.example",
        "a@b@c.example",
        "anna@groups.example\nBcc: x@y.example",
        "ann a@b.example",
        "anna@groups.example, ben@groups.example",
        "änna@groups.example",
        f"{'a' * 65}@groups.example",
        "a..b@c.example",
        "anna@groups",
    ],
)
@one_database
def test_no_mail_goes_to_what_is_no_address(year: Review, address: str) -> None:
    with pytest.raises(FieldError, match="No mail can go"), writing() as session:
        post(session, viewer=year.viewer, kind=MailKind.PREVIEW, address=address, subject="Hello", text="Words")
    assert mails(year.store) == []


def test_a_process_that_dies_in_the_middle_leaves_it_not_known_and_never_sends_it_twice(
    year: Review, mailbox: MailServerHere, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Died(BaseException):
        """What ends a process."""

    def die(*_: object) -> None:
        raise Died

    posted(year, "anna")
    with monkeypatch.context() as patched:
        patched.setattr(delivering, "_finish", die)
        with pytest.raises(Died):
            delivering.deliver_waiting()
    assert len(mailbox.taken) == 1
    delivering.deliver_waiting()
    run_waiting()
    assert len(mailbox.taken) == 1
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert condition_of(mails(year.store)[0]) is Condition.NOT_KNOWN


def test_two_that_send_at_once_send_each_letter_once(year: Review, mailbox: MailServerHere) -> None:
    posted(year, *("anna", "ben", "cara") * 4)
    threads = [threading.Thread(target=delivering.deliver_waiting) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(states(year)) == {MailState.SENT}
    sent = [letter["Message-ID"].strip() for letter in mailbox.letters()]
    assert sorted(sent) == sorted(row.message_id for row in mails(year.store))


@one_database
def test_what_went_or_came_back_is_not_sent_again(year: Review, mailbox: MailServerHere) -> None:
    first, second = posted(year, "anna", "ben")
    with pytest.raises(RefusedError, match="on its way"), writing() as session:
        send_again(session, viewer=year.viewer, mail_id=first)
    run_waiting()
    with writing() as session:
        mark_bounced(session, viewer=year.viewer, mail_id=second)
    for key in (first, second):
        with pytest.raises(RefusedError, match="Nothing was changed"), writing() as session:
            send_again(session, viewer=year.viewer, mail_id=key)
    with pytest.raises(RefusedError, match="noted already"), writing() as session:
        mark_bounced(session, viewer=year.viewer, mail_id=second)
    (third,) = posted(year, "cara")
    with pytest.raises(RefusedError, match="did not go"), writing() as session:
        mark_bounced(session, viewer=year.viewer, mail_id=third)
    assert states(year) == [MailState.SENT, MailState.BOUNCED, MailState.WAITING]
    assert len(mailbox.taken) == 2


@pytest.mark.parametrize("role", [None, *Role])
@one_database
def test_only_those_who_run_the_review_see_addresses_and_send_again(year: Review, role: Role | None) -> None:
    (key,) = posted(year, "anna")
    viewer = Viewer(account_id=1, grants=frozenset({Grant(role)})) if role else PUBLIC
    with writing() as session:
        if role is Role.COORDINATOR:
            assert len(list_mail(session, viewer=viewer)) == 1
            return
        for verb in (list_mail, mail_troubles, send_all_again):
            with pytest.raises(NotAllowedError):
                verb(session, viewer=viewer)
        for one in (send_again, mark_bounced):
            with pytest.raises(NotAllowedError):
                one(session, viewer=viewer, mail_id=key)


def test_log_audit_and_table_hold_no_link_and_the_log_no_address(
    year: Review, mailbox: MailServerHere, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    mailbox.refused = {"ben@groups.example": "550 5.1.1 No such user ben@groups.example"}
    posted(year, "anna", "ben")
    run_waiting()
    assert states(year) == [MailState.SENT, MailState.BOUNCED]
    with store().reading() as session:
        audited = [f"{row.act} {row.subject}" for row in session.exec(select(AuditEntry))]
        audited += [row.detail for row in session.exec(select(AuditDetail))]
    rows = [str(row.model_dump(exclude={"address"})) for row in mails(year.store)]
    for written in (*audited, *rows, "\n".join(ours(caplog))):
        assert "groups.example" not in written
        assert "secret" not in written
    assert "mail_posted mail 1" in audited


def ours(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the test's own mail server logs is left out."""
    return [record.getMessage() for record in caplog.records if record.name != "mail.log"]


@one_database
def test_a_password_in_the_setting_is_never_printed(year: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTER_SMTP_URL", "smtps://sam:hunter2@mail.example.org")
    forget_settings()
    del year
    server = settings().mail_server
    assert server is not None
    assert server.password == "hunter2"
    assert "hunter2" not in f"{settings()!r} {server!r} {settings().model_dump()}"
