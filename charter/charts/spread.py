"""How are answers spread? Bars of levels that part at the middle: low answers left, high answers right."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from charter.charts import marks, rows
from charter.charts.rows import Layout, Record
from charter.charts.theme import SMALL_SIZE, Ink, dressed, ink, require
from charter.charts.wording import share
from charter.rules.shares import whole
from charter.words import HIDDEN_MARK, LEVELS

COLUMNS = ("title", "level", "count", "n")
LOW, MIDDLE, HIGH = "Not at all, or a little", "Partly", "Mostly, or fully"
BANDS = {0: LOW, 1: LOW, 2: MIDDLE, 3: HIGH, 4: HIGH}
LABEL_WIDTH = 32
NUMBER_ROOM = 46
AXIS = ["Each bar is all who gave a level", "Its grey part is centred"]


def level_spread(
    frame: pd.DataFrame, *, title: str | None = None, subtitle: str | None = None, dark: bool = False
) -> alt.LayerChart:
    """Draw one bar a row, parted at the middle of its *partly*: the five levels as three bands.

    Three bands of colour hold to the Analysis Function's limit of four and can be told apart without colour, by
    place. The tooltip has the five levels.

    Args:
        frame: one row a title and level: title; level from 0 to 4; count, how many gave it (missing where the row
            is hidden); n, how many gave any level. Optional: hidden and reason, alike for all of a title's rows.
            Titles are drawn in the frame's order.
        title: the finding in words, for exports.
        subtitle: unit, period and n, for exports.
        dark: for dark paper.

    Raises:
        ValueError: no row, a column is missing, or a title's counts do not add up to its n.
    """
    require(frame, COLUMNS)
    colours, found = ink(dark=dark), _records(frame)
    titles = [row["title"] for row in found]
    shape = rows.layout(titles, label=0)
    parts = [part | {"row": place} for place, row in enumerate(found) for part in row["parts"]]
    absences = [{"row": place, "absent": row["absent"]} for place, row in enumerate(found) if row["absent"]]
    layers = [
        rows.title_layer(rows.titled(titles), shape=shape, colours=colours),
        _bar_layer(parts, shape=shape, colours=colours),
        *_number_layers(parts, shape=shape, colours=colours),
        rows.absent_layer(absences, shape=shape, colours=colours),
    ]
    chart = rows.stacked(layers, shape=shape)
    return dressed(chart, colours=colours, words=level_spread_words(frame), title=title, subtitle=subtitle)


def level_spread_words(frame: pd.DataFrame) -> str:
    """Say the share of low, middle and high answers of each row, with its n, and which rows are not shown.

    Raises:
        ValueError: no row, a column is missing, or a title's counts do not add up to its n.
    """
    require(frame, COLUMNS)
    said: list[str] = []
    for row in _records(frame):
        shares = {part["band"]: part["label"] for part in row["parts"]}
        text = f"{shares.get(LOW)} low, {shares.get(MIDDLE)} partly, {shares.get(HIGH)} high, of {row['n']}"
        said.append(f"{row['title']}: {row['absent'] or text}.")
    meaning = "Low is not at all or a little; high is mostly or fully."
    hidden = f" {HIDDEN_MARK} marks a row that is not shown." if any(HIDDEN_MARK in text for text in said) else ""
    return f"How answers are spread. {meaning}{hidden} {' '.join(said)}"


def _records(frame: pd.DataFrame) -> list[Record]:
    """Return one record a title, in the frame's order, with its three parts; hidden ones hold no figure."""
    found: list[Record] = []
    for title in dict.fromkeys(str(name) for name in frame["title"]):
        levels = rows.records(frame[frame["title"] == title])
        absent = next((said for row in levels if (said := marks.absence(row, "count"))), None)
        counts = {int(row["level"]): marks.number(row["count"]) or 0 for row in levels}
        everyone = 0 if absent else marks.number(levels[0]["n"]) or 0
        if not absent and sum(counts.values()) != everyone:
            raise ValueError(f"The levels of “{title}” add up to {sum(counts.values())}, not to its n of {everyone}.")
        absent = absent or (marks.NO_DATA if everyone == 0 else None)
        parts = [] if absent else _parts(title, counts, everyone)
        found.append({"title": title, "absent": absent, "n": everyone, "parts": parts})
    return found


