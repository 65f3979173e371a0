"""Delivery reports that other mail servers send: read as they are saved from a mail program."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from charter.mail.bouncing import BouncesRead, read_bounces
from charter.mail.inviting import invite_by_mail
from charter.mail.listing import mail_troubles
from charter.rules.access import PUBLIC
from charter.rules.refusals import NotAllowedError
from charter.store import reading, store, writing
from charter.worker import run_waiting
from db.types import MailState
from tests.mail_server import MailServerHere
from tests.store.databases import one_database
from tests.store.mailing import REF, Review, mails, review


@pytest.fixture
def year(mailbox: MailServerHere) -> Review:
    made = review(store(), "anna", "ben")
    with writing() as session:
        invite_by_mail(session, viewer=made.viewer, period_ref=REF)
    run_waiting()
    assert len(mailbox.taken) == 2
    return made


def report(message_id: str, *, action: str = "failed", status: str = "5.1.1", whole: bool = False) -> bytes:
    """Write a report as RFC 3464 has it."""
    enclosed = f"From: review@charter.example\r\nMessage-ID:\r\n {message_id}\r\nSubject: Hello\r\n"
    kind = "message/rfc822" if whole else "text/rfc822-headers"
    return (
        "From: MAILER-DAEMON@groups.example\r\nTo: review@charter.example\r\nSubject: Undelivered Mail\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.groups.example\r\n\r\n"
        f"Final-Recipient: rfc822; anna@groups.example\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 anna@groups.example unknown\r\n\r\n"
        f"--b\r\nContent-Type: {kind}\r\n\r\n{enclosed}\r\n{'Words' if whole else ''}\r\n--b--\r\n"
    ).encode()


def read(year: Review, *files: bytes) -> BouncesRead:
    with writing() as session:
        return read_bounces(session, viewer=year.viewer, files=files)


@pytest.mark.parametrize("whole", [False, True])
def test_an_e_mail_that_came_back_is_marked_once(year: Review, whole: bool) -> None:
    first, _ = mails(year.store)
    came_back = report(first.message_id, whole=whole)
    assert read(year, came_back) == BouncesRead(bounced=1, not_matched=0)
    assert read(year, came_back) == BouncesRead(bounced=0, not_matched=0)
    first, second = mails(year.store)
    assert (first.state, first.failure) == (MailState.BOUNCED, "There is no such address.")
    assert second.state is MailState.SENT
    with reading() as session:
        (trouble,) = mail_troubles(session, viewer=year.viewer)
    assert trouble.organisation == "anna group"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("5.2.2", "The mailbox is full."),
        ("5.7.1", "It could not be delivered (code 5.7.1)."),
        ("x", "(code not given)"),
    ],
)
@one_database
def test_the_reason_is_told_in_plain_words(year: Review, status: str, words: str) -> None:
    read(year, report(mails(year.store)[0].message_id, status=status))
    assert words in mails(year.store)[0].failure


@one_database
def test_what_is_no_report_of_ours_is_counted_and_changes_nothing(year: Review) -> None:
    ours = mails(year.store)[0].message_id
    reply = EmailMessage(policy=SMTP)
    reply["In-Reply-To"] = ours
    reply.set_content("Thank you")
    files = [b"", b"\xff\x00 no e-mail", reply.as_bytes(), report("<made.up@charter.example>")]
    files += [report(ours, action="delayed"), report(ours)[:200]]
    assert read(year, *files) == BouncesRead(bounced=0, not_matched=len(files))
    assert {row.state for row in mails(year.store)} == {MailState.SENT}


@one_database
def test_only_those_who_run_the_review_hand_reports_in(year: Review) -> None:
    with pytest.raises(NotAllowedError), writing() as session:
        read_bounces(session, viewer=PUBLIC, files=[report(mails(year.store)[0].message_id)])
    assert mails(year.store)[0].state is MailState.SENT
