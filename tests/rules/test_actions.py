"""When an action is overdue, and which one is shown first."""

from datetime import date

import pytest

from charter.rules.actions import Due, first_day_in_time, is_overdue, order_key
from db.types import ActionStatus, Precision

DAY, MONTH, YEAR = Precision.DAY, Precision.MONTH, Precision.YEAR
TODAY = date(2026, 11, 22)
NOT_STARTED, ON, OFF, DONE, STOPPED, NOT_KNOWN = ActionStatus


@pytest.mark.parametrize(
    ("due", "overdue"),
    [
        (None, False),
        (Due(date(2026, 11, 21), DAY), True),
        (Due(date(2026, 11, 22), DAY), False),
        (Due(date(2026, 10, 1), MONTH), True),
        (Due(date(2026, 10, 31), MONTH), True),
        (Due(date(2026, 11, 1), MONTH), False),
        (Due(date(2025, 12, 31), YEAR), True),
        (Due(date(2026, 1, 1), YEAR), False),
    ],
)
def test_it_is_overdue_when_its_day_month_or_year_is_over(due: Due | None, overdue: bool) -> None:
    assert is_overdue(due, status=ON, history=False, on=TODAY) is overdue


@pytest.mark.parametrize(
    ("status", "overdue"),
    [(NOT_STARTED, True), (ON, True), (OFF, True), (DONE, False), (STOPPED, False), (NOT_KNOWN, False)],
)
def test_it_is_overdue_only_while_it_is_open(status: ActionStatus, overdue: bool) -> None:
    assert is_overdue(Due(date(2020, 1, 1), DAY), status=status, history=False, on=TODAY) is overdue


@pytest.mark.parametrize("status", ActionStatus)
def test_history_is_never_overdue(status: ActionStatus) -> None:
    assert not is_overdue(Due(date(2006, 12, 1), MONTH), status=status, history=True, on=TODAY)


@pytest.mark.parametrize("precision", Precision)
@pytest.mark.parametrize("on", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 12, 31)])
def test_the_last_day_and_the_first_day_in_time_say_the_same(precision: Precision, on: date) -> None:
    for due in (date(2024, 2, 29), date(2024, 3, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 1)):
        assert (Due(due, precision).last_day() < on) == (due < first_day_in_time(precision, on=on))


def test_overdue_comes_first_then_what_is_due_soonest_then_what_is_over() -> None:
    cases = {
        "long overdue": (Due(date(2024, 1, 1), DAY), OFF, True),
        "overdue": (Due(date(2026, 10, 1), MONTH), NOT_STARTED, True),
        "soon": (Due(date(2026, 12, 1), DAY), ON, False),
        "later": (Due(date(2026, 12, 1), MONTH), OFF, False),
        "ongoing": (None, NOT_STARTED, False),
        "done": (Due(date(2023, 1, 1), DAY), DONE, False),
        "stopped": (None, STOPPED, False),
        "not known": (Due(date(2023, 1, 1), DAY), NOT_KNOWN, False),
    }
    shown = sorted(cases, reverse=True)
    shown.sort(key=lambda name: order_key(cases[name][0], status=cases[name][1], overdue=cases[name][2]))
    assert shown == list(cases)
