"""How an indicator stands, and which way it moves: what the published method says of status and direction of travel.

Values are compared unrounded, and like period with like: a value with the target of its own period, and with another
value only where both cover as much time, the same coverage, and no break lies between. A qualifier, such as *over*,
stands beside the figure that its source states and does not change the comparison.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from db.types import Frequency, Polarity

MONTHS = {Frequency.YEARLY: 12, Frequency.HALF_YEARLY: 6, Frequency.QUARTERLY: 3, Frequency.MONTHLY: 1}
_YEAR = 12  # months
_ALIKE = 3  # days by which two months, or two quarters, may differ in length


class IndicatorStatus(StrEnum):
    """How an indicator stands towards its target."""

    ON_TRACK = "on_track"
    WITHIN_TOLERANCE = "within_tolerance"
    OFF_TRACK = "off_track"
    NO_TARGET = "no_target"
    NO_DATA_YET = "no_data_yet"


_MEASURED = frozenset({IndicatorStatus.ON_TRACK, IndicatorStatus.WITHIN_TOLERANCE, IndicatorStatus.OFF_TRACK})


class Travel(StrEnum):
    """Which way a value moved. What is only context is higher or lower, and never better or worse."""

    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    UNCHANGED = "unchanged"


class NoTravel(StrEnum):
    """Why there is no direction."""

    NO_DATA_YET = "no_data_yet"
    MEASURED_ONCE = "measured_once"
    FIRST_VALUE = "first_value"
    NOT_MEASURED_THEN = "not_measured_then"
    BREAK_BETWEEN = "break_between"


@dataclass(frozen=True, order=True)
class Span:
    """A period, first and last day included. A count on one day begins and ends on it."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Point:
    """A measured value of one period, with whom or what it covers, in the words of its source."""

    span: Span
    value: Decimal
    coverage: str = ""


@dataclass(frozen=True)
class Movement:
    """A direction of travel: later − earlier. Either `travel` or `why_none` is None.

    `before` is the value that the latest one is compared with, and `difference` how much it moved, in the unit.
    """

    travel: Travel | None
    why_none: NoTravel | None = None
    before: Point | None = None
    difference: Decimal | None = None


@dataclass(frozen=True)
class Standing:
    """What the counts need of an indicator: its status (None for context), and its travel since last year, if any."""

    status: IndicatorStatus | None
    since_last_year: Travel | None


@dataclass(frozen=True)
class Counts:
    """Counts first: `on_track` of `with_status` are on track, and `better` of `compared` are better than last year."""

    on_track: int
    within_tolerance: int
    off_track: int
    with_status: int
    better: int
    compared: int


def status(
    *, polarity: Polarity, value: Decimal | None, target: Decimal | None, tolerance: Decimal
) -> IndicatorStatus | None:
    """The status of a value towards the target of its own period; None for what is only context.

    Args:
        polarity: which way is better.
        value: the measured value, unrounded, or None where nothing is measured.
        target: what is aimed at for the same period, or None.
        tolerance: by how much the target may be missed, in the same unit, from 0.

    Raises:
        ValueError: the tolerance is below zero.
    """
    if tolerance < 0:
        raise ValueError(f"a tolerance of {tolerance} is below zero")
    if polarity is Polarity.CONTEXT:
        return None
    if value is None:
        return IndicatorStatus.NO_DATA_YET
    if target is None:
        return IndicatorStatus.NO_TARGET
    missed_by = target - value if polarity is Polarity.UP else value - target
    if missed_by <= 0:
        return IndicatorStatus.ON_TRACK
    return IndicatorStatus.WITHIN_TOLERANCE if missed_by <= tolerance else IndicatorStatus.OFF_TRACK


def latest_status(
    points: Collection[Point], *, polarity: Polarity, targets: Mapping[Span, Decimal], tolerance: Decimal
) -> IndicatorStatus | None:
    """The status of the latest value, towards the target of that very period; another period's target says nothing."""
    last = latest(points)
    return status(
        polarity=polarity,
        value=last.value if last else None,
        target=targets.get(last.span) if last else None,
        tolerance=tolerance,
    )


def needs_route(found: IndicatorStatus | None) -> bool:
    """Whether the owner is asked for commentary and a route to green: off track, and only then."""
    return found is IndicatorStatus.OFF_TRACK


def breaks_floor(value: Decimal, *, floor: Decimal | None, polarity: Polarity) -> bool:
    """Whether a value is beyond the floor, the worst that is put up with: below it, or where down is better above it.

    A floor is said beside the status and does not change it. What is only context, or has no floor, cannot break it.
    """
    if floor is None or polarity is Polarity.CONTEXT:
        return False
    return value < floor if polarity is Polarity.UP else value > floor


