"""The show: a release's slides as one HTML file, which runs from a USB stick without any server or network.

Everything is in it: charts as SVG for light and for dark paper, our fonts, one small script, one style. Its own policy
lets nothing else run, and nothing be fetched.
"""

import json
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from charter.reports.contents import Contents
from charter.reports.deck.placing import Placed, place
from charter.reports.deck.show_parts import FOLDER, content_policy, script, style
from charter.reports.deck.slide import Slide
from charter.reports.drawings import Drawing
from charter.reports.picture import Picture, chart_svg
from charter.words import MADE_UP_MARK, marked

_CHARTS = 64  # of six releases
_GURMUKHI = range(0x0A00, 0x0A80)
_TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


@dataclass(frozen=True)
class Shown:
    """A slide as the template takes it.

    Attributes:
        slide: what it says.
        placed: its words as they fit.
        light: its chart for light paper, or nothing.
        dark: its chart for dark paper, or nothing.
        code: its QR code, or nothing.
    """

    slide: Slide
    placed: Placed
    light: Markup
    dark: Markup
    code: Markup


def make_show(contents: Contents, slides: tuple[Slide, ...], *, address: str) -> bytes:
    """Make the show of a release.

    Args:
        contents: the release.
        slides: its slides, in the order in which they are shown: `make_slides`, or `arranged`.
        address: where people reach the site, without a slash at its end.

    Returns:
        An HTML file.
    """
    release = contents.release
    review = marked(release.period_title, made_up=release.made_up)
    body = Markup(  # noqa: S704 - the template has escaped every word in it
        _TEMPLATES.get_template("slides.html").render(slides=[_shown(slide) for slide in slides])
    )
    written = _TEMPLATES.get_template("show.html").render(
        title=f"{slides[0].headline} {review}" if slides else review,
        headlines=[slide.headline for slide in slides],
        made_up=MADE_UP_MARK if release.made_up else "",
        address=f"{address}/deck/{release.ref}",
        policy=content_policy(),
        style=Markup(style(gurmukhi=any(ord(letter) in _GURMUKHI for letter in body))),  # noqa: S704 - our own
        script=Markup(script()),  # noqa: S704 - our own
        body=body,
    )
    return written.encode()


def _shown(slide: Slide) -> Shown:
    light, dark = (_chart(drawn) for drawn in (slide.drawing, slide.dark))
    return Shown(
        slide=slide,
        placed=place(slide, chart_height=light.height if light else 0),
        light=_markup(light),
        dark=_markup(dark),
        code=_code(slide.link) if slide.link else Markup(),
    )


def _chart(drawn: Drawing | None) -> Picture | None:
    """Draw a chart as large as it was meant: its letters are measured for that."""
    if drawn is None or drawn.specification is None:
        return None
    return _drawn(json.dumps(drawn.specification, sort_keys=True))


@lru_cache(maxsize=_CHARTS)
def _drawn(specification: str) -> Picture:
    """Draw a chart, once for all the decks that it is in."""
    chart = json.loads(specification)
    return chart_svg(Drawing("", "", chart, "", pd.DataFrame()), width=chart["width"])


def _markup(picture: Picture | None) -> Markup:
    return Markup(picture.svg) if picture else Markup()  # noqa: S704 - Vega writes typed words as text alone


def _code(link: str) -> Markup:
    """Draw a QR code, always dark on light, so that every camera reads it."""
    drawn = segno.make(link, error="m", micro=False).svg_inline(border=3, omitsize=True, dark="#0B0C0C")
    return Markup(drawn)  # noqa: S704 - squares
