"""A period that is closed before the day that was planned."""

import pytest
import time_machine

from charter.periods import close_period, open_period, require_open
from charter.rules.access import OPERATOR
from charter.rules.refusals import ClosedError
from db.engine import Store
from tests.store.databases import one_database
from tests.store.test_periods import plan


@one_database
def test_a_period_that_was_closed_early_says_the_day_on_which_it_was(charters_store: Store) -> None:
    with charters_store.writing() as session, time_machine.travel("2026-09-10T12:00:00Z", tick=False):
        plan(session)
        open_period(session, viewer=OPERATOR, ref="2026")
        closed = close_period(session, viewer=OPERATOR, ref="2026")
        with pytest.raises(ClosedError, match="closed on 10 September 2026"):
            require_open(closed)
    assert closed.closes_on > closed.last_day
