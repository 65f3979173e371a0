"""Where an organisation stands in one review: whether it is on the list, and whether it has answered anything."""

from dataclasses import dataclass

from sqlmodel import Session, select

from db.models import Answer, Assistance, Invitation, Organisation, Period, Review, SelfAssessment
from db.types import SelfAssessmentState


@dataclass(frozen=True)
class Standing:
    """Where an organisation stands in a review. The rows are held until the write is over.

    Attributes:
        invitation: its place on the list, or None.
        answers: its self-assessment, or None.
        has_answered: whether there is anything in it. A form that was only opened holds nothing.
    """

    organisation_id: int
    name: str
    invitation: Invitation | None
    answers: SelfAssessment | None
    has_answered: bool

    @property
    def on_list(self) -> bool:
        """Whether it is on the list, and was not taken off it."""
        return self.invitation is not None and self.invitation.removed_at is None


def standing_in(session: Session, period: Period, organisation_id: int) -> Standing:
    """Read where an organisation stands in a review, and hold it: answers that come in meanwhile wait."""
    invitation = session.exec(
        select(Invitation)
        .where(Invitation.period_id == period.id, Invitation.organisation_id == organisation_id)
        .with_for_update()
    ).one_or_none()
    answers = session.exec(
        select(SelfAssessment)
        .where(SelfAssessment.period_id == period.id, SelfAssessment.organisation_id == organisation_id)
        .with_for_update()
    ).one_or_none()
    name = session.get_one(Organisation, organisation_id).name
    return Standing(organisation_id, name, invitation, answers, answers is not None and _is_filled(session, answers))


def _is_filled(session: Session, row: SelfAssessment) -> bool:
    if row.state is not SelfAssessmentState.DRAFT or row.submitted_at or row.influence or row.contact:
        return True
    if row.engagement_level:
        return True
    # That somebody began to type a group's answers in is worth keeping too.
    return any(
        session.exec(select(table.id).where(table.self_assessment_id == row.id).limit(1)).first() is not None
        for table in (Answer, Assistance, Review)
    )
