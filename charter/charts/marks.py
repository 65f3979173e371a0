"""The marks that several charts share: practice and experience points, intervals, values beside them."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from charter.charts.rows import Layout, Record, data, row_y, score_x
from charter.charts.sides import Sides
from charter.charts.theme import MARK_SIZE, TEXT_SIZE, Ink
from charter.rules.shares import whole
from charter.words import HIDDEN_MARK, listed
from db.types import Measure

CLOSE = 10
PROTECTED = "hidden to protect groups’ answers"
NO_DATA = "No data yet"
INTERVAL_NOTE = "Line: how far chance alone could move it"


def number(value: float | None) -> int | None:
    """Return a figure as whole points, or None where the frame has none."""
    return None if value is None or pd.isna(value) else whole(float(value))


def flag(row: Record, name: str) -> bool:
    """Return a yes-or-no column of a row; a column that the frame lacks counts as no."""
    value = row.get(name)
    return bool(value) if not pd.isna(value) else False


def absence(row: Record, measure: str) -> str | None:
    """Return the words that stand in place of a row's figure, or None where the figure is shown.

    Args:
        row: a row of the frame; `hidden` says that the figure is suppressed, `reason` (optional) why there is none.
        measure: the name of the column that holds the figure.
    """
    if not flag(row, "hidden") and not pd.isna(row.get(measure)):
        return None
    given = row.get("reason")
    reason = str(given) if isinstance(given, str) and given else ""
    if flag(row, "hidden"):
        return f"{HIDDEN_MARK} {reason or PROTECTED}"
    return reason or NO_DATA


def unshown(found: Sequence[Record], measure: str, few: int = 0) -> list[str]:
    """Return a sentence on the rows that are hidden, have no figure, or are not ranked; none where all are shown."""
    hidden = sum(flag(row, "hidden") for row in found)
    missing = sum(absence(row, measure) is not None for row in found) - hidden
    counted = [
        (hidden, f"marked {HIDDEN_MARK}, {PROTECTED}"),
        (missing, "without a figure"),
        (few, "not ranked because few answered"),
    ]
    parts = [f"{count} {what}" for count, what in counted if count]
    return [f"{listed(parts)}."] if parts else []


def range_words(low: int | None, high: int | None) -> str:
    """Return an interval as words to follow a score, or nothing where there is none."""
    return "" if low is None or high is None else f" (likely {low} to {high})"


def interval_layer(records: Sequence[Record], *, shape: Layout, colour: str, axis_title: Sequence[str]) -> alt.Chart:
    """Return the 95% intervals as lines, fields `low` and `high`, in the colour of the marks that they belong to."""
    layer: alt.Chart = (
        alt.Chart(data([record for record in records if record["low"] is not None]))
        .mark_rule(color=colour, strokeWidth=2.5, strokeCap="round", yOffset=shape.mark_y, aria=False)
        .encode(x=score_x("low", axis_title), x2=alt.X2("high:Q"), y=row_y())
    )
    return layer


def point_layer(
    records: Sequence[Record],
    *,
    sides: Sides,
    shape: Layout,
    colours: Ink,
    axis_title: Sequence[str],
    only: Measure | None = None,
) -> alt.Chart:
    """Return practice as circles and experience as diamonds, with a key above the chart.

    Args:
        records: fields `row`, `series` (a name from `sides`), `value`, `words`, and `title` for the tooltip.
        sides: names, shapes and colours of the two series.
        shape: the rows' layout.
        colours: the paper's colours.
        axis_title: the axis title's lines.
        only: the one measure that the chart shows, so that the key does not name the other.
    """
    named = {Measure.EXPERIENCE: sides.experience, Measure.PRACTICE: sides.practice}
    names = list(named.values())
    key = alt.Legend(values=[named[only]] if only else names, columns=alt.ExprRef("width < 420 ? 1 : 2"))
    layer: alt.Chart = (
        alt.Chart(data(records))
        .mark_point(filled=True, opacity=1, size=MARK_SIZE, strokeWidth=1.2, yOffset=shape.mark_y)
        .encode(
            x=score_x("value", axis_title),
            y=row_y(),
            shape=alt.Shape("series:N", scale=alt.Scale(domain=names, range=sides.shapes()), legend=key),
            fill=alt.Fill("series:N", scale=alt.Scale(domain=names, range=sides.fills(colours)), legend=key),
            stroke=alt.Stroke("series:N", scale=alt.Scale(domain=names, range=sides.edges(colours)), legend=key),
            description=alt.Description("words:N"),
            tooltip=[alt.Tooltip("title:N", title=" "), alt.Tooltip("words:N", title="Score")],
        )
    )
    return layer


def value_layer(records: Sequence[Record], *, y: float, colours: Ink, axis_title: Sequence[str]) -> alt.Chart:
    """Return the values as text: fields `label`, `align` and `dx` place each beside or above its mark."""
    layer: alt.Chart = (
        alt.Chart(data(records))
        .mark_text(
            align=alt.ExprRef("datum.align"),
            dx=alt.ExprRef("datum.dx"),
            fontWeight=alt.ExprRef("datum.weight"),
            fontSize=TEXT_SIZE,
            color=colours.text,
            yOffset=y,
        )
        .encode(x=score_x("value", axis_title), y=row_y(), text=alt.Text("label:N"))
    )
    return layer


def placed_above(pair: Sequence[Record]) -> list[Record]:
    """Place the values of one row above their marks, and apart where the marks are close together.

    Two numbers need about ten points of a phone's width; nearer than that, each is moved outwards.
    """
    ordered = sorted(pair, key=lambda record: record["value"])
    if len(ordered) == 2 and ordered[1]["value"] - ordered[0]["value"] < CLOSE:  # noqa: PLR2004 -- a pair
        return [{**ordered[0], "align": "right", "dx": -2}, {**ordered[1], "align": "left", "dx": 2}]
    return [{**record, "align": "center", "dx": 0} for record in ordered]


def placed_outside(pair: Sequence[Record]) -> list[Record]:
    """Place the values of one row at the outer sides of their marks: the lower's left, the higher's right."""
    lower, higher = sorted(pair, key=lambda record: record["value"])
    return [{**lower, "align": "right", "dx": -11}, {**higher, "align": "left", "dx": 11}]


def placed_beside(point: Record) -> Record:
    """Place a value at the right of its mark, where the line above it holds words."""
    return {**point, "align": "left", "dx": 11}
