"""Answers of the demonstration that were kept from the review before with one press, and marked as carried over."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.models import Answer, Period, SelfAssessment
from db.types import SelfAssessmentState

_EACH_THIRD = 3  # organisation keeps what has not changed; the others choose anew


def carry_over(session: Session, *, period_ref: str, before_ref: str) -> None:
    """Mark answers that say the same as the review before: those of each third organisation, and all in a draft.

    No level changes by it, so that no score does.
    """
    now, then, earlier = aliased(SelfAssessment), aliased(SelfAssessment), aliased(Answer)
    this_period, period_before = aliased(Period), aliased(Period)
    same = (
        sa.select(col(Answer.id))
        .join(now, col(now.id) == col(Answer.self_assessment_id))
        .join(this_period, col(this_period.id) == col(now.period_id))
        .join(then, col(then.organisation_id) == col(now.organisation_id))
        .join(period_before, col(period_before.id) == col(then.period_id))
        .join(earlier, col(earlier.self_assessment_id) == col(then.id))
        .where(
            col(this_period.ref) == period_ref,
            col(period_before.ref) == before_ref,
            col(earlier.commitment_version_id) == col(Answer.commitment_version_id),
            col(earlier.measure) == col(Answer.measure),
            col(earlier.level).is_not_distinct_from(col(Answer.level)),
            col(earlier.no_level).is_not_distinct_from(col(Answer.no_level)),
            (col(now.organisation_id) % _EACH_THIRD == 0) | (col(now.state) == SelfAssessmentState.DRAFT),
        )
    )
    keys = session.execute(same).scalars().all()
    session.execute(
        sa.update(Answer).where(col(Answer.id).in_(keys)).values(carried_over=True),
        execution_options={"synchronize_session": False},
    )
