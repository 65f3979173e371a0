"""Reported outcomes: each with its latest figure, its target, how it stands, and which way it moves."""

from collections.abc import Iterator, Mapping

from charter.outcome_words import (
    CONTEXT_STATUS,
    FREQUENCIES,
    INDICATOR_KINDS,
    PERFORMANCE_KINDS,
    POLARITIES,
    STATUSES,
    TRAVELS,
    UNIT_KINDS,
    movement_words,
    span_words,
)
from charter.outcomes.facts import Measured
from charter.outcomes.frames import said_words
from charter.outcomes.recorded import RecordedIndicator
from charter.outcomes.telling import latest_of
from charter.reports.columns import OWN_UNIT, Cell, Column, Kind, Missing, Outline, Row, or_missing
from charter.reports.contents import Contents
from charter.reports.rows.periods import OUTCOME, UNIT, exact, outcome_cells
from charter.rules.outcomes import Movement

REPORTED = "Those who report each outcome; each figure names its own source"
_ALL_PARTNERS = "All partners"
_CONTEXT = "context"
_STATUSES: Mapping[str, str] = {**{str(code): words for code, words in STATUSES.items()}, _CONTEXT: CONTEXT_STATUS}


def _rows(contents: Contents) -> Iterator[Row]:
    for found in contents.indicators:
        status = found.stands.status
        yield {
            **_about(found),
            **_latest(found, latest_of(found)),
            "target": or_missing(exact(found.stands.target), Missing.NO_DATA),
            "status": _CONTEXT if status is None else status.value,
            "past_floor": found.stands.breaks_floor,
            **_movement("short", found, found.stands.short),
            **_movement("long", found, found.stands.long),
            "promises": or_missing("; ".join(found.commitments)),
        }


def _about(found: RecordedIndicator) -> dict[str, Cell]:
    baseline = found.baseline
    return {
        **outcome_cells(found),
        "theme": or_missing(found.theme),
        "theme_title": or_missing(found.theme_title),
        "kind": found.kind.value,
        "question": or_missing(found.performance_kind.value if found.performance_kind else None),
        "reported_by": found.owner or _ALL_PARTNERS,
        "better": found.polarity.value,
        "frequency": found.frequency.value,
        "unit_kind": found.unit_kind.value,
        "unit": found.unit,
        "tolerance": or_missing(exact(found.tolerance)),
        "floor": or_missing(exact(found.floor)),
        "baseline": or_missing(exact(baseline.value) if baseline else None),
        "baseline_period": or_missing(span_words(baseline.span) if baseline else None),
        "on_agenda": found.on_agenda,
        "only_in_sources": found.stated,
    }


def _latest(found: RecordedIndicator, last: Measured | None) -> dict[str, Cell]:
    if last is None:
        return dict.fromkeys(("latest_ends_on", "latest_period", "latest_value", "latest_words"), Missing.NO_DATA)
    return {
        "latest_ends_on": last.span.ends_on,
        "latest_period": span_words(last.span),
        "latest_value": or_missing(exact(last.now.value)),
        "latest_words": said_words(found, last.now),
    }


def _movement(name: str, found: RecordedIndicator, movement: Movement | None) -> dict[str, Cell]:
    """Tell a direction; the long one does not apply to what is measured once a year or less often."""
    last = latest_of(found)
    gone = Missing.DOES_NOT_APPLY if movement is None else Missing.NO_DATA
    travel = movement.travel if movement is not None else None
    said = movement_words(movement, last.span if last else None, found.unit_kind) if movement is not None else None
    return {
        f"{name}_trend": or_missing(travel.value if travel else None, gone),
        f"{name}_difference": or_missing(exact(movement.difference) if movement else None, gone),
        f"{name}_words": or_missing(said),
    }


_ABOUT = (
    Column("theme", "Code of the theme", "The theme’s code.", on_sheet=False),
    Column("theme_title", "Theme", "The theme that it belongs to."),
    Column("kind", "Kind", "Whether it is about everybody, or about what was done.", words=INDICATOR_KINDS),
    Column("question", "Which question", "Of what was done, which question it answers.", words=PERFORMANCE_KINDS),
    Column("reported_by", "Reported by", "Who reports it."),
    Column("better", "Which way is better", "Which way is better.", words=POLARITIES),
    Column("frequency", "How often", "How often it is measured.", words=FREQUENCIES),
    Column("unit_kind", "Sort of figure", "What sort of figure it is.", words=UNIT_KINDS, on_sheet=False),
    UNIT,
)
_STANDING = (
    Column("latest_ends_on", "Latest day", "The last day of the latest period.", Kind.DAY, on_sheet=False),
    Column("latest_period", "Latest period", "The latest period with a figure."),
    Column("latest_value", "Value", "The latest figure.", Kind.NUMBER, OWN_UNIT),
    Column("latest_words", "Value in words", "The latest figure as its source words it, with its unit."),
    Column("target", "Target", "What is aimed at for the same period.", Kind.NUMBER, OWN_UNIT),
    Column("status", "Status", "How the latest figure stands towards its target.", words=_STATUSES),
    Column(
        "short_trend",
        "Short trend in a word",
        "Which way it went since the period before.",
        words=TRAVELS,
        on_sheet=False,
    ),
    Column("short_difference", "Short change", "By how much.", Kind.NUMBER, OWN_UNIT),
    Column("short_words", "Short trend", "Which way it went, in words, or why there is no direction."),
    Column(
        "long_trend",
        "Long trend in a word",
        "Which way it went since the same period last year.",
        words=TRAVELS,
        on_sheet=False,
    ),
    Column("long_difference", "Long change", "By how much.", Kind.NUMBER, OWN_UNIT),
    Column("long_words", "Long trend", "Which way it went, in words, or why there is no direction."),
)
_LIMITS = (
    Column("tolerance", "Tolerance", "By how much a target may be missed.", Kind.NUMBER, OWN_UNIT),
    Column("floor", "Floor", "The worst that is put up with.", Kind.NUMBER, OWN_UNIT),
    Column("past_floor", "Past the floor", "Yes where the latest figure is worse than that.", Kind.YES_NO),
    Column("baseline", "Baseline", "Where it stood when counting began.", Kind.NUMBER, OWN_UNIT),
    Column("baseline_period", "Period of the baseline", "When that was."),
    Column("promises", "Promises", "References of the promises that it speaks to."),
    Column("on_agenda", "Still to be measured", "Yes where it would be worth having, and has no data.", Kind.YES_NO),
    Column("only_in_sources", "Only in sources", "Yes where all that is known is what a source states.", Kind.YES_NO),
)
OUTCOMES = Outline(
    "outcomes",
    "Outcomes",
    "Each outcome with its latest figure, its target, how it stands, and which way it moves.",
    REPORTED,
    ("ref",),
    (*OUTCOME, *_ABOUT, *_STANDING, *_LIMITS),
    _rows,
)
