"""A slide: one idea, one chart, and a headline that states the finding in words made from the figures."""

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from charter.reports.drawings import Drawing
from db.types import SlideKey


class Look(StrEnum):
    """What a series of a chart is, which decides its colour and mark."""

    PRACTICE = "practice"
    EXPERIENCE = "experience"
    PLAIN = "plain"
    REST = "rest"


class Shape(StrEnum):
    """How a chart that a colleague can edit is drawn."""

    BARS = "bars"
    STACKED = "stacked"
    LINES = "lines"


@dataclass(frozen=True)
class Series:
    """One series of a chart: a value for each category, None where there is none to be shown."""

    name: str
    values: tuple[float | None, ...]
    look: Look = Look.PLAIN


@dataclass(frozen=True)
class EditableChart:
    """The figures of a slide's chart, for a program in which it can be edited.

    Attributes:
        shape: how it is drawn.
        categories: what stands along its axis.
        series: its series, each with a value for every category.
        unit: what the values are, such as "score out of 100".
        most: the end of the axis; None where the values decide. It begins at 0.
    """

    shape: Shape
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    most: float | None = None


@dataclass(frozen=True)
class Slide:
    """One slide.

    Attributes:
        key: which one it is.
        headline: the finding, in words made from the figures.
        said: sentences below it, few and short enough for text of 24 points.
        drawing: its chart, drawn for a hall, for light paper; None where it has none.
        dark: the same for dark paper.
        chart: the same figures as a chart to be edited; None where it has none.
        table: the same figures to be read; None where there are none.
        notes: what a speaker may say: the figures with n, and what they rest on.
        source: where the figures are from, a line at the foot; it says of made-up figures that they are.
        link: the address that its QR code leads to; empty where it has none.
    """

    key: SlideKey
    headline: str
    said: tuple[str, ...] = ()
    drawing: Drawing | None = None
    dark: Drawing | None = None
    chart: EditableChart | None = None
    table: pd.DataFrame | None = None
    notes: tuple[str, ...] = ()
    source: str = ""
    link: str = ""
