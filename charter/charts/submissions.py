"""When did answers arrive? One bar a day."""

import altair as alt
import pandas as pd

from charter.charts import rows
from charter.charts.rows import Record
from charter.charts.theme import dressed, ink, require

COLUMNS = ("day", "sent", "so_far")
_MOST_LABELS = 6


def submission_bars(
    frame: pd.DataFrame, *, title: str | None = None, subtitle: str | None = None, dark: bool = False
) -> alt.LayerChart:
    """Draw how many groups sent their answers on each day, from zero.

    Args:
        frame: day (a date), sent (groups that sent on that day), so_far (groups that had sent by its end).
        title: the finding in words, for exports.
        subtitle: unit and period, for exports.
        dark: for dark paper.

    Raises:
        ValueError: no row, or a column is missing.
    """
    require(frame, COLUMNS)
    colours = ink(dark=dark)
    found: list[Record] = [
        {
            "day": f"{row['day']:%Y-%m-%d}",
            "sent": int(row["sent"]),
            "words": f"{_named(row['day'])}: {row['sent']} sent, {row['so_far']} so far",
        }
        for row in rows.records(frame)
    ]
    chart = alt.LayerChart(layer=[_bars(found, colour=colours.solid)])
    return dressed(chart, colours=colours, words=submission_words(frame), title=title, subtitle=subtitle)


def _bars(found: list[Record], *, colour: str) -> alt.Chart:
    most = max(int(row["sent"]) for row in found)
    layer: alt.Chart = (
        alt.Chart(rows.data(found))
        .mark_bar(color=colour)
        .encode(
            x=alt.X(
                "day:O",
                axis=alt.Axis(
                    title=None,
                    values=_labelled([str(row["day"]) for row in found]),
                    labelExpr="timeFormat(toDate(datum.value), '%-d %b')",
                    labelAngle=0,
                    labelOverlap=True,
                ),
                scale=alt.Scale(paddingInner=0.15),
            ),
            y=alt.Y(
                "sent:Q",
                axis=alt.Axis(title="Groups that sent on the day", tickMinStep=1, tickCount=4, format="d", grid=True),
                scale=alt.Scale(domain=[0, max(most, 1)], nice=True),
            ),
            description="words:N",
            tooltip=alt.Tooltip("words:N", title=" "),
        )
    )
    return layer


def submission_words(frame: pd.DataFrame) -> str:
    """Say in words when answers arrived: the first and last day, the busiest one, and how many in all.

    Raises:
        ValueError: no row, or a column is missing.
    """
    require(frame, COLUMNS)
    found = rows.records(frame)
    busiest = max(found, key=lambda row: int(row["sent"]))
    return (
        f"Groups that sent their answers by day, from {_named(found[0]['day'])} to {_named(found[-1]['day'])}: "
        f"{found[-1]['so_far']} in all. Most came on {_named(busiest['day'])}: {busiest['sent']}."
    )


def _named(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%B}"


def _labelled(days: list[str]) -> list[str]:
    """Choose days for the axis that stand evenly apart, the first among them."""
    return days[:: max(1, -(-len(days) // _MOST_LABELS))]
