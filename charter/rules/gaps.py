"""What the two sides say about one promise: practice against experience.

These are rules 6 and 7 of the published method. A gap is always practice − experience, in points, from −100 to 100;
a difference between the sides is public − VCFSE and is never called a gap. Public bodies are a full count, so that
chance is only in the VCFSE side, and the interval is that side's, shifted and for experience turned round. It
comes from the interval kept within 0 to 100: a score outside is not possible, and so no such gap is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from charter.rules.scoring import HAIR, POINTS, CommitmentAnswers, Interval, check_levels, interval, mean_score
from db.types import Agreement, Side

CLEAR_GAP = 13  # half a level, in whole points
GOOD = 60
POOR = 40


@dataclass(frozen=True)
class Gap:
    """A perception gap in points; `interval` is None where the VCFSE side is too small to have one."""

    practice: float
    experience: float
    gap: float
    interval: Interval | None
    clear: bool
    agreement: Agreement


@dataclass(frozen=True)
class Difference:
    """The difference between two practice scores, public − VCFSE, in points (rule 1)."""

    public: float
    vcfse: float
    difference: float
    interval: Interval | None


def practice_score(levels: Sequence[int]) -> float | None:
    """Mean level × 25 of public bodies, made for the gap alone (rule 6); None where none has answered.

    It serves alike for their experience of a promise that VCFSE organisations owe.

    Raises:
        ValueError: a level is outside 0 to 4.
    """
    check_levels(levels)
    return POINTS * sum(levels) / len(levels) if levels else None


def perception_gap(*, practice: float, experience: Sequence[CommitmentAnswers]) -> Gap | None:
    """The gap in a promise that public bodies owe (rule 7).

    Args:
        practice: the owing bodies' mean practice, 0 to 100; over several commitments, the mean of their means.
        experience: what VCFSE organisations answered, one for each commitment.

    Returns:
        The gap, or None where a commitment has no experience data.

    Raises:
        ValueError: `practice` is outside 0 to 100.
    """
    _check_score(practice)
    if not _has_data(experience):
        return None
    chance = interval(experience)
    turned = None if chance is None else Interval(practice - chance.high, practice - chance.low)
    return _gap(practice, mean_score(experience), turned)


def sector_gap(*, practice: Sequence[CommitmentAnswers], experience: float) -> Gap | None:
    """The gap in a promise that VCFSE organisations owe and public bodies experience (rules 1 and 7).

    Args:
        practice: what VCFSE organisations answered about their own practice, one for each commitment.
        experience: public bodies' mean experience, 0 to 100; over several commitments, the mean of their means.

    Returns:
        The gap, or None where a commitment has no practice data. It is never averaged with public bodies' gaps.

    Raises:
        ValueError: `experience` is outside 0 to 100.
    """
    _check_score(experience)
    if not _has_data(practice):
        return None
    return _gap(mean_score(practice), experience, _shifted(practice, experience))


def mean_gap(*, owing_side: Side, public: Sequence[float], vcfse: Sequence[CommitmentAnswers]) -> Gap | None:
    """The mean gap over commitments that have both practice and experience (rule 7): a theme's core, or one alone.

    Args:
        owing_side: the side that owes all of them, and so rates its practice. The two are never averaged.
        public: public bodies' mean of each commitment, 0 to 100.
        vcfse: VCFSE organisations' answers, in the same order of commitments.

    Returns:
        The gap, or None where no commitment is given or one has no data.

    Raises:
        ValueError: the two do not pair up, or a mean is outside 0 to 100.
    """
    if len(public) != len(vcfse):
        raise ValueError(f"{len(public)} means of public bodies cannot be paired with {len(vcfse)} of the other side.")
    for score in public:
        _check_score(score)
    if not public:
        return None
    mean = fsum(public) / len(public)
    if owing_side is Side.VCFSE:
        return sector_gap(practice=vcfse, experience=mean)
    return perception_gap(practice=mean, experience=vcfse)


def difference_between_sides(*, public: float, vcfse: Sequence[CommitmentAnswers]) -> Difference | None:
    """Public − VCFSE, where all partners owe a commitment and each rated its own practice (rule 1).

    Args:
        public: public bodies' mean practice, 0 to 100.
        vcfse: what VCFSE organisations answered about their own practice.

    Returns:
        The difference, or None where a commitment has no VCFSE data.

    Raises:
        ValueError: `public` is outside 0 to 100.
    """
    gap = perception_gap(practice=public, experience=vcfse)
    return None if gap is None else Difference(public, gap.experience, gap.gap, gap.interval)


def is_clear(gap: float, chance: Interval | None) -> bool:
    """Whether a gap or a difference is *clear*: chance alone cannot explain it, and it is 13 points or more (rule 7).

    Args:
        gap: the gap in points, −100 to 100.
        chance: its interval, or None where it has none; then it is never clear.
    """
    return chance is not None and chance.excludes_zero and abs(gap) >= CLEAR_GAP - HAIR


def _gap(practice: float, experience: float, chance: Interval | None) -> Gap:
    gap = practice - experience
    clear = is_clear(gap, chance)
    return Gap(practice, experience, gap, chance, clear, _agreement(practice, experience, clear=clear))


def _agreement(practice: float, experience: float, *, clear: bool) -> Agreement:
    if clear:
        return Agreement.DISAGREE
    if min(practice, experience) >= GOOD - HAIR:
        return Agreement.AGREE_GOOD
    return Agreement.AGREE_POOR if max(practice, experience) < POOR - HAIR else Agreement.MIXED


def _shifted(commitments: Sequence[CommitmentAnswers], by: float) -> Interval | None:
    chance = interval(commitments)
    return None if chance is None else Interval(chance.low - by, chance.high - by)


def _has_data(commitments: Sequence[CommitmentAnswers]) -> bool:
    return bool(commitments) and all(answers.answered for answers in commitments)


def _check_score(value: float) -> None:
    if not 0 <= value <= 100:  # noqa: PLR2004 - the scale itself
        raise ValueError(f"A score is 0 to 100, and this is {value}.")
