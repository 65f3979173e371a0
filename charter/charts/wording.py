"""Figures and titles as the text that a chart prints: whole numbers, signed gaps, shares, laid-out titles."""

import textwrap

from charter import words
from charter.rules.shares import percent_words, whole

LINE = 42
LONGEST = 84


def signed(value: float) -> str:
    """Return a difference in whole points with its sign: "+28", "−3" with a real minus sign, or "0"."""
    return words.signed(whole(value))


def share(part: float, everyone: float) -> str:
    """Return part of everyone as whole per cent, where 100% means all and 0% means none (method, rule 11).

    Args:
        part: how many, from 0 to `everyone`.
        everyone: of how many, 0 or more.

    Returns:
        "28%", "under 1%", "over 99%", or "no one asked" where `everyone` is 0.
    """
    return percent_words(part / everyone) if everyone else "no one asked"


def one_line(title: str) -> str:
    """Return a title as one line for wide screens: at most 84 characters, cut after a word with "…"."""
    return textwrap.shorten(title, LONGEST, placeholder="…")


def lines(title: str, width: int = LINE, most: int = 2) -> str:
    """Return a title broken into lines for narrow screens.

    Args:
        title: any text; its own line breaks count as spaces.
        width: the most characters in a line. 42 fit beside the edges of a 320-pixel screen.
        most: the most lines; what is left after them is cut after a word and marked with "…".

    Returns:
        The lines, joined by line breaks.
    """
    return "\n".join(textwrap.wrap(title, width, max_lines=most, placeholder="…"))
