"""What follows from the facts of an indicator by rule: how it stands, which way it moves, and what is forecast."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from charter.outcomes.facts import IndicatorFacts
from charter.rules.forecasting import comparable_history, forecast
from charter.rules.outcomes import (
    MONTHS,
    IndicatorStatus,
    Movement,
    Point,
    Span,
    breaks_floor,
    comparable_runs,
    latest,
    latest_status,
    long_travel,
    needs_route,
    short_travel,
)
from db.types import Frequency, UnitKind

#: For how many periods a forecast is made: two years, and never more than half as many as it must rest on.
AHEAD = {Frequency.YEARLY: 2, Frequency.HALF_YEARLY: 4, Frequency.QUARTERLY: 4, Frequency.MONTHLY: 4}
_LIMITS = {UnitKind.PERCENT: (0.0, 100.0)}


@dataclass(frozen=True)
class Foreseen:
    """What is forecast for a period, with its 95% interval from `low` to `high`, in the unit."""

    span: Span
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Derived:
    """How an indicator stands.

    Attributes:
        status: towards the target of the latest value's own period; None for what is only context.
        target: that target, or None.
        breaks_floor: whether the latest value is beyond the floor.
        short: the direction since the last period.
        long: the direction since the same period last year; None where it is measured once a year or less.
        route_missing: whether it is off track and nobody has written the route to green.
        lines: the periods whose values a line may join, run by run; between runs there is a break.
        ahead: what is forecast; nothing with fewer than eight comparable values.
        comparable: how many values are comparable with the latest: what a forecast rests on.
    """

    status: IndicatorStatus | None
    target: Decimal | None
    breaks_floor: bool
    short: Movement
    long: Movement | None
    route_missing: bool
    lines: tuple[tuple[Span, ...], ...]
    ahead: tuple[Foreseen, ...]
    comparable: int


def derive(facts: IndicatorFacts) -> Derived:
    """Derive how an indicator stands from what is held of it: when it is read, frozen, and verified."""
    points = [Point(each.span, each.now.value, each.now.coverage) for each in facts.history]
    cuts = [each.starts_on for each in facts.breaks]
    targets = {each.span: each.value for each in facts.targets}
    last = latest(points)
    stands = latest_status(points, polarity=facts.polarity, targets=targets, tolerance=facts.tolerance)
    routes = {each.span for each in facts.history if each.route_to_green}
    ahead, comparable = _ahead(facts, points, cuts)
    return Derived(
        status=stands,
        target=targets.get(last.span) if last else None,
        breaks_floor=last is not None and breaks_floor(last.value, floor=facts.floor, polarity=facts.polarity),
        short=short_travel(points, breaks=cuts, polarity=facts.polarity, frequency=facts.frequency),
        long=long_travel(points, breaks=cuts, polarity=facts.polarity, frequency=facts.frequency),
        route_missing=needs_route(stands) and last is not None and last.span not in routes,
        lines=tuple(tuple(point.span for point in run) for run in comparable_runs(points, breaks=cuts)),
        ahead=ahead,
        comparable=comparable,
    )


def _ahead(facts: IndicatorFacts, points: list[Point], cuts: list[date]) -> tuple[tuple[Foreseen, ...], int]:
    known = comparable_history(points, breaks=cuts, frequency=facts.frequency)
    lowest, highest = _LIMITS.get(facts.unit_kind, (None, None))
    periods = AHEAD.get(facts.frequency, 1)
    found, last = forecast(known, ahead=periods, lowest=lowest, highest=highest), latest(points)
    if found is None or last is None:
        return (), len(known)
    months = MONTHS[facts.frequency]
    return tuple(
        Foreseen(_later(last.span, each.steps * months), each.value, each.interval.low, each.interval.high)
        for each in found.ahead
    ), len(known)


def _later(span: Span, months: int) -> Span:
    """Move a period on by whole months: a whole month, quarter or year becomes a whole one."""
    if span.starts_on == span.ends_on:
        moved = _moved(span.starts_on, months)
        return Span(moved, moved)
    return Span(_moved(span.starts_on, months), _moved(span.ends_on + timedelta(days=1), months) - timedelta(days=1))


def _moved(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
