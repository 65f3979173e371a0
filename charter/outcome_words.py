"""What a person reads of reported outcomes: values with their unit, periods, statuses, directions and kinds."""

import calendar
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from types import MappingProxyType

from charter import clock
from charter.rules.outcomes import IndicatorStatus, Movement, NoTravel, Span, Travel
from charter.rules.shares import whole
from db.types import (
    BreakKind,
    Finality,
    Frequency,
    IndicatorKind,
    PerformanceKind,
    Polarity,
    Qualifier,
    StoryKind,
    UnitKind,
)

# A shape goes with each word, so that nobody has to tell colours apart.
STATUSES: Mapping[IndicatorStatus, str] = MappingProxyType(
    {
        IndicatorStatus.ON_TRACK: "● on track",
        IndicatorStatus.WITHIN_TOLERANCE: "▲ within tolerance",
        IndicatorStatus.OFF_TRACK: "■ off track",
        IndicatorStatus.NO_TARGET: "– no target",
        IndicatorStatus.NO_DATA_YET: "○ no data yet",
    }
)
CONTEXT_STATUS = "– for context, so it has no target"
TRAVELS: Mapping[Travel, str] = MappingProxyType(
    {
        Travel.BETTER: "better",
        Travel.WORSE: "worse",
        Travel.HIGHER: "higher",
        Travel.LOWER: "lower",
        Travel.UNCHANGED: "the same",
    }
)
NO_TRAVELS: Mapping[NoTravel, str] = MappingProxyType(
    {
        NoTravel.NO_DATA_YET: "there is no figure yet",
        NoTravel.MEASURED_ONCE: "it is measured once only",
        NoTravel.FIRST_VALUE: "it is the first figure",
        NoTravel.NOT_MEASURED_THEN: "there is no figure of the time before",
        NoTravel.BREAK_BETWEEN: "the figure before means something else",
    }
)
INDICATOR_KINDS: Mapping[IndicatorKind, str] = MappingProxyType(
    {
        IndicatorKind.POPULATION: "About everybody here",
        IndicatorKind.PERFORMANCE: "About what was done",
    }
)
PERFORMANCE_KINDS: Mapping[PerformanceKind, str] = MappingProxyType(
    {
        PerformanceKind.HOW_MUCH: "How much did we do?",
        PerformanceKind.HOW_WELL: "How well did we do it?",
        PerformanceKind.BETTER_OFF: "Is anyone better off?",
    }
)
POLARITIES: Mapping[Polarity, str] = MappingProxyType(
    {
        Polarity.UP: "Higher is better",
        Polarity.DOWN: "Lower is better",
        Polarity.CONTEXT: "Neither: it is there for context",
    }
)
FREQUENCIES: Mapping[Frequency, str] = MappingProxyType(
    {
        Frequency.YEARLY: "Once a year",
        Frequency.HALF_YEARLY: "Twice a year",
        Frequency.QUARTERLY: "Four times a year",
        Frequency.MONTHLY: "Once a month",
        Frequency.ONCE: "Once only",
    }
)
UNIT_KINDS: Mapping[UnitKind, str] = MappingProxyType(
    {
        UnitKind.NUMBER: "A number",
        UnitKind.PERCENT: "A percentage",
        UnitKind.POUNDS: "Pounds",
        UnitKind.RATIO: "So many of one thing for each other",
    }
)
QUALIFIERS: Mapping[Qualifier, str] = MappingProxyType(
    {
        Qualifier.EXACT: "exactly",
        Qualifier.ABOUT: "about",
        Qualifier.OVER: "over",
        Qualifier.AT_LEAST: "at least",
        Qualifier.ALMOST: "almost",
    }
)
FINALITIES: Mapping[Finality, str] = MappingProxyType(
    {Finality.PROVISIONAL: "may still change", Finality.FINAL: "final"}
)
BREAK_KINDS: Mapping[BreakKind, str] = MappingProxyType(
    {BreakKind.DEFINITION: "what is counted changed", BreakKind.COVERAGE: "who is counted changed"}
)
STORIES: Mapping[StoryKind, str] = MappingProxyType(
    {
        StoryKind.BEHIND_IT: "The story behind it",
        StoryKind.PARTNERS: "Who has a part in it",
        StoryKind.WHAT_WORKS: "What works",
        StoryKind.PROPOSED: "What is proposed",
    }
)
_MILLION = Decimal(1_000_000)
_APRIL, _QUARTER, _HALF, _YEAR = 4, 3, 6, 12
_UNIT_SAID = ("per cent", "pounds")  # the sign beside the number says it already


def number_words(value: Decimal | float) -> str:
    """Write a number with commas between thousands and no zeros that say nothing: "1,250", "62.5", "−3"."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    text = f"{abs(exact):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"−{text}" if exact < 0 and text != "0" else text


def short_value(value: Decimal | float, unit_kind: UnitKind) -> str:
    """Write a value without the name of its unit, as a chart does: "62%", "£1.25m", "1,425"."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    match unit_kind:
        case UnitKind.PERCENT:
            return f"{number_words(exact)}%"
        case UnitKind.POUNDS:
            return _pounds(exact, "m")
        case _:
            return number_words(exact)


