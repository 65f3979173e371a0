"""Reminders: who gets one, never twice for the same date, and the one press that ends them."""

import threading
from datetime import date, timedelta

import pytest
import time_machine

from charter import clock
from charter.jobs import job_state, start_job
from charter.links import find_link
from charter.mail.recipients import Why
from charter.mail.reminding import RemindersDue, due_reminders, remind_each, resume_reminders, send_reminders
from charter.mail.sending import mark_bounced
from charter.mail.stopping import find_stop, stop_reminders
from charter.rules.access import PUBLIC, Grant, Viewer
from charter.rules.refusals import NotAllowedError, NotFoundError, RefusedError
from charter.store import reading, store, writing
from charter.worker import run_waiting
from db.errors import ConstraintViolatedError
from db.models import Invitation, Mail, Organisation, Period
from db.types import JobState, OrganisationKind, PeriodState, Role, SelfAssessmentState
from tests import factories
from tests.mail_server import MailServerHere
from tests.store.databases import one_database
from tests.store.mailing import REF, Review, mails, review, text_of, token_in


@pytest.fixture
def year(mailbox: MailServerHere) -> Review:
    assert mailbox.taken == []
    return review(store(), "anna", "ben", "cara")


def due(year: Review, *, now: bool = False, days: int = 0) -> RemindersDue:
    with reading() as session:
        (found,) = due_reminders(session, viewer=year.viewer, on=clock.today() + timedelta(days=days), now=now)
        return found


def remind(year: Review, *, now: bool = False) -> int:
    posted = remind_each(viewer=year.viewer, on=clock.today(), now=now)
    run_waiting()
    return len(posted)


def test_only_those_get_one_who_have_not_answered_and_the_preview_says_why_the_others_do_not(
    year: Review, mailbox: MailServerHere
) -> None:
    year.add("without", email=None)
    year.add("wrong", email="no address")
    year.add("stopped")
    year.add("returned", kind=OrganisationKind.COUNCIL)
    year.add("reviewed", kind=OrganisationKind.NHS)
    year.add("removed")
    year.answers("ben")
    year.answers("cara", SelfAssessmentState.DRAFT)
    year.answers("returned", SelfAssessmentState.RETURNED)
    year.answers("reviewed", SelfAssessmentState.REVIEWED)
    with writing() as session:
        session.get_one(Organisation, year.organisations["stopped"]).reminders_stopped_at = clock.now()
        removed = session.get_one(Invitation, year.invitations["removed"])
        removed.removed_at, removed.removed_reason = clock.now(), "Not a group"
    found = due(year)
    assert found.due_on == clock.today()
    assert [one.organisation for one in found.recipients] == ["anna group", "cara group", "returned group"]
    assert {(one.organisation, one.why) for one in found.left_out} == {
        ("ben group", Why.SUBMITTED),
        ("reviewed group", Why.SUBMITTED),
        ("without group", Why.NO_ADDRESS),
        ("wrong group", Why.NO_ADDRESS),
        ("stopped group", Why.STOPPED),
    }
    assert mails(year.store) == [], "a preview sends nothing"
    assert remind(year) == 3
    assert {letter["To"] for letter in mailbox.letters()} == {one.address for one in found.recipients}
    (to_body,) = mailbox.to("returned@groups.example")
    assert "https://charter.example/self-assessment" in text_of(to_body)
    assert "/link/" not in text_of(to_body)


def test_a_reminder_holds_a_link_that_opens_the_form_and_an_end_by_one_press(
    year: Review, mailbox: MailServerHere
) -> None:
    remind(year)
    (letter,) = mailbox.to("anna@groups.example")
    token = token_in(letter)
    with reading() as session:
        assert find_link(session, token=token).organisation == "anna group"
    stop = f"https://charter.example/stop/{token_in(letter, 'stop')}"
    assert letter["List-Unsubscribe"] == f"<{stop}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert b"List-Unsubscribe: <" + stop.encode() + b">\r\n" in mailbox.taken[0][2]
    assert letter["Subject"].startswith("Review 2026 closes on ")
    stored = [str(row.model_dump()) for row in mails(year.store)]
    assert not any(secret in row for row in stored for secret in (token, token_in(letter, "stop")))


