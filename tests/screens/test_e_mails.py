"""The coordinator's part for e-mails: who gets one and why not, sending, sending again, the outbox, what came back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from streamlit.testing.v1 import AppTest

from charter import clock
from charter.mail.outbox import outbox_zip
from charter.mail.reminding import resume_reminders
from charter.mail.sending import mark_bounced
from charter.store import store, writing
from charter.worker import run_waiting
from db.models import Mail, Organisation, Period
from db.types import MailState, PeriodState
from tests.conftest import forget_settings
from tests.mail_server import MailServerHere, mail_server
from tests.screens.running_site import said
from tests.screens.site_under_test import opened_at, press, session_of
from tests.store.mailing import REF, Review, mails, posted, review, states
from tests.store.test_mail_bounces import report

pytestmark = pytest.mark.usefixtures("empty")

PREVIEWED = (
    "letters are written to the outbox",
    "**2** would get one now",
    "**Gets one now (2)**",
    "anna group, ben group",
    "**Left out: has sent its answers (1)**",
    "**Left out: has no e-mail address that works (1)**",
    "**Left out: asked for no more reminders (1)**",
    "nobody who has still to answer was invited by e-mail before",
    "no e-mail has gone that is not known to have come back",
)


@pytest.fixture
def mailbox(empty: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServerHere]:
    """Give a real mail server that the settings name."""
    assert empty.is_dir()
    with mail_server() as server:
        monkeypatch.setenv("CHARTER_SMTP_URL", server.url)
        monkeypatch.setenv("CHARTER_MAIL_FROM", "review@charter.example")
        forget_settings()
        yield server


def opened(year: Review) -> AppTest:
    query = {"period": REF, "part": "reminders"}
    return opened_at("coordinate/responses.py", query, session_id=session_of(year.viewer.account_id))


def choose(site: AppTest, key: str, value: int) -> AppTest:
    site.selectbox(key=key).set_value(value).run()
    assert not site.exception, [found.value for found in site.exception]
    return site


def stop(year: Review, name: str) -> None:
    with writing() as session:
        session.get_one(Organisation, year.organisations[name]).reminders_stopped_at = clock.now()


def test_invitations_are_previewed_sent_by_a_job_downloaded_from_the_outbox_and_deleted() -> None:
    year = review(store(), "anna", "ben", "cara")
    year.add("dora", email=None)
    year.answers("cara")
    stop(year, "ben")
    site = opened(year)
    words = said(site)
    assert [line for line in PREVIEWED if line not in words] == []
    press(site, f"ask_invitations_{REF}")
    assert "2 e-mails are written, one to each of them. This cannot be taken back." in said(site)
    assert mails(year.store) == []
    press(site, f"yes_invitations_{REF}")
    assert [bar.proto.text for bar in site.get("progress")] == ["Finding out who gets one"]
    run_waiting()
    words = said(site.run())
    assert "Invited by e-mail: 2. Left out: 2." in words
    assert "0 would get one now" in words.replace("**", "")
    assert "2 letters wait to be downloaded" in words.replace("**", "")
    (link,) = [each.proto.url for each in site.get("link_button")]
    assert link == "/files/outbox.zip?up_to=2"
    with writing() as session:
        assert outbox_zip(session, viewer=year.viewer, up_to=2)
    posted(year, "anna")
    press(site, "ask_outbox_2")
    assert "All letters up to 000002.eml are deleted here" in said(site), "the third was not downloaded"
    press(site, "yes_outbox_2")
    words = said(site).replace("**", "")
    assert "Letters deleted: 2." in words
    assert "1 letter waits to be downloaded" in words
    assert states(year) == [MailState.WRITTEN] * 3


def test_what_failed_is_sent_again_and_a_message_about_one_that_came_back_is_read_in(mailbox: MailServerHere) -> None:
    year = review(store(), "anna", "ben")
    mailbox.answer = "451 4.7.1 Greylisted"
    key, _ = posted(year, "anna", "ben")
    run_waiting()
    with writing() as session:
        session.get_one(Mail, key).created_at = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    site = opened(year)
    words = said(site)
    assert "not take it now (code 451)" in words
    assert "Invitation, 1 July 2026" in words, "it was half past midnight where the people are"
    mailbox.answer = "250 OK"
    anna, ben = mails(year.store)
    press(choose(site, "mail_again", anna.id or 0), "mail_again_press")
    assert "It is on its way again." in said(site)
    press(site, "mail_all_again")
    assert "On their way again: 1." in said(site)
    run_waiting()
    assert states(year) == [MailState.SENT] * 2
    assert "Every e-mail went, as far as we know." in said(site.run())
    site.file_uploader[0].set_value(("back.eml", report(ben.message_id), "message/rfc822")).run()
    press(site, "read_bounces")
    words = said(site)
    assert "E-mails marked as come back: 1. Messages about no e-mail of ours: 0." in words
    assert "There is no such address." in words
    assert states(year) == [MailState.SENT, MailState.BOUNCED]


def test_one_e_mail_is_noted_to_have_come_back_and_the_second_who_notes_it_is_told() -> None:
    year = review(store(), "anna", "ben")
    first, second = posted(year, "anna", "ben")
    site = opened(year)
    assert site.selectbox(key="came_back").options == [
        "ben group, ben@groups.example",
        "anna group, anna@groups.example",
    ]
    press(site, "came_back_press")
    assert "Choose one in the field first. Nothing was changed." in said(site)
    choose(site, "came_back", first)
    assert f"The last e-mail to anna@groups.example: invitation of {clock.day_in_words(clock.today())}" in said(site)
    press(site, "came_back_press")
    assert "It is noted." in said(site)
    assert [each.value for each in site.toast] == [
        "It is noted\\. The e\\-mail stands among those that did not arrive\\."
    ]
    choose(site, "came_back", second)
    with writing() as session:
        mark_bounced(session, viewer=year.viewer, mail_id=second)
    press(site, "came_back_press")
    words = said(site)
    assert "It was noted already that this e-mail came back." in words
    assert "no e-mail has gone that is not known to have come back" in words
    assert states(year) == [MailState.BOUNCED] * 2


def test_a_group_is_invited_again_and_the_second_press_is_told() -> None:
    year = review(store(), "anna", "ben")
    with time_machine.travel(clock.now() - timedelta(hours=1)):
        anna, _ = posted(year, "anna", "ben")
    with writing() as session:
        mark_bounced(session, viewer=year.viewer, mail_id=anna)
    site = opened(year)
    key = f"invite_again_{REF}"
    assert site.selectbox(key=key).options == ["anna group", "ben group"]
    choose(site, key, year.invitations["anna"])
    assert "If it has a new address, put that in first." in said(site)
    press(choose(site, key, year.invitations["ben"]), "invite_again_press")
    assert "The invitation is written again." in said(site)
    assert [row.address for row in mails(year.store)] == [f"{name}@groups.example" for name in ("anna", "ben", "ben")]
    press(site, "invite_again_press")
    assert "An invitation to ben group was written a moment ago." in said(site)
    choose(site, key, year.invitations["anna"])
    year.answers("anna")
    press(site, "invite_again_press")
    assert "Nothing was sent: this group has sent its answers meanwhile" in said(site)
    assert len(mails(year.store)) == 3


def test_a_group_that_stopped_its_reminders_is_reminded_again_if_it_asks_and_the_second_press_is_told() -> None:
    year = review(store(), "anna", "ben")
    for name in ("anna", "ben"):
        stop(year, name)
    site = opened(year)
    assert "The group itself asked for no more reminders." in said(site)
    press(choose(site, "resume", year.organisations["anna"]), "resume_press")
    assert "anna group gets reminders again" in said(site)
    choose(site, "resume", year.organisations["ben"])
    with writing() as session:
        resume_reminders(session, viewer=year.viewer, organisation_id=year.organisations["ben"])
    press(site, "resume_press")
    words = said(site)
    assert "ben group gets reminders already: somebody was quicker." in words
    assert "nobody who has still to answer has stopped the reminders" in words


@pytest.mark.parametrize("state", [None, PeriodState.PLANNED, PeriodState.CLOSED])
def test_letters_can_be_downloaded_while_no_review_is_open(state: PeriodState | None) -> None:
    year = review(store(), "anna")
    posted(year, "anna")
    with writing() as session:
        period = session.get_one(Period, year.period_id)
        period.state = state or PeriodState.PLANNED
        period.made_up = state is None
    words = said(opened(year)).replace("**", "")
    assert "1 letter waits to be downloaded" in words
    assert "would get one now" not in words
