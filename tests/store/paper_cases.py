"""Papers for tests: releases with awkward contents, and what stands in a PDF or a Word file, read back."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import docx
import pypdf
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from charter.published.figures import Figures, Promise, Score, Theme
from charter.reports.contents import Contents
from charter.reports.papers.document import Block, Document, Figure, Heading, Items, Paragraph, Table, plain_text
from charter.reports.picture import Picture
from db.types import ReleaseTextKind, Withheld

LONG = ("A promise with a title of two hundred letters that goes on and on " * 4)[:200].strip()
NAMES = ("Cymdeithas Tŷ’r Ŵyl, Llŷn", "Stowarzyszenie „Łódź i Żółw”, Śląsk", "ਪੰਜਾਬੀ ਭਾਈਚਾਰਾ ਸੇਵਾ")
#: What a program that reads words as something else would take for markup, code, a formula or a field.
CODE = (
    '#import "paper.typ": *',
    "#sys.inputs",
    "= Heading $x^2$ *bold* _so_ `code` <label> @ref",
    "=1+1",
    "<w:p/> & <b>bold</b>",
    "{ PAGE } {{title}} ${1}",
    '"]} // not the end',
    "\\u{41} \\n ~ --",
)
_CHART = '<svg xmlns="http://www.w3.org/2000/svg" width="760" height="90"><rect width="700" height="80"/></svg>'


@dataclass(frozen=True)
class WordRead:
    """A Word file, read back.

    Attributes:
        paragraphs: the words of each paragraph that has some, with the name of its style.
        tables: the cells of each table, by rows.
        blocks: the words of all of these in the order in which they stand.
    """

    paragraphs: tuple[tuple[str, str], ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    blocks: tuple[str, ...]

    def rows(self) -> frozenset[tuple[str, ...]]:
        """Give the rows of all tables."""
        return frozenset(row for table in self.tables for row in table)


def small_chart(*_drawing: object, **_sizes: object) -> Picture:
    """Stand in for a chart where only words are at stake: each real one takes a fifth of a second."""
    return Picture(_CHART, 760, 90)


def squeezed(words: str) -> str:
    """Give words without what a page may change: spaces, ends of lines, and places where a word may be broken."""
    return re.sub(r"[\s\u200b\u00ad]+", "", words)


def pdf_texts(made: bytes) -> list[str]:
    """Read the words of each page of a PDF, with its ends of lines."""
    pages = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)
    return [page.replace("× stopped", "✕ stopped") for page in pages]  # whose sign has a stand-in


def pdf_pages(made: bytes) -> list[str]:
    """Read the words of each page of a PDF, squeezed."""
    return [squeezed(page) for page in pdf_texts(made)]


def word_read(made: bytes) -> WordRead:
    """Read a Word file."""
    paragraphs: list[tuple[str, str]] = []
    tables: list[tuple[tuple[str, ...], ...]] = []
    blocks: list[str] = []
    for part in docx.Document(io.BytesIO(made)).iter_inner_content():
        if isinstance(part, WordParagraph) and part.text:
            paragraphs.append((part.text, part.style.name or "" if part.style else ""))
            blocks.append(part.text)
        elif isinstance(part, WordTable):
            cells = [cell.text for cell in part._cells]  # noqa: SLF001 - asked for by rows, it takes very long
            across = len(part.columns)
            tables.append(tuple(tuple(cells[at : at + across]) for at in range(0, len(cells), across)))
            blocks += cells
    return WordRead(tuple(paragraphs), tuple(tables), tuple(blocks))


def words_of(block: Block) -> Iterator[str]:
    """Give the words of a block, each piece by itself and in their order."""
    match block:
        case Heading():
            yield block.words
        case Paragraph():
            yield f"{block.lead} {block.words}".strip()
        case Items():
            yield from block.items
        case Table():
            yield from ((block.title,) if block.title else ())
            yield from block.columns
            yield from (cell for row in block.rows for cell in row)
        case Figure():
            yield block.drawing.title
            yield from ((block.drawing.subtitle,) if block.drawing.subtitle else ())


def plain_words(block: Block) -> list[str]:
    """Give the words of a block as they stand on paper."""
    return [words for words in map(plain_text, words_of(block)) if words]


def said_in(document: Document) -> list[str]:
    """Give all words of a paper, piece by piece and in their order."""
    return [document.title, document.subtitle, *(piece for block in document.blocks for piece in plain_words(block))]


def headings(told: Document) -> tuple[str, ...]:
    """Give the headings of a paper that stand below its title alone."""
    return tuple(block.words for block in told.blocks if isinstance(block, Heading) and block.level == 1)


def part(told: Document, heading: str) -> list[object]:
    """Give the blocks below a heading, up to the next one of its level."""
    blocks = list(told.blocks)
    at = next(place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.words == heading)
    level = getattr(blocks[at], "level", 1)
    after = blocks[at + 1 :]
    ends = (place for place, block in enumerate(after) if isinstance(block, Heading) and block.level <= level)
    return list(after[: next(ends, len(after))])


def table_in(told: Document, heading: str) -> Table:
    """Give the first table below a heading."""
    return next(block for block in part(told, heading) if isinstance(block, Table))


def words_in(told: Document, heading: str) -> str:
    """Give the paragraphs and lists below a heading as one line."""
    found = (block for block in part(told, heading) if isinstance(block, Paragraph | Items))
    return " ".join(block.words if isinstance(block, Paragraph) else " ".join(block.items) for block in found)


def without_figures(contents: Contents, ref: str) -> Contents:
    """Hide all that groups said of one theme, so that it has no score."""
    figures = contents.figures
    themes = tuple(_hidden_theme(theme) if theme.ref == ref else theme for theme in figures.themes)
    return replace(contents, figures=replace(figures, themes=themes))


def first_review(contents: Contents) -> Contents:
    """Take away that there was a review before."""
    figures = contents.figures
    themes = tuple(
        replace(
            theme,
            change=None,
            history=theme.history[-2:],
            promises=tuple(replace(promise, change=None, history=promise.history[-2:]) for promise in theme.promises),
        )
        for theme in figures.themes
    )
    together = tuple(replace(promise, change=None) for promise in figures.together)
    own = tuple(each for each in contents.promises if each.own)
    return replace(contents, figures=Figures(themes, together, figures.periods[-1:]), promises=own, coming=None)


def awkward(contents: Contents, names: tuple[str, ...] = (*NAMES, *CODE), *, letters: int = 4000) -> Contents:
    """Call everything by long or strange names, and fill every text to its last letter."""
    told = (" ".join(names) + " ") * 100
    who = replace(
        contents.who,
        bodies=tuple(
            replace(body, name=f"{names[place % len(names)]} {LONG}"[:200], answered=False)
            for place, body in enumerate(contents.who.bodies)
        ),
        texts=tuple(replace(text, words=told[:letters]) for text in contents.who.texts),
    )
    themes = tuple(
        replace(theme, promises=tuple(_named(promise, place, names) for place, promise in enumerate(theme.promises)))
        for theme in contents.figures.themes
    )
    return replace(
        contents,
        who=who,
        figures=replace(contents.figures, themes=themes),
        indicators=tuple(
            replace(
                each,
                title=_name(place, names),
                history=tuple(replace(one, route_to_green=told[:letters]) for one in each.history),
            )
            for place, each in enumerate(contents.indicators * 4)
        ),
        actions=tuple(
            replace(each, heading=_name(place, names), doers=(_name(place, names),), details=told[:letters])
            for place, each in enumerate(contents.actions)
        ),
        promises=tuple(
            replace(each, organisation=_name(0, names), we_will=told[: min(letters, 1000)])
            for each in contents.promises
        ),
    )


def with_text(contents: Contents, kind: ReleaseTextKind, words: str) -> Contents:
    """Put the coordinator's words of a kind in the place of those that there are."""
    texts = tuple(replace(text, words=words) if text.kind is kind else text for text in contents.who.texts)
    return replace(contents, who=replace(contents.who, texts=texts))


def _name(place: int, names: tuple[str, ...]) -> str:
    return f"{place}. {names[place % len(names)]} {LONG}"[:200]


def _named(promise: Promise, place: int, names: tuple[str, ...]) -> Promise:
    title = _name(place, names)
    return replace(promise, title=title, asked=replace(promise.asked, title=title))


def _hidden_theme(theme: Theme) -> Theme:
    hidden = tuple(
        replace(promise, sector=_hidden(promise.sector), gap=None, change=None, groups=()) for promise in theme.promises
    )
    sector = theme.sector and replace(
        _hidden(theme.sector) or theme.sector, withheld=Withheld.TOO_FEW_COMMITMENTS, shown=0
    )
    return replace(theme, sector=sector, gap=None, change=None, groups=(), promises=hidden)


def _hidden(score: Score | None) -> Score | None:
    return score and replace(
        score,
        score=None,
        answered=None,
        levels=None,
        low=None,
        high=None,
        lowest=None,
        highest=None,
        share_high=None,
        withheld=Withheld.FEW_OR_UNIFORM,
    )
