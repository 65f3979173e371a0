"""Where each word of a page stands, and what is wrong there: off the page, over another, out of its box, or gone."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

_XHTML = "{http://www.w3.org/1999/xhtml}"
_SLACK = 3.0  # points: a letter may lean out of its line by so much
_OVER = 0.3  # of the smaller word: lines that stand close share less
_TOO_NARROW = re.compile(r"#{3,}")  # what a sheet shows in place of a number that its column has no room for
_NOT_TEXT = re.compile(r"[^\x09\x0a\x0d\x20-\ud7ff\ue000-\ufffd]")


@dataclass(frozen=True)
class Box:
    """A rectangle on a page, in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: "Box", slack: float = _SLACK) -> bool:
        """Tell whether another lies inside."""
        return (
            self.left - slack <= other.left
            and self.top - slack <= other.top
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def shared(self, other: "Box") -> float:
        """Give what both have in common, as a share of the smaller one."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        smaller = min(self.area, other.area)
        return wide * high / smaller if wide > 0 and high > 0 and smaller > 0 else 0.0

    @property
    def area(self) -> float:
        """Its area, in square points."""
        return (self.right - self.left) * (self.bottom - self.top)


@dataclass(frozen=True)
class Word:
    """A word, and where it stands."""

    text: str
    box: Box


@dataclass(frozen=True)
class Page:
    """A page: its number, its edges, and its words."""

    number: int
    edges: Box
    words: tuple[Word, ...]

    @property
    def run_together(self) -> str:
        """Its words without anything between them: a word that is broken at a line's end is found in it."""
        return "".join(word.text for word in self.words)


def read_pages(written: str) -> tuple[Page, ...]:
    """Read what `pdftotext -bbox` writes."""
    pages = ET.fromstring(_NOT_TEXT.sub("", written)).iter(f"{_XHTML}page")  # noqa: S314 - poppler wrote it
    return tuple(
        Page(
            number,
            Box(0, 0, float(page.attrib["width"]), float(page.attrib["height"])),
            tuple(
                Word(word.text or "", Box(*(float(word.attrib[name]) for name in ("xMin", "yMin", "xMax", "yMax"))))
                for word in page.iter(f"{_XHTML}word")
            ),
        )
        for number, page in enumerate(pages, 1)
    )


def off_the_page(page: Page) -> Iterator[str]:
    """Find words that reach over the edge of the page."""
    for word in page.words:
        if not page.edges.holds(word.box, slack=0.5):
            yield f"page {page.number}: “{word.text}” reaches over the edge of the page"


def over_each_other(page: Page) -> Iterator[str]:
    """Find words that stand over one another."""
    words = sorted(page.words, key=lambda word: word.box.top)
    for number, one in enumerate(words, 1):
        # Those further down begin below its end.
        for other in takewhile(lambda word: word.box.top < one.box.bottom, islice(words, number, None)):  # noqa: B023 - it is used up within the turn
            if one.box.shared(other.box) > _OVER:
                yield f"page {page.number}: “{one.text}” and “{other.text}” stand over each other"


def out_of_its_box(page: Page, boxes: Sequence[Box]) -> Iterator[str]:
    """Find words that lie in none of the boxes that a slide has for text, tables and charts."""
    for word in page.words:
        if not any(box.holds(word.box) for box in boxes):
            yield f"slide {page.number}: “{word.text}” reaches out of its box"


def too_narrow(page: Page) -> Iterator[str]:
    """Find cells whose number has no room."""
    for word in page.words:
        if _TOO_NARROW.search(word.text):
            yield f"page {page.number}: a column is too narrow for its number"


def gone(pages: Iterable[Page], texts: Iterable[str], *, where: str) -> Iterator[str]:
    """Find words that the file holds and that are on none of its pages: cut off, or dropped when it was opened."""
    pages = tuple(pages)
    there = {word.text for page in pages for word in page.words}
    together = "".join(page.run_together for page in pages)
    for text in texts:
        lost = [word for word in _NOT_TEXT.sub(" ", text).split() if word not in there and word not in together]
        if lost:
            yield f"{where}: “{' '.join(lost)}” of “{text[:80]}” is not to be seen"
