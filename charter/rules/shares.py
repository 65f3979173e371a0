"""Shares, rates and the rounding of everything that is published.

The overall question and the level of engagement are in rule 8 of the published method, the rates in rule 2, the
rounding in rule 11. Shares are 0 to 1 and unrounded; only the last two functions round.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import copysign, floor, sqrt
from typing import TypeVar

from scipy.special import ndtri

from charter.rules.scoring import HAIR, Interval
from db.types import Influence

_POSITIVE = (Influence.VERY_POSITIVE, Influence.POSITIVE)
_NORMAL = float(ndtri(0.975))

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class PositiveShare:
    """The overall question: the share (0 to 1) of positive answers, how many answered, the 95% interval (0 to 1)."""

    share: float
    answered: int
    interval: Interval


def rate(part: int, of: int) -> float | None:
    """A response rate (submitted ÷ invited) or a coverage (invited ÷ known sector), 0 to 1; None where `of` is 0.

    Raises:
        ValueError: a count is negative, or the part is more than the whole.
    """
    if not 0 <= part <= of:
        raise ValueError(f"{part} cannot be a part of {of}.")
    return part / of if of else None


def shares(counts: Mapping[Key, int]) -> dict[Key, float] | None:
    """Each answer's share (0 to 1) of all who chose one, never a mean (rule 8); None where nobody did.

    Raises:
        ValueError: a count is negative.
    """
    if min(counts.values(), default=0) < 0:
        raise ValueError("A count is below zero.")
    total = sum(counts.values())
    return {key: count / total for key, count in counts.items()} if total else None


def overall_question(counts: Mapping[Influence, int], *, invited: int | None) -> PositiveShare | None:
    """(Very positive + positive) ÷ all who chose one of the five, with a Wilson interval (rule 8).

    Args:
        counts: how many chose each of the five.
        invited: M. None where it cannot be known, as for those who have little contact: contact is asked in the
            same form. Then the list counts as endless, which can only widen the interval.

    Returns:
        The share, or None where nobody chose one.

    Raises:
        ValueError: a count is negative, or more answered than were invited.
    """
    each = shares(counts)
    if each is None:
        return None
    answered = sum(counts.values())
    if invited is not None and answered > invited:
        raise ValueError(f"{answered} answered, but only {invited} were invited.")
    share = sum(counts.get(answer, 0) for answer in _POSITIVE) / answered
    return PositiveShare(share, answered, _wilson(share, answered, invited))


def whole(value: float) -> int:
    """The nearest whole number, halves away from zero, as in a spreadsheet (rule 11).

    A half that a double stores a hair too low (27.499 999 999 99) still counts as a half.
    """
    return int(copysign(floor(abs(value) + 0.5 + HAIR), value))


def percent_words(share: float) -> str:
    """A share (0 to 1) as whole per cent, where 100% means all and 0% none (rule 11).

    Raises:
        ValueError: the share is outside 0 to 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"A share is 0 to 1, and this is {share}.")
    percent = whole(100 * share)
    if percent == 100 and share < 1:  # noqa: PLR2004 - all of them
        return "over 99%"
    return "under 1%" if percent == 0 and share > 0 else f"{percent}%"


def _wilson(share: float, answered: int, invited: int | None) -> Interval:
    """Wilson's interval with n(M − 1)/(M − n) for n; where all the invited answered, chance has no part in it."""
    if invited == answered:
        return Interval(share, share)
    n = float(answered) if invited is None else answered * (invited - 1) / (invited - answered)
    spread = _NORMAL**2 / n
    middle = (share + spread / 2) / (1 + spread)
    reach = sqrt(share * (1 - share) * spread + spread**2 / 4) / (1 + spread)
    return Interval(max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach)))
