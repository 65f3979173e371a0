"""A chart as a picture: the drawing with its title above it and its source below, as one SVG."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import ceil

import vl_convert

from charter.charts.theme import LIGHT, TEXT_SIZE
from charter.reports.drawings import Drawing
from charter.reports.fonts import FAMILIES, Weight, font_folder
from charter.reports.lettered_svg import fit_for_svg, lettered, written
from charter.reports.lettering import wrapped

_SIZE = re.compile(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"')
_MARGIN = 24
_TITLE, _SUBTITLE, _FOOT = (22, 29), (TEXT_SIZE + 1, 22), (13, 18)  # pixels: letters, and from line to line
_APART = 18
_A_LITTLE_MORE = 1.00001  # the converter leaves off a part of a pixel, also one that only rounding took away
_FILLED = 0.93  # of a line: an SVG is opened where our fonts are not, and others are a little wider


@dataclass(frozen=True)
class Picture:
    """A picture with its width and height in pixels, of which 96 are an inch."""

    svg: str
    width: float
    height: float


@cache
def _converter() -> None:
    """Tell the converter of our fonts, once."""
    vl_convert.register_font_directory(str(font_folder()))


def chart_svg(found: Drawing, *, width: float) -> Picture:
    """Draw a chart by itself, as wide as is said and as high as it needs; nothing is fetched from anywhere.

    Args:
        found: a drawing that has a chart.
        width: pixels.

    Returns:
        The chart, for a page or a paper that has our fonts: each letter is told which of them holds it.

    Raises:
        ValueError: it has no chart.
    """
    drawn = _chart(found, width=width)
    return replace(drawn, svg=lettered(drawn.svg))


def _chart(found: Drawing, *, width: float) -> Picture:
    """Draw a chart whose lines are whole, for readers who may have other fonts."""
    if found.specification is None:
        raise ValueError(f"There is nothing to draw of “{found.title}”.")
    _converter()
    config = {**found.specification.get("config", {}), "font": FAMILIES}
    told = fit_for_svg({**found.specification, "config": config, "width": width})
    svg = vl_convert.vegalite_to_svg(told, show_warnings=False, allowed_base_urls=[])
    size = _SIZE.match(svg)
    if size is None:
        raise ValueError(f"The chart “{found.title}” came without its size.")
    return Picture(svg, float(size[1]), float(size[2]))


def points(made: Picture, *, pixels: int) -> bytes:
    """Give a picture as PNG, in our own fonts.

    Args:
        made: the picture.
        pixels: how wide it is to be.
    """
    _converter()
    png: bytes = vl_convert.svg_to_png(lettered(made.svg), scale=pixels / made.width * _A_LITTLE_MORE)
    return png


def framed(found: Drawing, *, foot: str, width: float, ratio: float | None = None) -> Picture:
    """Draw a chart with its title, its unit and its source, on white.

    Args:
        found: a drawing that has a chart.
        foot: where the figures are from, and when they were published.
        width: pixels.
        ratio: how much wider than high; a chart that needs more height gets it. None where the chart decides.
    """
    width, inside = round(width), round(width) - 2 * _MARGIN
    chart, line = _chart(found, width=inside), inside * _FILLED
    heading, y = _lines(wrapped(found.title, size=_TITLE[0], weight=600, width=line), _TITLE, y=_MARGIN, weight=600)
    unit, y = _lines(wrapped(found.subtitle, size=_SUBTITLE[0], width=line), _SUBTITLE, y=y + 2, colour=LIGHT.muted)
    sources = wrapped(foot, size=_FOOT[0], width=line)
    needed = y + _APART + chart.height + _APART + len(sources) * _FOOT[1] + _MARGIN
    height = ceil(max(needed, width / ratio) if ratio else needed)
    # Nothing sticks out of the chart, and cutting off what does would take most of the time that drawing it takes.
    at = f'<svg x="{_MARGIN}" y="{y + _APART + (height - needed) / 2:.1f}" overflow="visible" '
    placed = chart.svg.replace("<svg ", at, 1)
    below, _ = _lines(sources, _FOOT, y=height - _MARGIN - len(sources) * _FOOT[1], colour=LIGHT.muted)
    return Picture(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-labelledby="title words" '
        f'font-family="{FAMILIES}">'
        f'<title id="title">{written(found.title)}</title>'
        f'<desc id="words">{written(f"{found.subtitle}. {found.words} {foot}")}</desc>'
        f'<rect width="100%" height="100%" fill="{LIGHT.paper}"/>{heading}{unit}{placed}{below}</svg>',
        width,
        height,
    )


def _lines(
    lines: Sequence[str], sizes: tuple[int, int], *, y: float, weight: Weight = 400, colour: str = LIGHT.text
) -> tuple[str, float]:
    """Write lines below one another, and give where the next one would begin."""
    size, step = sizes
    look = f'font-size="{size}" font-weight="{weight}" fill="{colour}"'
    drawn = "".join(
        f'<text transform="translate({_MARGIN},{y + place * step + size:.1f})" {look}>{written(line)}</text>'
        for place, line in enumerate(lines)
    )
    return drawn, y + len(lines) * step
