"""The layers of the chart over periods: its axes, series, labels and breaks."""

from collections.abc import Sequence

import altair as alt

from charter.charts.rows import Record, data, inset, x_at
from charter.charts.theme import MARK_SIZE, SMALL_SIZE, TEXT_SIZE, TICKS, Ink
from charter.words import HIDDEN_MARK

NAME_ROOM = 100
HIDDEN_AT = 3


def period_x(periods: Sequence[str], band: float = 0.5) -> alt.X:
    """Return a period's place; `band` 0 is its left edge, midway to the period before."""
    inside = inset(NAME_ROOM, left=0)
    scale = alt.Scale(type="band", domain=list(periods), range=inside, padding=0)
    axis = alt.Axis(title=None, labelAngle=0, offset=18, labelLimit=90, labelOverlap="parity")
    return alt.X("period:O", scale=scale, axis=axis, bandPosition=band)


def score_y(field: str, colours: Ink) -> alt.Y:
    """Return a score's height, always from 0 to 100 with ticks at 0, 20 … 100."""
    axis = alt.Axis(values=TICKS, format="d", title=None, grid=True, gridColor=colours.track)
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, 100], nice=False, zero=True), axis=axis)


def series_layers(
    own: Sequence[Record], *, periods: Sequence[str], edge: str, fill: str, shape: str, colours: Ink
) -> list[alt.Chart]:
    """Return one series: intervals, lines within each run, and its marks."""
    base = alt.Chart(data(own)).encode(x=period_x(periods), description=alt.Description("words:N"))
    interval = alt.Chart(data([row for row in own if row["low"] is not None])).mark_rule(
        color=edge, strokeWidth=2.5, strokeCap="round", opacity=0.55, aria=False
    )
    point = base.mark_point(
        filled=True, opacity=1, size=MARK_SIZE, strokeWidth=1.2, fill=fill, stroke=edge, shape=shape
    )
    y = score_y("value", colours)
    return [
        interval.encode(x=period_x(periods), y=score_y("low", colours), y2=alt.Y2("high:Q")),
        base.mark_line(color=edge, strokeWidth=2.5, aria=False).encode(y=y, detail=alt.Detail("run:N")),
        point.encode(y=y, tooltip=alt.Tooltip("words:N", title=" ")),
    ]


def value_layer(labels: Sequence[Record], periods: Sequence[str], colours: Ink) -> alt.Chart:
    """Return the scores as text, fields `at` (height), `dy` and `weight`."""
    mark = alt.Chart(data(labels)).mark_text(
        fontSize=TEXT_SIZE, color=colours.text, dy=alt.ExprRef("datum.dy"), fontWeight=alt.ExprRef("datum.weight")
    )
    layer: alt.Chart = mark.encode(x=period_x(periods), y=score_y("at", colours), text=alt.Text("label:N"))
    return layer


def hidden_layer(hidden: Sequence[Record], periods: Sequence[str], colours: Ink) -> alt.Chart:
    """Return "[c]" at the foot of each period whose score is hidden."""
    marked = [{"period": row["period"], "at": HIDDEN_AT, "label": HIDDEN_MARK, "words": row["words"]} for row in hidden]
    mark = alt.Chart(data(marked)).mark_text(fontSize=SMALL_SIZE, color=colours.muted)
    layer: alt.Chart = mark.encode(
        x=period_x(periods),
        y=score_y("at", colours),
        text=alt.Text("label:N"),
        description=alt.Description("words:N"),
        tooltip=alt.Tooltip("words:N", title=" "),
    )
    return layer


def name_layer(names: Sequence[Record], colours: Ink) -> alt.Chart:
    """Return the series' names at the right, field `at` their height."""
    mark = alt.Chart(data(names)).mark_text(
        align="left",
        fontSize=SMALL_SIZE,
        lineHeight=17,
        lineBreak="\n",
        dy=-8,
        color=colours.text,
        fontWeight=alt.ExprRef("datum.weight"),
    )
    layer: alt.Chart = mark.encode(
        x=x_at(alt.ExprRef(f"width - {NAME_ROOM - 6}")), y=score_y("at", colours), text=alt.Text("label:N")
    )
    return layer


def break_rule(breaks: Sequence[Record], periods: Sequence[str], colours: Ink) -> alt.Chart:
    """Return a dashed rule between two periods whose meaning differs."""
    rule = alt.Chart(data(breaks)).mark_rule(color=colours.muted, strokeDash=[4, 4], strokeWidth=1.5, aria=False)
    layer: alt.Chart = rule.encode(x=period_x(periods, band=0))
    return layer


def break_name(breaks: Sequence[Record], periods: Sequence[str], colours: Ink) -> alt.Chart:
    """Return the words above each such rule."""
    text = alt.Chart(data(breaks)).mark_text(
        fontSize=SMALL_SIZE, lineHeight=16, lineBreak="\n", color=colours.muted, y=-38
    )
    layer: alt.Chart = text.encode(x=period_x(periods, band=0), text=alt.Text("name:N"))
    return layer
