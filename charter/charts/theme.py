"""The look of every chart: colours, sizes, font, and the one function that applies them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
from afcharts.af_colours import get_af_colours
from altair.utils import schemapi

from charter.charts.wording import lines

FONT = "Source Sans, Noto Sans, sans-serif"
TEXT_SIZE = 15
SMALL_SIZE = 14
MARK_SIZE = 130
PAD_LEFT = 18
PAD_RIGHT = 36
TICKS = [0, 20, 40, 60, 80, 100]
EXPORT_TITLE = 62
EXPORT_SUBTITLE = 96

# Altair would hold each part of a chart to Vega-Lite's schema as it is made, which takes a quarter of the time that
# making one takes. The tests hold every chart to it as a whole.
schemapi.disable_debug_mode()

_BLUE, _ORANGE = get_af_colours("duo")
_, _GREY = get_af_colours("focus")
_, _TURQUOISE, _PINK, _, _CHARCOAL, _PURPLE = get_af_colours("categorical")
_, _, _, _PALE_BLUE, _ = get_af_colours("sequential")


@dataclass(frozen=True)
class Ink:
    """The colours of one chart on one paper. Practice and experience are used for nothing else."""

    paper: str
    text: str
    muted: str
    track: str
    link: str
    practice: str
    experience: str
    edge: str
    solid: str
    rest: str
    low: str
    middle: str
    high: str


LIGHT = Ink(
    paper="#FFFFFF",
    text="#0B0C0C",
    muted="#505A5F",
    track="#D5DDE4",
    link="#8A949B",
    practice=_BLUE,
    experience=_ORANGE,
    edge="#B8480F",
    solid=_CHARCOAL,
    rest="#E3E8ED",
    low=_PINK,
    middle=_GREY,
    high=_TURQUOISE,
)
DARK = Ink(
    paper="#0F1720",
    text="#EDF2F7",
    muted="#A9B4BC",
    track="#3A4A5A",
    link="#7F8B94",
    practice=_PALE_BLUE,
    experience=_ORANGE,
    edge="#FFA06B",
    solid=_GREY,
    rest="#33414F",
    low=_PURPLE,
    middle="#5B6770",
    high=_TURQUOISE,
)


def ink(*, dark: bool) -> Ink:
    """Return the colours for dark or for light paper."""
    return DARK if dark else LIGHT


def require(frame: pd.DataFrame, columns: Iterable[str]) -> None:
    """Check that a frame has rows and the columns that a chart draws.

    Raises:
        ValueError: there is nothing to draw, or a column is missing; the message names what.
    """
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise ValueError(f"The chart's figures lack {', '.join(missing)}. Nothing was drawn.")
    if frame.empty:
        raise ValueError("There are no figures to draw yet. Ask for this chart when there is at least one row.")


def _heading(colours: Ink) -> dict[str, Any]:
    """Return the look of a title and subtitle, which only exports carry."""
    return {
        "anchor": "start",
        "frame": "group",
        "fontSize": 20,
        "fontWeight": 600,
        "color": colours.text,
        "subtitleColor": colours.muted,
        "subtitleFontSize": TEXT_SIZE,
        "subtitlePadding": 6,
        "lineHeight": 25,
        "subtitleLineHeight": 20,
        "offset": 16,
    }


def _configuration(colours: Ink) -> dict[str, Any]:
    """Return Vega-Lite's configuration for our look, on a clear background that lets the page through."""
    text = {"labelColor": colours.text, "titleColor": colours.text, "labelFontSize": SMALL_SIZE}
    return {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None, "continuousHeight": 260},
        "axis": {
            **text,
            "titleFontSize": SMALL_SIZE,
            "titleFontWeight": 400,
            "titleColor": colours.muted,
            "titlePadding": 8,
            "titleLineHeight": 18,
            "grid": False,
            "domain": False,
            "ticks": False,
            "labelPadding": 6,
            "labelFlush": False,
        },
        "legend": {
            **text,
            "labelFontSize": TEXT_SIZE,
            "title": None,
            "orient": "top",
            "direction": "horizontal",
            "labelLimit": 320,
            "symbolSize": MARK_SIZE,
            "rowPadding": 6,
            "columnPadding": 20,
            "offset": 16,
        },
        "title": _heading(colours),
    }


def dressed(
    chart: alt.LayerChart, *, colours: Ink, words: str, title: str | None, subtitle: str | None
) -> alt.LayerChart:
    """Apply our configuration, the text alternative, and the title where one is asked for.

    Args:
        chart: the layers.
        colours: the colours of the paper it is drawn on.
        words: the text alternative; it becomes the specification's `description`.
        title: the finding in words, for exports; pages write their own above the chart and pass None.
        subtitle: unit, period and n, likewise.

    Returns:
        A chart as wide as its container.
    """
    heading: dict[str, Any] = {}
    if title:
        text = lines(title, EXPORT_TITLE, 4).split("\n")
        below = lines(subtitle or "", EXPORT_SUBTITLE, 4).split("\n")
        heading["title"] = alt.TitleParams(text=text, subtitle=below)
    made: alt.LayerChart = chart.properties(
        width="container",
        description=words,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 0, "right": 0, "top": 4, "bottom": 4},
        **heading,
    ).configure(**_configuration(colours))
    return made


def specification(chart: alt.LayerChart, *, width: int | None = None, background: str | None = None) -> dict[str, Any]:
    """Return a chart as a ready Vega-Lite specification, to be built once a release and kept.

    Args:
        chart: what a function of this room returned.
        width: pixels for an export; without it the chart is as wide as its container on the page.
        background: a colour for an export, for example `LIGHT.paper`; without it the page shows through.
    """
    made: dict[str, Any] = chart.to_dict(validate=False)  # as above
    if width is not None:
        made["width"] = width
    if background is not None:
        made["config"]["background"] = background
    return made
