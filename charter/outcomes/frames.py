"""An indicator as the frame that its chart draws, and as tables that people read."""

from decimal import Decimal
from itertools import pairwise

import pandas as pd

from charter import clock
from charter.outcome_words import FINALITIES, rounded_like, short_value, span_label, span_words, value_words
from charter.outcomes.facts import IndicatorFacts, Said
from charter.outcomes.marks import CurveMark
from charter.outcomes.recorded import RecordedIndicator
from charter.rules.outcomes import Span
from db.types import BreakKind, Finality

_WHAT_CHANGED = {BreakKind.DEFINITION: "Counted\nanew", BreakKind.COVERAGE: "Others\ncounted"}
Row = dict[str, object]


def curve_frame(found: RecordedIndicator) -> pd.DataFrame:
    """Give what the chart of an indicator draws; no rows where it has no value and nothing is aimed at."""
    runs = {span: run for run, spans in enumerate(found.stands.lines) for span in spans}
    rows = [
        _mark(CurveMark.MEASURED, found, each.span, each.now.value)
        | {"run": runs.get(each.span, 0), "provisional": each.now.finality is Finality.PROVISIONAL}
        for each in found.history
    ]
    rows += [_mark(CurveMark.TARGET, found, each.span, each.value) for each in found.targets]
    rows += [_foreseen(found, each.span, each.value, each.low, each.high) for each in found.stands.ahead]
    rows += [_mark(CurveMark.EXPECTED, found, each.span, each.value) for each in found.expected]
    if not rows:
        return pd.DataFrame(rows)
    for each in found.breaks:
        day = Span(each.starts_on, each.starts_on)
        rows.append(_row(CurveMark.BREAK, day, None) | {"period": _WHAT_CHANGED[each.kind], "label": ""})
    if found.floor is not None:
        span = found.history[-1].span if found.history else found.targets[-1].span if found.targets else None
        if span is not None:
            rows.append(_mark(CurveMark.FLOOR, found, span, found.floor))
    return pd.DataFrame(rows)


def history_table(found: IndicatorFacts) -> pd.DataFrame:
    """Give the values as a table, the latest first, each with its target and where it comes from."""
    targets = {each.span: each.value for each in found.targets}
    return pd.DataFrame(
        [
            {
                "When": span_words(each.span),
                "Value": said_words(found, each.now),
                "Target": short_value(targets[each.span], found.unit_kind) if each.span in targets else "–",
                "Who or what is counted": each.now.coverage,
                "Source": each.now.source,
            }
            for each in reversed(found.history)
        ],
        dtype=str,
    )


def revisions_table(found: IndicatorFacts) -> pd.DataFrame:
    """Give what was put right: what a value was before, until when, and why."""
    rows = []
    for each in reversed(found.history):
        for old, new in pairwise([*each.before, each.now]):
            rows.append(
                {
                    "When": span_words(each.span),
                    "It was": said_words(found, old),
                    "It became": said_words(found, new),
                    "On": clock.day_in_words(clock.local(new.reported_at).date()),
                    "Why": old.reason,
                }
            )
    return pd.DataFrame(rows, dtype=str)


def ahead_table(found: RecordedIndicator) -> pd.DataFrame:
    """Give what may come: the forecast with its interval, then what the owner expects with the reason."""
    rows = []
    for each in found.stands.ahead:
        value, low, high = (
            short_value(_rounded(found, one), found.unit_kind) for one in (each.value, each.low, each.high)
        )
        rows.append((span_words(each.span), "Forecast", value, f"Likely between {low} and {high}"))
    rows += [
        (span_words(each.span), "Judgement of the owner", short_value(each.value, found.unit_kind), each.reason)
        for each in found.expected
    ]
    return pd.DataFrame(rows, columns=["When", "What it is", "Value", "Why, or how sure"], dtype=str)


def said_words(found: IndicatorFacts, said: Said) -> str:
    """Say a value as it was reported, and whether it may still change."""
    value = value_words(said.value, unit_kind=found.unit_kind, unit=found.unit, qualifier=said.qualifier)
    return f"{value} ({FINALITIES[said.finality]})" if said.finality is Finality.PROVISIONAL else value


def _rounded(found: IndicatorFacts, value: float) -> Decimal:
    return rounded_like(value, found.history[-1].now.value)


def _foreseen(found: IndicatorFacts, span: Span, value: float, low: float, high: float) -> Row:
    middle, lowest, highest = (_rounded(found, one) for one in (value, low, high))
    said = f"{short_value(middle, found.unit_kind)} (likely {short_value(lowest, found.unit_kind)} to "
    said += f"{short_value(highest, found.unit_kind)})"
    row = _row(CurveMark.FORECAST, span, float(middle))
    return row | {"low": float(lowest), "high": float(highest), "label": said}


def _mark(mark: CurveMark, found: IndicatorFacts, span: Span, value: Decimal) -> Row:
    return _row(mark, span, float(value)) | {"label": short_value(value, found.unit_kind)}


def _row(mark: CurveMark, span: Span, value: float | None) -> Row:
    return {
        "mark": mark.value,
        "starts_on": span.starts_on,
        "ends_on": span.ends_on,
        "value": value,
        "low": None,
        "high": None,
        "run": 0,
        "provisional": False,
        "period": span_label(span),
    }
