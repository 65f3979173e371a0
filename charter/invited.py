"""Who was invited to which review, beside what they answered: what several lists begin with."""

from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from db.models import Invitation, Organisation, Period, SelfAssessment
from db.types import PeriodState


def with_answers() -> Select[Organisation, Period, SelfAssessment]:
    """Ask for each organisation on the list of a review that has opened, with its self-assessment or None.

    The caller has asked for access, and says which of them and in what order.
    """
    return (
        select(Organisation, Period, SelfAssessment)
        .join(Invitation, col(Invitation.organisation_id) == col(Organisation.id))
        .join(Period, col(Period.id) == col(Invitation.period_id))
        .outerjoin(
            SelfAssessment,
            (col(SelfAssessment.organisation_id) == col(Organisation.id))
            & (col(SelfAssessment.period_id) == col(Period.id)),
        )
        .where(col(Invitation.removed_at).is_(None), col(Period.state) != PeriodState.PLANNED)
    )
