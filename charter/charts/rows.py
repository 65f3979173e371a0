"""The frame that the row charts share: a title above each row's mark, a track from 0 to 100, an axis below.

Titles stand above the marks and not beside them, so that the plot keeps the full width of a phone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from charter.charts.theme import PAD_LEFT, PAD_RIGHT, SMALL_SIZE, TEXT_SIZE, TICKS, Ink
from charter.charts.wording import LINE, lines, one_line

Record = dict[str, Any]

LINE_HEIGHT = 19
WIDE = 600
ASIDE = 120
SHORT_LINE = 26


@dataclass(frozen=True)
class Layout:
    """Where things stand in a row, in pixels from the row's middle.

    Attributes:
        title_lines: lines kept free for the title, 1 or 2.
        label: height of the line for labels between title and marks; 0 where they stand elsewhere.
    """

    title_lines: int
    label: int = 18

    @property
    def step(self) -> int:
        """Height of a row."""
        return self.title_lines * LINE_HEIGHT + self.label + 38

    @property
    def title_y(self) -> float:
        """Lower edge of the title."""
        return self.title_lines * LINE_HEIGHT - self.step / 2

    @property
    def label_y(self) -> float:
        """Middle of the line of labels; the marks' own line where the layout has none."""
        return self.title_y + self.label / 2 + 4 if self.label else self.mark_y

    @property
    def mark_y(self) -> float:
        """Middle of the marks."""
        return self.title_y + self.label + 14


def layout(titles: Sequence[str], *, line: int = LINE, label: int = 18) -> Layout:
    """Return the layout that holds the longest of these titles on a narrow screen, `line` characters a line."""
    return Layout(title_lines=max(lines(title, line).count("\n") + 1 for title in titles), label=label)


def titled(titles: Sequence[str], *, line: int = LINE) -> list[Record]:
    """Return one record a row with its title as one line, as lines of `line` characters, and in full."""
    return [
        {
            "row": place,
            "title": title,
            "wide": one_line(title),
            "narrow": lines(title, line),
            "rise": -LINE_HEIGHT * lines(title, line).count("\n"),
            "from": 0,
            "to": 100,
        }
        for place, title in enumerate(titles)
    ]


def records(frame: pd.DataFrame) -> list[Record]:
    """Return a frame's rows, one record each."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def stacked(layers: Sequence[alt.Chart], *, shape: Layout) -> alt.LayerChart:
    """Return the layers as one chart whose height follows from its rows: a height in pixels is not kept by pages."""
    chart = alt.LayerChart(layer=list(layers))
    chart.height = alt.Step(shape.step)
    return chart


def data(records: Sequence[Record]) -> alt.InlineData:
    """Return records as a chart's data. They are plain values: whole numbers and text."""
    return alt.InlineData(values=list(records))


def x_at(pixels: int | alt.ExprRef) -> alt.XValue:
    """Return the place of a layer that stands so many pixels from the left, whatever its figures are."""
    return alt.XValue(pixels)  # type: ignore[no-untyped-call]  # of all channels, it alone has no types


def row_y() -> alt.Y:
    """Return the vertical place of a row: in the order of the records, first at the top."""
    return alt.Y("row:O", axis=None, scale=alt.Scale(type="band", padding=0))


def inset(
    right: int, left: int = PAD_LEFT
) -> list[str | float | alt.Parameter | alt.SchemaBase | Sequence[float] | Mapping[str, Any]]:
    """Return the horizontal range of the marks, inside the chart's own edges.

    Marks and labels that reach past the plot would make the chart shrink to fit them, and each chart of a page
    differently; with the room for them inside the plot, every chart has its 0 and its 100 at the same place.
    """
    return [left, alt.ExprRef(f"width - {right}")]


def score_x(field: str, title: Sequence[str]) -> alt.X:
    """Return a score's horizontal place, always from 0 to 100 with ticks at 0, 20 … 100."""
    return alt.X(
        f"{field}:Q",
        scale=alt.Scale(domain=[0, 100], range=inset(PAD_RIGHT), nice=False, zero=True),
        axis=alt.Axis(values=TICKS, title=list(title), format="d", titleAnchor="start", titleX=0, titleAlign="left"),
    )


def title_layer(records: Sequence[Record], *, shape: Layout, colours: Ink, spare: int = 0) -> alt.Chart:
    """Return the titles, flush with the page's left edge, one line on wide screens and two on narrow ones.

    Args:
        records: what `titled` made.
        shape: the rows' layout.
        colours: the paper's colours.
        spare: pixels at the right that the titles leave free for a label of their own line.
    """
    text = alt.TextValue(alt.ExprRef(f"width < {WIDE} ? datum.narrow : datum.wide"))
    mark = alt.Chart(data(records)).mark_text(
        align="left",
        baseline="line-bottom",
        yOffset=shape.title_y,
        dy=alt.ExprRef(f"width < {WIDE} ? datum.rise : 0"),
        fontSize=TEXT_SIZE,
        lineHeight=LINE_HEIGHT,
        lineBreak="\n",
        color=colours.text,
        limit=alt.ExprRef(f"width - {spare}"),
    )
    layer: alt.Chart = mark.encode(x=x_at(0), y=row_y(), text=text, tooltip=alt.Tooltip("title:N", title=" "))
    return layer


def track_layers(
    records: Sequence[Record], *, shape: Layout, colours: Ink, axis_title: Sequence[str]
) -> list[alt.Chart]:
    """Return each row's track: a thin line from 0 to 100 and a small stroke at each tick."""
    strokes = [{"row": record["row"], "tick": tick} for record in records for tick in TICKS]
    line = (
        alt.Chart(data(records))
        .mark_rule(color=colours.track, strokeWidth=1, yOffset=shape.mark_y, aria=False)
        .encode(x=score_x("from", axis_title), x2=alt.X2("to:Q"), y=row_y())
    )
    marks = (
        alt.Chart(data(strokes))
        .mark_tick(orient="vertical", color=colours.track, size=14, thickness=1, yOffset=shape.mark_y, aria=False)
        .encode(x=score_x("tick", axis_title), y=row_y())
    )
    return [line, marks]


def absent_layer(records: Sequence[Record], *, shape: Layout, colours: Ink) -> alt.Chart:
    """Return the words that stand in place of a figure: field `absent`, at the left of its row's label line."""
    layer: alt.Chart = (
        alt.Chart(data(records))
        .mark_text(
            align="left",
            fontSize=SMALL_SIZE,
            color=colours.muted,
            yOffset=shape.label_y,
            limit=alt.ExprRef("width"),
        )
        .encode(x=x_at(0), y=row_y(), text=alt.Text("absent:N"), tooltip=alt.Tooltip("absent:N", title=" "))
    )
    return layer


def aside_layer(records: Sequence[Record], *, shape: Layout, colour: str) -> alt.Chart:
    """Return a short text at the right end of each title's line: field `aside`."""
    layer: alt.Chart = (
        alt.Chart(data(records))
        .mark_text(align="right", baseline="line-bottom", fontSize=SMALL_SIZE, color=colour, yOffset=shape.title_y)
        .encode(x=x_at(alt.ExprRef("width")), y=row_y(), text=alt.Text("aside:N"))
    )
    return layer
