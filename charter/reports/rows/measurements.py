"""The figures of outcomes: what was measured, what was put right since, what is aimed at, and what may come."""

from collections.abc import Iterator
from decimal import Decimal

from charter import clock
from charter.outcome_words import FINALITIES, QUALIFIERS, rounded_like
from charter.outcomes.facts import IndicatorFacts, Said
from charter.outcomes.frames import said_words
from charter.outcomes.recorded import RecordedIndicator
from charter.reports.columns import OWN_UNIT, Cell, Column, Kind, Missing, Outline, Row, or_missing
from charter.reports.contents import Contents
from charter.reports.rows.outcomes import REPORTED
from charter.reports.rows.periods import OUTCOME, PERIOD, UNIT, exact, outcome_cells, period_cells

_AHEAD = {"forecast": "Forecast", "judgement": "Judgement of those who report it"}
_VALUE = Column("value", "Value", "The figure.", Kind.NUMBER, OWN_UNIT)
_SAID = (
    Column(
        "qualifier", "How exact", "How the source words it: exactly, about, over, at least or almost.", words=QUALIFIERS
    ),
    Column("finality", "Final", "Whether the source may still change it.", words=FINALITIES),
    Column("words", "Value in words", "The figure as its source words it, with its unit."),
    Column("coverage", "Who or what is counted", "Whom or what the figure covers."),
    Column("source", "Source", "Where the figure comes from."),
    Column("reported_on", "Reported on", "The day on which it was reported.", Kind.DAY),
)


def _measured_rows(contents: Contents) -> Iterator[Row]:
    for found in contents.indicators:
        targets = {each.span: each.value for each in found.targets}
        runs = {span: run for run, spans in enumerate(found.stands.lines, start=1) for span in spans}
        for each in found.history:
            yield {
                **outcome_cells(found),
                **period_cells(each.span),
                "unit": found.unit,
                **_said(found, each.now),
                "target": or_missing(exact(targets.get(each.span))),
                "comparable": or_missing(runs.get(each.span)),
                "commentary": or_missing(each.commentary),
                "route_to_green": or_missing(each.route_to_green),
            }


def _revised_rows(contents: Contents) -> Iterator[Row]:
    for found in contents.indicators:
        for each in found.history:
            for old in each.before:
                yield {
                    **outcome_cells(found),
                    **period_cells(each.span),
                    "unit": found.unit,
                    "revision": old.revision,
                    **_said(found, old),
                    "reason": or_missing(old.reason),
                }


def _target_rows(contents: Contents) -> Iterator[Row]:
    for found in contents.indicators:
        for each in found.targets:
            yield {
                **outcome_cells(found),
                **period_cells(each.span),
                "unit": found.unit,
                "value": or_missing(exact(each.value)),
            }


def _ahead_rows(contents: Contents) -> Iterator[Row]:
    for found in contents.indicators:
        about = {**outcome_cells(found), "unit": found.unit}
        for each in found.stands.ahead:
            value, low, high = (_rounded(found, one) for one in (each.value, each.low, each.high))
            forecast: dict[str, Cell] = {"value": value, "low": low, "high": high, "reason": Missing.DOES_NOT_APPLY}
            yield {**about, **period_cells(each.span), "what": "forecast", **forecast}
        for judged in found.expected:
            yield {
                **about,
                **period_cells(judged.span),
                "what": "judgement",
                "value": or_missing(exact(judged.value)),
                "low": Missing.DOES_NOT_APPLY,
                "high": Missing.DOES_NOT_APPLY,
                "reason": or_missing(judged.reason),
            }


def _said(found: IndicatorFacts, said: Said) -> dict[str, Cell]:
    return {
        "value": or_missing(exact(said.value)),
        "qualifier": said.qualifier.value,
        "finality": said.finality.value,
        "words": said_words(found, said),
        "coverage": or_missing(said.coverage),
        "source": or_missing(said.source),
        "reported_on": clock.local(said.reported_at).date(),
    }


def _rounded(found: RecordedIndicator, value: float) -> Decimal:
    """Round a forecast to as many places as what was measured: it is no more exact than that."""
    return rounded_like(value, found.history[-1].now.value)


MEASUREMENTS = Outline(
    "outcome-figures",
    "Figures of the outcomes",
    "Every reported figure of every outcome. Compare two figures of an outcome only where the number in “Comparable” "
    "is the same.",
    REPORTED,
    ("ref", "starts_on", "ends_on"),
    (
        *OUTCOME,
        *PERIOD,
        UNIT,
        _VALUE,
        Column("target", "Target", "What was aimed at for the period.", Kind.NUMBER, OWN_UNIT),
        *_SAID,
        Column("comparable", "Comparable", "Figures of an outcome with the same number can be compared.", Kind.WHOLE),
        Column("commentary", "What happened", "What those who report it say of the figure."),
        Column("route_to_green", "Route to green", "What brings it back on track, where it is off track."),
    ),
    _measured_rows,
)
REVISIONS = Outline(
    "outcome-revisions",
    "Figures that were put right",
    "What a figure was before it was put right, and why. The figure in force stands in the figures of the outcomes.",
    REPORTED,
    ("ref", "starts_on", "ends_on", "revision"),
    (
        *OUTCOME,
        *PERIOD,
        UNIT,
        Column("revision", "Number", "Counts from 1, the first figure that was reported.", Kind.WHOLE),
        _VALUE,
        *_SAID,
        Column("reason", "Why it was changed", "Why it was put right."),
    ),
    _revised_rows,
)
TARGETS = Outline(
    "outcome-targets",
    "Targets of the outcomes",
    "What is aimed at for each period.",
    REPORTED,
    ("ref", "starts_on", "ends_on"),
    (*OUTCOME, *PERIOD, UNIT, Column("value", "Target", "What is aimed at.", Kind.NUMBER, OWN_UNIT)),
    _target_rows,
)
AHEAD = Outline(
    "outcome-outlook",
    "What may come",
    "What is forecast from the figures before, with its likely range, and what those who report an outcome expect.",
    "Worked out from the figures of the outcomes; judgement of those who report them where the row says so",
    ("ref", "what", "starts_on", "ends_on"),
    (
        *OUTCOME,
        Column("what", "What it is", "A forecast, or judgement.", words=_AHEAD),
        *PERIOD,
        UNIT,
        _VALUE,
        Column("low", "Likely from", "The lower end of the likely range (95%).", Kind.NUMBER, OWN_UNIT),
        Column("high", "Likely to", "The upper end of the likely range (95%).", Kind.NUMBER, OWN_UNIT),
        Column("reason", "Why", "Why it is expected."),
    ),
    _ahead_rows,
)
