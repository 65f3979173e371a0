"""A paper as PDF/UA-1, set by Typst: the compiler itself refuses one without a title, text alternatives or headings.

The words go in as JSON beside the layout, so that no sign in them can be code. Fonts are our own; nothing is fetched.
"""

import ast
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from charter import clock
from charter.reports.fonts import FAMILY, GURMUKHI_FAMILY, font_folder
from charter.reports.papers.document import (
    MADE_UP_LINE,
    Block,
    Document,
    Figure,
    Heading,
    Items,
    Paragraph,
    Table,
    plain_text,
)

STANDARD: Final = "ua-1"
NO_SIGN = "\ufffd"  # stands for a sign that no font of ours has
_WORD = re.compile(r"\S{28}(?=\S)")  # a longer word may be broken, or it would run out of its cell
_LONG_CELL = 500  # letters: a row with a longer cell may go on on the next page
_ROUNDS = 3
_IN_ANY_FONT = 0x24F  # up to here, our fonts have every sign: those of Welsh and Polish too
_FAILED = re.compile(r'the text `("(?:[^"\\]|\\.)*")` could not be displayed')
_ALIKE = {"✕": "×"}  # the same mark, in a sign that our fonts have


@dataclass(frozen=True)
class Length:
    """How long a paper is: its pages, and how far down the last one its end stands, in millimetres."""

    pages: int
    down: float


def make_pdf(document: Document) -> bytes:
    """Set a paper as a tagged PDF that meets PDF/UA-1.

    A sign for which no font is there is shown as a question mark in a diamond.

    Raises:
        typst.TypstError: the paper breaks a rule of PDF/UA-1, for instance a heading level is left out.
    """
    told = _paper(document)
    for _ in range(_ROUNDS):
        try:
            return _compiled(told)
        except typst.TypstError as error:
            missing = _not_in_fonts(error)
            if not missing:
                raise
            told = _without(told, missing)
    return _compiled(told)


def measure(document: Document) -> Length:
    """Measure how long a paper is as PDF."""
    inputs = {"paper": _paper(document)}
    found = typst.query(_layout(), "<end>", field="value", one=True, sys_inputs=inputs, font_paths=_fonts())
    told = json.loads(found)
    return Length(told["pages"], told["down"])


def _compiled(told: str) -> bytes:
    return typst.compile(
        _layout(), format="pdf", pdf_standards=[STANDARD], sys_inputs={"paper": told}, font_paths=_fonts()
    )


@cache
def _fonts() -> typst.Fonts:
    """Give our own fonts, and none of the machine's: a paper looks the same everywhere."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(font_folder())])


@cache
def _layout() -> bytes:
    return (Path(__file__).parent / "paper.typ").read_bytes()


def _paper(document: Document) -> str:
    """Give the words and the charts of a paper, as the layout reads them."""
    day = clock.local(document.made_on).date()
    return json.dumps(
        {
            "title": _line(document.title),
            "subtitle": _line(document.subtitle),
            "mark": MADE_UP_LINE if document.made_up else "",
            "foot": _line(document.foot),
            "day": [day.year, day.month, day.day],
            "dense": document.dense,
            "fonts": [FAMILY, GURMUKHI_FAMILY],
            "blocks": [_told(block) for block in document.blocks],
        }
    )


def _told(block: Block) -> dict[str, Any]:
    """Give a block as the layout reads it."""
    match block:
        case Heading():
            return {
                "kind": "heading",
                "words": _line(block.words),
                "level": block.level,
                "new_page": block.new_page,
            }
        case Paragraph():
            return {
                "kind": "paragraph",
                "words": _line(block.words),
                "lead": _line(block.lead),
                "look": block.look.value,
            }
        case Items():
            items = [_line(each) for each in block.items]
            return {"kind": "items", "items": items, "numbered": block.numbered, "tall": not block.short}
        case Table():
            return {
                "kind": "table",
                "title": _line(block.title),
                "columns": [_line(each) for each in block.columns],
                "rows": [[_line(each) for each in row] for row in block.rows],
                "widths": list(block.widths),
                "strong": block.strong,
                "tall": not block.short or _is_long(block),
                "long": _is_long(block),
            }
        case Figure():
            drawing = block.drawing
            return {
                "kind": "figure",
                "title": _line(drawing.title),
                "subtitle": _line(drawing.subtitle),
                "alt": _line(drawing.words),
                "svg": block.picture.svg,
            }


def _is_long(table: Table) -> bool:
    return any(len(cell) > _LONG_CELL for row in table.rows for cell in row)


def _line(words: str) -> str:
    """Give words as the layout takes them: one line, and a very long word with places at which it may be broken."""
    line = plain_text(words)
    for sign, alike in _ALIKE.items():
        line = line.replace(sign, alike)
    return _WORD.sub("\\g<0>\u200b", line)


def _not_in_fonts(error: typst.TypstError) -> frozenset[str]:
    """Give the signs of which the compiler says that no font has them."""
    quoted = _FAILED.findall(str(getattr(error, "diagnostic", error)))
    # A sign is named with those that it is drawn together with, such as the letter below an accent.
    return frozenset(sign for each in quoted for sign in _unquoted(each) if ord(sign) > _IN_ANY_FONT)


def _unquoted(quoted: str) -> str:
    """Read a string as the compiler quotes it: like Python's, but for how a sign is written by its number."""
    told = ast.literal_eval(re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: f"\\U{found[1]:0>8}", quoted))
    return str(told)


def _without(told: str, missing: frozenset[str]) -> str:
    """Put the sign for a missing sign into the words of a paper, charts among them."""
    text = json.dumps(json.loads(told), ensure_ascii=False)
    return text.translate({ord(sign): NO_SIGN for sign in missing})
