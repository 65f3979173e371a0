"""When an action is overdue, and in which order actions are shown: the late ones first.

An action is overdue only if it has a date, is open and is not history. A date that names a month, or a year, is over
when that month or year is.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from db.types import ActionStatus, Precision

#: What somebody still means to do. Where nobody knows how an action ended, nobody can be told to be late with it.
OPEN = frozenset({ActionStatus.NOT_STARTED, ActionStatus.ON_TRACK, ActionStatus.OFF_TRACK})
_LAST_MONTH = 12
_PLACES = (*sorted(OPEN), ActionStatus.DONE, ActionStatus.STOPPED, ActionStatus.NOT_KNOWN)


@dataclass(frozen=True)
class Due:
    """By when something is to be done: a day, or any day of the month or the year that is meant."""

    on: date
    precision: Precision

    def last_day(self) -> date:
        """Give the last day on which it is not late."""
        if self.precision is Precision.DAY:
            return self.on
        month = self.on.month if self.precision is Precision.MONTH else _LAST_MONTH
        return date(self.on.year, month, monthrange(self.on.year, month)[1])


def first_day_in_time(precision: Precision, *, on: date) -> date:
    """Give the first due date of a precision that is not over on a day: all before it are."""
    if precision is Precision.DAY:
        return on
    return on.replace(day=1) if precision is Precision.MONTH else on.replace(month=1, day=1)


def is_overdue(due: Due | None, *, status: ActionStatus, history: bool, on: date) -> bool:
    """Tell whether an action is overdue.

    Args:
        due: by when it is to be done; None where it is ongoing.
        status: where it stands.
        history: whether it belongs to a charter of the past, of which nobody keeps track any more.
        on: the day on which it is asked.
    """
    if due is None or history or status not in OPEN:
        return False
    return due.on < first_day_in_time(due.precision, on=on)


def order_key(due: Due | None, *, status: ActionStatus, overdue: bool) -> tuple[bool, int, date]:
    """Give what actions are sorted by: overdue first, then open, done, stopped; in each what is due first."""
    place = 0 if status in OPEN else _PLACES.index(status)
    return (not overdue, place, due.last_day() if due else date.max)
