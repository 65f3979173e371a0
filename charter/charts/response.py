"""Who answered? One bar a group: the organisations that answered, within all that were asked."""

import altair as alt
import pandas as pd

from charter.charts import marks, rows
from charter.charts.rows import Layout, Record
from charter.charts.theme import Ink, dressed, ink, require
from charter.charts.wording import share

COLUMNS = ("group", "submitted", "invited")
AXIS = ["Number of groups", "Whole bar: asked. Filled part: answered."]


def response_bars(
    frame: pd.DataFrame,
    *,
    title: str | None = None,
    subtitle: str | None = None,
    keep_order: bool = False,
    dark: bool = False,
) -> alt.LayerChart:
    """Draw one bar a group from zero: how many answered of how many were asked.

    Args:
        frame: group (its name); submitted and invited, numbers of organisations, submitted at most invited.
        title: the finding in words, for exports.
        subtitle: unit, period and n, for exports.
        keep_order: true for groups with an order of their own (income bands); otherwise the highest response rate
            is first.
        dark: for dark paper.

    Raises:
        ValueError: no row, a column is missing, or more answered than were asked.
    """
    require(frame, COLUMNS)
    colours, found = ink(dark=dark), _records(frame, keep_order=keep_order)
    titles = [row["title"] for row in found]
    shape = rows.layout(titles, line=rows.SHORT_LINE, label=0)
    layers = [
        rows.title_layer(rows.titled(titles, line=rows.SHORT_LINE), shape=shape, colours=colours, spare=rows.ASIDE),
        *_bars(found, shape=shape, colours=colours),
        rows.aside_layer(found, shape=shape, colour=colours.text),
    ]
    chart = rows.stacked(layers, shape=shape)
    words = response_words(frame, keep_order=keep_order)
    return dressed(chart, colours=colours, words=words, title=title, subtitle=subtitle)


def response_words(frame: pd.DataFrame, *, keep_order: bool = False) -> str:
    """Say how many answered of those asked, in all and group by group. The groups must not overlap.

    Raises:
        ValueError: no row, a column is missing, or more answered than were asked.
    """
    require(frame, COLUMNS)
    found = _records(frame, keep_order=keep_order)
    submitted, invited = (sum(row[name] for row in found) for name in ("submitted", "invited"))
    by_group = "; ".join(f"{row['title']} {row['aside']}" for row in found)
    return f"Groups that answered, of those asked: {_label(submitted, invited)} in all. {by_group}."


def _records(frame: pd.DataFrame, *, keep_order: bool) -> list[Record]:
    found: list[Record] = []
    for row in rows.records(frame):
        submitted, invited = marks.number(row["submitted"]) or 0, marks.number(row["invited"]) or 0
        if submitted > invited:
            raise ValueError(f"More answered ({submitted}) than were asked ({invited}): {row['group']}.")
        label = _label(submitted, invited)
        figures = {"submitted": submitted, "invited": invited, "aside": label, "words": f"{row['group']}: {label}"}
        found.append({"title": str(row["group"])} | figures)
    if not keep_order:
        found.sort(key=lambda row: (-row["submitted"] / max(row["invited"], 1), row["title"]))
    return [{"row": place} | row for place, row in enumerate(found)]


def _label(submitted: int, invited: int) -> str:
    return f"{submitted} of {invited} ({share(submitted, invited)})"


def _bars(found: list[Record], *, shape: Layout, colours: Ink) -> list[alt.Chart]:
    """Return the pale bar of all asked and, over its left part, the dark bar of those that answered."""
    most = max(row["invited"] for row in found)

    def bar(field: str, colour: str, *, aria: bool) -> alt.Chart:
        scale = alt.Scale(domain=[0, max(most, 1)], range=[0, alt.ExprRef("width")], nice=False, zero=True)
        axis = alt.Axis(
            title=AXIS,
            titleAnchor="start",
            titleX=0,
            titleAlign="left",
            tickCount=4,
            format="d",
            tickMinStep=1,
            labelFlush=True,
        )
        layer: alt.Chart = (
            alt.Chart(rows.data(found))
            .mark_bar(height=14, color=colour, yOffset=shape.mark_y, aria=aria)
            .encode(
                x=alt.X(f"{field}:Q", scale=scale, axis=axis, stack=None),
                y=rows.row_y(),
                description=alt.Description("words:N"),
                tooltip=alt.Tooltip("words:N", title=" "),
            )
        )
        return layer

    return [bar("invited", colours.rest, aria=False), bar("submitted", colours.solid, aria=True)]
