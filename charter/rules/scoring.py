"""From levels to scores: who is asked, scores, 95% intervals and bounds.

These are rules 1 to 5 of the published method and nothing else; gaps are in `gaps.py`, shares and rounding in
`shares.py`. A level is 0 to 4 and a score 0 to 100, 25 points a level. Sums that are not of whole numbers are made
with `math.fsum`, so that the order of organisations and commitments changes no figure, not even in its last digit.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from scipy.special import stdtrit

from db.types import Measure, OwedBy, Side

HIGHEST_LEVEL = 4
POINTS = 25  # a level, in points of a score
HAIR = 1e-9  # what `verify` allows between doubles; no threshold or half point is missed by less than that
_UPPER = 0.975  # the upper end of a 95% interval


@dataclass(frozen=True)
class CommitmentAnswers:
    """One commitment's answers from one side or group: M invited, the levels given, and those without a level.

    `levels` maps an organisation's key to its level; all organisations in it were invited.

    Raises:
        ValueError: a level is outside 0 to 4, a count is negative, or more answered than were invited.
    """

    invited: int
    levels: Mapping[int, int]
    does_not_apply: int
    dont_know: int

    def __post_init__(self) -> None:
        check_levels(self.levels.values())
        if min(self.does_not_apply, self.dont_know, self.no_answer) < 0:
            raise ValueError("More answers are counted than organisations were invited, or a count is below zero.")

    @property
    def answered(self) -> int:
        """How many gave a level: n of the method."""
        return len(self.levels)

    @property
    def no_answer(self) -> int:
        """How many of the invited gave no answer at all: r of the method."""
        return self.invited - self.answered - self.does_not_apply - self.dont_know

    @property
    def level_counts(self) -> tuple[int, ...]:
        """How many chose each level, from 0 to 4: what the disclosure rules ask for."""
        given = list(self.levels.values())
        return tuple(given.count(level) for level in range(HIGHEST_LEVEL + 1))


@dataclass(frozen=True)
class Interval:
    """A 95% interval, in the unit of the figure that it belongs to. It describes chance only."""

    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether nought lies outside: an interval that only touches nought does not exclude it."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Bounds:
    """The score if all who did not answer had chosen the lowest, or the highest, level. In points."""

    low: float
    high: float


@dataclass(frozen=True)
class IntervalParts:
    """An interval and what it is made of, so that the method page can show the sum.

    `fraction` is f, `organisations` m, `variance` V (in levels squared), `t` the quantile; the rest is in points.
    """

    score: float
    fraction: float
    organisations: int
    variance: float
    t: float
    low: float
    high: float


@dataclass(frozen=True)
class ThemeScore:
    """A theme's score, "from `shown` of `asked`" core commitments."""

    score: float
    shown: int
    asked: int


def measure_asked(*, owed_by: OwedBy, seen_by_sector: bool, side: Side, owes: bool) -> Measure | None:
    """What one organisation is asked about a commitment (rule 1), or None where it is not asked.

    Args:
        owed_by: who owes the commitment.
        seen_by_sector: whether the other side can see it being kept; if not, nobody rates experience.
        side: the organisation's side.
        owes: whether this organisation itself owes it. Where all partners owe it, every organisation does.
    """
    if owed_by is OwedBy.ALL_PARTNERS:
        return Measure.PRACTICE
    owing_side = Side.VCFSE if owed_by is OwedBy.VCFSE else Side.PUBLIC
    if side is owing_side:
        return Measure.PRACTICE if owes else None
    return Measure.EXPERIENCE if seen_by_sector else None


def score(answers: CommitmentAnswers) -> float | None:
    """Mean level × 25 (0 to 100), every organisation counting once; None is *no data*, never nought (rule 3)."""
    # One division, and that the last step: a score that is a whole number is exactly that number.
    return POINTS * sum(answers.levels.values()) / answers.answered if answers.answered else None


def share_high(answers: CommitmentAnswers) -> float | None:
    """The share (0 to 1) at level 3 or 4 of those who gave a level; None where nobody did (rule 3)."""
    return sum(answers.level_counts[3:]) / answers.answered if answers.answered else None


def enough_for_theme(*, shown: int, asked: int) -> bool:
    """Whether a theme may be scored from `shown` of the `asked`: at least three, and three quarters (rule 3).

    Raises:
        ValueError: more are shown than were asked.
    """
    if shown > asked:
        raise ValueError(f"{shown} commitments are shown, but only {asked} were asked.")
    return shown >= 3 and 4 * shown >= 3 * asked  # noqa: PLR2004 - the rule's own numbers


def theme_score(shown: Sequence[CommitmentAnswers], asked: int) -> ThemeScore | None:
    """The plain mean of the shown core commitments' scores of one side, or None where too few are shown (rule 3).

    Args:
        shown: the theme's core commitments that are neither hidden nor without data.
        asked: how many core commitments of the theme were asked of that side.

    Raises:
        ValueError: more are shown than were asked, or a shown one has no level at all.
    """
    if not enough_for_theme(shown=len(shown), asked=asked):
        return None
    return ThemeScore(score=mean_score(shown), shown=len(shown), asked=asked)


