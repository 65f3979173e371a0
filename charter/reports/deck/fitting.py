"""Making words fit a slide: what is long is cut after a word, and stands in full in the speaker's notes."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import replace

from charter.published.figures import Promise, Theme

TITLE_LETTERS = 70
THEME_LETTERS = 40  # three of which stand in one headline
NAME_LETTERS = 48  # beside a chart's bars
LINE_LETTERS = 130
_CUT = "…"


def shortened(text: str, most: int = LINE_LETTERS) -> str:
    """Give a text in one line of so many letters at most, cut after a word; a word that is too long is cut itself."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    cut = textwrap.shorten(flat, most, placeholder=_CUT)
    return (flat[: most - len(_CUT)] if cut == _CUT else cut.removesuffix(_CUT).rstrip(" ,;:.–")) + _CUT


def short_titles(promises: Iterable[Promise]) -> list[Promise]:
    """Give promises whose titles are short enough to stand inside a headline."""
    return [replace(promise, title=shortened(promise.title, TITLE_LETTERS)) for promise in promises]


def short_themes(themes: Iterable[Theme]) -> list[Theme]:
    """Give themes whose titles are short enough for several of them to stand inside a headline."""
    return [replace(theme, title=shortened(theme.title, THEME_LETTERS)) for theme in themes]


def lines_of(text: str) -> list[str]:
    """Give the lines of what somebody typed, without empty ones."""
    return [line for line in (each.strip() for each in text.split("\n")) if line]


def first_lines(lines: Sequence[str], most: int) -> tuple[str, ...]:
    """Give the first lines, each short enough for a slide; what is left out is counted in a line of its own."""
    shown = [shortened(line) for line in lines[:most]]
    left = len(lines) - len(shown)
    return (*shown, f"And {left} more.") if left else tuple(shown)
