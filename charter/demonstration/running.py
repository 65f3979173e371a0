"""What running a review leaves behind, for the demonstration: e-mails, bounces, links asked for, answers typed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from charter import clock
from charter.demonstration.people import COORDINATOR_EMAIL, DOMAIN
from charter.tokens import new_token
from db.bulk import insert_rows
from db.models import Account, Assistance, Invitation, LinkRequest, Mail, Organisation, Period, SelfAssessment
from db.types import VCFSE_KINDS, AssistedHow, MailKind, MailState, SelfAssessmentState

_WITHOUT_EMAIL = 7  # each seventh group has no e-mail address
_WITHOUT_PHONE = 5
_BOUNCED = 6  # groups whose reminder came back
_INVITED_AFTER = timedelta(hours=9)
_REMINDED_AGO = timedelta(days=3)
_REMOVED = ("It has closed.", "It is part of another group on the list.", "It works outside the borough.")
_ASSISTED = ((AssistedHow.TELEPHONE, "Pat"), (AssistedHow.TELEPHONE, "Robin"), (AssistedHow.LETTER, "Ali"))
_ASKED = (True, True, False)  # whether each who asked for a link used the address that is held


@dataclass(frozen=True)
class _Group:
    organisation: Organisation
    invitation: Invitation
    own: SelfAssessment | None

    @property
    def sent(self) -> bool:
        return self.own is not None and self.own.state is SelfAssessmentState.SUBMITTED


def add_running(session: Session, *, period_ref: str) -> None:
    """Add to the demonstration's open period what its pages for the coordinator show. Its people must be there."""
    period = session.exec(select(Period).where(Period.ref == period_ref)).one()
    groups = _groups(session, period)
    for number, group in enumerate(groups, start=1):
        if number % _WITHOUT_EMAIL:
            group.organisation.email = f"group{number}@{DOMAIN}"
        if number % _WITHOUT_PHONE:
            group.organisation.phone = f"01632 960{number:03d}"  # numbers that are kept free for made-up people
    idle = [group for group in groups if group.own is None]
    for group, reason in zip(reversed(idle), _REMOVED, strict=False):
        group.invitation.removed_at, group.invitation.removed_reason = clock.now(), reason
    _add_mails(session, period, [group for group in groups if group.invitation.removed_at is None])
    _add_requests(session, period, idle)
    _add_assistance(session, [group for group in groups if group.sent])
    session.flush()


def _groups(session: Session, period: Period) -> list[_Group]:
    statement = (
        select(Organisation, Invitation, SelfAssessment)
        .join(Invitation, col(Invitation.organisation_id) == col(Organisation.id))
        .outerjoin(
            SelfAssessment,
            (col(SelfAssessment.organisation_id) == col(Organisation.id))
            & (col(SelfAssessment.period_id) == col(Invitation.period_id)),
        )
        .where(Invitation.period_id == period.id, col(Organisation.kind).in_(VCFSE_KINDS))
        .order_by(col(Organisation.id))
    )
    return [_Group(*row) for row in session.exec(statement)]


def _add_mails(session: Session, period: Period, groups: Sequence[_Group]) -> None:
    """Each group with an address was invited; those that have not sent were reminded, and some of that came back."""
    invited = clock.end_of(period.opens_on - timedelta(days=1)) + _INVITED_AFTER
    reminded = clock.now() - _REMINDED_AGO
    reached = [group for group in groups if group.organisation.email]
    late = [group for group in reached if not group.sent]
    rows = [_mail(group, MailKind.INVITATION, MailState.SENT, invited) for group in reached]
    rows += [_mail(group, MailKind.REMINDER, MailState.SENT, reminded) for group in late[_BOUNCED:]]
    rows += [_mail(group, MailKind.REMINDER, MailState.BOUNCED, reminded) for group in late[:_BOUNCED]]
    insert_rows(session, Mail, rows)


def _mail(group: _Group, kind: MailKind, state: MailState, at: datetime) -> Mapping[str, object]:
    return {
        "kind": kind,
        "state": state,
        "address": group.organisation.email,
        "invitation_id": group.invitation.id,
        "due_on": clock.local(at).date() if kind is MailKind.REMINDER else None,
        "message_id": f"<{new_token()}@{DOMAIN}>",
        "failure": "The mailbox does not exist." if state is MailState.BOUNCED else "",
        "created_at": at,
        "changed_at": at,
    }


def _add_requests(session: Session, period: Period, groups: Sequence[_Group]) -> None:
    asked = clock.now() - timedelta(days=1)
    session.add_all(
        LinkRequest(
            period_id=period.id or 0,
            invitation_id=group.invitation.id if held else None,
            asked_at=asked,
            answered_at=asked + timedelta(minutes=1),
        )
        for group, held in zip(groups[1:], _ASKED, strict=False)
    )


def _add_assistance(session: Session, groups: Sequence[_Group]) -> None:
    account = session.exec(select(Account.id).where(Account.email == COORDINATOR_EMAIL)).one()
    session.add_all(
        Assistance(
            self_assessment_id=group.own.id or 0,
            account_id=account,
            how=how,
            spoke_to=name,
            began_at=group.own.started_at,
        )
        for group, (how, name) in zip(groups, _ASSISTED, strict=False)
        if group.own is not None
    )
