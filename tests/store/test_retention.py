"""What nobody needs any more goes by the table of rules, at its time and not before, and only once."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import pytest
import time_machine
from sqlmodel import Session, SQLModel, func, select

from charter import audit, clock
from charter.mail import delivering
from charter.mail.outbox_folder import letter_path
from charter.own.forgetting import MAIL_ADDRESS
from charter.retention.expiring import STEPS, expire
from charter.retention.rules import RULES, What
from charter.rules.access import OPERATOR
from charter.worker import Worker
from db import models
from db.engine import Store
from db.types import JobState, MailKind, MailState, PeriodState, SelfAssessmentState
from tests import factories
from tests.store.databases import one_database

HOUR = timedelta(hours=1)
Make = Callable[[Session, datetime], object]


def _ticket(session: Session, over: datetime) -> None:
    row = {
        "token_digest": factories.digest(),
        "account_session_id": factories.account_session(session, expires_at=over + HOUR),
    }
    factories.add(session, models.SignInTicket, {**row, "expires_at": over})


def _journey(session: Session, over: datetime) -> None:
    factories.add(session, models.DirectoryJourney, {"token_digest": factories.digest(), "expires_at": over})


def _attempt(session: Session, over: datetime) -> None:
    row = {"email_digest": factories.digest(), "address": "192.0.2.1", "at": over}
    factories.add(session, models.SignInAttempt, row)


def _session(session: Session, over: datetime) -> None:
    key = factories.account_session(session, expires_at=over)
    row = {"token_digest": factories.digest(), "account_session_id": key, "expires_at": over}
    factories.add(session, models.SignInTicket, row)


def _password_link(session: Session, over: datetime) -> None:
    row = {"account_id": factories.account(session), "token_digest": factories.digest()}
    factories.add(session, models.PasswordLink, {**row, "created_at": over - HOUR, "expires_at": over})


def _request(session: Session, over: datetime) -> None:
    factories.add(session, models.LinkRequest, {"period_id": factories.period(session), "asked_at": over})


def _job(session: Session, over: datetime) -> None:
    row = {"kind": "reminders", "subject": f"period {factories.number()}", "state": JobState.FAILED}
    factories.add(session, models.Job, {**row, "created_at": over, "changed_at": over})


def _closed(session: Session, over: datetime, *, made_up: bool = False) -> int:
    return factories.period(session, state=PeriodState.PUBLISHED, closed_at=over, made_up=made_up)


def _draft(session: Session, over: datetime, *, made_up: bool = False) -> int:
    key = factories.self_assessment(session, period_id=_closed(session, over, made_up=made_up))
    factories.answer(session, self_assessment_id=key)
    return key


def _link(session: Session, over: datetime) -> None:
    invitation = factories.invitation(session, period_id=_closed(session, over))
    link = factories.invitation_link(session, invitation_id=invitation)
    factories.account_session(session, invitation_link_id=link, expires_at=clock.now() + timedelta(days=9))


MADE: Mapping[What, tuple[type[SQLModel], Make]] = {
    What.TICKETS: (models.SignInTicket, _ticket),
    What.DIRECTORY_JOURNEYS: (models.DirectoryJourney, _journey),
    What.ATTEMPTS: (models.SignInAttempt, _attempt),
    What.SESSIONS: (models.AccountSession, _session),
    What.PASSWORD_LINKS: (models.PasswordLink, _password_link),
    What.LINK_REQUESTS: (models.LinkRequest, _request),
    What.JOBS: (models.Job, _job),
    What.DRAFTS: (models.SelfAssessment, _draft),
    What.INVITATION_LINKS: (models.InvitationLink, _link),
}


def count(store: Store, table: type[SQLModel]) -> int:
    with store.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


@pytest.mark.parametrize("what", MADE)
def test_it_goes_at_its_time_and_not_before(site_store: Store, what: What) -> None:
    table, make = MADE[what]
    now = clock.now()
    with at(now), site_store.writing() as session:
        make(session, now)
    before = count(site_store, table)
    with at(now + RULES[what].kept):
        expire()
        assert count(site_store, table) == before
    with at(now + RULES[what].kept + HOUR):
        expire()
        assert count(site_store, table) == before - 1
        expire()
        assert count(site_store, table) == before - 1


def test_every_rule_is_carried_out_by_something(site_store: Store) -> None:
    elsewhere = {What.FAILED_LETTERS, What.WRITTEN_LETTERS, What.AUDIT_ENTRIES}
    assert set(STEPS) | elsewhere == set(RULES) == set(What)
    assert set(STEPS) - set(MADE) == {What.MAIL_ADDRESSES, What.AUDIT_DETAILS}  # below
    assert count(site_store, models.AuditEntry) == 0
    expire()
    assert count(site_store, models.AuditEntry) == 0


def test_that_drafts_went_is_in_the_audit_log_and_what_was_sent_stays(site_store: Store) -> None:
    over = clock.now() - RULES[What.DRAFTS].kept - HOUR
    with site_store.writing() as session:
        _draft(session, over)
        _draft(session, over, made_up=True)
        open_one = factories.self_assessment(session, period_id=factories.period(session, state=PeriodState.OPEN))
        sent, period = SelfAssessmentState.SUBMITTED, _closed(session, over)
        kept = factories.self_assessment(session, period_id=period, state=sent, submitted_at=over, declared_by="Ana")
        factories.answer(session, self_assessment_id=kept)
    expire()
    with site_store.reading() as session:
        rows = session.exec(select(models.SelfAssessment.id)).all()
        assert len(rows) == 3
        assert {open_one, kept} < set(rows)
        entry = session.exec(select(models.AuditEntry)).one()
        assert (entry.act, entry.subject, entry.actor) == ("drafts_expired", "self_assessments 1", "operator")
        assert len(session.exec(select(models.Answer)).all()) == 2


def _mail(session: Session, state: MailState, when: datetime) -> int:
    row = {"kind": MailKind.INVITATION, "state": state, "address": "ana@x.example"}
    own = {"message_id": f"<{factories.number()}@x.example>", "created_at": when, "changed_at": when}
    return factories.add(session, models.Mail, {**row, **own})


@one_database
def test_addresses_go_out_of_old_mails_but_one_that_sends_back_stays_known(site_store: Store) -> None:
    old = clock.now() - RULES[What.MAIL_ADDRESSES].kept
    with site_store.writing() as session:
        keys = [_mail(session, state, old - HOUR) for state in (MailState.SENT, MailState.FAILED, MailState.BOUNCED)]
        keys.append(_mail(session, MailState.SENT, old + HOUR))
    expire()
    with site_store.reading() as session:
        addresses = [session.get_one(models.Mail, key).address for key in keys]
    assert addresses == [MAIL_ADDRESS, MAIL_ADDRESS, "ana@x.example", "ana@x.example"]


@one_database
@pytest.mark.parametrize(
    ("state", "what"), [(MailState.WRITTEN, What.WRITTEN_LETTERS), (MailState.FAILED, What.FAILED_LETTERS)]
)
def test_a_letter_in_the_outbox_goes_at_its_time(site_store: Store, state: MailState, what: What) -> None:
    now = clock.now()
    with site_store.writing() as session:
        path = letter_path(session.get_one(models.Mail, _mail(session, state, now)).message_id)
    path.write_text("Subject: a link", encoding="utf-8")
    with at(now + RULES[what].kept):
        delivering.clear_away()
        assert path.exists()
    with at(now + RULES[what].kept + HOUR):
        delivering.clear_away()
        assert not path.exists()


@one_database
def test_details_of_the_audit_log_go_after_two_years(site_store: Store) -> None:
    now = clock.now()
    with at(now), site_store.writing() as session:
        audit.record(session, OPERATOR, act="period_opened", subject="period 2026")
    with at(now + RULES[What.AUDIT_DETAILS].kept):
        expire()
    assert count(site_store, models.AuditDetail) == 1
    with at(now + RULES[What.AUDIT_DETAILS].kept + HOUR):
        expire()
    assert (count(site_store, models.AuditDetail), count(site_store, models.AuditEntry)) == (0, 1)


@one_database
def test_the_worker_carries_the_rules_out_when_it_starts(site_store: Store) -> None:
    with site_store.writing() as session:
        _attempt(session, clock.now() - timedelta(days=3))
    worker = Worker()
    worker.start()
    try:
        for _ in range(200):
            if not count(site_store, models.SignInAttempt):
                break
            worker._stop.wait(0.05)  # noqa: SLF001 - a pause that ends with the worker
    finally:
        worker.stop()
    assert count(site_store, models.SignInAttempt) == 0


def test_how_long_is_said_in_words() -> None:
    said = {what: rule.how_long for what, rule in RULES.items()}
    assert said[What.TICKETS] == "a minute after signing in"
    assert said[What.ATTEMPTS] == "a day after the try"
    assert said[What.SESSIONS] == "30 days after it ended"
    assert said[What.DRAFTS] == "a year after the review closed"
    assert said[What.AUDIT_DETAILS] == "2 years after the act"
    assert said[What.AUDIT_ENTRIES] == "6 years after the act"
