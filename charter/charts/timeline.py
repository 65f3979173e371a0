"""Where does the charter come from? Its milestones, one a row, along one line of years."""

import calendar
from datetime import date

import altair as alt
import pandas as pd

from charter.charts import rows
from charter.charts.rows import Layout, Record
from charter.charts.theme import PAD_LEFT, Ink, dressed, ink, require

COLUMNS = ("when", "precision", "title")
PRECISIONS = ("year", "month", "day")
DAYS = 365.25


def lineage(
    frame: pd.DataFrame, *, title: str | None = None, subtitle: str | None = None, dark: bool = False
) -> alt.LayerChart:
    """Draw one row a milestone, the oldest first, its mark as long as its date is vague.

    Args:
        frame: when, a date; precision, "year", "month" or "day": how much of the date is known; title.
        title: the finding in words, for exports.
        subtitle: the span of years, for exports.
        dark: for dark paper.

    Raises:
        ValueError: no row, a column is missing, or a precision is none of the three.
    """
    require(frame, COLUMNS)
    colours, found = ink(dark=dark), _records(frame)
    titles = [row["title"] for row in found]
    shape = rows.layout(titles, label=0)
    layers = [
        *_marks(found, shape=shape, colours=colours),
        rows.title_layer(rows.titled(titles), shape=shape, colours=colours),
    ]
    chart = rows.stacked(layers, shape=shape)
    return dressed(chart, colours=colours, words=lineage_words(frame), title=title, subtitle=subtitle)


def lineage_words(frame: pd.DataFrame) -> str:
    """Say the milestones in order, each with as much of its date as is known.

    Raises:
        ValueError: no row, a column is missing, or a precision is none of the three.
    """
    require(frame, COLUMNS)
    return f"Milestones, oldest first. {'. '.join(row['title'] for row in _records(frame))}."


def date_words(when: date, precision: str) -> str:
    """Return as much of a date as is known: "2006", "December 2006" or "4 December 2006".

    Raises:
        ValueError: the precision is none of "year", "month" and "day".
    """
    if precision not in PRECISIONS:
        raise ValueError(f"A milestone's date is known to the {', '.join(PRECISIONS)}, not to the “{precision}”.")
    month = calendar.month_name[when.month]
    return {"year": f"{when.year}", "month": f"{month} {when.year}", "day": f"{when.day} {month} {when.year}"}[
        precision
    ]


def _records(frame: pd.DataFrame) -> list[Record]:
    """Return the milestones in the frame's order: a date that is known to the year alone says nothing of its order.

    Dates become years with a fraction: no browser's time zone can move them.
    """
    found: list[Record] = []
    for row in rows.records(frame):
        when, precision = pd.Timestamp(row["when"]).date(), str(row["precision"])
        words = f"{date_words(when, precision)}: {row['title']}"
        first, last = _span(when, precision)
        found.append({"title": words, "first": _year(first), "last": _year(last)})
    return [{"row": place} | row for place, row in enumerate(found)]


def _span(when: date, precision: str) -> tuple[date, date]:
    """Return the first and the last day that a date of this precision may mean."""
    if precision == "year":
        return date(when.year, 1, 1), date(when.year, 12, 31)
    if precision == "month":
        return when.replace(day=1), when.replace(day=calendar.monthrange(when.year, when.month)[1])
    return when, when


def _year(when: date) -> float:
    return round(when.year + (when.timetuple().tm_yday - 1) / DAYS, 3)


def _marks(found: list[Record], *, shape: Layout, colours: Ink) -> list[alt.Chart]:
    """Return each row's line of time, and its milestone as a bar over the days that its date may mean."""
    start = int(min(row["first"] for row in found)) // 5 * 5
    end = int(max(row["last"] for row in found)) // 5 * 5 + 5
    inside = rows.inset(PAD_LEFT, left=PAD_LEFT)
    scale = alt.Scale(domain=[start, end], range=inside, nice=False, zero=False)
    years = list(range(start, end + 1, 5))
    axis = alt.Axis(values=years, format="d", title=None, labelOverlap="parity")
    spans = [row | {"from": start, "to": end} for row in found]
    base = alt.Chart(rows.data(spans))
    line = base.mark_rule(color=colours.track, strokeWidth=1, yOffset=shape.mark_y, aria=False)
    bar = base.mark_rule(color=colours.solid, strokeWidth=10, strokeCap="square", yOffset=shape.mark_y)
    return [
        line.encode(x=alt.X("from:Q", scale=scale, axis=axis), x2=alt.X2("to:Q"), y=rows.row_y()),
        bar.encode(
            x=alt.X("first:Q", scale=scale, axis=axis),
            x2=alt.X2("last:Q"),
            y=rows.row_y(),
            description=alt.Description("title:N"),
            tooltip=alt.Tooltip("title:N", title=" "),
        ),
    ]
