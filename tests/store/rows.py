"""One row of every table, for the tests that go through all of them. A test holds the list to the tables."""

from collections.abc import Callable

from sqlmodel import Session, SQLModel

from db import models
from tests import factories
from tests.factories import MOMENT, add, digest


def _milestone(session: Session) -> int:
    return add(session, models.Milestone, {"charter_id": factories.charter(session)})


def _statement(session: Session) -> int:
    return add(session, models.Statement, {"charter_id": factories.charter(session)})


def _level(session: Session) -> int:
    return add(session, models.Level, {"value": 3})


def _signatory(session: Session) -> int:
    values = {"charter_id": factories.charter(session), "organisation_id": factories.organisation(session)}
    return add(session, models.Signatory, values)


def _sign_in_ticket(session: Session) -> int:
    values = {"account_session_id": factories.account_session(session), "token_digest": digest()}
    return add(session, models.SignInTicket, values)


def _password_link(session: Session) -> int:
    values = {"account_id": factories.account(session), "token_digest": digest()}
    return add(session, models.PasswordLink, values)


def _sign_in_attempt(session: Session) -> int:
    return add(session, models.SignInAttempt, {"email_digest": digest(), "address": "192.0.2.1"})


def _job(session: Session) -> int:
    return add(session, models.Job, {"kind": "publish", "subject": "2026"})


def _store_fact(session: Session) -> str:
    row = models.StoreFact(name="demonstration_removed", value="yes", set_at=MOMENT)
    session.add(row)
    session.flush()
    return row.name


def _audit_entry(session: Session) -> int:
    return add(session, models.AuditEntry, {"number": 1, "digest": digest()})


def _audit_detail(session: Session) -> int:
    return add(session, models.AuditDetail, {"number": _audit_entry(session)})


def _release_input(session: Session) -> int:
    values = {"release_id": factories.release(session), "organisation_id": factories.organisation(session)}
    return add(session, models.ReleaseInput, values)


def _release_answer(session: Session) -> int:
    values = {
        "release_input_id": _release_input(session),
        "commitment_version_id": factories.commitment(session).version_id,
        "level": 3,
    }
    return add(session, models.ReleaseAnswer, values)


def _release_change(session: Session) -> int:
    values = {"release_id": factories.release(session), "before_release_id": factories.release(session)}
    return add(session, models.ReleaseChange, values)


def _release_body_answer(session: Session) -> int:
    values = {"release_id": factories.release(session), "organisation_id": factories.organisation(session)}
    return add(session, models.ReleaseBodyAnswer, values)


def _of_a_release(table: type[SQLModel]) -> Callable[[Session], int]:
    return lambda session: add(session, table, {"release_id": factories.release(session)})


ROWS: dict[str, Callable[[Session], int | str]] = {
    "account": factories.account,
    "account_grant": factories.grant,
    "account_session": factories.account_session,
    "adoption": factories.adoption,
    "answer": factories.answer,
    "asked_commitment": factories.asked,
    "audit_detail": _audit_detail,
    "audit_entry": _audit_entry,
    "charter": factories.charter,
    "commitment": lambda session: factories.commitment(session).id,
    "commitment_version": lambda session: factories.commitment(session).version_id,
    "invitation": factories.invitation,
    "invitation_link": factories.invitation_link,
    "job": _job,
    "level": _level,
    "milestone": _milestone,
    "organisation": factories.organisation,
    "password_link": _password_link,
    "period": factories.period,
    "release": factories.release,
    "release_answer": _release_answer,
    "release_body_answer": _release_body_answer,
    "release_change": _release_change,
    "release_gap": _of_a_release(models.ReleaseGap),
    "release_input": _release_input,
    "release_response": _of_a_release(models.ReleaseResponse),
    "release_score": _of_a_release(models.ReleaseScore),
    "release_share": _of_a_release(models.ReleaseShare),
    "self_assessment": factories.self_assessment,
    "sign_in_attempt": _sign_in_attempt,
    "sign_in_ticket": _sign_in_ticket,
    "signatory": _signatory,
    "statement": _statement,
    "store_fact": _store_fact,
    "strand": factories.strand,
    "theme": factories.theme,
    "ward": factories.ward,
}
