"""Change between two periods, like for like: the first half of rule 8 of the published method.

Only organisations that gave a level in both periods are compared: if others answer than last time, the plain
difference of two scores moves although nobody changed their mind.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from charter.rules.scoring import (
    POINTS,
    CommitmentAnswers,
    Interval,
    enough_for_theme,
    organisations,
    residuals,
    t_quantile,
)
from db.types import Direction

ENOUGH = 30  # organisations, for a change to be spoken of
ENOUGH_RESPONSE = 0.25
MOSTLY = 0.5
_UPPER = 0.975  # the upper end of a 95% interval
_UPPER_PICKED = 0.995  # and of a 99% one


@dataclass(frozen=True)
class Change:
    """A change in points, later − earlier, among the `matched` organisations that gave a level both times.

    `difference` and `interval` are None where the direction is *cannot be compared* or *few answers*: what has no
    direction must not show one by its sign. `carried_over` is the share (0 to 1) of the later answers that
    were carried over from before, None where nothing is matched.
    """

    direction: Direction
    matched: int
    difference: float | None
    interval: Interval | None
    carried_over: float | None


def few_answers(*, answered: int, response: float | None) -> bool:
    """Whether a figure is marked *few answers*: no direction, no rank, no headline (rule 8).

    Args:
        answered: how many organisations gave a level.
        response: the response rate, 0 to 1, or None where nobody was invited.
    """
    return answered < ENOUGH or response is None or response < ENOUGH_RESPONSE


def mostly_carried_over(share: float | None) -> bool:
    """Whether a change is marked *mostly carried over*: more than half of the compared answers were (rule 8).

    Args:
        share: the share of them, 0 to 1, or None where nothing is compared.
    """
    return share is not None and share > MOSTLY


def change(
    before: Sequence[CommitmentAnswers],
    after: Sequence[CommitmentAnswers],
    *,
    invited_both: int,
    responses: tuple[float | None, float | None],
    asked: int | None = None,
    carried: Sequence[Collection[int]] = (),
    picked_from_list: bool = False,
) -> Change:
    """The change of one commitment, or of a theme, between two periods (rule 8).

    Args:
        before: the earlier answers, one for each commitment of the same meaning in both periods. A commitment
            whose meaning changed is left out; with none left nothing can be compared.
        after: the later answers, in the same order of commitments.
        invited_both: how many organisations of this side or group were invited both times.
        responses: the earlier and the later response rate, 0 to 1.
        asked: None for a single commitment; for a theme, how many core commitments were asked: at
            least three of them, and three quarters, must be compared.
        carried: for each commitment, the organisations whose later level was carried over from before.
        picked_from_list: whether this change was picked from a list of changes, as the largest is. Then the
            interval is a 99% one: among many, one moves far by chance alone.

    Raises:
        ValueError: the periods do not pair up, or more organisations are matched than were invited both times.
    """
    every = [_differences(*periods) for periods in zip(before, after, strict=True)]
    pairs = [pair for pair in every if pair]
    matched = len(set().union(*pairs))
    if matched > invited_both:
        raise ValueError(f"{matched} organisations answered both times, but only {invited_both} were invited twice.")
    share = _carried_over(every, carried)
    enough = _enough(len(before), asked) and _enough(len(pairs), asked)
    unsure = _unsure(zip((before, after), responses, strict=True), matched, enough=enough)
    if unsure is not None:
        return Change(unsure, matched, None, None, share)
    upper = _UPPER_PICKED if picked_from_list else _UPPER
    difference, chance = _difference_with_interval(pairs, matched, invited_both, upper)
    return Change(_direction(difference, chance), matched, difference, chance, share)


def _differences(earlier: CommitmentAnswers, later: CommitmentAnswers) -> dict[int, int]:
    """Later − earlier level of each organisation that rated the commitment both times."""
    both = earlier.levels.keys() & later.levels.keys()
    return {organisation: later.levels[organisation] - earlier.levels[organisation] for organisation in both}


def _enough(compared: int, asked: int | None) -> bool:
    """Whether enough commitments are compared: the one, or at least three and three quarters of a theme's."""
    return compared == 1 if asked is None else enough_for_theme(shown=compared, asked=asked)


def _unsure(
    periods: Iterable[tuple[Sequence[CommitmentAnswers], float | None]], matched: int, *, enough: bool
) -> Direction | None:
    """What stands in place of a direction, or None where one may be given.

    Args:
        periods: the earlier and the later answers, each with its response rate.
        matched: how many organisations answered both times.
        enough: whether enough commitments are compared.
    """
    if not enough:
        return Direction.CANNOT_BE_COMPARED
    if any(few_answers(answered=organisations(answers), response=response) for answers, response in periods):
        return Direction.FEW_ANSWERS
    return Direction.CANNOT_BE_COMPARED if matched < ENOUGH else None


def _difference_with_interval(
    pairs: Sequence[Mapping[int, int]], matched: int, invited_both: int, upper: float
) -> tuple[float, Interval]:
    """The mean paired difference and its interval: as rule 4, on differences, without guards, m/(m − 1)."""
    difference = POINTS * fsum(sum(pair.values()) / len(pair) for pair in pairs) / len(pairs)
    spread = matched / (matched - 1) * fsum(u * u for u in residuals(pairs))
    reach = POINTS * t_quantile(upper, matched - 1) * sqrt((1 - matched / invited_both) * spread)
    return difference, Interval(difference - reach, difference + reach)


def _direction(difference: float, chance: Interval) -> Direction:
    if not chance.excludes_zero:
        return Direction.NO_CLEAR_CHANGE
    return Direction.BETTER if difference > 0 else Direction.WORSE


def _carried_over(every: Sequence[Mapping[int, int]], carried: Sequence[Collection[int]]) -> float | None:
    """The share of the compared later answers that were carried over; none are where no flags are given."""
    compared = sum(len(pair) for pair in every)
    if not compared:
        return None
    flags = zip(every, carried, strict=True) if carried else ()
    return sum(organisation in kept for pair, kept in flags for organisation in pair) / compared
