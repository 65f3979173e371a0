"""Did it change? Scores by period, never joined across a change of meaning or a period without a figure."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from charter.charts import marks, period_layers, rows
from charter.charts.rows import Record
from charter.charts.sides import PUBLIC_OWE, Sides
from charter.charts.theme import Ink, dressed, ink, require
from db.types import Measure

COLUMNS = ("period", "series", "score", "low", "high", "segment", "hidden")
NAME_APART = 14
BREAK = "Meaning\nchanged"


def over_periods(
    frame: pd.DataFrame,
    *,
    title: str | None = None,
    subtitle: str | None = None,
    sides: Sides = PUBLIC_OWE,
    dark: bool = False,
) -> alt.LayerChart:
    """Draw a line a series over the periods, with intervals, and a dashed rule at each change of meaning.

    Args:
        frame: one row a period and series, periods in order: period (its name); series, a `Measure`; score, low and
            high from 0 to 100, each may be missing; segment, a number that rises when the meaning changes; hidden.
            Optional: reason. What is hidden does not enter the chart's data.
        title: the finding in words, for exports.
        subtitle: unit, periods and n, for exports.
        sides: the names of the two series.
        dark: for dark paper.

    Raises:
        ValueError: no row, a column is missing, or a series is neither practice nor experience.
    """
    require(frame, COLUMNS)
    colours, periods, found = ink(dark=dark), _periods(frame), _records(frame, sides)
    shown = [row for row in found if row["value"] is not None]
    layers: list[alt.Chart] = [
        period_layers.break_rule(_breaks(found), periods, colours),
        period_layers.break_name(_breaks(found), periods, colours),
    ]
    for measure, edge, fill, shape in _looks(sides, colours):
        own = [row for row in shown if row["measure"] == measure]
        layers += period_layers.series_layers(own, periods=periods, edge=edge, fill=fill, shape=shape, colours=colours)
    layers += [
        period_layers.value_layer(_values(shown), periods, colours),
        period_layers.hidden_layer([row for row in found if row["hidden"]], periods, colours),
        period_layers.name_layer(_names(shown, sides), colours),
    ]
    words = over_periods_words(frame, sides=sides)
    return dressed(alt.LayerChart(layer=layers), colours=colours, words=words, title=title, subtitle=subtitle)


def over_periods_words(frame: pd.DataFrame, *, sides: Sides = PUBLIC_OWE) -> str:
    """Say each series' scores period by period, what is hidden, and between which periods nothing is compared.

    Raises:
        ValueError: no row, a column is missing, or a series is neither practice nor experience.
    """
    require(frame, COLUMNS)
    found, periods = _records(frame, sides), _periods(frame)
    parts: list[str] = []
    for name in (sides.experience, sides.practice):
        own = [f"{row['period']} {row['said']}" for row in found if row["series"] == name]
        if own:
            parts.append(f"{name} by period, from 0 to 100: {', '.join(own)}.")
    for row in _breaks(found):
        before = periods[periods.index(row["period"]) - 1]
        parts.append(f"The meaning changed after {before}: {before} and {row['period']} are not compared.")
    return " ".join(parts)


def _periods(frame: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(str(name) for name in frame["period"]))


def _records(frame: pd.DataFrame, sides: Sides) -> list[Record]:
    """Return the rows in whole points; `run` numbers the stretches that one line may join."""
    periods = _periods(frame)
    found: list[Record] = []
    last: dict[Measure, tuple[int, int, int]] = {}
    for row in rows.records(frame):
        measure, absent = Measure(row["series"]), marks.absence(row, "score")
        place, segment = periods.index(str(row["period"])), int(row["segment"])
        before, same, run = last.get(measure, (place, segment, 0))
        if same != segment or place - before > 1:
            run += 1
        if not absent:
            last[measure] = place, segment, run
        value, low, high = (None if absent else marks.number(row[name]) for name in ("score", "low", "high"))
        name = sides.practice if measure is Measure.PRACTICE else sides.experience
        said = absent or f"{value}{marks.range_words(low, high)}"
        found.append(
            {
                "period": str(row["period"]),
                "measure": measure,
                "series": name,
                "segment": segment,
                "run": run,
                "value": value,
                "low": low,
                "high": high,
                "hidden": marks.flag(row, "hidden"),
                "said": said,
                "words": f"{name}, {row['period']}: {said}",
            }
        )
    return found


def _breaks(found: Sequence[Record]) -> list[Record]:
    """Return the periods at which the meaning of either series differs from the period before."""
    last: dict[Measure, int] = {}
    changed: dict[str, Record] = {}
    for row in found:
        if last.get(row["measure"], row["segment"]) != row["segment"]:
            changed[row["period"]] = {"period": row["period"], "name": BREAK}
        last[row["measure"]] = row["segment"]
    return list(changed.values())


def _looks(sides: Sides, colours: Ink) -> list[tuple[Measure, str, str, str]]:
    """Return each series with its line's colour, its mark's fill and its shape; experience is drawn last, on top."""
    looks = zip(sides.edges(colours), sides.fills(colours), sides.shapes(), strict=True)
    return [(measure, *look) for measure, look in zip((Measure.EXPERIENCE, Measure.PRACTICE), looks, strict=True)][::-1]


def _values(shown: Sequence[Record]) -> list[Record]:
    """Return the scores as labels: a period's higher one above all its marks, the lower one below them."""
    labels: list[Record] = []
    for period in dict.fromkeys(row["period"] for row in shown):
        here = sorted((row for row in shown if row["period"] == period), key=lambda row: row["value"])
        ends = [row[name] for row in here for name in ("value", "low", "high") if row[name] is not None]
        for row in here:
            above = row is here[-1]
            weight = 700 if row["measure"] is Measure.EXPERIENCE else 400
            at = {"at": max(ends), "dy": -13} if above else {"at": min(ends), "dy": 14}
            labels.append({"period": period, "label": f"{row['value']}", "weight": weight} | at)
    return labels


def _names(shown: Sequence[Record], sides: Sides) -> list[Record]:
    """Return each series' name at the height of its last score, moved apart where the two are close."""
    last = {row["series"]: row for row in shown}
    ordered = sorted(last.values(), key=lambda row: (row["value"], row["series"] == sides.practice))
    heights = [float(row["value"]) for row in ordered]
    if len(heights) > 1 and heights[1] - heights[0] < NAME_APART:
        middle = min(max(sum(heights) / 2, NAME_APART / 2), 100 - NAME_APART / 2)
        heights = [middle - NAME_APART / 2, middle + NAME_APART / 2]
    return [
        {
            "at": height,
            "label": "\n".join(row["series"].rsplit(" ", 1)),
            "weight": 700 if row["measure"] is Measure.EXPERIENCE else 400,
        }
        for row, height in zip(ordered, heights, strict=True)
    ]
