"""Placing a slide's words: how large they may be so that they fit, and never lower than 24 points.

A slide is 1,920 wide and 1,080 high; in these units, 48 is the height of 24 points.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from charter.charts.hall import PART, WHOLE
from charter.reports.deck.slide import Slide
from charter.reports.lettering import wrapped

EDGE = 96
TOP = 72
FOOT = 122  # for the source, below what is said
QR = 480
_ROOM = 1080 - TOP - FOOT
_BESIDE = 64  # between a chart, or a QR code, and the words at its side
_BETWEEN = 44  # from the headline to what stands below it
_HEADLINES = (84, 76, 68, 60, 54)
_OPENINGS = (116, 100, *_HEADLINES)
_SAID = (68, 60, 56, 52, 48)
_HEADLINE_STEP, _SAID_STEP, _SAID_APART = 1.14, 1.24, 0.55  # of the letters' size
_MOST_LINES = 3


@dataclass(frozen=True)
class Placed:
    """A slide's words as they fit it. Sizes are those of letters.

    Attributes:
        headline: the headline, cut only where it is too long for any size.
        headline_size: from 54 to 116.
        said: what is said below it. What does not fit is left to the notes.
        said_size: from 48 to 68.
    """

    headline: str
    headline_size: int
    said: tuple[str, ...]
    said_size: int


def place(slide: Slide, *, chart_height: float = 0) -> Placed:
    """Choose the largest letters with which a slide's words fit beside, or below, its chart.

    Args:
        slide: the slide.
        chart_height: how high its chart is drawn; 0 where it has none.
    """
    for kept in range(len(slide.said), -1, -1):
        said = slide.said[:kept]
        for headline_size, said_size in _sizes(slide):
            lines = wrapped(slide.headline, size=headline_size, weight=600, width=_headline_width(slide))
            below = max(chart_height, _said_height(said, said_size, width=_said_width(slide)))
            height = len(lines) * headline_size * _HEADLINE_STEP + (_BETWEEN + below if below else 0)
            if len(lines) <= _MOST_LINES and height <= _ROOM:
                return Placed(slide.headline, headline_size, said, said_size)
    smallest = _HEADLINES[-1]
    cut = wrapped(slide.headline, size=smallest, weight=600, width=_headline_width(slide), most=_MOST_LINES)
    return Placed(" ".join(cut), smallest, (), _SAID[-1])


def _sizes(slide: Slide) -> Iterator[tuple[int, int]]:
    return product(_OPENINGS if slide.link else _HEADLINES, _SAID)


def _headline_width(slide: Slide) -> int:
    return WHOLE - QR - _BESIDE if slide.link else WHOLE


def _said_width(slide: Slide) -> int:
    return WHOLE - PART - _BESIDE if slide.drawing else _headline_width(slide)


def _said_height(said: tuple[str, ...], size: int, *, width: int) -> float:
    lines = sum(len(wrapped(each, size=size, width=width)) for each in said)
    return lines * size * _SAID_STEP + max(len(said) - 1, 0) * size * _SAID_APART