def value_words(
    value: Decimal | float, *, unit_kind: UnitKind, unit: str, qualifier: Qualifier = Qualifier.EXACT
) -> str:
    """Write a value as its source words it: "about 350 groups", "62% of staff", "over £1.25 million"."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    said = _pounds(exact, " million") if unit_kind is UnitKind.POUNDS else short_value(exact, unit_kind)
    named = " ".join([said, *unit_rest(unit).split()])
    return named if qualifier is Qualifier.EXACT else f"{QUALIFIERS[qualifier]} {named}"


def difference_words(difference: Decimal, unit_kind: UnitKind) -> str:
    """Write a difference with its sign: "+3 points" between percentages, "−£2,000", "+14"."""
    sign = "+" if difference > 0 else ""
    if unit_kind is UnitKind.PERCENT:
        return f"{sign}{number_words(difference)} {'point' if abs(difference) == 1 else 'points'}"
    return f"{sign}{short_value(difference, unit_kind)}"


def rounded_like(value: float, beside: Decimal) -> Decimal:
    """Round a value that was worked out to as many places as one that was measured: it is no more exact than that."""
    places = max(-int(beside.normalize().as_tuple().exponent), 0)
    return Decimal(whole(value * 10**places)).scaleb(-places)


def unit_rest(unit: str) -> str:
    """Give what a unit says beyond the sign at the number: "of staff" of "per cent of staff"."""
    for said in _UNIT_SAID:
        if unit == said or unit.startswith(f"{said} "):
            return unit.removeprefix(said).strip()
    return unit


def span_words(span: Span) -> str:
    """Write a period in words: "2024/25" (a financial year), "2024", "April to June 2024", or its days."""
    start, end = span.starts_on, span.ends_on
    if start == end:
        return clock.day_in_words(start)
    months = _whole_months(span)
    if months == _YEAR and start.month in (1, _APRIL):
        return str(start.year) if start.month == 1 else f"{start.year}/{end.year % 100:02d}"
    if months == 1:
        return f"{start:%B %Y}"
    if months is not None:
        first = f"{start:%B}" if start.year == end.year else f"{start:%B %Y}"
        return f"{first} to {end:%B %Y}"
    return f"{clock.day_in_words(start)} to {clock.day_in_words(end)}"


def then_words(span: Span) -> str:
    """Say when something was that another is set beside: "in 2024/25", "on 31 March 2025"."""
    return f"{'on' if span.starts_on == span.ends_on else 'in'} {span_words(span)}"


def span_label(span: Span) -> str:
    """Write a period as short as the axis of a chart needs it: "2024/25", "2024", "Apr–Jun 24", "May 24"."""
    start, end, months = span.starts_on, span.ends_on, _whole_months(span)
    if months == _YEAR and start.month in (1, _APRIL):
        return span_words(span)
    if months in (_QUARTER, _HALF):
        return f"{start:%b}–{end:%b} {end:%y}"
    return f"{end:%b %y}"


def movement_words(movement: Movement, span: Span | None, unit_kind: UnitKind) -> str:
    """Say which way a value moved, with an arrow for up or down: "↑ better than in 2023/24 (+3 points)".

    Args:
        movement: the direction of travel.
        span: the period of the latest value, or None where there is none.
        unit_kind: what sort of number the value is.
    """
    if movement.travel is None or movement.before is None or movement.difference is None or span is None:
        return f"– no direction: {NO_TRAVELS[movement.why_none or NoTravel.NO_DATA_YET]}"
    when = then_words(movement.before.span)
    if movement.travel is Travel.UNCHANGED:
        return f"→ the same as {when}"
    arrow = "↑" if movement.difference > 0 else "↓"
    return f"{arrow} {TRAVELS[movement.travel]} than {when} ({difference_words(movement.difference, unit_kind)})"


def status_words(status: IndicatorStatus | None) -> str:
    """Say a status as a shape and words; of what is only context, that it has none."""
    return CONTEXT_STATUS if status is None else STATUSES[status]


def _pounds(value: Decimal, millions: str) -> str:
    sign = "−" if value < 0 else ""
    size = abs(value)
    if size >= _MILLION and size % 10_000 == 0:
        return f"{sign}£{number_words(size / _MILLION)}{millions}"
    return f"{sign}£{number_words(size)}" if size == size.to_integral_value() else f"{sign}£{size:,.2f}"


def _whole_months(span: Span) -> int | None:
    """Count the months of a period that begins on a first day and ends on a last one; else None."""
    after = span.ends_on + timedelta(days=1)
    if span.starts_on.day != 1 or after.day != 1:
        return None
    return (after.year - span.starts_on.year) * len(calendar.month_name[1:]) + after.month - span.starts_on.month
