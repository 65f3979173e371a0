"""The forms that a viewer may fill in, or has filled in: their own organisations' and nobody else's."""

from dataclasses import dataclass

from sqlmodel import Session, col

from charter.invited import with_answers
from charter.rules.access import Viewer
from db.models import Organisation, Period, SelfAssessment
from db.types import PeriodState, SelfAssessmentState


@dataclass(frozen=True)
class OwnForm:
    """One organisation in one period. It is open while the period is, and while its answers are sent back."""

    organisation_id: int
    organisation_ref: str
    organisation_name: str
    period_id: int
    period_ref: str
    period_title: str
    open: bool


def own_forms(session: Session, *, viewer: Viewer) -> tuple[OwnForm, ...]:
    """Read which forms are the viewer's own, open periods first and then the newest.

    A partner's are those of their organisations in every period that has opened; a link's is the one that it opens.
    """
    link = viewer.invited
    organisations = frozenset({link.organisation_id}) if link else viewer.organisations()
    rows = session.exec(
        with_answers()
        .where(col(Organisation.id).in_(organisations))
        .order_by(col(Period.closes_on).desc(), col(Organisation.name))
    )
    forms = [_own(*row) for row in rows if link is None or row[1].id == link.period_id]
    return tuple(sorted(forms, key=lambda form: not form.open))


def _own(organisation: Organisation, period: Period, row: SelfAssessment | None) -> OwnForm:
    sent_back = row is not None and row.state is SelfAssessmentState.RETURNED
    return OwnForm(
        organisation_id=organisation.id or 0,
        organisation_ref=organisation.ref,
        organisation_name=organisation.name,
        period_id=period.id or 0,
        period_ref=period.ref,
        period_title=period.title,
        open=period.state is PeriodState.OPEN or sent_back,
    )
