"""One row of every table, for the tests that go through all of them. A test holds the list to the tables."""

from collections.abc import Callable

from sqlmodel import Session, SQLModel

from db import models
from db.types import ReleaseTextKind
from tests import factories
from tests.factories import MOMENT, add, digest
from tests.store.outcome_rows import OUTCOME_ROWS, action, evidence
from tests.store.report_rows import REPORT_ROWS


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


def _directory_identity(session: Session) -> int:
    values = {"account_id": factories.account(session), "subject": digest()}
    return add(session, models.DirectoryIdentity, values)


def _directory_journey(session: Session) -> int:
    return add(session, models.DirectoryJourney, {"token_digest": digest()})


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


def _release_record(session: Session) -> int:
    n = factories.number()
    values = {"release_id": factories.release(session), "ref": f"record-{n}", "position": n}
    return add(session, models.ReleaseRecord, values)


def _champion(session: Session) -> int:
    return add(session, models.Champion, {"organisation_id": factories.organisation(session)})


def _organisation_merge(session: Session) -> int:
    values = {"organisation_id": factories.organisation(session), "into_id": factories.organisation(session)}
    return add(session, models.OrganisationMerge, values)


def _of_a_period(table: type[SQLModel]) -> Callable[[Session], int]:
    return lambda session: add(session, table, {"period_id": factories.period(session)})


def _early_access(session: Session) -> int:
    return add(session, models.EarlyAccess, {"period_id": factories.period(session), "token_digest": digest()})


def _period_text(session: Session) -> int:
    factories.organisation(session)  # for the tests that make the words an organisation's reply
    return add(session, models.PeriodText, {"period_id": factories.period(session)})


def reply(session: Session) -> int:
    """Add a public body's reply on a period, and give its id."""
    values = {
        "period_id": factories.period(session),
        "organisation_id": factories.organisation(session),
        "kind": ReleaseTextKind.RIGHT_OF_REPLY,
    }
    return add(session, models.PeriodText, values)


def _mail(session: Session) -> int:
    values = {
        "invitation_id": factories.invitation(session),
        "due_on": factories.DAY,
        "message_id": digest(),
        "stop_digest": digest(),
    }
    return add(session, models.Mail, values)


def _review(session: Session) -> int:
    return add(session, models.Review, {"self_assessment_id": factories.self_assessment(session)})


def _returned_answer(session: Session) -> int:
    values = {"review_id": _review(session), "commitment_version_id": factories.commitment(session).version_id}
    return add(session, models.ReturnedAnswer, values)


def _drafting_part(session: Session) -> int:
    values = {
        "account_id": factories.account(session),
        "organisation_id": factories.organisation(session),
        "strand_id": factories.strand(session),
    }
    return add(session, models.DraftingPart, values)


def _assistance(session: Session) -> int:
    return add(session, models.Assistance, {"self_assessment_id": factories.self_assessment(session)})


def _answer_evidence(session: Session) -> int:
    values = {"answer_id": factories.answer(session), "evidence_id": evidence(session)}
    return add(session, models.AnswerEvidence, values)


def _you_said(session: Session) -> int:
    values = {
        "period_id": factories.period(session),
        "organisation_id": factories.organisation(session),
        "theme_id": factories.theme(session),
        "commitment_version_id": factories.commitment(session).version_id,
        "action_id": action(session),
    }
    return add(session, models.YouSaid, values)


def _release_promise(session: Session) -> int:
    values = {
        "release_id": factories.release(session),
        "organisation_id": factories.organisation(session),
        "commitment_version_id": factories.commitment(session).version_id,
    }
    return add(session, models.ReleasePromise, values)


ROWS: dict[str, Callable[[Session], int | str]] = {
    **OUTCOME_ROWS,
    **REPORT_ROWS,
    "account": factories.account,
    "account_grant": factories.grant,
    "account_session": factories.account_session,
    "adoption": factories.adoption,
    "answer": factories.answer,
    "answer_evidence": _answer_evidence,
    "asked_commitment": factories.asked,
    "assistance": _assistance,
    "audit_detail": _audit_detail,
    "audit_entry": _audit_entry,
    "champion": _champion,
    "charter": factories.charter,
    "commitment": lambda session: factories.commitment(session).id,
    "commitment_version": lambda session: factories.commitment(session).version_id,
    "directory_identity": _directory_identity,
    "directory_journey": _directory_journey,
    "drafting_part": _drafting_part,
    "early_access": _early_access,
    "invitation": factories.invitation,
    "invitation_link": factories.invitation_link,
    "job": _job,
    "level": _level,
    "link_request": _of_a_period(models.LinkRequest),
    "mail": _mail,
    "milestone": _milestone,
    "organisation": factories.organisation,
    "organisation_merge": _organisation_merge,
    "password_link": _password_link,
    "period": factories.period,
    "period_change": _of_a_period(models.PeriodChange),
    "period_text": _period_text,
    "release": factories.release,
    "release_answer": _release_answer,
    "release_body_answer": _release_body_answer,
    "release_change": _release_change,
    "release_early_access": _of_a_release(models.ReleaseEarlyAccess),
    "release_gap": _of_a_release(models.ReleaseGap),
    "release_input": _release_input,
    "release_promise": _release_promise,
    "release_record": _release_record,
    "release_response": _of_a_release(models.ReleaseResponse),
    "release_score": _of_a_release(models.ReleaseScore),
    "release_share": _of_a_release(models.ReleaseShare),
    "release_text": _of_a_release(models.ReleaseText),
    "returned_answer": _returned_answer,
    "review": _review,
    "self_assessment": factories.self_assessment,
    "sign_in_attempt": _sign_in_attempt,
    "sign_in_ticket": _sign_in_ticket,
    "signatory": _signatory,
    "statement": _statement,
    "store_fact": _store_fact,
    "strand": factories.strand,
    "theme": factories.theme,
    "ward": factories.ward,
    "you_said": _you_said,
}