def organisations(commitments: Sequence[CommitmentAnswers]) -> int:
    """How many organisations gave a level to any of the commitments: m of rule 4."""
    return len(set().union(*(answers.levels for answers in commitments)))


def residuals(values: Sequence[Mapping[int, int]]) -> list[float]:
    """Each organisation's part in the error of a mean of K means: uᵢ = (1/K) Σ (xᵢc − x̄c)/nc (rule 4).

    Args:
        values: for each of the K commitments, organisation key to value, none of them empty.

    Returns:
        One number, in levels, for each organisation that has any value. Summing an organisation's parts before
        squaring keeps its answers together: they resemble each other.
    """
    parts: dict[int, list[float]] = defaultdict(list)
    for given in values:
        mean = sum(given.values()) / len(given)
        for organisation, value in given.items():
            parts[organisation].append((value - mean) / len(given))
    return [fsum(part) / len(values) for part in parts.values()]


def t_quantile(upper: float, degrees: int) -> float:
    """Student's t at cumulative probability `upper` for `degrees` of freedom, at least 1."""
    return float(stdtrit(degrees, upper))


def interval_parts(commitments: Sequence[CommitmentAnswers]) -> IntervalParts | None:
    """The 95% interval of a score (rule 4) with its parts: one commitment, or a theme's shown core commitments.

    Near an end of the scale everyone may give the same level by chance; two guards, an answer of 0 and one of 4
    that nobody gave, keep the interval from closing.

    Returns:
        None where there is no commitment, where one has no level, or where fewer than two organisations answered.
    """
    m = organisations(commitments)
    if m < 2 or not all(answers.answered for answers in commitments):  # noqa: PLR2004 - t needs m − 1 ≥ 1
        return None
    fraction = min(answers.answered / (answers.invited - answers.does_not_apply) for answers in commitments)
    squares = [u * u for u in residuals([answers.levels for answers in commitments])]
    squares += [_guard(commitments, level) ** 2 for level in (0, HIGHEST_LEVEL)]
    variance = (1 - fraction) * m / (m + 1) * fsum(squares)
    middle, t = mean_score(commitments), t_quantile(_UPPER, m - 1)
    reach = POINTS * t * sqrt(variance)
    low, high = max(0.0, middle - reach), min(float(POINTS * HIGHEST_LEVEL), middle + reach)
    return IntervalParts(score=middle, fraction=fraction, organisations=m, variance=variance, t=t, low=low, high=high)


def interval(commitments: Sequence[CommitmentAnswers]) -> Interval | None:
    """The 95% interval of a score, within 0 to 100 (rule 4); None exactly where `interval_parts` is None."""
    parts = interval_parts(commitments)
    return None if parts is None else Interval(parts.low, parts.high)


def bounds(commitments: Sequence[CommitmentAnswers]) -> Bounds | None:
    """The score's bounds, and for a theme the mean of its commitments' bounds (rule 5).

    Returns:
        None where there is no commitment, or one has no level: that is *no data*.
    """
    if not commitments or not all(answers.answered for answers in commitments):
        return None
    ends = [_bounds_of_one(answers) for answers in commitments]
    return Bounds(*(fsum(end) / len(ends) for end in zip(*ends, strict=True)))


def check_levels(levels: Iterable[int]) -> None:
    """Refuse what is not a level.

    Raises:
        ValueError: a level is outside 0 to 4; the message names it.
    """
    for level in levels:
        if level not in range(HIGHEST_LEVEL + 1):
            raise ValueError(f"A level is 0 to {HIGHEST_LEVEL}, and this is {level}.")


def mean_score(commitments: Sequence[CommitmentAnswers]) -> float:
    """The plain mean of the commitments' scores, in points.

    Raises:
        ValueError: there is no commitment, or one has no level.
    """
    scores = [value for answers in commitments if (value := score(answers)) is not None]
    if not commitments or len(scores) < len(commitments):
        raise ValueError("A mean of scores needs at least one commitment, and a level for each.")
    return fsum(scores) / len(scores)


def _guard(commitments: Sequence[CommitmentAnswers], level: int) -> float:
    """u₀ or u₄ of rule 4: the part that an organisation would have that gave `level` to every commitment."""
    parts = [(level - sum(given.levels.values()) / given.answered) / given.answered for given in commitments]
    return fsum(parts) / len(parts)


def _bounds_of_one(answers: CommitmentAnswers) -> tuple[float, float]:
    total, counted = sum(answers.levels.values()), answers.answered + answers.no_answer
    return POINTS * total / counted, POINTS * (total + HIGHEST_LEVEL * answers.no_answer) / counted
