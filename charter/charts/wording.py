"""Figures and titles as the text that a chart prints: whole numbers, signed gaps, shares, laid-out titles."""

import textwrap
from collections.abc import Sequence

from charter.rules.shares import percent_words, whole

MINUS = "\N{MINUS SIGN}"
LINE = 42
LONGEST = 84


def signed(value: float) -> str:
    """Return a difference in whole points with its sign: "+28", "−3" with a real minus sign, or "0"."""
    points = whole(value)
    if points == 0:
        return "0"
    return f"+{points}" if points > 0 else f"{MINUS}{-points}"


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


def listed(parts: Sequence[str]) -> str:
    """Return parts as words: "a", "a and b", "a, b and c"."""
    if len(parts) < 2:  # noqa: PLR2004 -- one part needs no "and"
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
