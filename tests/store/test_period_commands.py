"""`period open` on a period whose last day is over."""

from datetime import date

import pytest
import time_machine
from sqlmodel import select

from charter.periods import close_period, open_period
from charter.rules.access import OPERATOR
from db.engine import Store
from db.models import Period
from db.types import PeriodState
from tests.store.contents import contents
from tests.store.databases import one_database
from tests.store.test_commands import Run, here, run
from tests.store.test_periods import LAST, plan

__all__ = ["here", "run"]  # the fixtures, which pytest finds by their names


@one_database
@pytest.mark.parametrize("state", [PeriodState.PLANNED, PeriodState.CLOSED])
def test_a_period_whose_last_day_is_over_is_not_opened(run: Run, here: Store, state: PeriodState) -> None:
    with here.writing() as session, time_machine.travel(date(2026, 9, 1)):
        plan(session)
        if state is PeriodState.CLOSED:
            open_period(session, viewer=OPERATOR, ref="2026")
            close_period(session, viewer=OPERATOR, ref="2026")
    before = contents(here)
    with time_machine.travel("2026-11-01T00:00:00Z", tick=False):
        for closes in ((), ("--closes", "2026-12-31")):
            refused = run("period", "open", "2026", *closes).one_line
            assert "The last day of 2026 review was 31 October 2026, so it cannot be opened." in refused
            assert "Nothing was changed." in refused
    assert contents(here) == before
    with time_machine.travel("2026-10-31T23:59:00Z", tick=False):
        again = ("--reason", "It was closed too early") if state is PeriodState.CLOSED else ()
        assert run("period", "open", "2026", *again).out == "2026 review is open until 31 October 2026.\n"
    with here.reading() as session:
        period = session.exec(select(Period)).one()
        assert (period.state, period.closes_on) == (PeriodState.OPEN, LAST)
