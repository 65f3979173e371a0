"""Names that are nearly the same: two rows in a list that may be one organisation."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from charter.words import MADE_UP_MARK

ALIKE = 90  # of 100: as much of two names has to agree as one wrong letter in ten leaves
_AT_ONCE = 500  # names that are compared with all others in one go: a few megabytes
_LEGAL = frozenset({"the", "ltd", "limited", "cic", "cio", "plc", "llp", "inc", "uk"})
_SAME = {"&": "and", "assoc": "association", "st": "saint", "grp": "group", "ctr": "centre", "center": "centre"}
# Words that stand in the names of neighbours, which are not one organisation.
_TELLS_APART = frozenset({"north", "south", "east", "west", "upper", "lower", "boys", "girls", "men", "women"})
_APOSTROPHES = re.compile(r"['’`]")
_WORD = re.compile(r"&|\w+")


def normal_name(name: str) -> str:
    """Write a name as it is compared: small letters, words in order, without "The", "Ltd", "CIC", accents or marks.

    A name of which nothing would be left, such as "The UK", keeps its words.
    """
    flat = unicodedata.normalize("NFKD", name.replace(MADE_UP_MARK, "")).casefold()
    flat = "".join(sign for sign in _APOSTROPHES.sub("", flat) if not unicodedata.combining(sign))
    # "C.I.C." is one word, and so is "e.on".
    found = _WORD.findall(re.sub(r"(?<=\b\w)\.(?=\w\b|\W|$)", "", flat))
    words = [_SAME.get(word, word) for word in found]
    return " ".join(sorted([word for word in words if word not in _LEGAL] or words)) or flat.strip()


def alike(
    names: Sequence[str], others: Sequence[str], *, compared: Callable[[int], None] | None = None
) -> Iterator[tuple[int, int]]:
    """Find which names are nearly the same as which others, by their places in the two lists.

    Both are normal names. Nearly the same are two of which at least `ALIKE` of 100 agrees (the share of letters in
    common, in their order: Indel similarity), unless they differ by a number or by a word such as "north": the second
    scout group is not the first.

    Args:
        names: those that are compared.
        others: those that they are compared with.
        compared: is told now and then how many have been compared.
    """
    told = [_told_apart(name) for name in names]
    told_others = told if others is names else [_told_apart(name) for name in others]
    for start in range(0, len(names), _AT_ONCE):
        part = list(names[start : start + _AT_ONCE])
        scores = process.cdist(part, others, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8)
        for row, column in np.argwhere(scores):
            here, there = start + int(row), int(column)
            if told[here] == told_others[there]:
                yield here, there
        if compared is not None:
            compared(min(start + _AT_ONCE, len(names)))


def _told_apart(name: str) -> frozenset[str]:
    return frozenset(word for word in name.split() if word in _TELLS_APART or any(sign.isdigit() for sign in word))
