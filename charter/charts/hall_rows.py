"""Charts for a hall with a row for each thing: scores of themes, gaps of promises, and counts."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from charter.charts import marks
from charter.charts.hall import AXIS, BIG, EDGE, POINT, TEXT, WHOLE, in_hall, score_x, text_layer, track_layers
from charter.charts.rows import Record, data, records, row_y, x_at
from charter.charts.sides import PUBLIC_OWE, Sides
from charter.charts.theme import Ink, ink, require
from charter.charts.wording import lines, signed

SCORES = ("title", "score", "low", "high", "hidden")
GAPS = ("title", "practice", "experience", "gap", "clear")
HOLLOW = "hollow "
COUNTS = ("title", "sign", "count", "of", "label")
_NAME, _THEME = 26, 20  # letters in a line of a row's name
_SCORE, _GAP, _COUNT = 150, 150, 112  # the height of a row
_SIGN = 62  # room for a row's sign before its name


def hall_scores(frame: pd.DataFrame, *, sides: Sides = PUBLIC_OWE, dark: bool = False) -> alt.LayerChart:
    """Draw a row a theme: its name, its score as a large number, and the score on a track with its interval.

    Args:
        frame: title; score, low and high from 0 to 100, each may be missing; hidden. Optional: reason, for a row
            without a score; few, whether few answered, so that the row says so.
        sides: the names of the two series, of which experience is drawn.
        dark: for dark paper.

    Raises:
        ValueError: no row, or a column is missing.
    """
    require(frame, SCORES)
    colours, left, right = ink(dark=dark), 760, WHOLE - EDGE
    found = [_scored(place, row, sides) for place, row in enumerate(records(frame))]
    shown = [row for row in found if row["score"] is not None]
    point = (
        alt.Chart(data(shown))
        .mark_point(filled=True, opacity=1, size=POINT, strokeWidth=3, shape="diamond")
        .encode(
            x=score_x("score", left, right),
            y=row_y(),
            fill=alt.value(sides.fills(colours)[0]),
            stroke=alt.value(sides.edges(colours)[0]),
            description=alt.Description("words:N"),
        )
    )
    layers = [
        *track_layers(shown, left=left, right=right, colours=colours),
        text_layer(found, field="name", at=0, colour=colours.text, size=58),
        text_layer(shown, field="score", at=left - 70, colour=colours.text, size=BIG, weight=600, align="right"),
        _interval(shown, left=left, right=right, colour=sides.edges(colours)[0]),
        point,
        text_layer(_absent(found), field="absent", at=left, colour=colours.muted, lift=0),
    ]
    return in_hall(layers, colours=colours, width=WHOLE, height=len(found) * _SCORE, below=AXIS)


def hall_gaps(frame: pd.DataFrame, *, sides: Sides = PUBLIC_OWE, dark: bool = False) -> alt.LayerChart:
    """Draw a row a promise, in the frame's order: what each side says, and the gap between them.

    Args:
        frame: title; practice and experience from 0 to 100; gap, practice − experience in points; clear, whether the
            gap is clear. Rows without a gap are not drawn: leave them out.
        sides: the names of the two series.
        dark: for dark paper.

    Raises:
        ValueError: no row, or a column is missing.
    """
    require(frame, GAPS)
    colours, left, right = ink(dark=dark), 740, WHOLE - 2 * EDGE
    found = [_gap(place, row) for place, row in enumerate(records(frame))]
    points = [point for row in found for point in _points(row, sides)]
    layers = [
        *track_layers(found, left=left, right=right, colours=colours),
        text_layer(found, field="name", at=0, colour=colours.text),
        *_links(found, left=left, right=right, colours=colours),
        _key(points, left=left, right=right, sides=sides, colours=colours),
        _values(points, left=left, right=right, colours=colours),
    ]
    return in_hall(layers, colours=colours, width=WHOLE, height=len(found) * _GAP, above=AXIS, below=AXIS)


def hall_counts(frame: pd.DataFrame, *, width: int = WHOLE, names: int = 620, dark: bool = False) -> alt.LayerChart:
    """Draw a bar a row from zero: so many, within so many where there is a whole, with its label at the end.

    Args:
        frame: title; sign, the shape before it as Vega names it, with `HOLLOW` before that, or nothing; count; of, the
            whole that the count is part of, or the count itself; label, the words at the end.
        width: the width of the whole.
        names: how much of it the rows' names take.
        dark: for dark paper.

    Raises:
        ValueError: no row, or a column is missing.
    """
    require(frame, COUNTS)
    colours = ink(dark=dark)
    found = [_counted(place, row) for place, row in enumerate(records(frame))]
    longest = max(len(str(row["label"])) for row in found)
    right = width - 40 - int(longest * TEXT * 0.5)
    scale = alt.Scale(domain=[0, max(*(row["of"] for row in found), 1)], range=[names, right], nice=False)
    base = alt.Chart(data(found)).encode(y=row_y(), description=alt.Description("words:N"))
    bars = [
        base.mark_bar(color=colour, height=54, cornerRadius=4).encode(
            x=alt.X("from:Q", scale=scale, axis=None), x2=alt.X2(f"{field}:Q")
        )
        for field, colour in (("of", colours.rest), ("count", colours.solid))
    ]
    signed_rows = [row for row in found if row["sign"]]
    layers = [
        *bars,
        _signs(signed_rows, colours=colours),
        text_layer(found, field="name", at=_SIGN if signed_rows else 0, colour=colours.text),
        text_layer(found, field="label", at=width, colour=colours.text, weight=600, align="right"),
    ]
    return in_hall(layers, colours=colours, width=width, height=len(found) * _COUNT)


def _scored(place: int, row: Record, sides: Sides) -> Record:
    absent = marks.absence(row, "score")
    score, low, high = (None if absent else marks.number(row[name]) for name in ("score", "low", "high"))
    few = ", few answers" if marks.flag(row, "few") and not absent else ""
    return {
        "row": place,
        "name": lines(f"{row['title']}{few}", _THEME),
        "score": score,
        "low": low,
        "high": high,
        "absent": absent,
        "words": f"{row['title']}, {sides.experience}: {score}{marks.range_words(low, high)}",
    }


def _counted(place: int, row: Record) -> Record:
    return {
        "row": place,
        "name": lines(str(row["title"]), _NAME),
        "sign": str(row["sign"]).removeprefix(HOLLOW),
        "hollow": str(row["sign"]).startswith(HOLLOW),
        "from": 0,
        "count": marks.number(row["count"]),
        "of": marks.number(row["of"]),
        "label": str(row["label"]),
        "words": f"{row['title']}: {row['label']}",
    }


def _signs(found: Sequence[Record], *, colours: Ink) -> alt.Chart:
    """Return each row's sign, drawn and not written: fonts differ in which signs they have."""
    layer: alt.Chart = (
        alt.Chart(data(found))
        .mark_point(size=POINT * 0.5, strokeWidth=6, stroke=colours.text, opacity=1, aria=False)
        .encode(
            x=x_at(_SIGN * 2 // 5),
            y=row_y(),
            shape=alt.Shape("sign:N", scale=None),
            fill=alt.condition("datum.hollow", alt.value("transparent"), alt.value(colours.text)),
        )
    )
    return layer


def _absent(found: Sequence[Record]) -> list[Record]:
    return [{**row, "absent": lines(str(row["absent"]), 38)} for row in found if row["absent"]]


def _interval(shown: Sequence[Record], *, left: int, right: int, colour: str) -> alt.Chart:
    layer: alt.Chart = (
        alt.Chart(data([row for row in shown if row["low"] is not None]))
        .mark_rule(color=colour, strokeWidth=12, strokeCap="round", aria=False)
        .encode(x=score_x("low", left, right), x2=alt.X2("high:Q"), y=row_y())
    )
    return layer


def _gap(place: int, row: Record) -> Record:
    practice, experience = marks.number(row["practice"]) or 0, marks.number(row["experience"]) or 0
    clear = marks.flag(row, "clear")
    return {
        "row": place,
        "title": str(row["title"]),
        "name": lines(str(row["title"]), _NAME),
        "practice": practice,
        "experience": experience,
        "low": min(practice, experience),
        "high": max(practice, experience),
        "middle": (practice + experience) / 2,
        "gap": signed(row["gap"]) if clear else f"{signed(row['gap'])} not clear",
        "weight": 600 if clear else 400,
    }


def _points(row: Record, sides: Sides) -> list[Record]:
    """Return a row's two marks with their values at the outer sides: the lower's left, the higher's right."""
    pair = [
        {"row": row["row"], "series": name, "value": value, "words": f"{row['title']}, {name}: {value}"}
        for name, value in ((sides.practice, row["practice"]), (sides.experience, row["experience"]))
    ]
    lower, higher = sorted(pair, key=lambda point: int(point["value"]))
    return [{**lower, "align": "right", "dx": -38}, {**higher, "align": "left", "dx": 38}]


def _links(found: Sequence[Record], *, left: int, right: int, colours: Ink) -> list[alt.Chart]:
    line = (
        alt.Chart(data(found))
        .mark_rule(color=colours.link, strokeWidth=12, aria=False)
        .encode(x=score_x("low", left, right), x2=alt.X2("high:Q"), y=row_y())
    )
    gap = (
        alt.Chart(data(found))
        .mark_text(fontSize=TEXT, fontWeight=alt.ExprRef("datum.weight"), color=colours.text, dy=-50)
        .encode(x=score_x("middle", left, right), y=row_y(), text=alt.Text("gap:N"))
    )
    return [line, gap]


def _key(points: Sequence[Record], *, left: int, right: int, sides: Sides, colours: Ink) -> alt.Chart:
    names = [sides.experience, sides.practice]
    layer: alt.Chart = (
        alt.Chart(data(points))
        .mark_point(filled=True, opacity=1, size=POINT * 0.8, strokeWidth=3)
        .encode(
            x=score_x("value", left, right),
            y=row_y(),
            shape=alt.Shape("series:N", scale=alt.Scale(domain=names, range=sides.shapes())),
            fill=alt.Fill("series:N", scale=alt.Scale(domain=names, range=sides.fills(colours))),
            stroke=alt.Stroke("series:N", scale=alt.Scale(domain=names, range=sides.edges(colours))),
            description=alt.Description("words:N"),
        )
    )
    return layer


def _values(points: Sequence[Record], *, left: int, right: int, colours: Ink) -> alt.Chart:
    layer: alt.Chart = (
        alt.Chart(data(points))
        .mark_text(align=alt.ExprRef("datum.align"), dx=alt.ExprRef("datum.dx"), fontSize=TEXT, color=colours.text)
        .encode(x=score_x("value", left, right), y=row_y(), text=alt.Text("value:N"))
    )
    return layer
