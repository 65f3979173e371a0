"""Made-up figures for each chart, and readers of a chart's specification."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from typing import Any

import altair as alt
import pandas as pd

from charter.charts import (
    breakdown,
    curve,
    due_dates,
    dumbbell,
    periods,
    ranked,
    response,
    small_multiples,
    spread,
    theme,
    timeline,
)
from db.types import Measure, UnitKind

Spec = dict[str, Any]
LONG = "We " + "share what we know with every group " * 6

RANKED = pd.DataFrame(
    {
        "title": ["Early talk", LONG, "ਪੰਜਾਬੀ ਸਭਾ", "Łąka i żółć", "Ŵyl a llên"],
        "experience": [43.4615, 100, 0, 77.7, 60],
        "low": [36.2, 93, 0, 70, None],
        "high": [50.9, 100, 7, 80, None],
        "practice": [71, 100, None, 55, 66],
        "n": [142, 30, 12, 4, 20],
        "invited": [350, 350, 350, 350, 350],
        "hidden": [False, False, False, True, False],
        "few": [False, False, False, False, True],
    }
)
DUMBBELL = pd.DataFrame(
    {
        "title": ["Meetings", "Funding", "Notice", "Staff"],
        "practice": [66, 71.2, 60, 50],
        "experience": [69, 43.4, 60, None],
        "gap": [-3, 27.8, 0, None],
        "clear": [False, True, False, False],
    }
)
PERIODS = pd.DataFrame(
    [
        ("2022", Measure.EXPERIENCE, 48, 42, 54, 1, False),
        ("2022", Measure.PRACTICE, 70, None, None, 1, False),
        ("2023", Measure.EXPERIENCE, 61, 50, 70, 1, True),
        ("2023", Measure.PRACTICE, 72, None, None, 1, False),
        ("2024", Measure.EXPERIENCE, 52, 46, 58, 1, False),
        ("2024", Measure.PRACTICE, 66, None, None, 1, False),
        ("2025", Measure.EXPERIENCE, 64, 59, 69, 2, False),
        ("2025", Measure.PRACTICE, 66, None, None, 2, False),
    ],
    columns=["period", "series", "score", "low", "high", "segment", "hidden"],
)
RESPONSE = pd.DataFrame({"group": ["Small", "Large", "New"], "submitted": [34, 70, 0], "invited": [120, 72, 0]})
BREAKDOWN = pd.DataFrame(
    {
        "group": ["Voluntary", "Faith", "Community"],
        "score": [57.4, 81, None],
        "low": [50, 70, None],
        "high": [64, 90, None],
        "n": [80, 4, 0],
        "hidden": [False, True, False],
        "reason": [None, "fewer than 10 answers", "Nobody answered"],
    }
)
SPREAD = pd.DataFrame(
    [("Early talk", level, count, 200) for level, count in enumerate([20, 40, 40, 80, 20])]
    + [("Forms", level, None, None) for level in range(5)],
    columns=["title", "level", "count", "n"],
).assign(hidden=[False] * 5 + [True] * 5)
TIMELINE = pd.DataFrame(
    [
        (date(1998, 1, 1), "year", "Strategy"),
        (date(2006, 12, 1), "month", "Compact"),
        (date(2025, 7, 4), "day", "Approval"),
    ],
    columns=["when", "precision", "title"],
)
_CURVE = [
    ("measured", 2020, 52.5, None, None, 0, False, "52.5%"),
    ("measured", 2021, 54, None, None, 1, False, "54%"),
    ("measured", 2023, 58, None, None, 1, True, "58%"),
    ("target", 2023, 60, None, None, 0, False, "60%"),
    ("forecast", 2024, 59, 55, 63, 0, False, "59% (likely 55% to 63%)"),
    ("expected", 2024, 61, None, None, 0, False, "61%"),
    ("floor", 2023, 50, None, None, 0, False, "50%"),
]
CURVE = pd.DataFrame(
    [
        (mark, date(year, 4, 1), date(year + 1, 3, 31), *rest[:-1], f"{year}/{year % 100 + 1}", rest[-1])
        for mark, year, *rest in _CURVE
    ]
    + [("break", date(2021, 4, 1), date(2021, 4, 1), None, None, None, 0, False, "Counted\nanew", "")],
    columns=list(curve.COLUMNS),
)
DUE = pd.DataFrame(
    [
        (LONG, date(2024, 3, 1), date(2026, 5, 31), "■ off track", 175),
        ("Hold a morning", date(2026, 11, 22), date(2026, 11, 21), "○ not started", 1),
        ("Ŵyl a llên", date(2025, 1, 1), date(2026, 11, 22), "● on track", 0),
        ("Publish what we changed", date(2026, 1, 1), date(2027, 3, 31), "● on track", -129),
    ],
    columns=list(due_dates.COLUMNS),
)
_MULTIPLES = [
    ("Volunteers", "▲ within tolerance", "measured", 2021, 20, 0, False),
    ("Volunteers", "▲ within tolerance", "measured", 2022, 24, 0, False),
    ("Volunteers", "▲ within tolerance", "measured", 2023, 18, 1, True),
    ("Volunteers", "▲ within tolerance", "target", 2023, 19, 0, False),
    (LONG, "● on track", "measured", 2023, 40, 0, False),
]
MULTIPLES = pd.DataFrame(
    [
        (*start, date(year, 4, 1), date(year + 1, 3, 31), value, run, hollow, f"{year}/{year % 100 + 1}", f"{value}%")
        for *start, year, value, run, hollow in _MULTIPLES
    ],
    columns=list(small_multiples.COLUMNS),
)
CHARTS: dict[str, tuple[Callable[..., alt.LayerChart], Callable[..., str], pd.DataFrame]] = {
    "ranked": (ranked.ranked_dots, ranked.ranked_words, RANKED),
    "dumbbell": (dumbbell.dumbbell, dumbbell.dumbbell_words, DUMBBELL),
    "periods": (periods.over_periods, periods.over_periods_words, PERIODS),
    "response": (response.response_bars, response.response_words, RESPONSE),
    "breakdown": (breakdown.breakdown_dots, breakdown.breakdown_words, BREAKDOWN),
    "spread": (spread.level_spread, spread.level_spread_words, SPREAD),
    "curve": (partial(curve.curve, unit_kind=UnitKind.PERCENT), curve.curve_words, CURVE),
    "due_dates": (partial(due_dates.due_dates, on=date(2026, 11, 22)), due_dates.due_dates_words, DUE),
    "small_multiples": (small_multiples.small_multiples, small_multiples.small_multiples_words, MULTIPLES),
    "timeline": (timeline.lineage, timeline.lineage_words, TIMELINE),
}


@cache
def spec_of(name: str, **options: object) -> Spec:
    """Draw a chart, once for all tests, which read it and never change it."""
    draw, _, frame = CHARTS[name]
    return theme.specification(draw(frame, **options))


def layers(spec: Spec, mark: str) -> list[Spec]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == mark]


def values(spec: Spec, layer: Spec) -> list[Spec]:
    data = layer["data"]
    found: list[Spec] = data["values"] if "values" in data else spec["datasets"][data["name"]]
    return found


def texts(spec: Spec, field: str) -> list[str]:
    """What a chart prints from one field, layer by layer; titles are printed in either of two layouts."""
    printed = {"title": "datum.wide"}.get(field, field)
    found = [layer for layer in layers(spec, "text") if printed in json.dumps(layer["encoding"]["text"])]
    return [row[field] for layer in found for row in values(spec, layer)]


def every_value(spec: Spec) -> Iterator[tuple[str, Any]]:
    for layer in spec["layer"]:
        for row in values(spec, layer):
            yield from row.items()
