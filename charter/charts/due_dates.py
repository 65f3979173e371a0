"""What is late? One row an action: from the day on which it was made to the day on which it is due, and today."""

from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from charter.charts import rows
from charter.charts.rows import Layout, Record
from charter.charts.theme import MARK_SIZE, PAD_LEFT, PAD_RIGHT, Ink, dressed, ink, require

COLUMNS = ("title", "made_on", "due", "status", "days_late")
_AXIS = ["Thin line: until it is due. Thick line: how late it is"]


def due_dates(
    frame: pd.DataFrame, *, on: date, title: str | None = None, subtitle: str | None = None, dark: bool = False
) -> alt.LayerChart:
    """Draw one row an action, in the order of the frame, with a line for the day on which it is looked at.

    Args:
        frame: title; made_on and due, days; status, in words; days_late, below nought for what is still in time.
        on: the day for which lateness was told.
        title: the finding in words, for exports.
        subtitle: unit and day, for exports.
        dark: for dark paper.

    Raises:
        ValueError: no row, or a column is missing.
    """
    require(frame, COLUMNS)
    colours, found = ink(dark=dark), _records(frame, on=on)
    titles = [str(row["title"]) for row in found]
    shape = rows.layout(titles, line=rows.SHORT_LINE, label=0)
    frames = rows.titled(titles, line=rows.SHORT_LINE)
    layers = [
        *_lines(found, on=on, shape=shape, colours=colours),
        rows.title_layer(frames, shape=shape, colours=colours, spare=rows.ASIDE),
        rows.aside_layer(found, shape=shape, colour=colours.muted),
    ]
    words = due_dates_words(frame)
    return dressed(rows.stacked(layers, shape=shape), colours=colours, words=words, title=title, subtitle=subtitle)


def due_dates_words(frame: pd.DataFrame) -> str:
    """Say what the chart shows: how many are late, the latest, and what is due next.

    Raises:
        ValueError: no row, or a column is missing.
    """
    require(frame, COLUMNS)
    found = rows.records(frame)
    late = [row for row in found if int(row["days_late"]) > 0]
    coming = [row for row in found if int(row["days_late"]) <= 0]
    said = [f"Open actions with a date, what is due first at the top: {len(found)}, of which {len(late)} late."]
    if late:
        said.append(f"Latest: {late[0]['title']}, {_aside(int(late[0]['days_late']))}.")
    if coming:
        said.append(f"Due next: {coming[0]['title']}, {_aside(int(coming[0]['days_late']))}.")
    return " ".join(said)


def _records(frame: pd.DataFrame, *, on: date) -> list[Record]:
    return [
        {
            "row": place,
            "title": str(row["title"]),
            "made": _day(row["made_on"]),
            "due": _day(row["due"]),
            "late_until": _day(max(pd.Timestamp(row["due"]), pd.Timestamp(on))),
            "aside": _aside(int(row["days_late"])),
            "words": f"{row['title']}: {row['status']}, {_aside(int(row['days_late']))}",
        }
        for place, row in enumerate(rows.records(frame))
    ]


def _day(day: Any) -> str:  # noqa: ANN401 - a day, of whichever kind a frame keeps
    return f"{pd.Timestamp(day):%Y-%m-%d}"


def _aside(days_late: int) -> str:
    if days_late == 0:
        return "due today"
    days = "1 day" if abs(days_late) == 1 else f"{abs(days_late):,} days"
    return f"{days} late" if days_late > 0 else f"due in {days}"


def _lines(found: list[Record], *, on: date, shape: Layout, colours: Ink) -> list[alt.Chart]:
    """Return each row's time until it is due, how late it is, its due day, and the day of today across all rows.

    Days are drawn in universal time: no browser's time zone can move them.
    """
    inside = rows.inset(PAD_RIGHT, left=PAD_LEFT)
    scale = alt.Scale(type="utc", range=inside, nice="month")
    axis = alt.Axis(
        title=_AXIS,
        titleAnchor="start",
        titleX=0,
        titleAlign="left",
        labelExpr="utcFormat(datum.value, '%b %Y')",
        labelOverlap="greedy",
        tickCount=6,
    )
    base = alt.Chart(rows.data([*found]))
    plan = base.mark_rule(color=colours.link, strokeWidth=2, yOffset=shape.mark_y, aria=False)
    late = base.mark_rule(color=colours.solid, strokeWidth=8, yOffset=shape.mark_y, aria=False)
    point = base.mark_point(
        shape="triangle-down", filled=True, color=colours.solid, size=MARK_SIZE, opacity=1, yOffset=shape.mark_y
    )
    today = alt.Chart(rows.data([{"today": _day(on)}])).mark_rule(color=colours.link, strokeDash=[4, 4], aria=False)
    return [
        today.encode(x=alt.X("today:T", scale=scale, axis=axis)),
        plan.encode(x=alt.X("made:T", scale=scale, axis=axis), x2="due:T", y=rows.row_y()),
        late.encode(x=alt.X("due:T", scale=scale, axis=axis), x2="late_until:T", y=rows.row_y()),
        point.encode(
            x=alt.X("due:T", scale=scale, axis=axis),
            y=rows.row_y(),
            description="words:N",
            tooltip=alt.Tooltip("words:N", title=" "),
        ),
    ]
