"""Rates, shares, the overall question, and the rounding of what is published (rules 2, 8 and 11)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.rules.scoring import Interval
from charter.rules.shares import overall_question, percent_words, rate, shares, whole
from db.types import EngagementLevel, Influence

FIVE = tuple(Influence)
FIFTY = dict(zip(FIVE, (5, 10, 20, 10, 5), strict=True))


def test_rates() -> None:
    assert rate(142, 350) == pytest.approx(0.405714, abs=1e-6)
    assert rate(0, 3) == 0.0
    assert rate(0, 0) is None
    with pytest.raises(ValueError, match="4 cannot be a part of 3"):
        rate(4, 3)


def test_shares_of_a_question() -> None:
    counts = {EngagementLevel.INFORMATION: 6, EngagementLevel.CONSULTATION: 3, EngagementLevel.PARTNERSHIP: 3}
    assert shares(counts) == {
        EngagementLevel.INFORMATION: 0.5,
        EngagementLevel.CONSULTATION: 0.25,
        EngagementLevel.PARTNERSHIP: 0.25,
    }
    assert shares({}) is shares({EngagementLevel.INFORMATION: 0}) is None
    with pytest.raises(ValueError, match="below zero"):
        shares({1: -1, 2: 4})


@pytest.mark.parametrize(
    ("invited", "n"),
    [(None, 50), (100, 50 * 99 / 50), (60, 50 * 59 / 10), (10**9, 50)],
)
def test_the_overall_question_with_its_interval(invited: int | None, n: float) -> None:
    found = overall_question(FIFTY, invited=invited)
    assert found is not None
    assert (found.share, found.answered) == (0.3, 50)
    # Wilson's ends are the true shares p from which 0.3 lies just 1.96 standard errors away, n(M − 1)/(M − n) for n.
    for end in (found.interval.low, found.interval.high):
        assert abs(0.3 - end) == pytest.approx(1.959964 * (end * (1 - end) / n) ** 0.5, rel=1e-5)
    assert found.interval.low < 0.3 < found.interval.high


def test_the_interval_of_fifty_answers_is_the_textbooks_and_of_everyone_the_share_itself() -> None:
    open_ended, everyone = overall_question(FIFTY, invited=None), overall_question(FIFTY, invited=50)
    assert open_ended is not None
    assert everyone is not None
    # Wilson's interval of 15 of 50, as scipy's `binomtest` gives it; to load that would take longer than all of these.
    assert (open_ended.interval.low, open_ended.interval.high) == pytest.approx((0.1910355350, 0.4375035046))
    assert everyone.interval == Interval(0.3, 0.3)


def test_the_overall_question_without_answers_or_with_too_many() -> None:
    assert overall_question({}, invited=20) is None
    with pytest.raises(ValueError, match="only 3 were invited"):
        overall_question({Influence.POSITIVE: 4}, invited=3)


@given(st.lists(st.integers(0, 40), min_size=5, max_size=5).filter(any), st.integers(0, 400))
def test_the_interval_holds_the_share_within_nought_and_one(counts: list[int], silent: int) -> None:
    found = overall_question(dict(zip(FIVE, counts, strict=True)), invited=sum(counts) + silent)
    assert found is not None
    assert 0 <= found.interval.low <= found.share <= found.interval.high <= 1


@pytest.mark.parametrize(
    ("value", "printed"),
    [(56.5, 57), (57.5, 58), (56.499, 56), (63.4615, 63), (0.0, 0), (-2.5, -3), (-2.4, -2), (-0.3, 0), (100.0, 100)],
)
def test_whole_points_round_halves_up_and_alike_on_both_sides_of_nought(value: float, printed: int) -> None:
    assert whole(value) == printed


def test_a_half_that_is_stored_a_hair_too_low_is_still_a_half() -> None:
    third = 82.5 / 3
    stored = third + third + third - 82.5 + 27.5 - 4e-12
    assert stored < 27.5
    assert whole(stored) == 28


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (1.0, "100%"),
        (349 / 350, "over 99%"),
        (0.995, "over 99%"),
        (0.994, "99%"),
        (0.125, "13%"),
        (0.006, "1%"),
        (1 / 350, "under 1%"),
        (0.0, "0%"),
    ],
)
def test_all_and_none_are_said_only_of_all_and_none(share: float, words: str) -> None:
    assert percent_words(share) == words


@pytest.mark.parametrize("share", [-0.01, 1.01])
def test_a_share_off_the_scale_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="0 to 1"):
        percent_words(share)