def latest(points: Collection[Point]) -> Point | None:
    """The value of the period that ends last; of two that end on one day, the shorter period's."""
    return max(points, key=lambda point: (point.span.ends_on, point.span.starts_on), default=None)


def comparable_runs(points: Iterable[Point], *, breaks: Collection[date]) -> tuple[tuple[Point, ...], ...]:
    """The values in their order, cut where a line must not join them.

    Cut is at a break, at a change of coverage (spaces and capitals apart), and where a period is longer or shorter.

    Args:
        points: the values of one indicator, in any order.
        breaks: the first days from which values are not compared with those before.
    """
    runs: list[list[Point]] = []
    for point in sorted(points, key=lambda each: (each.span.ends_on, each.span.starts_on)):
        if runs and _joined(runs[-1][-1], point, breaks):
            runs[-1].append(point)
        else:
            runs.append([point])
    return tuple(tuple(run) for run in runs)


def steps_between(before: Span, after: Span, *, frequency: Frequency) -> int | None:
    """How many periods one lies after another, from 1; None where they are no like periods of a series.

    Last days are compared by their months, so that months and quarters of unequal length are all one step.
    """
    months = MONTHS.get(frequency)
    apart = _month(after.ends_on) - _month(before.ends_on)
    if months is None or apart <= 0 or apart % months or not _alike(before, after):
        return None
    return apart // months


def short_travel(
    points: Sequence[Point], *, breaks: Collection[date], polarity: Polarity, frequency: Frequency
) -> Movement:
    """The direction since the last period: the one just before the latest value's. None across a break."""
    return _travel(points, breaks, polarity, frequency, steps=1)


def long_travel(
    points: Sequence[Point], *, breaks: Collection[date], polarity: Polarity, frequency: Frequency
) -> Movement | None:
    """The direction since the same period last year; None where an indicator is measured once a year or less often."""
    months = MONTHS.get(frequency, _YEAR)
    if months == _YEAR:
        return None
    return _travel(points, breaks, polarity, frequency, steps=_YEAR // months)


def since_last_year(short: Movement, long: Movement | None) -> Travel | None:
    """The direction since last year: the long one, or the short one where a year is one period."""
    return short.travel if long is None else long.travel


def counts(standings: Collection[Standing]) -> Counts:
    """Count what stands how: only indicators with data and a target have a status, only compared ones a direction."""
    found = [standing.status for standing in standings]
    return Counts(
        on_track=found.count(IndicatorStatus.ON_TRACK),
        within_tolerance=found.count(IndicatorStatus.WITHIN_TOLERANCE),
        off_track=found.count(IndicatorStatus.OFF_TRACK),
        with_status=sum(one in _MEASURED for one in found),
        better=sum(standing.since_last_year is Travel.BETTER for standing in standings),
        compared=sum(standing.since_last_year is not None for standing in standings),
    )


def _travel(
    points: Sequence[Point], breaks: Collection[date], polarity: Polarity, frequency: Frequency, *, steps: int
) -> Movement:
    last = latest(points)
    if last is None:
        return Movement(None, NoTravel.NO_DATA_YET)
    if frequency is Frequency.ONCE:
        return Movement(None, NoTravel.MEASURED_ONCE)
    if len(points) == 1:
        return Movement(None, NoTravel.FIRST_VALUE)
    before = next((p for p in points if steps_between(p.span, last.span, frequency=frequency) == steps), None)
    if before is None:
        return Movement(None, NoTravel.NOT_MEASURED_THEN)
    if before not in comparable_runs(points, breaks=breaks)[-1]:
        return Movement(None, NoTravel.BREAK_BETWEEN)
    difference = last.value - before.value
    return Movement(_word(difference, polarity), None, before, difference)


def _word(difference: Decimal, polarity: Polarity) -> Travel:
    if difference == 0:
        return Travel.UNCHANGED
    if polarity is Polarity.CONTEXT:
        return Travel.HIGHER if difference > 0 else Travel.LOWER
    return Travel.BETTER if (difference > 0) == (polarity is Polarity.UP) else Travel.WORSE


def _joined(before: Point, after: Point, breaks: Collection[date]) -> bool:
    cut = any(before.span.starts_on < day <= after.span.starts_on for day in breaks)
    same = _plain(before.coverage) == _plain(after.coverage)
    return not cut and same and _alike(before.span, after.span)


def _alike(one: Span, other: Span) -> bool:
    """Whether two periods are about as long. A count on one day is like another such count only."""
    lengths = [(span.ends_on - span.starts_on).days for span in (one, other)]
    return abs(lengths[0] - lengths[1]) <= _ALIKE and (0 in lengths) == (lengths == [0, 0])


def _month(day: date) -> int:
    return day.year * 12 + day.month


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
