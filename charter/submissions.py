"""Sending self-assessments, and taking them back. What becomes of a public body's is in `charter.reviews`."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.assessments import organisation_row, start
from charter.drafting import require_lead
from charter.periods import period_by_id, require_open
from charter.previews import refuse_if_shared
from charter.questions import side_of
from charter.rules import workflow
from charter.rules.access import Viewer
from charter.rules.refusals import RefusedError
from charter.typed import clean_text
from db.models import Answer, CommitmentVersion, SelfAssessment
from db.types import SelfAssessmentState


@dataclass(frozen=True)
class Receipt:
    """What a group is given when it has sent its answers."""

    ref: str
    submitted_at: datetime


def submit(session: Session, *, viewer: Viewer, organisation_id: int, period_id: int, declared_by: str) -> Receipt:
    """Send a self-assessment. Sending it a second time gives the same receipt and changes nothing.

    Args:
        session: a writing session.
        viewer: who asks.
        organisation_id: whose answers they are.
        period_id: the period.
        declared_by: the name of the person who declares that they answer for the organisation.

    Raises:
        NotAllowedError: the viewer may not answer for this organisation.
        ClosedError: the period takes no answers.
        FieldError: the name is missing or too long.
        RefusedError: not one of the core questions was answered, or the viewer drafts only a part of the answers.
    """
    row = start(session, viewer=viewer, organisation_id=organisation_id, period_id=period_id)
    require_lead(session, viewer=viewer, organisation_id=organisation_id)
    if not workflow.editable(row.state) and row.submitted_at is not None:
        return Receipt(ref=row.ref, submitted_at=row.submitted_at)
    name = workflow.declaration_name(clean_text(declared_by))
    _require_some_core_answer(session, row)
    side = side_of(organisation_row(session, organisation_id).kind)
    workflow.move_self_assessment(side, row.state, SelfAssessmentState.SUBMITTED)
    detail = audit.changes({"state": row.state}, {"state": SelfAssessmentState.SUBMITTED})
    row.state = SelfAssessmentState.SUBMITTED
    row.submitted_at = clock.now()
    row.declared_by = name
    session.flush()
    audit.record(session, viewer, act="self_assessment_submitted", subject=f"self_assessment {row.ref}", detail=detail)
    return Receipt(ref=row.ref, submitted_at=row.submitted_at)


def take_back(session: Session, *, viewer: Viewer, organisation_id: int, period_id: int) -> None:
    """Make a group's sent self-assessment a draft again while the period is open. It counts when sent again.

    Raises:
        NotAllowedError: the viewer may not answer for this organisation.
        ClosedError: the period takes no answers.
        RefusedError: it was not sent, or is a public body's, or the figures that hold it were shown to people.
    """
    row = start(session, viewer=viewer, organisation_id=organisation_id, period_id=period_id)
    refuse_if_shared(session, period_id=period_id)
    require_open(period_by_id(session, period_id=period_id))
    side = side_of(organisation_row(session, organisation_id).kind)
    workflow.move_self_assessment(side, row.state, SelfAssessmentState.DRAFT)
    detail = audit.changes({"state": row.state}, {"state": SelfAssessmentState.DRAFT})
    row.state = SelfAssessmentState.DRAFT
    session.flush()
    audit.record(session, viewer, act="self_assessment_taken_back", subject=f"self_assessment {row.ref}", detail=detail)


def _require_some_core_answer(session: Session, row: SelfAssessment) -> None:
    statement = (
        select(Answer.id)
        .join(CommitmentVersion, col(CommitmentVersion.id) == Answer.commitment_version_id)
        .where(
            Answer.self_assessment_id == row.id,
            CommitmentVersion.core,
            col(Answer.level).is_not(None) | col(Answer.no_level).is_not(None),
        )
    )
    if session.exec(statement).first() is None:
        raise RefusedError("Please answer at least one of the main questions before you send. Nothing was lost.")
