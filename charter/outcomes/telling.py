"""What the page of an indicator says in sentences: how it stands, which way it goes, and what may come."""

from charter import clock
from charter.headlines import opening
from charter.outcome_words import (
    BREAK_KINDS,
    FREQUENCIES,
    INDICATOR_KINDS,
    PERFORMANCE_KINDS,
    POLARITIES,
    TRAVELS,
    difference_words,
    rounded_like,
    short_value,
    span_words,
    then_words,
    value_words,
)
from charter.outcomes.facts import BreakFound, IndicatorFacts, Measured
from charter.outcomes.frames import said_words
from charter.outcomes.recorded import RecordedIndicator
from charter.rules.forecasting import ENOUGH
from charter.rules.outcomes import IndicatorStatus, Span
from db.types import Finality, Frequency, Polarity

METHOD = (
    "How it is made: the last figure is carried on by the mean step of the figures before it (a “random walk with "
    "drift”). The pale bar is where the figure would lie 95 times in 100 if the steps to come are like those before."
)
_NAMED = {
    IndicatorStatus.ON_TRACK: "it is on track",
    IndicatorStatus.WITHIN_TOLERANCE: "it is a little short, but within what is allowed",
    IndicatorStatus.OFF_TRACK: "it is off track",
}


def latest_of(found: IndicatorFacts) -> Measured | None:
    """Give the value that the page speaks of first: the latest, or None where there is none."""
    return max(found.history, key=lambda each: (each.span.ends_on, each.span.starts_on), default=None)


def answer_sentence(found: RecordedIndicator) -> str:
    """Say the latest value and how it stands, as a sentence that can be read out."""
    last = latest_of(found)
    if last is None:
        return "Nobody has reported a figure yet." if not found.on_agenda else "It would be worth having, but has none."
    said = f"{opening(when_words(last.span))} it was {said_words(found, last.now)}."
    target, status = found.stands.target, found.stands.status
    if target is None or status not in _NAMED:
        return said
    return f"{said} The target was {short_value(target, found.unit_kind)}, so {_NAMED[status]}."


def travel_sentence(found: RecordedIndicator) -> str:
    """Say whether it is better than before, in words; nothing where there is no direction."""
    moved = found.stands.long or found.stands.short
    if moved.travel is None or moved.before is None:
        return ""
    return f"It is {TRAVELS[moved.travel]} {'as' if moved.difference == 0 else 'than'} {then_words(moved.before.span)}."


def tolerance_words(found: IndicatorFacts) -> str:
    """Say by how much the target may be missed, or that it may not."""
    if found.polarity is Polarity.CONTEXT:
        return ""
    if not found.tolerance:
        return "No miss is allowed."
    allowed = difference_words(found.tolerance, found.unit_kind).removeprefix("+")
    return f"A miss of up to {allowed} still counts as within tolerance."


def floor_sentence(found: RecordedIndicator) -> str:
    """Say whether it is beyond the worst that is put up with; nothing where no floor is set."""
    if found.floor is None:
        return ""
    floor = short_value(found.floor, found.unit_kind)
    if found.stands.breaks_floor:
        return f"It is past the floor of {floor}, the worst that is put up with."
    return f"The floor, the worst that is put up with, is {floor}."


def baseline_sentence(found: IndicatorFacts) -> str:
    """Say where it stood when counting began, if that is known."""
    if found.baseline is None:
        return ""
    value = value_words(found.baseline.value, unit_kind=found.unit_kind, unit=found.unit)
    return f"Counting began with {value} ({span_words(found.baseline.span)})."


def about_words(found: IndicatorFacts) -> str:
    """Say of what sort it is, which way is better, how often it is measured, and who reports it."""
    kind = INDICATOR_KINDS[found.kind]
    asked = PERFORMANCE_KINDS[found.performance_kind] if found.performance_kind else ""
    owner = f"reported by {found.owner}" if found.owner else "shared by all partners"
    owner = "as its source states it" if found.stated and found.history else owner
    parts = [found.theme_title, kind, asked, POLARITIES[found.polarity], FREQUENCIES[found.frequency], owner]
    return " · ".join(part for part in parts if part)


def forecast_sentence(found: RecordedIndicator) -> str:
    """Say what is forecast, or why nothing is."""
    if found.frequency is Frequency.ONCE:
        return "It is measured once only, so there is no forecast."
    if not found.stands.ahead:
        have = found.stands.comparable
        return (
            f"There is no forecast. It needs {ENOUGH} figures that can be compared with each other, and there "
            f"{'is' if have == 1 else 'are'} {have or 'none'}."
        )
    each, beside = found.stands.ahead[0], found.history[-1].now.value
    value, low, high = (
        short_value(rounded_like(one, beside), found.unit_kind) for one in (each.value, each.low, each.high)
    )
    return f"If it goes on as before, it will be {value} {when_words(each.span)}: likely between {low} and {high}."


def may_change(found: IndicatorFacts) -> bool:
    """Tell whether any value may still be put right by its source."""
    return any(each.now.finality is Finality.PROVISIONAL for each in found.history)


def when_words(span: Span) -> str:
    """Say when: "in 2024/25", "from April to June 2024", "on 31 March 2025"."""
    said = span_words(span)
    if span.starts_on == span.ends_on:
        return f"on {said}"
    return f"from {said}" if " to " in said else f"in {said}"


def curve_title(found: RecordedIndicator) -> str:
    """Say what the chart shows: how far the figures that can be compared went, from the first to the last."""
    last_run = found.stands.lines[-1] if found.stands.lines else ()
    values = {each.span: each.now.value for each in found.history}
    if len(last_run) < 2:  # noqa: PLR2004 - one figure makes no curve
        return "One figure makes no curve yet" if found.history else "Nothing is measured yet"
    first, last = last_run[0], last_run[-1]
    start, end = (short_value(values[span], found.unit_kind) for span in (first, last))
    if start == end:
        return f"It was {end} both {when_words(first)} and {when_words(last)}"
    return f"It went from {start} ({span_words(first)}) to {end} ({span_words(last)})"


def is_curve(found: RecordedIndicator) -> bool:
    """Tell whether there is something to draw: two figures, or a target beside the one."""
    return len(found.history) + len(found.targets) > 1


def curve_subtitle(found: RecordedIndicator) -> str:
    """Say what the chart is made of: the unit, how many figures, and what its marks are."""
    count = len(found.history)
    said = [f"In {found.unit}", f"{count} {'figure' if count == 1 else 'figures'}"]
    if len(found.stands.lines) > 1:
        said.append("lines join only what can be compared")
    if may_change(found):
        said.append("a hollow point may still change")
    if found.targets:
        said.append("a thick bar is the target")
    return "; ".join(said)


def break_sentence(found: BreakFound) -> str:
    """Say from when values are not compared with those before, and why."""
    return f"From {clock.day_in_words(found.starts_on)} on, {BREAK_KINDS[found.kind]}: {found.reason}"
