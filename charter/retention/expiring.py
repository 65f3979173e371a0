"""Taking away what nobody needs any more, by the one table of rules. To do it again changes nothing more.

Each rule is a transaction of its own, so that people who save meanwhile wait for one of them at most.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, delete, select, update

from charter import audit, clock
from charter.own.forgetting import MAIL_ADDRESS
from charter.retention.audit_log import expire_entries
from charter.retention.rules import RULES, What
from charter.rules.access import OPERATOR
from charter.store import writing
from db.models import (
    AccountSession,
    Answer,
    AnswerEvidence,
    Assistance,
    AuditDetail,
    AuditEntry,
    DirectoryJourney,
    Invitation,
    InvitationLink,
    Job,
    LinkRequest,
    Mail,
    PasswordLink,
    Period,
    Review,
    SelfAssessment,
    SignInAttempt,
    SignInTicket,
)
from db.types import JobState, MailState, PeriodState, SelfAssessmentState

Step = Callable[[Session, datetime], None]


def expire() -> None:
    """Take away all that is over, rule by rule. What a rule finds is gone for good."""
    now = clock.now()
    for what, step in STEPS.items():
        with writing() as session:
            step(session, now - RULES[what].kept)
    expire_entries(before=now - RULES[What.AUDIT_ENTRIES].kept)


def _tickets(session: Session, before: datetime) -> None:
    session.exec(delete(SignInTicket).where(col(SignInTicket.expires_at) < before))


def _directory_journeys(session: Session, before: datetime) -> None:
    session.exec(delete(DirectoryJourney).where(col(DirectoryJourney.expires_at) < before))


def _attempts(session: Session, before: datetime) -> None:
    session.exec(delete(SignInAttempt).where(col(SignInAttempt.at) < before))


def _sessions(session: Session, before: datetime) -> None:
    ended = col(AccountSession.expires_at) < before
    over = sa.select(col(AccountSession.id)).where(ended)
    session.exec(delete(SignInTicket).where(col(SignInTicket.account_session_id).in_(over)))
    session.exec(delete(AccountSession).where(ended))


def _password_links(session: Session, before: datetime) -> None:
    session.exec(delete(PasswordLink).where(col(PasswordLink.expires_at) < before))


def _link_requests(session: Session, before: datetime) -> None:
    session.exec(delete(LinkRequest).where(col(LinkRequest.asked_at) < before))


def _jobs(session: Session, before: datetime) -> None:
    ended = col(Job.state).in_({JobState.DONE, JobState.FAILED})
    session.exec(delete(Job).where(ended, col(Job.changed_at) < before))


def _mail_addresses(session: Session, before: datetime) -> None:
    went = col(Mail.state).in_({MailState.SENT, MailState.FAILED})
    old = (went, col(Mail.changed_at) < before, col(Mail.address) != MAIL_ADDRESS)
    session.exec(update(Mail).where(*old).values(address=MAIL_ADDRESS))


def _drafts(session: Session, before: datetime) -> None:
    """Take away answers that were never sent. Made-up ones are nobody's, and stay with the demonstration."""
    over = select(Period.id).where(*_closed(before), col(Period.made_up).is_(False))
    keys = session.exec(
        select(SelfAssessment.id).where(
            col(SelfAssessment.period_id).in_(over),
            SelfAssessment.state == SelfAssessmentState.DRAFT,
            col(SelfAssessment.id).not_in(select(Review.self_assessment_id)),
        )
    ).all()
    if not keys:
        return
    answers = sa.select(col(Answer.id)).where(col(Answer.self_assessment_id).in_(keys))
    session.exec(delete(AnswerEvidence).where(col(AnswerEvidence.answer_id).in_(answers)))
    session.exec(delete(Answer).where(col(Answer.self_assessment_id).in_(keys)))
    session.exec(delete(Assistance).where(col(Assistance.self_assessment_id).in_(keys)))
    session.exec(delete(SelfAssessment).where(col(SelfAssessment.id).in_(keys)))
    audit.record(session, OPERATOR, act="drafts_expired", subject=f"self_assessments {len(keys)}")


def _invitation_links(session: Session, before: datetime) -> None:
    """Take away the links of reviews that closed long ago. Sessions by them ended with the review."""
    invitations = (
        sa.select(col(Invitation.id)).join(Period, col(Period.id) == col(Invitation.period_id)).where(*_closed(before))
    )
    links = sa.select(col(InvitationLink.id)).where(col(InvitationLink.invitation_id).in_(invitations))
    session.exec(delete(AccountSession).where(col(AccountSession.invitation_link_id).in_(links)))
    session.exec(delete(InvitationLink).where(col(InvitationLink.invitation_id).in_(invitations)))


def _audit_details(session: Session, before: datetime) -> None:
    old = sa.select(col(AuditEntry.number)).where(col(AuditEntry.at) < before)
    session.exec(delete(AuditDetail).where(col(AuditDetail.number).in_(old)))


def _closed(before: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    over = col(Period.state).in_({PeriodState.CLOSED, PeriodState.PUBLISHED})
    return over, col(Period.closed_at) < before


# Two more rules are carried out elsewhere: letters lie in a folder, and are cleared away by `charter.mail.delivering`;
# and entries of the audit log go under a checkpoint.
STEPS: Mapping[What, Step] = {
    What.TICKETS: _tickets,
    What.DIRECTORY_JOURNEYS: _directory_journeys,
    What.ATTEMPTS: _attempts,
    What.SESSIONS: _sessions,
    What.PASSWORD_LINKS: _password_links,
    What.LINK_REQUESTS: _link_requests,
    What.JOBS: _jobs,
    What.MAIL_ADDRESSES: _mail_addresses,
    What.DRAFTS: _drafts,
    What.INVITATION_LINKS: _invitation_links,
    What.AUDIT_DETAILS: _audit_details,
}
