"""Rules 6 and 7: public bodies' practice, the gap, and what the two sides say together."""

import pytest

from charter.rules.gaps import difference_between_sides, is_clear, mean_gap, perception_gap, practice_score, sector_gap
from charter.rules.scoring import CommitmentAnswers, Interval, interval, mean_score
from db.types import Agreement, Side
from tests.rules.populations import answers


def everyone(points: float) -> CommitmentAnswers:
    """A hundred organisations, all of whom answered, with exactly this score (quarter points)."""
    total = round(points * 4)
    return CommitmentAnswers(100, {n: total // 100 + (n < total % 100) for n in range(100)}, 0, 0)


def test_practice_is_the_mean_of_the_bodies_and_never_nought_for_silence() -> None:
    assert practice_score([4, 3, 2]) == 75.0
    assert practice_score([0]) == 0.0
    assert practice_score([]) is None
    with pytest.raises(ValueError, match="this is 5"):
        practice_score([5])


def test_the_interval_of_a_gap_is_that_of_experience_turned_round() -> None:
    experience = answers(1, 3, 4, 5, 2, invited=40, does_not_apply=2, dont_know=3)
    gap, chance = perception_gap(practice=75.0, experience=[experience]), interval([experience])
    assert gap is not None
    assert chance is not None
    assert gap.gap == pytest.approx(75 - 170 / 3)
    assert gap.interval == Interval(75 - chance.high, 75 - chance.low)


def test_the_sectors_own_promise_has_the_same_sign_and_its_interval_is_not_turned() -> None:
    practice = answers(1, 3, 4, 5, 2, invited=40)
    gap, chance = sector_gap(practice=[practice], experience=25.0), interval([practice])
    assert gap is not None
    assert chance is not None
    assert (gap.practice, gap.experience) == (mean_score([practice]), 25.0)
    assert gap.gap == pytest.approx(170 / 3 - 25)
    assert gap.interval == Interval(chance.low - 25, chance.high - 25)


@pytest.mark.parametrize(
    ("practice", "experience", "clear", "agreement"),
    [
        (75, 62, True, Agreement.DISAGREE),  # 13 points are enough
        (75, 62.25, False, Agreement.AGREE_GOOD),  # 12.75 are not, although chance has no part in it
        (62, 75, True, Agreement.DISAGREE),  # in either direction
        (60, 60, False, Agreement.AGREE_GOOD),
        (60, 59.75, False, Agreement.MIXED),
        (59.75, 60, False, Agreement.MIXED),
        (39.75, 39.75, False, Agreement.AGREE_POOR),
        (39.75, 40, False, Agreement.MIXED),
        (40, 39.75, False, Agreement.MIXED),
        (50, 50, False, Agreement.MIXED),
        (30, 10, True, Agreement.DISAGREE),
    ],
)
def test_agreement_at_each_threshold(practice: float, experience: float, clear: bool, agreement: Agreement) -> None:
    gap = perception_gap(practice=practice, experience=[everyone(experience)])
    assert gap is not None
    assert gap.interval == Interval(practice - experience, practice - experience)
    assert (gap.clear, gap.agreement) == (clear, agreement)


def test_a_large_gap_is_not_clear_while_chance_could_have_made_it() -> None:
    few = perception_gap(practice=90, experience=[answers(0, 0, 4, 4, 4, invited=200)])
    assert few is not None
    assert few.gap == 15
    assert few.interval is not None
    assert few.interval.low < 0 < few.interval.high
    assert (few.clear, few.agreement) == (False, Agreement.AGREE_GOOD)
    many = perception_gap(practice=90, experience=[answers(0, 0, 40, 40, 40, invited=200)])
    assert many is not None
    assert (many.gap, many.clear, many.agreement) == (15, True, Agreement.DISAGREE)


def test_a_gap_is_clear_from_thirteen_points_where_nought_lies_outside_its_interval() -> None:
    assert [is_clear(gap, Interval(gap - 5, gap + 5)) for gap in (12.9, 13, -12.9, -13)] == [False, True, False, True]
    assert not is_clear(20, Interval(0, 40))
    assert not is_clear(20, None)


def test_a_gap_needs_data_on_both_sides() -> None:
    silent = answers(invited=5)
    assert perception_gap(practice=50, experience=[silent]) is None
    assert perception_gap(practice=50, experience=[]) is None
    assert sector_gap(practice=[silent], experience=50) is None
    assert mean_gap(owing_side=Side.PUBLIC, public=[], vcfse=[]) is None
    assert mean_gap(owing_side=Side.PUBLIC, public=[50, 50], vcfse=[everyone(50), silent]) is None
    single = perception_gap(practice=100, experience=[answers(1, invited=9)])
    assert single is not None
    assert (single.interval, single.clear) == (None, False)


def test_a_theme_gap_is_the_mean_of_its_gaps() -> None:
    theme = [everyone(50), everyone(20), everyone(80)]
    gap = mean_gap(owing_side=Side.PUBLIC, public=[75, 50, 70], vcfse=theme)
    assert gap is not None
    assert (gap.practice, gap.experience, gap.gap) == (65, 50, 15)
    assert gap == perception_gap(practice=65, experience=theme)
    with pytest.raises(ValueError, match="cannot be paired"):
        mean_gap(owing_side=Side.PUBLIC, public=[75, 50], vcfse=theme)


def test_in_the_sectors_own_promises_the_mean_of_public_bodies_is_the_experience() -> None:
    theme = [everyone(50), everyone(20), everyone(80)]
    gap = mean_gap(owing_side=Side.VCFSE, public=[75, 50, 70], vcfse=theme)
    assert gap is not None
    assert (gap.practice, gap.experience, gap.gap) == (50, 65, -15)


def test_the_difference_between_the_sides_is_public_less_vcfse() -> None:
    found = difference_between_sides(public=40, vcfse=[everyone(70)])
    assert found is not None
    assert (found.public, found.vcfse, found.difference) == (40, 70, -30)
    assert found.interval == Interval(-30, -30)
    assert difference_between_sides(public=40, vcfse=[answers(invited=3)]) is None


@pytest.mark.parametrize("impossible", [-0.1, 100.1])
def test_a_score_off_the_scale_is_refused(impossible: float) -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        perception_gap(practice=impossible, experience=[everyone(50)])
    with pytest.raises(ValueError, match="0 to 100"):
        sector_gap(practice=[everyone(50)], experience=impossible)
    with pytest.raises(ValueError, match="0 to 100"):
        mean_gap(owing_side=Side.PUBLIC, public=[50, impossible], vcfse=[everyone(50), everyone(50)])
