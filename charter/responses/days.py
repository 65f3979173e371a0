"""On which days groups sent their answers."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
from sqlmodel import Session, col, select

from charter import clock
from charter.periods import period_by_id
from charter.rules.access import Act, Viewer, require
from db.models import Invitation, Organisation, SelfAssessment
from db.types import VCFSE_KINDS, SelfAssessmentState


@dataclass(frozen=True)
class Day:
    """How many groups sent their answers on a day, and until its end in all."""

    day: date
    sent: int
    so_far: int


def sent_by_day(session: Session, *, viewer: Viewer, period_id: int) -> tuple[Day, ...]:
    """Count the groups' answers by the day, in the place, on which they were last sent.

    Every day from the first of the period stands in it, until its last or today; none, before anybody has sent.

    Raises:
        NotAllowedError: the viewer may not see who answered.
        NotFoundError: there is no such period.
    """
    require(viewer, Act.READ_RESPONSES)
    period = period_by_id(session, period_id=period_id)
    moments = session.exec(
        select(SelfAssessment.submitted_at)
        .join(Organisation, col(Organisation.id) == col(SelfAssessment.organisation_id))
        .join(
            Invitation,
            (col(Invitation.organisation_id) == col(Organisation.id)) & (col(Invitation.period_id) == period_id),
        )
        .where(
            SelfAssessment.period_id == period_id,
            SelfAssessment.state == SelfAssessmentState.SUBMITTED,
            col(Invitation.removed_at).is_(None),
            col(Organisation.kind).in_(VCFSE_KINDS),
        )
    )
    sent = Counter(clock.local(moment).date() for moment in moments if moment is not None)
    if not sent:
        return ()
    first, last = min(period.opens_on, *sent), max(min(period.last_day, clock.today()), *sent)
    days, so_far = [], 0
    for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
        so_far += sent[day]
        days.append(Day(day, sent[day], so_far))
    return tuple(days)


def day_frame(days: tuple[Day, ...]) -> pd.DataFrame:
    """Give the days as a frame for the chart: day, sent, so_far."""
    return pd.DataFrame(
        {"day": [each.day for each in days], "sent": [each.sent for each in days]}
        | {"so_far": [each.so_far for each in days]}
    )


def day_table(days: tuple[Day, ...]) -> pd.DataFrame:
    """Tabulate the days on which something arrived, the newest first, as words for the screen."""
    shown = [each for each in reversed(days) if each.sent]
    return pd.DataFrame(
        {
            "Day": [clock.day_in_words(each.day) for each in shown],
            "Sent on that day": [str(each.sent) for each in shown],
            "Sent so far": [str(each.so_far) for each in shown],
        },
        dtype=str,
    )
