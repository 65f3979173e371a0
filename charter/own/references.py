"""An organisation's reference numbers: one for each review that it answered in, and what became of each."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from charter.questions import side_of
from charter.rules.access import Act, Viewer, may, require
from db.models import Organisation, Period, SelfAssessment
from db.types import PeriodState, SelfAssessmentState, Side

_STATES = {
    SelfAssessmentState.DRAFT: "not sent",
    SelfAssessmentState.RETURNED: "sent back to you, to be put right",
    SelfAssessmentState.REVIEWED: "accepted by the monitoring group",
}
_SENT = {Side.VCFSE: "sent", Side.PUBLIC: "sent, and waits for review"}


@dataclass(frozen=True)
class Reference:
    """One self-assessment of an organisation.

    Attributes:
        sent_at: when it was last sent; None where it was not, or was opened again.
        words: where it stands, in words.
    """

    ref: str
    period_title: str
    period_state: PeriodState
    sent_at: datetime | None
    state: SelfAssessmentState
    words: str


def list_references(session: Session, *, viewer: Viewer, organisation_id: int) -> tuple[Reference, ...]:
    """Read an organisation's self-assessments, the newest review first. A link gives its own review's alone.

    Raises:
        NotAllowedError: the viewer may not have copies of what this organisation sent.
    """
    link = viewer.invited
    require(viewer, Act.READ_COPY, organisation_id=organisation_id, period_id=link.period_id if link else None)
    rows = session.exec(
        select(SelfAssessment, Period, Organisation)
        .join(Period, col(Period.id) == col(SelfAssessment.period_id))
        .join(Organisation, col(Organisation.id) == col(SelfAssessment.organisation_id))
        .where(col(SelfAssessment.organisation_id) == organisation_id)
        .order_by(col(Period.opens_on).desc(), col(Period.id).desc())
    )
    return tuple(
        _reference(*row)
        for row in rows
        if may(viewer, Act.READ_COPY, organisation_id=organisation_id, period_id=row[1].id)
    )


def _reference(row: SelfAssessment, period: Period, organisation: Organisation) -> Reference:
    drafted = row.state is SelfAssessmentState.DRAFT
    return Reference(
        ref=row.ref,
        period_title=period.title,
        period_state=period.state,
        sent_at=None if drafted else row.submitted_at,
        state=row.state,
        words=_STATES.get(row.state) or _SENT[side_of(organisation.kind)],
    )
