"""Charts for a hall: the same figures as on the pages, in letters of 24 points and more on a slide of 16 to 9.

A slide is drawn 1,920 wide and 1,080 high. There 48 is the height of 24 points, and no letter is lower than that.
"""

from collections.abc import Sequence

import altair as alt

from charter.charts.rows import Record, data, row_y, x_at
from charter.charts.theme import FONT, TICKS, Ink

TEXT = 50
BIG = 92
WHOLE = 1728  # as wide as a slide between its edges
AXIS = 90  # the height of an axis below the plot, and of a key above it
PART = 1040  # beside a column of words
POINT = 2600  # the area of a mark
EDGE = 60  # from a track's end to the chart's, so that a mark and a number at 100 are whole


def in_hall(
    layers: Sequence[alt.Chart], *, colours: Ink, width: int, height: int, left: int = 0, above: int = 0, below: int = 0
) -> alt.LayerChart:
    """Return layers as one chart of a fixed size, on a clear background that lets the slide through.

    Args:
        layers: what is drawn, the first at the back.
        colours: the paper's colours.
        width: the width of the plot, in a slide's units.
        height: the height of the plot.
        left: room at its left, for an axis.
        above: room above it, for a key.
        below: room below it, for an axis.
    """
    chart = alt.LayerChart(layer=list(layers))
    # Set, and not given by `properties` and `configure`: these copy the whole chart, which takes half of making it.
    chart.autosize = alt.AutoSizeParams(type="none")
    chart.width, chart.height = width, height
    chart.padding = {"left": left, "right": 0, "top": above, "bottom": below}
    chart.config = _configuration(colours)
    return chart


def _configuration(colours: Ink) -> alt.Config:
    return alt.Config(
        font=FONT,
        background="transparent",
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelFontSize=TEXT,
            labelColor=colours.muted,
            labelPadding=12,
            labelFlush=False,
            grid=False,
            domain=False,
            ticks=False,
            title=None,
        ),
        legend=alt.LegendConfig(
            labelFontSize=TEXT,
            labelColor=colours.text,
            labelLimit=WHOLE,
            labelOffset=14,
            title=None,
            orient="top",
            direction="horizontal",
            symbolSize=POINT,
            columnPadding=70,
            offset=24,
        ),
    )


def score_x(field: str, left: int, right: int) -> alt.X:
    """Return a score's horizontal place on a track from 0 to 100 between two places of the chart."""
    scale = alt.Scale(domain=[0, 100], range=[left, right], nice=False, zero=True)
    return alt.X(f"{field}:Q", scale=scale, axis=alt.Axis(values=TICKS, format="d", title=None))


def text_layer(
    records: Sequence[Record],
    *,
    field: str,
    at: int,
    colour: str,
    align: str = "left",
    size: int = TEXT,
    weight: int = 400,
    lift: int = 0,
) -> alt.Chart:
    """Return one text a row: a field that may hold line breaks, at a place of the chart.

    Args:
        records: what is drawn, each with its `row`.
        field: the field that holds the text.
        at: how far from the chart's left edge.
        colour: the ink.
        align: which end of the text stands there.
        size: the height of its letters.
        weight: how bold it is.
        lift: how far above the row's middle it stands.
    """
    texts = [(record["row"], str(record[field])) for record in records]
    placed = [{"row": row, "text": text, "rise": -lift - size * 0.54 * text.count("\n")} for row, text in texts]
    layer: alt.Chart = (
        alt.Chart(data(placed))
        .mark_text(
            align=align,  # type: ignore[arg-type]
            baseline="middle",
            fontSize=size,
            fontWeight=weight,  # type: ignore[arg-type]
            color=colour,
            lineHeight=size * 1.08,
            lineBreak="\n",
            dy=alt.ExprRef("datum.rise"),
        )
        .encode(x=x_at(at), y=row_y(), text=alt.Text("text:N"))
    )
    return layer


def track_layers(records: Sequence[Record], *, left: int, right: int, colours: Ink) -> list[alt.Chart]:
    """Return each row's track from 0 to 100, with a stroke at each tick."""
    ends = [{"row": record["row"], "from": 0, "to": 100} for record in records]
    strokes = [{"row": record["row"], "tick": tick} for record in records for tick in TICKS]
    line = (
        alt.Chart(data(ends))
        .mark_rule(color=colours.track, strokeWidth=4, aria=False)
        .encode(x=score_x("from", left, right), x2=alt.X2("to:Q"), y=row_y())
    )
    marks = (
        alt.Chart(data(strokes))
        .mark_tick(orient="vertical", color=colours.track, size=36, thickness=4, aria=False)
        .encode(x=score_x("tick", left, right), y=row_y())
    )
    return [line, marks]
