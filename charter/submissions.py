"""Sending self-assessments, taking them back, and accepting those of public bodies."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.assessments import organisation_row, start
from charter.periods import period_by_id
from charter.questions import side_of
from charter.rules import workflow
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import NotFoundError, RefusedError
from charter.typed import clean_text
from db.models import Answer, CommitmentVersion, SelfAssessment
from db.types import PeriodState, SelfAssessmentState, Side


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
        RefusedError: not one of the core questions was answered.
    """
    row = start(session, viewer=viewer, organisation_id=organisation_id, period_id=period_id)
    if not workflow.editable(row.state) and row.submitted_at is not None:
        return Receipt(ref=row.ref, submitted_at=row.submitted_at)
    name = workflow.declaration_name(clean_text(declared_by))
    _require_some_core_answer(session, row)
    side = side_of(organisation_row(session, organisation_id).kind)
    workflow.move_self_assessment(side, row.state, SelfAssessmentState.SUBMITTED)
    row.state = SelfAssessmentState.SUBMITTED
    row.submitted_at = clock.now()
    row.declared_by = name
    session.flush()
    audit.record(session, viewer, act="self_assessment_submitted", subject=f"self_assessment {row.ref}")
    return Receipt(ref=row.ref, submitted_at=row.submitted_at)


def take_back(session: Session, *, viewer: Viewer, organisation_id: int, period_id: int) -> None:
    """Make a group's sent self-assessment a draft again while the period is open. It counts when sent again.

    Raises:
        NotAllowedError: the viewer may not answer for this organisation.
        ClosedError: the period takes no answers.
        RefusedError: it was not sent, or is a public body's.
    """
    row = start(session, viewer=viewer, organisation_id=organisation_id, period_id=period_id)
    side = side_of(organisation_row(session, organisation_id).kind)
    workflow.move_self_assessment(side, row.state, SelfAssessmentState.DRAFT)
    row.state = SelfAssessmentState.DRAFT
    session.flush()
    audit.record(session, viewer, act="self_assessment_taken_back", subject=f"self_assessment {row.ref}")


def accept(session: Session, *, viewer: Viewer, ref: str) -> None:
    """Accept a public body's practice: from now on it counts.

    Raises:
        NotAllowedError: the viewer may not review, or would review their own organisation.
        NotFoundError: there is no such self-assessment of a public body.
        RefusedError: it was not submitted, was accepted already, or its period is published and frozen.
    """
    require(viewer, Act.REVIEW)
    row = session.exec(select(SelfAssessment).where(SelfAssessment.ref == ref).with_for_update()).first()
    if row is None or side_of(organisation_row(session, row.organisation_id).kind) is not Side.PUBLIC:
        raise NotFoundError(f"There is no public body's self-assessment {ref}.")
    if row.organisation_id in viewer.organisations():
        raise RefusedError("You belong to this organisation, so somebody else must review its answers.")
    if period_by_id(session, period_id=row.period_id).state is PeriodState.PUBLISHED:
        raise RefusedError("This period is published, so its figures are frozen. Nothing was changed.")
    workflow.move_self_assessment(Side.PUBLIC, row.state, SelfAssessmentState.REVIEWED)
    row.state = SelfAssessmentState.REVIEWED
    row.reviewed_at = clock.now()
    session.flush()
    audit.record(session, viewer, act="self_assessment_accepted", subject=f"self_assessment {ref}")


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
