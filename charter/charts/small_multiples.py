"""How do outcomes go? One small line a row, all along the same years, each with a scale of its own.

A line joins only values that are comparable. What is aimed at is a short bar over its period.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt
import pandas as pd

from charter.charts import rows
from charter.charts.rows import Layout, Record
from charter.charts.theme import PAD_LEFT, TEXT_SIZE, Ink, dressed, ink, require
from charter.outcomes.marks import CurveMark

COLUMNS = ("title", "note", "mark", "starts_on", "ends_on", "value", "run", "provisional", "period", "label")
_HEIGHT = 44  # pixels between a row's lowest and its highest value
_POINT, _LAST = 40, 110
_LABEL_ROOM = 84
_SHORTEST = 28  # days that a count on one day takes up, so that it can be seen
_FEW_YEARS = 6
_YEAR, _NEAR = 365.2425, 10  # days: a year on average, and by how much a first of January may lie beside it


@dataclass(frozen=True)
class _Tall(Layout):
    """A row with room for a line that rises and falls."""

    @property
    def step(self) -> int:
        """Height of a row."""
        return super().step + _HEIGHT

    @property
    def mark_y(self) -> float:
        """Middle of the line."""
        return super().mark_y + _HEIGHT / 2


def small_multiples(
    frame: pd.DataFrame, *, title: str | None = None, subtitle: str | None = None, dark: bool = False
) -> alt.LayerChart:
    """Draw one row an outcome: its name, how it stands in words, its line, and its targets.

    Args:
        frame: one row a mark, outcome by outcome, the earliest first: title; note, how it stands; mark, a `CurveMark`,
            measured or target; starts_on and ends_on, dates; value; run, which rises where a line must not join;
            provisional; period, the period's short name; label, the value in words.
        title: the finding in words, for exports.
        subtitle: what is drawn, for exports.
        dark: for dark paper.

    Raises:
        ValueError: no row, or a column is missing.
    """
    require(frame, COLUMNS)
    colours, found = ink(dark=dark), _records(frame)
    titles = list(dict.fromkeys(row["title"] for row in found))
    plain = rows.layout(titles)
    shape = _Tall(title_lines=plain.title_lines, label=plain.label)
    notes = {row["title"]: row["note"] for row in found}
    beside = [{"row": place, "absent": notes[name]} for place, name in enumerate(titles)]
    layers = [
        *_targets(found, shape, colours),
        *_lines(found, shape, colours),
        _values(found, shape, colours),
        rows.title_layer(rows.titled(titles), shape=shape, colours=colours),
        rows.absent_layer(beside, shape=shape, colours=colours),
    ]
    words = small_multiples_words(frame)
    return dressed(rows.stacked(layers, shape=shape), colours=colours, words=words, title=title, subtitle=subtitle)


def small_multiples_words(frame: pd.DataFrame) -> str:
    """Say of each outcome how it stands, and what was measured first and last.

    Raises:
        ValueError: no row, or a column is missing.
    """
    require(frame, COLUMNS)
    said = []
    for name, group in frame.groupby("title", sort=False):
        measured = rows.records(group[group["mark"] == CurveMark.MEASURED.value])
        ends = [f"{row['label']} ({row['period']})" for row in (measured[0], measured[-1])]
        went = f"from {ends[0]} to {ends[1]}" if len(measured) > 1 else ends[0]
        said.append(f"{name}: {measured[-1]['note']}, {went}.")
    return " ".join(said)


def _records(frame: pd.DataFrame) -> list[Record]:
    """Return the marks with their days as whole numbers, and their height as pixels from the middle of their row."""
    found: list[Record] = []
    for place, (_, group) in enumerate(frame.groupby("title", sort=False)):
        low, high = float(group["value"].min()), float(group["value"].max())
        for row in rows.records(group):
            first, last = (pd.Timestamp(row[name]).date().toordinal() for name in ("starts_on", "ends_on"))
            middle = (first + last) // 2
            if last - first < _SHORTEST:
                first, last = middle - _SHORTEST // 2, middle + _SHORTEST // 2
            height = (float(row["value"]) - low) / (high - low) if high > low else 0.5
            found.append(
                {
                    **{name: str(row[name]) for name in ("title", "note", "mark", "label")},
                    "row": place,
                    "from": first,
                    "to": last,
                    "when": middle,
                    "dy": round((0.5 - height) * _HEIGHT),
                    "run": int(row["run"]),
                    "hollow": int(bool(row["provisional"])),
                    "words": f"{row['title']}, {row['period']}: {row['label']}",
                }
            )
    return found


def _measured(found: Sequence[Record]) -> list[Record]:
    return [row for row in found if row["mark"] == CurveMark.MEASURED.value]


def _latest(found: Sequence[Record]) -> list[Record]:
    return list({row["row"]: row for row in _measured(found)}.values())


def _day_x(field: str, found: Sequence[Record]) -> alt.X:
    """Return a day's place. All rows share the years, which are named at the foot of the chart."""
    first, last = min(row["from"] for row in found), max(row["to"] for row in found)
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    starts = {date(year, 1, 1).toordinal(): year for year in years}
    shown = [day for day, year in starts.items() if day >= first and (len(starts) <= _FEW_YEARS or year % 2 == 0)]
    named = f"floor(1 + (datum.value + {_NEAR}) / {_YEAR})"
    axis = alt.Axis(values=shown, labelExpr=named, title=None, labelAngle=0, labelOverlap="greedy", labelSeparation=8)
    scale = alt.Scale(domain=[first, last], range=rows.inset(_LABEL_ROOM, left=PAD_LEFT), nice=False, zero=False)
    return alt.X(f"{field}:Q", scale=scale, axis=axis)


