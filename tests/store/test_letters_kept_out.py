"""Letters that are not needed any more when they come to be sent: they do not go, and are no trouble."""

import os
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from charter import clock
from charter.links import revoke_link
from charter.mail.inviting import invite_by_mail
from charter.mail.listing import list_mail, mail_troubles
from charter.mail.outbox import outbox_holds, outbox_zip
from charter.mail.outbox_folder import outbox_folder
from charter.mail.reminding import remind_each
from charter.mail.sending import post, send_again, send_all_again
from charter.responses.listing import list_responses
from charter.responses.wanted import Wanted, Written
from charter.store import reading, store, writing
from charter.worker import Worker, run_waiting
from db.engine import Store
from db.models import Invitation, Organisation, Period
from db.types import MailKind, MailState, PeriodState
from tests.mail_server import MailServerHere
from tests.store.databases import one_database
from tests.store.mailing import REF, Review, mails, review, states

GROUPS = ("anna", "ben", "cara", "dan")


@pytest.fixture
def year(mailbox: MailServerHere) -> Review:
    """A review of which every reminder failed, as the mail server takes none; by now it takes them."""
    made = review(store(), *GROUPS)
    mailbox.answer = "451 4.7.1 Greylisted"
    remind_each(viewer=made.viewer, on=clock.today(), now=True)
    run_waiting()
    assert set(states(made)) == {MailState.FAILED}
    mailbox.answer = "250 OK"
    return made


def stop(year: Review, name: str) -> None:
    with writing() as session:
        session.get_one(Organisation, year.organisations[name]).reminders_stopped_at = clock.now()


def remove(year: Review, name: str) -> None:
    with writing() as session:
        row = session.get_one(Invitation, year.invitations[name])
        row.removed_at, row.removed_reason = clock.now(), "Not a group"


def troubles(year: Review) -> list[str | None]:
    """Give whom the list of troubles names, and the list of responses with it."""
    with reading() as session:
        found = sorted(one.organisation or "" for one in mail_troubles(session, viewer=year.viewer))
        wanted = Wanted(written=Written.TROUBLE)
        listed = list_responses(session, viewer=year.viewer, period_id=year.period_id, wanted=wanted)
        assert sorted(one.name for one in listed.rows) == found
    return list(found)


def test_a_reminder_that_is_sent_again_goes_only_where_it_is_still_needed(
    year: Review, mailbox: MailServerHere
) -> None:
    assert len(troubles(year)) == len(GROUPS)
    year.answers("ben")
    stop(year, "cara")
    remove(year, "dan")
    with writing() as session:
        assert send_all_again(session, viewer=year.viewer) == len(GROUPS)
    run_waiting()
    assert [letter["To"] for letter in mailbox.letters()] == ["anna@groups.example"]
    assert troubles(year) == []
    assert list(outbox_folder().iterdir()) == []
    with reading() as session:
        said = {one.organisation: one.said for one in list_mail(session, viewer=year.viewer)}
        assert not any(one.can_send_again for one in list_mail(session, viewer=year.viewer))
    assert said == {
        "anna group": "Sent.",
        "ben group": "Its answers have arrived meanwhile, so this reminder is not sent.",
        "cara group": "It has stopped reminders, so this one is not sent.",
        "dan group": "It was taken off the invitation list, so this reminder is not sent.",
    }


def close(year: Review) -> None:
    with writing() as session:
        session.get_one(Period, year.period_id).state = PeriodState.CLOSED


def end(year: Review) -> None:
    year.close(clock.today() - timedelta(days=1))


@pytest.mark.parametrize("over", [close, end])
@one_database
def test_no_reminder_is_sent_again_once_the_review_is_over(
    year: Review, mailbox: MailServerHere, over: Callable[[Review], None]
) -> None:
    over(year)
    with writing() as session:
        send_again(session, viewer=year.viewer, mail_id=mails(year.store)[0].id or 0)
    run_waiting()
    assert mailbox.taken == []
    assert mails(year.store)[0].failure == "The review is over, so this reminder is not sent."


@one_database
def test_a_reminder_in_the_outbox_is_not_downloaded_once_the_group_has_answered(site_store: Store) -> None:
    year = review(site_store, *GROUPS)
    remind_each(viewer=year.viewer, on=clock.today(), now=True)
    year.answers("ben")
    with writing() as session:
        assert outbox_holds(session, viewer=year.viewer).letters == len(GROUPS) - 1
        outbox_zip(session, viewer=year.viewer)
    assert [row.state for row in mails(year.store)].count(MailState.WRITTEN) == len(GROUPS) - 1
    assert len(list(outbox_folder().iterdir())) == len(GROUPS) - 1
    assert troubles(year) == []


@one_database
def test_a_letter_whose_link_is_revoked_before_it_went_is_not_sent(mailbox: MailServerHere) -> None:
    year = review(store(), "anna", "ben")
    with writing() as session:
        invite_by_mail(session, viewer=year.viewer, period_ref=REF)
        revoke_link(session, viewer=year.viewer, invitation_id=year.invitations["anna"])
    assert len(list(outbox_folder().iterdir())) == 1
    run_waiting()
    assert [letter["To"] for letter in mailbox.letters()] == ["ben@groups.example"]
    assert mails(year.store)[0].failure == "The link in it was taken back, so it is not sent."
    assert troubles(year) == []


@one_database
def test_without_a_mail_server_letters_of_undone_writes_are_cleared_away_all_the_same(site_store: Store) -> None:
    year = review(site_store, "anna")
    with site_store.writing() as session:
        post(session, viewer=year.viewer, kind=MailKind.PREVIEW, address="a@b.example", subject="Hi", text="A link")
        session.rollback()
    (orphan,) = outbox_folder().iterdir()
    before = (clock.now() - timedelta(hours=2)).timestamp()
    os.utime(orphan, (before, before))
    working = Worker()
    working.start()
    end_at = time.monotonic() + 20
    while orphan.exists() and time.monotonic() < end_at:
        time.sleep(0.02)
    working.stop()
    assert not orphan.exists()
