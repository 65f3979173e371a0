"""A chart for a hall: what both sides said of one promise in each review, since its meaning last changed."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from charter.charts import marks
from charter.charts.hall import AXIS, PART, POINT, TEXT, in_hall
from charter.charts.rows import Record, data, records, x_at
from charter.charts.sides import PUBLIC_OWE, Sides
from charter.charts.theme import Ink, ink, require
from charter.words import HIDDEN_MARK
from db.types import Measure

COLUMNS = ("period", "series", "score", "hidden")
_HEIGHT = 420
_AXIS = 110  # room for the scores at the left
_NAMES = 350  # room for the names of the series at the right
_APART = 32  # points by which two names stand apart
_HIDDEN_AT = 4


def hall_reviews(frame: pd.DataFrame, *, sides: Sides = PUBLIC_OWE, dark: bool = False) -> alt.LayerChart:
    """Draw a line a series over the reviews, each score with its number.

    Args:
        frame: one row a review and series, reviews in order: period (its name); series, a `Measure`; score from 0 to
            100, may be missing; hidden. A line joins only reviews that follow each other and both have a score.
        sides: the names of the two series.
        dark: for dark paper.

    Raises:
        ValueError: no row, or a column is missing.
    """
    require(frame, COLUMNS)
    colours, periods = ink(dark=dark), list(dict.fromkeys(str(name) for name in frame["period"]))
    found = [_record(row, sides, periods) for row in records(frame)]
    shown = [row for row in found if row["score"] is not None]
    looks = zip(sides.edges(colours), sides.fills(colours), sides.shapes(), strict=True)
    layers: list[alt.Chart] = []
    for measure, look in list(zip((Measure.EXPERIENCE, Measure.PRACTICE), looks, strict=True))[::-1]:
        layers += _series([row for row in shown if row["measure"] is measure], periods, look)
    layers += [_values(shown, periods, colours), _names(shown, colours)]
    hidden = [row | {"score": _HIDDEN_AT, "label": HIDDEN_MARK, "dy": 0} for row in found if row["hidden"]]
    if hidden:
        layers.append(_text(hidden, periods, colours))
    return in_hall(layers, colours=colours, width=PART - _AXIS, height=_HEIGHT, left=_AXIS, above=30, below=AXIS)


def _record(row: Record, sides: Sides, periods: Sequence[str]) -> Record:
    measure, hidden = Measure(row["series"]), marks.flag(row, "hidden")
    name = sides.practice if measure is Measure.PRACTICE else sides.experience
    score = None if hidden else marks.number(row["score"])
    return {
        "period": str(row["period"]),
        "place": periods.index(str(row["period"])),
        "measure": measure,
        "series": name,
        "score": score,
        "hidden": hidden,
        "words": f"{name}, {row['period']}: {score}",
    }


def _x(periods: Sequence[str]) -> alt.X:
    scale = alt.Scale(type="band", domain=list(periods), range=[0, PART - _AXIS - _NAMES], padding=0)
    axis = alt.Axis(title=None, labelAngle=0, labelOverlap="parity")
    return alt.X("period:O", scale=scale, axis=axis, bandPosition=0.5)


def _y(field: str, colours: Ink | None = None) -> alt.Y:
    axis = alt.Axis(values=[0, 50, 100], format="d", title=None)
    if colours is not None:
        axis = alt.Axis(values=[0, 50, 100], format="d", title=None, grid=True, gridColor=colours.track, gridWidth=3)
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, 100], nice=False), axis=axis)


def _series(own: Sequence[Record], periods: Sequence[str], look: tuple[str, str, str]) -> list[alt.Chart]:
    edge, fill, shape = look
    base = alt.Chart(data(_runs(own))).encode(
        x=_x(periods), y=_y("score"), description=alt.Description("words:N"), detail=alt.Detail("run:N")
    )
    return [
        base.mark_line(color=edge, strokeWidth=8, aria=False),
        base.mark_point(filled=True, opacity=1, size=POINT * 0.7, strokeWidth=3, fill=fill, stroke=edge, shape=shape),
    ]


def _runs(own: Sequence[Record]) -> list[Record]:
    """Number the stretches that a line may join: a review without a score ends one."""
    return [{**row, "run": row["place"] - place} for place, row in enumerate(own)]


def _values(shown: Sequence[Record], periods: Sequence[str], colours: Ink) -> alt.Chart:
    labels = []
    for row in shown:
        others = [each["score"] for each in shown if each["period"] == row["period"] and each is not row]
        below = bool(others) and row["score"] < others[0]
        labels.append({**row, "label": f"{row['score']}", "dy": 56 if below else -52})
    return _text(labels, periods, colours)


def _text(labels: Sequence[Record], periods: Sequence[str], colours: Ink) -> alt.Chart:
    mark = alt.Chart(data(labels)).mark_text(
        fontSize=TEXT, fontWeight=600, color=colours.text, dy=alt.ExprRef("datum.dy")
    )
    layer: alt.Chart = mark.encode(x=_x(periods), y=_y("score", colours), text=alt.Text("label:N"))
    return layer


def _names(shown: Sequence[Record], colours: Ink) -> alt.Chart:
    """Return each series' name at the height of its last score, moved apart where the two are close."""
    last = sorted({row["series"]: row for row in shown}.values(), key=lambda row: (row["score"], row["series"]))
    heights = [float(row["score"]) for row in last]
    if len(heights) > 1 and heights[1] - heights[0] < _APART:
        middle = min(max(sum(heights) / 2, _APART / 2), 100 - _APART / 2)
        heights = [middle - _APART / 2, middle + _APART / 2]
    named = [
        {"score": height, "label": "\n".join(row["series"].rsplit(" ", 1))}
        for row, height in zip(last, heights, strict=True)
    ]
    mark = alt.Chart(data(named)).mark_text(
        align="left", fontSize=TEXT, lineHeight=TEXT * 1.05, lineBreak="\n", dy=-TEXT / 2, color=colours.text
    )
    layer: alt.Chart = mark.encode(x=x_at(PART - _AXIS - _NAMES + 10), y=_y("score"), text=alt.Text("label:N"))
    return layer
