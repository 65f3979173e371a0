"""Which promises are kept? Ranked dots: what one side experienced, with what the other says it did."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from charter.charts import marks, rows
from charter.charts.rows import Record
from charter.charts.sides import PUBLIC_OWE, Sides
from charter.charts.theme import Ink, dressed, ink, require

COLUMNS = ("title", "experience", "low", "high", "practice", "n", "invited", "hidden")
AXIS = ["Score out of 100", marks.INTERVAL_NOTE]
FEW_MARK = "[u]"
FEW_NOTE = f"{FEW_MARK}: few answers, so not ranked"


def ranked_dots(
    frame: pd.DataFrame,
    *,
    title: str | None = None,
    subtitle: str | None = None,
    sides: Sides = PUBLIC_OWE,
    dark: bool = False,
) -> alt.LayerChart:
    """Draw one row a promise, from the best experienced to the least.

    Args:
        frame: title; experience, low, high and practice from 0 to 100, each may be missing; n and invited;
            hidden. Optional: reason (words in place of a figure that is missing or hidden) and few (true where few
            answered, so that the row is not ranked and says so). What is hidden does not enter the chart's data.
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
    words = ranked_words(frame, sides=sides)
    return dressed(chart, colours=colours, words=words, title=title, subtitle=subtitle)


def ranked_words(frame: pd.DataFrame, *, sides: Sides = PUBLIC_OWE) -> str:
    """Say what the chart shows: the highest, the lowest, how practice compares, and what is not shown.

    Raises:
        ValueError: no row, or a column is missing.
    """
    require(frame, COLUMNS)
    ordered = _ordered(frame)
    shown = [row for row in ordered if not _absent(row)]
    ranked = [row for row in shown if not marks.flag(row, "few")]
    parts = [f"{sides.experience} of {len(ordered)} promises, from 0 to 100, highest first."]
    if len(ranked) > 1:
        parts.append(f"Highest: {_scored(ranked[0])}. Lowest: {_scored(ranked[-1])}.")
    elif ranked:
        parts.append(f"{_scored(ranked[0])}.")
    both = [row for row in shown if not pd.isna(row["practice"])]
    if both:
        above = sum(row["practice"] > row["experience"] for row in both)
        parts.append(f"{sides.practice} is rated higher in {above} of {len(both)}.")
    return " ".join([*parts, *marks.unshown(ordered, "experience", few=len(shown) - len(ranked))])


def _drawn(ordered: Sequence[Record], *, sides: Sides, colours: Ink) -> alt.LayerChart:
    titles = [str(row["title"]) for row in ordered]
    axis = [*AXIS, FEW_NOTE] if any(_few(row) for row in ordered) else AXIS
    shape, frames = rows.layout(titles), rows.titled(titles)
    pairs = [_points(place, row, sides) for place, row in enumerate(ordered)]
    points = [point for pair in pairs for point in pair]
    above = [label for pair, row in zip(pairs, ordered, strict=True) if not _absent(row) for label in _labels(pair)]
    beside = [
        marks.placed_beside(_label(pair[0], heavy=False))
        for pair, row in zip(pairs, ordered, strict=True)
        if _absent(row) and pair
    ]
    layers = [
        *rows.track_layers(frames, shape=shape, colours=colours, axis_title=axis),
        rows.title_layer(frames, shape=shape, colours=colours),
        marks.interval_layer(points, shape=shape, colour=sides.edges(colours)[0], axis_title=axis),
        marks.point_layer(points, sides=sides, shape=shape, colours=colours, axis_title=axis),
        marks.value_layer(above, y=shape.label_y, colours=colours, axis_title=axis),
        marks.value_layer(beside, y=shape.mark_y, colours=colours, axis_title=axis),
        rows.absent_layer(_absences(ordered), shape=shape, colours=colours),
    ]
    return rows.stacked(layers, shape=shape)


def _ordered(frame: pd.DataFrame) -> list[Record]:
    """Ranked rows first, then those with few answers, then those without a figure: these say nothing by place."""

    def place(row: Record) -> tuple[int, float, str]:
        if _absent(row):
            return 2, 0.0, str(row["title"])
        return int(marks.flag(row, "few")), -float(row["experience"]), str(row["title"])

    return sorted(rows.records(frame), key=place)


def _answers(row: Record) -> str:
    answered, invited = marks.number(row["n"]), marks.number(row["invited"])
    said = "" if answered is None or invited is None else f", from {answered} of {invited}"
    return f"{said}, few answers" if _few(row) else said


def _few(row: Record) -> bool:
    return marks.flag(row, "few") and not _absent(row)


def _absent(row: Record) -> str | None:
    return marks.absence(row, "experience")


def _scored(row: Record) -> str:
    low, high = marks.number(row["low"]), marks.number(row["high"])
    return f"{row['title']}, {marks.number(row['experience'])}{marks.range_words(low, high)}"


def _points(place: int, row: Record, sides: Sides) -> list[Record]:
    """Return a row's one or two points, with nothing in them of a figure that is hidden."""
    base: Record = {"row": place, "title": str(row["title"]), "low": None, "high": None, "few": marks.flag(row, "few")}
    points: list[Record] = []
    if (practice := marks.number(row["practice"])) is not None:
        points.append(base | {"series": sides.practice, "value": practice, "words": f"{sides.practice}: {practice}"})
    if _absent(row) is None:
        low, high, score = (marks.number(row[name]) for name in ("low", "high", "experience"))
        said = f"{score}{marks.range_words(low, high)}{_answers(row)}"
        words = {"value": score, "words": f"{sides.experience}: {said}", "low": low, "high": high}
        points.append(base | {"series": sides.experience} | words)
    return points


def _labels(pair: Sequence[Record]) -> list[Record]:
    """Return a row's values as labels: experience, which the chart ranks by, stands last and in heavier type."""
    return marks.placed_above([_label(point, heavy=point is pair[-1]) for point in pair])


def _label(point: Record, *, heavy: bool) -> Record:
    few = f" {FEW_MARK}" if heavy and point["few"] else ""
    text = {"label": f"{point['value']}{few}", "weight": 700 if heavy else 400}
    return {"row": point["row"], "value": point["value"]} | text


def _absences(ordered: Sequence[Record]) -> list[Record]:
    return [{"row": place, "absent": absent} for place, row in enumerate(ordered) if (absent := _absent(row))]
