"""Answers that the coordinator types in for a group: what is known of it, and whether it is allowed.

A coordinator answers for nobody by right. To begin (`charter/assisting.py`) writes down who does, how the group
gave its answers, and who it was; that row is what opens the group's form, in that one period, and what marks it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from charter import clock
from charter.rules.access import Act, Viewer, may, require
from charter.words import ASSISTED
from db.models import Account, Assistance, Invitation, Organisation, SelfAssessment
from db.types import VCFSE_KINDS, AssistedHow, SelfAssessmentState


@dataclass(frozen=True)
class AssistedBy:
    """Who typed a group's answers in, how the group gave them, who it was that gave them, and since when."""

    typed_by: str
    how: AssistedHow
    spoke_to: str
    began_at: datetime

    @property
    def words(self) -> str:
        """Say it in one sentence."""
        who = self.typed_by or "the coordinator"
        return (
            f"Typed in for the group by {who}: {ASSISTED[self.how]}, given by {self.spoke_to}, "
            f"{clock.day_in_words(clock.local(self.began_at).date())}."
        )


def assisted_by(session: Session, *, self_assessment_id: int | None) -> AssistedBy | None:
    """Read who typed a self-assessment's answers in, or None where its own people did."""
    row = session.exec(
        select(Assistance, Account.name)
        .outerjoin(Account, col(Account.id) == col(Assistance.account_id))
        .where(col(Assistance.self_assessment_id) == self_assessment_id)
    ).first()
    if row is None:
        return None
    assistance, name = row
    return AssistedBy(name or "", assistance.how, assistance.spoke_to, assistance.began_at)


@dataclass(frozen=True)
class Helped:
    """A group for which the coordinator could type in, or does.

    Attributes:
        began: whether it was written down that the coordinator types in for it in this period.
        sent: whether its answers have been sent.
    """

    organisation_id: int
    name: str
    began: bool
    sent: bool


def find_helped(session: Session, *, viewer: Viewer, period_id: int, organisation_ref: str) -> Helped | None:
    """Find a group on a period's list, with whether the coordinator types in for it.

    Returns:
        None where no group of that reference is on the list; a public body is none.

    Raises:
        NotAllowedError: the viewer is no coordinator.
    """
    require(viewer, Act.ASSIST)
    row = session.exec(
        select(Organisation, SelfAssessment.state, Assistance.id)
        .join(Invitation, col(Invitation.organisation_id) == col(Organisation.id))
        .outerjoin(
            SelfAssessment,
            (col(SelfAssessment.organisation_id) == col(Organisation.id))
            & (col(SelfAssessment.period_id) == col(Invitation.period_id)),
        )
        .outerjoin(Assistance, col(Assistance.self_assessment_id) == col(SelfAssessment.id))
        .where(
            Organisation.ref == organisation_ref,
            Invitation.period_id == period_id,
            col(Invitation.removed_at).is_(None),
            col(Organisation.kind).in_(VCFSE_KINDS),
        )
    ).first()
    if row is None:
        return None
    group, state, assistance = row
    sent = state is SelfAssessmentState.SUBMITTED
    return Helped(group.id or 0, group.name, began=assistance is not None, sent=sent)


def require_answering(session: Session, *, viewer: Viewer, organisation_id: int, period_id: int) -> None:
    """Refuse unless the viewer answers for their own organisation, or helps this group in this period.

    Raises:
        SignedOutError: the viewer's session has ended.
        NotAllowedError: the viewer may not answer for this organisation.
    """
    if may(viewer, Act.ASSIST) and _helps(session, organisation_id=organisation_id, period_id=period_id):
        return
    require(viewer, Act.ANSWER, organisation_id=organisation_id, period_id=period_id)


def _helps(session: Session, *, organisation_id: int, period_id: int) -> bool:
    statement = (
        select(Assistance.id)
        .join(SelfAssessment, col(SelfAssessment.id) == col(Assistance.self_assessment_id))
        .where(SelfAssessment.organisation_id == organisation_id, SelfAssessment.period_id == period_id)
    )
    return session.exec(statement).first() is not None
