"""Where do the sides disagree? A dumbbell a promise: practice, experience, and the signed gap between them."""

import altair as alt
import pandas as pd

from charter.charts import marks, rows
from charter.charts.rows import Layout, Record
from charter.charts.sides import PUBLIC_OWE, Sides
from charter.charts.theme import SMALL_SIZE, Ink, dressed, ink, require
from charter.charts.wording import signed

COLUMNS = ("title", "practice", "experience", "gap", "clear")
NOT_CLEAR = "not clear"
AXIS = ["Score out of 100", "Number on the line: points apart", "Not clear: too small to be sure of"]


def dumbbell(
    frame: pd.DataFrame,
    *,
    title: str | None = None,
    subtitle: str | None = None,
    sides: Sides = PUBLIC_OWE,
    dark: bool = False,
) -> alt.LayerChart:
    """Draw one row a promise, from the widest gap to the narrowest, whichever side rates it higher.

    Args:
        frame: title; practice and experience from 0 to 100; gap, practice − experience in points; clear, whether
            the gap is clear (method, rule 7). Optional: hidden and reason, for a row whose gap is not shown; nothing
            of its figures enters the chart's data but the practice, which public bodies give by name.
        title: the finding in words, for exports.
        subtitle: unit, period and n, for exports.
        sides: the names of the two series.
        dark: for dark paper.

    Raises:
        ValueError: no row, or a column is missing.
    """
    require(frame, COLUMNS)
    colours, ordered = ink(dark=dark), _ordered(frame)
    chart = _drawn(ordered, sides=sides, colours=colours)
    words = dumbbell_words(frame, sides=sides)
    return dressed(chart, colours=colours, words=words, title=title, subtitle=subtitle)


def dumbbell_words(frame: pd.DataFrame, *, sides: Sides = PUBLIC_OWE) -> str:
    """Say where the sides are furthest apart, where closest, how many gaps are clear, and what is not shown.

    Raises:
        ValueError: no row, or a column is missing.
    """
    require(frame, COLUMNS)
    ordered = _ordered(frame)
    shown = [row for row in ordered if not _absent(row)]
    parts = [f"The {sides.difference}, {_minus(sides)}, for {len(ordered)} promises, widest first."]
    if len(shown) > 1:
        parts.append(f"Widest: {_said(shown[0], sides)}. Narrowest: {_said(shown[-1], sides)}.")
    elif shown:
        parts.append(f"{_said(shown[0], sides)}.")
    if shown:
        parts.append(f"{sum(marks.flag(row, 'clear') for row in shown)} of {len(shown)} are clear.")
    return " ".join([*parts, *marks.unshown(ordered, "gap")])


def _drawn(ordered: list[Record], *, sides: Sides, colours: Ink) -> alt.LayerChart:
    titles = [str(row["title"]) for row in ordered]
    shape, frames = rows.layout(titles), rows.titled(titles)
    links = [_link(place, row) for place, row in enumerate(ordered) if not _absent(row)]
    points = [point for place, row in enumerate(ordered) if not _absent(row) for point in _points(place, row, sides)]
    labels = [
        label
        for link in links
        for label in marks.placed_outside([_label(point) for point in points if point["row"] == link["row"]])
    ]
    absences = [{"row": place, "absent": said} for place, row in enumerate(ordered) if (said := _absent(row))]
    layers = [
        *rows.track_layers(frames, shape=shape, colours=colours, axis_title=AXIS),
        rows.title_layer(frames, shape=shape, colours=colours),
        *_link_layers(links, shape=shape, colours=colours, axis_title=AXIS),
        marks.point_layer(points, sides=sides, shape=shape, colours=colours, axis_title=AXIS),
        marks.value_layer(labels, y=shape.mark_y, colours=colours, axis_title=AXIS),
        rows.absent_layer(absences, shape=shape, colours=colours),
    ]
    return rows.stacked(layers, shape=shape)


def _minus(sides: Sides) -> str:
    return f"{sides.practice} less {sides.experience[0].lower()}{sides.experience[1:]}"


def _said(row: Record, sides: Sides) -> str:
    practice, experience = marks.number(row["practice"]), marks.number(row["experience"])
    both = f"{sides.practice} {practice}, {sides.experience[0].lower()}{sides.experience[1:]} {experience}"
    return f"{row['title']}, {signed(row['gap'])} ({both})"


def _absent(row: Record) -> str | None:
    return marks.absence(row, "gap")


def _ordered(frame: pd.DataFrame) -> list[Record]:
    def place(row: Record) -> tuple[bool, float, str]:
        absent = _absent(row) is not None
        return absent, 0.0 if absent else -abs(float(row["gap"])), str(row["title"])

    return sorted(rows.records(frame), key=place)


def _points(place: int, row: Record, sides: Sides) -> list[Record]:
    series = {sides.practice: row["practice"], sides.experience: row["experience"]}
    return [
        {
            "row": place,
            "title": str(row["title"]),
            "series": name,
            "value": marks.number(value),
            "words": f"{name}: {marks.number(value)}",
        }
        for name, value in series.items()
    ]


def _label(point: Record) -> Record:
    return {"row": point["row"], "value": point["value"], "label": f"{point['value']}", "weight": 400}


def _link(place: int, row: Record) -> Record:
    practice, experience = marks.number(row["practice"]) or 0, marks.number(row["experience"]) or 0
    clear, gap = marks.flag(row, "clear"), marks.number(row["gap"])
    return {
        "row": place,
        "low": min(practice, experience),
        "high": max(practice, experience),
        "middle": (practice + experience) / 2,
        "label": signed(row["gap"]) if clear or gap == 0 else f"{signed(row['gap'])} {NOT_CLEAR}",
        "weight": 700 if clear else 400,
        "thick": 4 if clear else 2,
    }


def _link_layers(
    links: list[Record], *, shape: Layout, colours: Ink, axis_title: list[str]
) -> tuple[alt.Chart, alt.Chart]:
    """Return the lines between the marks, thicker where the gap is clear, and the gaps above them."""
    line = (
        alt.Chart(rows.data(links))
        .mark_rule(color=colours.link, strokeWidth=alt.ExprRef("datum.thick"), yOffset=shape.mark_y, aria=False)
        .encode(x=rows.score_x("low", axis_title), x2=alt.X2("high:Q"), y=rows.row_y())
    )
    gap = (
        alt.Chart(rows.data(links))
        .mark_text(
            fontSize=SMALL_SIZE,
            fontWeight=alt.ExprRef("datum.weight"),
            color=colours.text,
            yOffset=shape.label_y,
            align=alt.ExprRef("datum.middle < 12 ? 'left' : datum.middle > 88 ? 'right' : 'center'"),
        )
        .encode(x=rows.score_x("middle", axis_title), y=rows.row_y(), text=alt.Text("label:N"))
    )
    return line, gap