def test_a_second_run_on_the_same_day_sends_nothing(year: Review, mailbox: MailServerHere) -> None:
    assert remind(year) == 3
    assert remind(year) == 0
    assert remind(year, now=True) == 0
    assert len(mailbox.taken) == 3
    assert [one.why for one in due(year).left_out] == [Why.HAD_IT] * 3


def test_two_runs_at_once_send_each_reminder_once(year: Review, mailbox: MailServerHere) -> None:
    for number in range(5):
        year.add(f"more{number}")
    counts: list[int] = []
    start = threading.Barrier(2)

    def run() -> None:
        start.wait()
        counts.append(len(remind_each(viewer=year.viewer, on=clock.today())))

    def run_all_in_one() -> None:
        start.wait()
        with writing() as session:
            counts.append(len(send_reminders(session, viewer=year.viewer, on=clock.today())))

    threads = [threading.Thread(target=target) for target in (run, run_all_in_one)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run_waiting()
    assert len(counts) == 2
    assert sum(counts) == 8
    assert len({letter["To"] for letter in mailbox.letters()}) == len(mailbox.taken) == 8


def test_the_store_itself_refuses_a_second_reminder_for_a_date(year: Review) -> None:
    remind(year)
    first = mails(year.store)[0]
    second = first.model_dump(exclude={"id"}) | {"message_id": "<another@charter.example>", "stop_digest": None}
    with pytest.raises(ConstraintViolatedError) as broken, writing() as session:
        session.add(Mail(**second))
    assert broken.value.constraint == "uq_mail_kind_invitation_id_due_on"


@pytest.mark.parametrize(("late", "sent"), [(1, 3), (7, 3), (8, 3), (11, 0)])
@one_database
def test_a_date_that_was_missed_is_caught_up_once(year: Review, mailbox: MailServerHere, late: int, sent: int) -> None:
    with time_machine.travel(clock.now() + timedelta(days=late)):
        assert remind(year) == sent
        assert remind(year) == 0
    assert len(mailbox.taken) == sent


@one_database
def test_a_whole_period_of_daily_runs_sends_three(year: Review, mailbox: MailServerHere) -> None:
    year.close(clock.today() + timedelta(days=30))
    sent = []
    for day in range(33):
        with time_machine.travel(clock.now() + timedelta(days=day)):
            if remind(year):
                sent.append(day)
    assert sent == [2, 20, 28]
    assert len(mailbox.to("anna@groups.example")) == 3


@one_database
def test_send_now_counts_as_the_reminder_that_was_due_and_not_as_the_next(
    year: Review, mailbox: MailServerHere
) -> None:
    year.close(clock.today() + timedelta(days=8))
    assert remind(year, now=True) == 3
    assert remind(year) == 0
    assert mails(year.store)[0].due_on == clock.today()
    with time_machine.travel(clock.now() + timedelta(days=6)):
        assert remind(year) == 3
    assert len(mailbox.taken) == 6


@one_database
def test_send_now_is_a_job_that_says_how_far_it_is(year: Review, mailbox: MailServerHere) -> None:
    year.close(clock.today() + timedelta(days=35))
    assert due(year).due_on is None
    with writing() as session:
        first = start_job(session, viewer=year.viewer, kind="reminders", subject=REF)
        assert start_job(session, viewer=year.viewer, kind="reminders", subject=REF) == first
        assert (first.state, first.active) == (JobState.WAITING, True)
    run_waiting()
    with reading() as session:
        done = job_state(session, viewer=year.viewer, kind="reminders", subject=REF)
    assert done is not None
    assert (done.state, done.done, done.total, done.message) == (JobState.DONE, 3, 3, "Reminded by e-mail: 3.")
    assert len(mailbox.taken) == 3


def test_an_address_that_mail_came_back_from_is_left_out_until_it_is_corrected(
    year: Review, mailbox: MailServerHere
) -> None:
    mailbox.refused = {"ben@groups.example": "550 5.1.1 No such user"}
    remind(year)
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert [(one.organisation, one.why) for one in due(year).left_out] == [("ben group", Why.BOUNCED)]
        with writing() as session:
            session.get_one(Organisation, year.organisations["ben"]).email = "Ben.New@Groups.example"
        assert due(year).left_out == ()
        assert remind(year) == 3
    assert len(mailbox.to("ben.new@groups.example")) == 1


def test_a_press_ends_reminders_and_only_for_that_group(year: Review, mailbox: MailServerHere) -> None:
    remind(year)
    token = token_in(mailbox.to("anna@groups.example")[0], "stop")
    for _ in range(3):
        with reading() as session:
            assert find_stop(session, token=token) == "anna group"
    assert due(year, now=True, days=1).left_out == (), "looking at it changes nothing"
    for _ in range(2):
        with writing() as session:
            stop_reminders(session, token=token, address="192.0.2.1")
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert [(one.organisation, one.why) for one in due(year).left_out] == [("anna group", Why.STOPPED)]
        with writing() as session:
            resume_reminders(session, viewer=year.viewer, organisation_id=year.organisations["anna"])
        assert due(year).left_out == ()
        with pytest.raises(RefusedError, match="somebody was quicker"), writing() as session:
            resume_reminders(session, viewer=year.viewer, organisation_id=year.organisations["anna"])


@pytest.mark.parametrize("token", ["", "made up", "A" * 43])
@one_database
def test_a_forged_stop_is_unknown(year: Review, token: str) -> None:
    remind(year)
    with pytest.raises(NotFoundError), reading() as session:
        find_stop(session, token=token)
    with pytest.raises(NotFoundError), writing() as session:
        stop_reminders(session, token=token, address="")


@pytest.mark.parametrize("state", [PeriodState.PLANNED, PeriodState.CLOSED, PeriodState.PUBLISHED])
@one_database
def test_nobody_is_reminded_of_a_period_that_is_not_open(year: Review, state: PeriodState) -> None:
    with writing() as session:
        session.get_one(Period, year.period_id).state = state
    assert remind(year) == 0
    assert remind(year, now=True) == 0


@one_database
def test_a_period_that_opened_after_the_date_sends_no_reminder_for_it(year: Review) -> None:
    with writing() as session:
        session.get_one(Period, year.period_id).opened_at = clock.now()
    found = due(year)
    assert found.due_on is None
    assert (found.recipients, found.left_out) == ((), ())
    assert found.next_on == clock.today() + timedelta(days=8)


@one_database
def test_a_group_that_answers_between_the_list_and_the_letter_gets_none(year: Review) -> None:
    with writing() as session:
        factories.self_assessment(
            session,
            period_id=year.period_id,
            organisation_id=year.organisations["ben"],
            state=SelfAssessmentState.SUBMITTED,
        )
        on = clock.today()
        named = list(year.invitations.values())
        assert len(send_reminders(session, viewer=year.viewer, on=on, invitation_ids=named)) == 2


@pytest.mark.parametrize("role", [None, Role.PARTNER, Role.REVIEWER, Role.ADMINISTRATOR])
@one_database
def test_only_those_who_run_the_review_remind(year: Review, role: Role | None) -> None:
    grants = frozenset({Grant(role, 1 if role is Role.PARTNER else None)}) if role else frozenset()
    viewer = Viewer(account_id=1, grants=grants) if role else PUBLIC
    on = date(2026, 1, 1)
    with writing() as session:
        with pytest.raises(NotAllowedError):
            due_reminders(session, viewer=viewer, on=on)
        with pytest.raises(NotAllowedError):
            send_reminders(session, viewer=viewer, on=on)
        with pytest.raises(NotAllowedError):
            resume_reminders(session, viewer=viewer, organisation_id=year.organisations["anna"])
        with pytest.raises(NotAllowedError):
            mark_bounced(session, viewer=viewer, mail_id=1)
    assert [row.state for row in mails(year.store)] == []
