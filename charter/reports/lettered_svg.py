"""Letters of an SVG in fonts of our own: each run of them is told its font and its place.

Where a font lacks a letter, the converter takes any font of the machine, for the whole line, and it mixes up a line of
several fonts. So a line that needs more than one becomes several, one beside the other.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from itertools import accumulate
from typing import Any

from charter.reports.fonts import FAMILIES, GURMUKHI_FAMILY, SHAPES_FAMILY, WEIGHTS, Weight
from charter.reports.lettering import Letters, letter_runs, width_of

_LINE = re.compile(r"<text([^>]*)>([^<]+)</text>")
_FAMILY = {Letters.SHAPES: f"'{SHAPES_FAMILY}'", Letters.GURMUKHI: f"'{GURMUKHI_FAMILY}'", Letters.OTHER: FAMILIES}
_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
_PLAIN: Weight = 400
# XML has no place for these, not even escaped; a name that somebody pasted may hold one.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def lettered(svg: str) -> str:
    """Give an SVG in which every letter has a font that holds it.

    Args:
        svg: a drawing whose lines are placed by a `transform`, each with its size and weight as attributes.
    """
    return _LINE.sub(lambda found: "".join(_lines(found[1], unescape(found[2]))), svg)


def written(words: str) -> str:
    """Write words into an SVG: nothing in them is markup, and what XML cannot hold becomes a space."""
    return escape(_UNFIT.sub(" ", words))


def fit_for_svg(told: Any) -> Any:  # noqa: ANN401 - whatever a specification holds
    """Give a chart's specification with a space for each sign that XML cannot hold: the converter would break down.

    Args:
        told: the specification, or a part of it.
    """
    if isinstance(told, str):
        return _UNFIT.sub(" ", told)
    if isinstance(told, Mapping):
        return {fit_for_svg(key): fit_for_svg(value) for key, value in told.items()}
    return [fit_for_svg(each) for each in told] if isinstance(told, list | tuple) else told


def _lines(attributes: str, words: str) -> Iterator[str]:
    """Give a line as it is, or as one line a run of letters, each with its place from where the whole one begins."""
    runs = list(letter_runs(words))
    if all(letters is Letters.OTHER for letters, _ in runs):
        yield f"<text{attributes}>{written(words)}</text>"
        return
    size, weight = float(_value(attributes, "font-size", "16").removesuffix("px")), _weight(attributes)
    widths = [width_of(part, size=size, weight=weight) for _, part in runs]
    begins = -_ANCHORS.get(_value(attributes, "text-anchor", "start"), 0.0) * sum(widths)
    rest = re.sub(r' (?:text-anchor|font-family)="[^"]*"', "", attributes)
    for (letters, part), place in zip(runs, accumulate(widths, initial=begins), strict=False):
        if not part.isspace():
            # A drawing drops the spaces that a line begins with.
            indent = width_of(part[: len(part) - len(part.lstrip())], size=size, weight=weight)
            family = _FAMILY[letters]
            yield f'<text{rest} x="{place + indent:.2f}" font-family="{family}">{written(part.strip())}</text>'


def _weight(attributes: str) -> Weight:
    named = _value(attributes, "font-weight", str(_PLAIN))
    weight = int(named) if named.isdigit() else max(WEIGHTS) if named == "bold" else _PLAIN
    return min(WEIGHTS, key=lambda each: abs(each - weight))


def _value(attributes: str, name: str, otherwise: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', attributes)
    return found[1] if found else otherwise
