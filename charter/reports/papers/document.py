"""A paper as data: its title and its blocks, which are set as PDF and as Word alike.

All words in it are plain text. They are never read as markup, a formula or code, whoever typed them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

import pandas as pd

from charter import clock
from charter.releases import ReleaseFound
from charter.reports.contents import Contents
from charter.reports.drawings import Drawing
from charter.reports.picture import Picture, chart_svg
from charter.words import MADE_UP_MARK, marked

LANGUAGE = "en-GB"
CHART_WIDTH = 760  # pixels that a chart is drawn in, across the width of a page's text
MADE_UP_LINE = f"Demonstration {MADE_UP_MARK}: nothing in this paper is real"
_SHORT_LIST, _SHORT_LIST_LETTERS, _SHORT_TABLE = 10, 1200, 4  # items, and rows, that are kept on one page
_TALLEST = 1.3  # of a chart: how much higher than wide it may be, to stand on one page with its title
# What no file format takes, and what would turn the words beside it round or end a line.
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")


class Look(StrEnum):
    """How a paragraph looks."""

    PLAIN = "plain"
    FINDING = "finding"
    NOTE = "note"


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 stands below the paper's title alone, and no level is left out on the way down.

    Attributes:
        new_page: whether it stands at the top of a page.
    """

    words: str
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `lead` stands before its words, in bold."""

    words: str
    lead: str = ""
    look: Look = Look.PLAIN


@dataclass(frozen=True)
class Items:
    """A list, with numbers where people refer to its parts."""

    items: tuple[str, ...]
    numbered: bool = False

    @property
    def short(self) -> bool:
        """Whether it is kept on one page."""
        return len(self.items) <= _SHORT_LIST and sum(map(len, self.items)) <= _SHORT_LIST_LETTERS


@dataclass(frozen=True)
class Table:
    """A table with one header row.

    Attributes:
        columns: what the header row says.
        rows: the cells; each row has one for every column.
        widths: how wide the columns are beside each other.
        title: what it shows, where no heading says so.
        strong: the number of the column whose cells are in bold, from 0; None where there is none.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    title: str = ""
    strong: int | None = None

    @property
    def short(self) -> bool:
        """Whether it has so few rows that it is kept on one page, unless words in it run long."""
        return len(self.rows) <= _SHORT_TABLE


@dataclass(frozen=True)
class Figure:
    """A chart with its title, and its text alternative: those of the drawing."""

    drawing: Drawing

    @cached_property
    def picture(self) -> Picture:
        """The chart by itself, on clear paper: drawn once for a paper that is set twice, as PDF and as Word.

        One with many rows is drawn wider, and so comes out smaller: it never runs over the foot of a page.
        """
        drawn = chart_svg(self.drawing, width=CHART_WIDTH)
        if drawn.height <= _TALLEST * drawn.width:
            return drawn
        return chart_svg(self.drawing, width=drawn.height / _TALLEST)


Block = Heading | Paragraph | Items | Table | Figure


@dataclass(frozen=True)
class Document:
    """A paper.

    Attributes:
        title: what it is called.
        subtitle: what it is about: the charter and the review.
        contents: what it was made from; its charts are drawn from it.
        blocks: what stands in it.
        dense: whether it is set smaller, to hold to few pages.
    """

    title: str
    subtitle: str
    contents: Contents
    blocks: tuple[Block, ...]
    dense: bool = False

    @property
    def made_up(self) -> bool:
        """Whether it belongs to the demonstration, so that each page says so."""
        return self.contents.release.made_up

    @property
    def foot(self) -> str:
        """What stands at the foot of every page: the release, and when it was published."""
        return release_line(self.contents.release)

    @property
    def made_on(self) -> datetime:
        """When it is dated: as its release, so that the same release always gives the same file."""
        return self.contents.release.published_at


def paper(title: str, contents: Contents, blocks: Sequence[Block], *, dense: bool = False) -> Document:
    """Make a paper on a release, named after its review and marked where it is made up."""
    release = contents.release
    named = marked(release.period_title, made_up=release.made_up)
    return Document(
        title=f"{title}: {named}",
        subtitle=f"What is assessed: {release.charter_title}",
        contents=contents,
        blocks=tuple(blocks),
        dense=dense,
    )


def release_line(release: ReleaseFound) -> str:
    """Name a release and the day of its publication."""
    day = clock.day_in_words(clock.local(release.published_at).date())
    return f"Release {release.ref}, published on {day}"


def release_words(release: ReleaseFound) -> str:
    """Say which release a paper tells of; of a correction, also why there is one."""
    corrected = f" It puts an earlier release right. The reason: {release.reason}" if release.number > 1 else ""
    return f"{release_line(release)}.{corrected}"


def dates_words(release: ReleaseFound) -> str:
    """Say of which days a paper's figures are."""
    first, last = (clock.day_in_words(day) for day in (release.opens_on, release.last_day))
    return (
        f"Answers were taken from {first} to {last}. Outcomes and actions are as they stood on the day of publication."
    )


def plain_text(words: str) -> str:
    """Give words as one line of text that every file format takes: signs that are no text become spaces."""
    return " ".join(_NO_TEXT.sub(" ", words).split())


def paragraphs(words: str) -> tuple[Paragraph, ...]:
    """Give what somebody typed, a paragraph a line."""
    return tuple(Paragraph(line) for line in _lines(words))


def items_of(words: str) -> tuple[str, ...]:
    """Give what somebody typed as the parts of a list, one a line."""
    return tuple(_lines(words))


def table_of(
    frame: pd.DataFrame, widths: Sequence[int], *, title: str = "", strong: int | None = None
) -> tuple[Table, ...]:
    """Make a table from a frame whose cells are text; none where it has no rows."""
    if frame.empty:
        return ()
    rows = tuple(tuple(str(cell) for cell in row) for row in frame.itertuples(index=False))
    return (Table(tuple(frame.columns), rows, tuple(widths), title=title, strong=strong),)


def figures_of(*drawings: Drawing | None) -> tuple[Figure, ...]:
    """Give the charts that there are and that have something drawn."""
    return tuple(Figure(each) for each in drawings if each is not None and each.specification is not None)


def shortened(words: str, letters: int) -> str:
    """Cut words that are longer than so many letters after a word, with three dots behind it."""
    line = plain_text(words)
    if len(line) <= letters:
        return line
    cut = line[: letters - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut}…"


def _lines(words: str) -> list[str]:
    # An ordinary line break parts what somebody typed; every other one is only a space.
    return [line for line in (plain_text(part) for part in re.split(r"\r\n|\r|\n", words)) if line]
