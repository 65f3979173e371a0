"""Years of the small period that were published one after the other."""

from collections.abc import Callable
from functools import cache

from sqlmodel import Session

from charter.releases import publish_period
from charter.rules.access import OPERATOR
from tests.store.small_year import closed_year, elmford


@cache
def publishing(*years: int) -> Callable[[Session], None]:
    """Give what publishes the years, each compared with the one before: for the same years, the same function."""

    def publish_all(session: Session) -> None:
        where = elmford(session)
        for year in years:
            closed_year(session, where, year)
            publish_period(session, viewer=OPERATOR, ref=str(year))

    return publish_all
