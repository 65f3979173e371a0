"""The layers of the chart of one indicator: its axes, line, targets, forecast, breaks and names."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from charter.charts.rows import Record, data, inset
from charter.charts.theme import SMALL_SIZE, TEXT_SIZE, Ink
from db.types import UnitKind

NAME_ROOM = 84
_LEFT = 22
_POINT = 90
_THOUSANDS = 10_000


@dataclass(frozen=True)
class Room:
    """From where to where the chart reaches.

    Attributes:
        first: the first day, counted from the year 1.
        last: the last day.
        bottom: the lowest value.
        top: the highest.
        ticks: the name of each period by the day in its middle.
        unit_kind: what sort of number the values are.
    """

    first: int
    last: int
    bottom: float
    top: float
    ticks: Mapping[int, str]
    unit_kind: UnitKind


def day_x(field: str, room: Room) -> alt.X:
    """Return a day's place. Time has its true length: a year without a value leaves its room empty."""
    days, names = list(room.ticks), list(room.ticks.values())
    named = f"{json.dumps(names, ensure_ascii=False)}[indexof({json.dumps(days)}, datum.value)]"
    scale = alt.Scale(domain=[room.first, room.last], range=inset(NAME_ROOM, left=_LEFT), nice=False, zero=False)
    axis = alt.Axis(
        values=days, labelExpr=named, title=None, labelAngle=0, offset=10, labelOverlap="greedy", labelSeparation=6
    )
    return alt.X(f"{field}:Q", scale=scale, axis=axis)


def value_y(field: str, room: Room, colours: Ink) -> alt.Y:
    """Return a value's height."""
    sign = {UnitKind.PERCENT: "datum.label + '%'", UnitKind.POUNDS: "'£' + datum.label"}.get(room.unit_kind)
    look: dict[str, Any] = {"labelExpr": sign} if sign else {}
    numbers = "~s" if room.top >= _THOUSANDS else ",~f"
    axis = alt.Axis(tickCount=5, format=numbers, title=None, grid=True, gridColor=colours.track, **look)
    scale = alt.Scale(domain=[room.bottom, room.top], nice=False, zero=False)
    return alt.Y(f"{field}:Q", scale=scale, axis=axis)


def history(measured: Sequence[Record], room: Room, colours: Ink) -> list[alt.Chart]:
    """Return the line of each run and its points, hollow where the value may still change."""
    base = alt.Chart(data(measured)).encode(x=day_x("when", room), y=value_y("at", room, colours))
    line = base.mark_line(color=colours.practice, strokeWidth=2.5, aria=False).encode(detail="run:N")
    fill = alt.ExprRef(f"datum.hollow ? '{colours.paper}' : '{colours.practice}'")
    point = base.mark_point(filled=True, opacity=1, size=_POINT, strokeWidth=2, stroke=colours.practice, fill=fill)
    return [line, point.encode(description="words:N", tooltip=alt.Tooltip("words:N", title=" "))]


def targets(aimed: Sequence[Record], room: Room, colours: Ink) -> list[alt.Chart]:
    """Return what is aimed at: a rule over each period that has a target."""
    mark = alt.Chart(data(aimed)).mark_rule(color=colours.solid, strokeWidth=3, strokeCap="square")
    return [_spread(mark, room, colours)] if aimed else []


def forecast(ahead: Sequence[Record], room: Room, colours: Ink) -> list[alt.Chart]:
    """Return what is forecast: a pale bar as high as its interval over each period, and its middle dashed."""
    if not ahead:
        return []
    base = alt.Chart(data(ahead))
    band = base.mark_rect(color=colours.practice, opacity=0.2, aria=False).encode(
        x=day_x("from", room), x2="to:Q", y=value_y("lowest", room, colours), y2="highest:Q"
    )
    middle = base.mark_rule(color=colours.practice, strokeWidth=2, strokeDash=[5, 4])
    return [band, _spread(middle, room, colours)]


def expected(judged: Sequence[Record], room: Room, colours: Ink) -> list[alt.Chart]:
    """Return what the owner expects: hollow squares that no line joins."""
    mark = alt.Chart(data(judged)).mark_point(
        filled=True, opacity=1, shape="square", size=_POINT, strokeWidth=2, fill=colours.paper, stroke=colours.solid
    )
    layer: alt.Chart = mark.encode(
        x=day_x("when", room),
        y=value_y("at", room, colours),
        description="words:N",
        tooltip=alt.Tooltip("words:N", title=" "),
    )
    return [layer] if judged else []


def floor(found: Sequence[Record], room: Room, colours: Ink) -> list[alt.Chart]:
    """Return the worst that is put up with: a dotted rule along the whole chart."""
    if not found:
        return []
    lines = [{**row, "from": room.first, "to": room.last} for row in found]
    rule = alt.Chart(data(lines)).mark_rule(color=colours.muted, strokeWidth=1.5, strokeDash=[2, 4])
    return [_spread(rule, room, colours)]


def breaks(found: Sequence[Record], room: Room, colours: Ink) -> list[alt.Chart]:
    """Return a dashed rule at each break, with what changed above it."""
    if not found:
        return []
    places = [{"when": row["when"], "name": row["name"]} for row in found]
    base = alt.Chart(data(places)).encode(x=day_x("when", room))
    rule = base.mark_rule(color=colours.muted, strokeDash=[4, 4], strokeWidth=1.5, aria=False)
    text = base.mark_text(fontSize=SMALL_SIZE, lineHeight=16, lineBreak="\n", color=colours.muted, y=-38)
    return [rule, text.encode(text="name:N")]


def labels(found: Sequence[Record], room: Room, colours: Ink) -> alt.Chart:
    """Return values as text above their points, field `weight` how bold."""
    mark = alt.Chart(data(found)).mark_text(
        fontSize=TEXT_SIZE, dy=-16, color=colours.text, fontWeight=alt.ExprRef("datum.weight")
    )
    layer: alt.Chart = mark.encode(x=day_x("when", room), y=value_y("at", room, colours), text="label:N")
    return layer


def names(found: Sequence[Record], room: Room, colours: Ink) -> alt.Chart:
    """Return the names of targets and of what may come at the right, at their height."""
    mark = alt.Chart(data(found)).mark_text(align="left", fontSize=SMALL_SIZE, color=colours.text)
    layer: alt.Chart = mark.encode(
        x=alt.value(alt.ExprRef(f"width - {NAME_ROOM - 8}")), y=value_y("at", room, colours), text="label:N"
    )
    return layer


def _spread(mark: alt.Chart, room: Room, colours: Ink) -> alt.Chart:
    layer: alt.Chart = mark.encode(
        x=day_x("from", room),
        x2="to:Q",
        y=value_y("at", room, colours),
        description="words:N",
        tooltip=alt.Tooltip("words:N", title=" "),
    )
    return layer