def _parts(title: str, counts: dict[int, int], everyone: int) -> list[Record]:
    """Return the three bands with their ends in per cent of everyone, 0 at the middle of *partly*."""
    sizes = {band: sum(counts.get(level, 0) for level in BANDS if BANDS[level] == band) for band in (LOW, MIDDLE, HIGH)}
    five = ", ".join(f"{name} {share(counts.get(level, 0), everyone)}" for level, name in enumerate(LEVELS))
    start = -100 * (sizes[LOW] + sizes[MIDDLE] / 2) / everyone
    parts: list[Record] = []
    for band, size in sizes.items():
        end = start + 100 * size / everyone
        parts.append(
            {
                "band": band,
                "from": whole(start),
                "to": whole(end),
                "label": share(size, everyone),
                "title": title,
                "words": f"{five}, of {everyone}",
            }
        )
        start = end
    return parts


def _ends(parts: Sequence[Record]) -> list[int]:
    """Return the least and the greatest end of all parts, around 0."""
    ends = [0, 1, *(part[side] for part in parts for side in ("from", "to"))]
    return [min(ends), max(ends)]


def _fitting(parts: Sequence[Record]) -> str:
    """Return the expression that prints a label only where its part is wide enough on this screen."""
    first, last = _ends(parts)
    return f"(datum.to - datum.from) * (width - {2 * NUMBER_ROOM}) / {last - first} < {LABEL_WIDTH} ? '' : datum.label"


def _spread_x(field: str, parts: Sequence[Record]) -> alt.X:
    """Return the horizontal place, as wide as the data need, so that a phone's width is used in full."""
    inside = rows.inset(NUMBER_ROOM, left=NUMBER_ROOM)
    scale = alt.Scale(domain=_ends(parts), range=inside, nice=False)
    axis = alt.Axis(values=[0], labels=False, title=AXIS, titleAnchor="start", titleX=0, titleAlign="left")
    return alt.X(f"{field}:Q", scale=scale, axis=axis)


def _bar_layer(parts: Sequence[Record], *, shape: Layout, colours: Ink) -> alt.Chart:
    bands = alt.Scale(domain=[LOW, MIDDLE, HIGH], range=[colours.low, colours.middle, colours.high])
    key = alt.Legend(columns=alt.ExprRef("width < 480 ? 1 : 3"), symbolType="square")
    layer: alt.Chart = (
        alt.Chart(rows.data(parts))
        .mark_bar(height=20, yOffset=shape.mark_y, stroke=colours.paper, strokeWidth=1)
        .encode(
            x=_spread_x("from", parts),
            x2=alt.X2("to:Q"),
            y=rows.row_y(),
            fill=alt.Fill("band:N", scale=bands, legend=key),
            description=alt.Description("words:N"),
            tooltip=[alt.Tooltip("title:N", title=" "), alt.Tooltip("words:N", title="Answers")],
        )
    )
    return layer


def _number_layers(parts: Sequence[Record], *, shape: Layout, colours: Ink) -> list[alt.Chart]:
    """Return the shares: low left of the bar, high right of it, the middle inside it where it fits."""
    middle = [part | {"at": (part["from"] + part["to"]) / 2} for part in parts if part["band"] == MIDDLE]
    low = [part | {"at": part["from"]} for part in parts if part["band"] == LOW]
    high = [part | {"at": part["to"]} for part in parts if part["band"] == HIGH]
    always, fitting = "datum.label", _fitting(parts)
    places = [(low, "right", -6, always), (middle, "center", 0, fitting), (high, "left", 6, always)]
    return [
        alt.Chart(rows.data(found))
        .mark_text(
            align=alt.ExprRef(f"'{align}'"), dx=dx, fontSize=SMALL_SIZE, color=colours.text, yOffset=shape.mark_y
        )
        .encode(x=_spread_x("at", parts), y=rows.row_y(), text=alt.TextValue(alt.ExprRef(text)))
        for found, align, dx, text in places
    ]
