"""Is the curve turning? One indicator's history, its targets, and apart from both what may come.

A line joins only values that are comparable; between two runs of them a dashed rule says what changed. A forecast and
what the owner expects are no part of the line.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import altair as alt
import pandas as pd

from charter.charts import curve_layers, rows
from charter.charts.curve_layers import Room
from charter.charts.rows import Record
from charter.charts.theme import dressed, ink, require
from charter.outcomes.marks import CurveMark
from db.types import UnitKind

COLUMNS = ("mark", "starts_on", "ends_on", "value", "low", "high", "run", "provisional", "period", "label")
NOT_COMPARED = "Not\ncompared"
ALL_LABELLED = 6  # values; of more, the first of all and the last of each line are labelled
_SHORTEST = 28  # days that a count on one day takes up, so that it can be seen
_AIR = 0.12  # of the height, above and below
_NAME_APART = 0.13  # of the height, between two names
_HUNDRED = 100.0


_NAMES = {
    CurveMark.TARGET: "Target",
    CurveMark.FORECAST: "Forecast",
    CurveMark.EXPECTED: "Expected",
    CurveMark.FLOOR: "Floor",
}


def curve(
    frame: pd.DataFrame,
    *,
    unit_kind: UnitKind,
    title: str | None = None,
    subtitle: str | None = None,
    dark: bool = False,
) -> alt.LayerChart:
    """Draw the history as a line a run, targets as rules over their periods, and forecasts as bars apart.

    Args:
        frame: one row a mark, the earliest first: mark, a `CurveMark`; starts_on and ends_on, dates (a break has its
            day in both, a floor any); value; low and high, of a forecast; run, which rises where a line must not join;
            provisional; period, the period's short name (of a break: what changed); label, the value in words.
        unit_kind: what sort of number the values are.
        title: the finding in words, for exports.
        subtitle: unit and period, for exports.
        dark: for dark paper.

    Raises:
        ValueError: no row, a column is missing, or a mark is none of the six.
    """
    require(frame, COLUMNS)
    colours, found = ink(dark=dark), _records(frame)
    room = _room(found, unit_kind)
    of = {mark: [row for row in found if row["mark"] == mark] for mark in CurveMark}
    measured = of[CurveMark.MEASURED]
    layers = [
        *curve_layers.breaks(_breaks(found), room, colours),
        *curve_layers.floor(of[CurveMark.FLOOR], room, colours),
        *curve_layers.targets(of[CurveMark.TARGET], room, colours),
        *curve_layers.forecast(of[CurveMark.FORECAST], room, colours),
        *curve_layers.expected(of[CurveMark.EXPECTED], room, colours),
        *curve_layers.history(measured, room, colours),
        curve_layers.labels(_labelled(measured), room, colours),
        curve_layers.names(_names(found, room), room, colours),
    ]
    words = curve_words(frame)
    return dressed(alt.LayerChart(layer=layers), colours=colours, words=words, title=title, subtitle=subtitle)


def curve_words(frame: pd.DataFrame) -> str:
    """Say the values period by period, where nothing is compared, what is aimed at, and what may come.

    Raises:
        ValueError: no row, a column is missing, or a mark is none of the six.
    """
    require(frame, COLUMNS)
    found = _records(frame)
    starts = {
        CurveMark.MEASURED: "Measured",
        CurveMark.TARGET: "Target",
        CurveMark.FORECAST: "Forecast, not measured",
        CurveMark.EXPECTED: "What the owner expects, not measured",
    }
    parts = []
    for mark, start in starts.items():
        said = [f"{row['period']} {row['label']}" for row in found if row["mark"] == mark]
        if said:
            parts.append(f"{start}: {', '.join(said)}.")
    parts += [
        f"{row['after']} is not compared with what was before: {_one_line(row['name'])}." for row in _breaks(found)
    ]
    parts += [f"Floor: {row['label']}." for row in found if row["mark"] == CurveMark.FLOOR]
    return " ".join(parts)


def _records(frame: pd.DataFrame) -> list[Record]:
    """Return the rows with their days as whole numbers: no browser's time zone can move those."""
    found: list[Record] = []
    for row in rows.records(frame):
        mark = CurveMark(row["mark"])
        first, last = (pd.Timestamp(row[name]).date().toordinal() for name in ("starts_on", "ends_on"))
        middle = (first + last) // 2
        if last - first < _SHORTEST:
            first, last = middle - _SHORTEST // 2, middle + _SHORTEST // 2
        found.append(
            {
                "mark": mark.value,
                "from": first,
                "to": last,
                "when": middle,
                "at": _number(row["value"]),
                "lowest": _number(row["low"]),
                "highest": _number(row["high"]),
                "run": int(row["run"]),
                "hollow": int(bool(row["provisional"])),
                "period": str(row["period"]),
                "label": str(row["label"]),
                "words": f"{row['period']}: {row['label']}",
            }
        )
    return found


def _number(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _room(found: Sequence[Record], unit_kind: UnitKind) -> Room:
    """Return from where to where the chart reaches: all values with air about them, from zero where that is near."""
    dated = [row for row in found if row["mark"] not in (CurveMark.FLOOR, CurveMark.BREAK)]
    values = [row[name] for row in found for name in ("at", "lowest", "highest") if row[name] is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    air = (high - low or abs(high) or 1.0) * _AIR
    bottom = 0.0 if 0 <= low <= high / 2 else low - air
    top = high + air
    if unit_kind is UnitKind.PERCENT:
        bottom, top = max(bottom, 0.0), min(top, _HUNDRED) if high < _HUNDRED else _HUNDRED
    ticks = dict(sorted({row["when"]: row["period"] for row in dated}.items()))
    first = min((row["from"] for row in dated), default=date.min.toordinal())
    last = max((row["to"] for row in dated), default=date.min.toordinal() + 1)
    return Room(first=first, last=last, bottom=bottom, top=top, ticks=ticks, unit_kind=unit_kind)


def _breaks(found: Sequence[Record]) -> list[Record]:
    """Return where two runs of values meet, each with what changed between them where that is said."""
    measured = [row for row in found if row["mark"] == CurveMark.MEASURED]
    marked = [row for row in found if row["mark"] == CurveMark.BREAK]
    places = []
    for before, after in pairwise(measured):
        if before["run"] != after["run"]:
            said = [row["period"] for row in marked if before["when"] < row["when"] <= after["to"]]
            name = said[0] if said else NOT_COMPARED
            places.append({"when": (before["to"] + after["from"]) // 2, "name": name, "after": after["period"]})
    return places


def _labelled(measured: Sequence[Record]) -> list[Record]:
    """Return the values that are printed: all of a few, else the first and each line's last; the latest in bold."""
    if len(measured) > ALL_LABELLED:
        lasts = {row["run"]: row["when"] for row in measured}
        kept = [row for row in measured if row["when"] in {measured[0]["when"], *lasts.values()}]
    else:
        kept = list(measured)
    return [{**row, "weight": 600 if row is measured[-1] else 400} for row in kept]


def _names(found: Sequence[Record], room: Room) -> list[Record]:
    """Return the names at the right, at the height of the last mark of each, and apart from each other."""
    last = {row["mark"]: row for row in found if row["mark"] in _NAMES}
    placed: list[Record] = []
    for row in sorted(last.values(), key=lambda each: each["at"]):
        lowest = placed[-1]["at"] + (room.top - room.bottom) * _NAME_APART if placed else room.bottom
        placed.append({"at": max(row["at"], lowest), "label": _NAMES[CurveMark(row["mark"])]})
    return placed


def _one_line(name: str) -> str:
    return name.replace("\n", " ").lower()
