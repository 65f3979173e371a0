"""What the public reads of concerns: how many were raised in each year, and nothing else."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from charter import clock
from charter.rules.concerns import published_count
from db.models import Concern, Organisation


@dataclass(frozen=True)
class YearOfConcerns:
    """How many concerns were raised in a year.

    Attributes:
        year: the calendar year.
        count: how many; None for 1 to 4, of which only that they are fewer than 5 is told.
        until: for a year that was not over on the day, that day.
    """

    year: int
    count: int | None
    until: date | None = None


def concern_records(session: Session, on: date, made_up: bool) -> Sequence[tuple[str, YearOfConcerns]]:
    """Count the concerns that were raised up to a day, by the year, from the first in which there was one.

    Args:
        session: a session.
        on: the day.
        made_up: whether the made-up ones are counted, or the real ones.
    """
    moments = session.exec(
        select(Concern.raised_at)
        .join(Organisation, col(Organisation.id) == col(Concern.about_id))
        .where(Organisation.made_up == made_up)
    )
    days = [day for day in (clock.local(moment).date() for moment in moments) if day <= on]
    counted = Counter(day.year for day in days)
    first = min(counted, default=on.year)
    return [
        (str(year), YearOfConcerns(year, published_count(counted[year]), on if year == on.year else None))
        for year in range(first, on.year + 1)
    ]
