"""How does it look by group? One score a group of organisations, with its interval and its number of answers."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from charter.charts import marks, rows
from charter.charts.rows import Record
from charter.charts.sides import PUBLIC_OWE, Sides
from charter.charts.theme import Ink, dressed, ink, require
from charter.words import HIDDEN_MARK, listed
from db.types import Measure

COLUMNS = ("group", "score", "low", "high", "n", "hidden", "reason")


def breakdown_dots(
    frame: pd.DataFrame,
    *,
    title: str | None = None,
    subtitle: str | None = None,
    measure: Measure = Measure.EXPERIENCE,
    sides: Sides = PUBLIC_OWE,
    line_note: str = marks.INTERVAL_NOTE,
    dark: bool = False,
) -> alt.LayerChart:
    """Draw one row a group, in the frame's own order: the order of bands and kinds carries meaning.

    Args:
        frame: group (its name); score, low and high from 0 to 100, each may be missing; n, answers; hidden; reason,
            the words that stand in place of a score that is hidden or missing. What is hidden does not enter the
            chart's data, its n included.
        title: the finding in words, for exports.
        subtitle: unit, period and n, for exports.
        measure: whether the scores are experience or practice; it sets shape and colour.
        sides: the names of the two measures.
        line_note: what the line from low to high means.
        dark: for dark paper.

    Raises:
        ValueError: no row, or a column is missing.
    """
    require(frame, COLUMNS)
    colours, found = ink(dark=dark), _records(frame)
    chart = _drawn(found, measure=measure, sides=sides, line_note=line_note, colours=colours)
    words = breakdown_words(frame, measure=measure, sides=sides)
    return dressed(chart, colours=colours, words=words, title=title, subtitle=subtitle)


def breakdown_words(frame: pd.DataFrame, *, measure: Measure = Measure.EXPERIENCE, sides: Sides = PUBLIC_OWE) -> str:
    """Say each group's score with its interval and answers, and which groups are hidden and why.

    Raises:
        ValueError: no row, or a column is missing.
    """
    require(frame, COLUMNS)
    found = _records(frame)
    shown = [row for row in found if not row["absent"]]
    parts = [f"{_name(measure, sides)} by group, from 0 to 100."]
    if shown:
        scores = [
            f"{row['title']} {row['score']}{marks.range_words(row['low'], row['high'])}, {row['n']} answers"
            for row in shown
        ]
        parts.append(f"{'; '.join(scores)}.")
    hidden = [row["title"] for row in found if row["hidden"]]
    missing = [row["title"] for row in found if row["absent"] and not row["hidden"]]
    if hidden:
        parts.append(f"Marked {HIDDEN_MARK}, not shown: {listed(hidden)}.")
    if missing:
        parts.append(f"Without a figure: {listed(missing)}.")
    return " ".join(parts)


def _drawn(found: Sequence[Record], *, measure: Measure, sides: Sides, line_note: str, colours: Ink) -> alt.LayerChart:
    axis = ["Score out of 100", line_note]
    colour = sides.edges(colours)[measure is Measure.PRACTICE]
    titles = [row["title"] for row in found]
    shape, frames = rows.layout(titles, line=rows.SHORT_LINE), rows.titled(titles, line=rows.SHORT_LINE)
    points = [_point(place, row, _name(measure, sides)) for place, row in enumerate(found) if not row["absent"]]
    labels = [label for point in points for label in marks.placed_above([point])]
    absences = [{"row": place, "absent": row["absent"]} for place, row in enumerate(found) if row["absent"]]
    layers = [
        *rows.track_layers(frames, shape=shape, colours=colours, axis_title=axis),
        rows.title_layer(frames, shape=shape, colours=colours, spare=rows.ASIDE),
        rows.aside_layer(points, shape=shape, colour=colours.muted),
        marks.interval_layer(points, shape=shape, colour=colour, axis_title=axis),
        marks.point_layer(points, sides=sides, shape=shape, colours=colours, axis_title=axis, only=measure),
        marks.value_layer(labels, y=shape.label_y, colours=colours, axis_title=axis),
        rows.absent_layer(absences, shape=shape, colours=colours),
    ]
    return rows.stacked(layers, shape=shape)


def _name(measure: Measure, sides: Sides) -> str:
    return sides.practice if measure is Measure.PRACTICE else sides.experience


def _records(frame: pd.DataFrame) -> list[Record]:
    """Return the rows in their order, in whole numbers, with no figure in those that are not shown."""
    found: list[Record] = []
    for row in rows.records(frame):
        absent = marks.absence(row, "score")
        figures = {name: None if absent else marks.number(row[name]) for name in ("score", "low", "high", "n")}
        found.append({"title": str(row["group"]), "absent": absent, "hidden": marks.flag(row, "hidden")} | figures)
    return found


def _point(place: int, row: Record, series: str) -> Record:
    score, low, high, answers = row["score"], row["low"], row["high"], row["n"]
    return {
        "row": place,
        "title": row["title"],
        "series": series,
        "value": score,
        "low": low,
        "high": high,
        "label": f"{score}",
        "weight": 700,
        "aside": f"{answers} answers",
        "words": f"{series}: {score}{marks.range_words(low, high)}, from {answers} answers",
    }
