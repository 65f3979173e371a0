"""When a group that has not answered is reminded: three dates before a period closes, each at most once."""

from collections.abc import Iterable
from datetime import date, timedelta

DAYS_BEFORE_CLOSING = (28, 10, 2)


def reminder_dates(closes_on: date) -> tuple[date, ...]:
    """Give the days on which reminders are due, the earliest first: 28, 10 and 2 days before the last day."""
    return tuple(closes_on - timedelta(days=days) for days in DAYS_BEFORE_CLOSING)


def due_date(*, on: date, opened_on: date, closes_on: date) -> date | None:
    """Give the date whose reminder is to be sent on a day, or None.

    It is the latest date that has come. An earlier one that was missed is left out: who gets the one that is due has
    been reminded. A date that had come when the period opened is left out too, as everybody was invited just then.

    Args:
        on: the day on which reminders are sent; it may come after the date, when the sending was missed.
        opened_on: the day on which the period opened.
        closes_on: its last day. Nobody is reminded after it.
    """
    if on > closes_on:
        return None
    return max((due for due in reminder_dates(closes_on) if opened_on < due <= on), default=None)


def next_date(*, on: date, opened_on: date, closes_on: date) -> date | None:
    """Give the first reminder date that comes after a day, or None where none does."""
    return min((due for due in reminder_dates(closes_on) if due > max(on, opened_on)), default=None)


def was_reminded(due_on: date, reminded_for: Iterable[date]) -> bool:
    """Tell whether a reminder for a date is not needed any more: it was sent, or a later one was."""
    return any(earlier >= due_on for earlier in reminded_for)
