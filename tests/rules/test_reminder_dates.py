"""When reminders are due: exact days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.rules.reminders import due_date, next_date, reminder_dates, was_reminded

CLOSES = date(2026, 10, 31)
OPENED = date(2026, 9, 1)
FIRST, SECOND, THIRD = date(2026, 10, 3), date(2026, 10, 21), date(2026, 10, 29)


def test_they_are_28_10_and_2_days_before_closing() -> None:
    assert reminder_dates(CLOSES) == (FIRST, SECOND, THIRD)


@pytest.mark.parametrize(
    ("on", "due", "following"),
    [
        (date(2026, 9, 1), None, FIRST),
        (date(2026, 10, 2), None, FIRST),
        (FIRST, FIRST, SECOND),
        (date(2026, 10, 4), FIRST, SECOND),
        (date(2026, 10, 20), FIRST, SECOND),
        (SECOND, SECOND, THIRD),
        (date(2026, 10, 28), SECOND, THIRD),
        (THIRD, THIRD, None),
        (CLOSES, THIRD, None),
        (date(2026, 11, 1), None, None),
    ],
)
def test_on_a_day(on: date, due: date | None, following: date | None) -> None:
    assert due_date(on=on, opened_on=OPENED, closes_on=CLOSES) == due
    assert next_date(on=on, opened_on=OPENED, closes_on=CLOSES) == following


def test_a_date_that_had_come_when_the_period_opened_is_left_out() -> None:
    assert due_date(on=date(2026, 10, 12), opened_on=date(2026, 10, 10), closes_on=CLOSES) is None
    assert due_date(on=SECOND, opened_on=SECOND, closes_on=CLOSES) is None
    assert next_date(on=date(2026, 9, 30), opened_on=SECOND, closes_on=CLOSES) == THIRD


def test_a_later_reminder_counts_for_an_earlier_date() -> None:
    assert was_reminded(SECOND, [SECOND])
    assert was_reminded(SECOND, [date(2026, 10, 24)])
    assert not was_reminded(SECOND, [FIRST])
    assert not was_reminded(FIRST, [])


@given(
    opened=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    length=st.integers(0, 90),
    days=st.lists(st.integers(-5, 100), min_size=1),
)
def test_however_often_and_late_it_is_called_nobody_gets_two_for_one_date_nor_more_than_three(
    opened: date, length: int, days: list[int]
) -> None:
    closes = opened + timedelta(days=length)
    sent: list[date] = []
    for day in sorted(days):
        due = due_date(on=opened + timedelta(days=day), opened_on=opened, closes_on=closes)
        if due is not None and not was_reminded(due, sent):
            assert opened < due <= opened + timedelta(days=day) <= closes
            sent.append(due)
    assert len(sent) == len(set(sent)) <= 3
    assert sent == sorted(sent)