def _lines(found: Sequence[Record], shape: Layout, colours: Ink) -> list[alt.Chart]:
    measured, height = _measured(found), alt.ExprRef(f"{shape.mark_y} + datum.dy")
    latest = {id(row) for row in _latest(found)}
    points = [{**row, "size": _LAST if id(row) in latest else _POINT} for row in measured]
    line = alt.Chart(rows.data(measured)).mark_line(color=colours.practice, strokeWidth=2.5, yOffset=height, aria=False)
    point = alt.Chart(rows.data(points)).mark_point(
        filled=True,
        opacity=1,
        strokeWidth=2,
        stroke=colours.practice,
        yOffset=height,
        fill=alt.ExprRef(f"datum.hollow ? '{colours.paper}' : '{colours.practice}'"),
        size=alt.ExprRef("datum.size"),
    )
    x = _day_x("when", found)
    return [
        line.encode(x=x, y=rows.row_y(), detail=["row:N", "run:N"], order="when:Q"),
        point.encode(x=x, y=rows.row_y(), description="words:N", tooltip=alt.Tooltip("words:N", title=" ")),
    ]


def _targets(found: Sequence[Record], shape: Layout, colours: Ink) -> list[alt.Chart]:
    aimed = [row for row in found if row["mark"] == CurveMark.TARGET.value]
    if not aimed:
        return []
    height = alt.ExprRef(f"{shape.mark_y} + datum.dy")
    mark = alt.Chart(rows.data(aimed)).mark_rule(color=colours.solid, strokeWidth=3, yOffset=height)
    layer: alt.Chart = mark.encode(
        x=_day_x("from", found),
        x2="to:Q",
        y=rows.row_y(),
        description="words:N",
        tooltip=alt.Tooltip("words:N", title=" "),
    )
    return [layer]


def _values(found: Sequence[Record], shape: Layout, colours: Ink) -> alt.Chart:
    """Return the latest value of each row at the right of its period, where no target can hide it."""
    mark = alt.Chart(rows.data(_latest(found))).mark_text(
        align="left",
        dx=8,
        fontSize=TEXT_SIZE,
        fontWeight=600,
        color=colours.text,
        limit=_LABEL_ROOM,
        yOffset=alt.ExprRef(f"{shape.mark_y} + datum.dy"),
    )
    layer: alt.Chart = mark.encode(x=_day_x("to", found), y=rows.row_y(), text="label:N")
    return layer
