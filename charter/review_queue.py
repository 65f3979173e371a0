"""What waits for the monitoring group: the queue of public bodies' self-assessments, and one of them to be read.

Groups' answers are in neither: they are opinions, and nobody reviews them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col

from charter.assessments import organisation_row
from charter.forms import Form, read_form
from charter.invited import with_answers
from charter.questions import Question
from charter.returned import ReturnedFound, returned_answers
from charter.reviews import Decided, Seen, body_row, decisions
from charter.rules.access import Act, Viewer, may, require
from charter.rules.refusals import RefusedError
from charter.rules.reviewing import claimed_without_evidence, unusual_jump
from db.models import Organisation, Period, SelfAssessment
from db.types import PUBLIC_KINDS, PeriodState, SelfAssessmentState


@dataclass(frozen=True)
class QueuedBody:
    """A public body in a period, and how far its self-assessment is.

    Attributes:
        ref: the self-assessment; None where it is not started.
        state: where it stands; None where it is not started.
        submitted_at: when it was sent last, or None.
    """

    organisation_id: int
    organisation_name: str
    period_ref: str
    period_title: str
    period_state: PeriodState
    ref: str | None
    state: SelfAssessmentState | None
    submitted_at: datetime | None


@dataclass(frozen=True)
class Paper:
    """One self-assessment as a reviewer reads it.

    Attributes:
        ref: the self-assessment.
        form: what was asked and answered, with evidence, and what stood before.
        returned: every return of each answer, by version, the newest last.
        decided: what was decided so far, the newest last.
        may_decide: whether this viewer may decide.
        own: whether it is the viewer's own organisation's, so that somebody else must decide.
    """

    ref: str
    form: Form
    returned: Mapping[int, tuple[ReturnedFound, ...]]
    decided: tuple[Decided, ...]
    may_decide: bool
    own: bool

    @property
    def seen(self) -> Seen:
        """What a decision on this paper is made on."""
        return Seen(len(self.decided), self.form.submitted_at)

    def jump(self, question: Question) -> int | None:
        """Give by how many levels an answer moved since the last one, where that is unusual; else None."""
        before = self.form.before(question)
        return unusual_jump(self.form.answer(question).level, last=before.level)

    def without_evidence(self, question: Question) -> bool:
        """Tell whether a level of 3 or 4 is claimed without any evidence."""
        answer = self.form.answer(question)
        return claimed_without_evidence(answer.level, evidence=len(self.form.evidence_for(question)))


def review_queue(session: Session, *, viewer: Viewer) -> tuple[QueuedBody, ...]:
    """Read every public body that was invited to a period, the newest period first, and how far each is.

    Raises:
        NotAllowedError: the viewer neither reviews nor coordinates.
    """
    require(viewer, Act.READ_BODY_ANSWERS)
    rows = session.exec(
        with_answers()
        .where(col(Organisation.kind).in_(PUBLIC_KINDS))
        .order_by(col(Period.opens_on).desc(), col(Organisation.name))
    )
    return tuple(_queued(*row) for row in rows)


def read_paper(session: Session, *, viewer: Viewer, ref: str) -> Paper:
    """Read a public body's self-assessment that was sent.

    Raises:
        NotAllowedError: the viewer neither reviews nor coordinates.
        NotFoundError: there is no such self-assessment of a public body.
        RefusedError: it was never sent, so nobody else reads it yet.
    """
    require(viewer, Act.READ_BODY_ANSWERS)
    row = body_row(session, ref=ref)
    if row.state is SelfAssessmentState.DRAFT:
        name = organisation_row(session, row.organisation_id).name
        raise RefusedError(f"{name} has not sent these answers yet. They can be read here once they are sent.")
    own = row.organisation_id in viewer.organisations()
    return Paper(
        ref=ref,
        form=read_form(session, viewer=viewer, organisation_id=row.organisation_id, period_id=row.period_id),
        returned=returned_answers(session, assessment_id=row.id or 0),
        decided=decisions(session, assessment_id=row.id or 0),
        may_decide=may(viewer, Act.REVIEW) and not own,
        own=own,
    )


def _queued(organisation: Organisation, period: Period, row: SelfAssessment | None) -> QueuedBody:
    return QueuedBody(
        organisation_id=organisation.id or 0,
        organisation_name=organisation.name,
        period_ref=period.ref,
        period_title=period.title,
        period_state=period.state,
        ref=row.ref if row else None,
        state=row.state if row else None,
        submitted_at=row.submitted_at if row else None,
    )
