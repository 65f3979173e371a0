"""How much room words take in our fonts, so that they are broken into lines before anything is drawn."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import TypeGuard

from PIL import ImageFont

from charter.reports.fonts import Weight, font_file, gurmukhi_file, shapes_file

_MEASURED_AT = 100  # pixels: large, so that rounding does not matter
_CUT = "…"
_BREAK = re.compile(r"[^\S ]")  # the measure fails at one


class Letters(StrEnum):
    """Which of our fonts holds a run of letters."""

    OTHER = "other"
    GURMUKHI = "gurmukhi"
    SHAPES = "shapes"


# The signs that Source Sans lacks; and a letter of Gurmukhi with all that is written around it. Letters stand by
# themselves, because the converter of pictures mislays the width of some, and writes the next ones over them.
_AROUND = "[\u0a01-\u0a03\u0a3c-\u0a4c\u0a51\u0a70\u0a71\u0a75\u0964\u0965\u200c\u200d]|\u0a4d[\u0a15-\u0a39]?"
_RUN = re.compile(
    f"(?P<{Letters.SHAPES}>[○●□✕]+)|(?P<{Letters.GURMUKHI}>[\u0a00-\u0a7f](?:{_AROUND})*)"
    f"|(?P<{Letters.OTHER}>[^○●□✕\u0a00-\u0a7f]+)"
)


def letter_runs(text: str) -> Iterator[tuple[Letters, str]]:
    """Break a line into runs of letters that one of our fonts holds."""
    return ((Letters(str(found.lastgroup)), found[0]) for found in _RUN.finditer(text))


def width_of(text: str, *, size: float, weight: Weight = 400) -> float:
    """Give how wide a line is, in the unit of the size.

    Args:
        text: one line; a line break in it counts as a space.
        size: of its letters, in pixels or points.
        weight: of its letters.
    """
    measured = sum(_font(letters, weight).getlength(part) for letters, part in letter_runs(_BREAK.sub(" ", text)))
    return measured * size / _MEASURED_AT


def wrapped(text: str, *, size: float, width: float, weight: Weight = 400, most: int | None = None) -> list[str]:
    """Break a text into lines that fit a width.

    Args:
        text: any text; its own line breaks count as spaces.
        size: of its letters, in pixels or points.
        width: how wide a line may be, in the same unit.
        weight: of its letters.
        most: how many lines there may be; what is left after them is cut and marked with "…".

    Returns:
        The lines. A word that is wider than a line is broken inside.
    """
    lines = [""]
    for word in text.split():
        for part in _fitting(word, size=size, width=width, weight=weight):
            longer = f"{lines[-1]} {part}".strip()
            if width_of(longer, size=size, weight=weight) <= width:
                lines[-1] = longer
            else:
                lines.append(part)
    if _too_many(most, lines):
        return [*lines[: most - 1], _cut(lines[most - 1], size=size, width=width, weight=weight)]
    return lines if lines != [""] else []


def _too_many(most: int | None, lines: list[str]) -> TypeGuard[int]:
    return most is not None and len(lines) > most


def _fitting(word: str, *, size: float, width: float, weight: Weight) -> list[str]:
    """Break a word that is wider than a line into parts that are not."""
    parts = [""]
    for letter in word:
        if parts[-1] and width_of(parts[-1] + letter, size=size, weight=weight) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def _cut(line: str, *, size: float, width: float, weight: Weight) -> str:
    while line and width_of(line + _CUT, size=size, weight=weight) > width:
        line = line[:-1]
    return line.rstrip() + _CUT


@cache
def _font(letters: Letters, weight: Weight) -> ImageFont.FreeTypeFont:
    if letters is Letters.SHAPES:
        return ImageFont.truetype(shapes_file(), _MEASURED_AT)
    return ImageFont.truetype(gurmukhi_file(weight) if letters is Letters.GURMUKHI else font_file(weight), _MEASURED_AT)
