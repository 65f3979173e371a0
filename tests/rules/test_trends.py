"""Rule 8, the change between two periods: like for like, or not at all."""

from math import sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.rules.scoring import CommitmentAnswers
from charter.rules.trends import Change, change, few_answers, mostly_carried_over
from db.types import Direction

WELL = (0.5, 0.5)  # both response rates


def period(levels: dict[int, int], invited: int = 200) -> CommitmentAnswers:
    return CommitmentAnswers(invited, levels, 0, 0)


def moved(
    *steps: int, invited: int = 200, responses: tuple[float | None, float | None] = WELL, picked: bool = False
) -> Change:
    """The change when organisation i gave level 2 before and 2 + steps[i] after."""
    before = period(dict.fromkeys(range(len(steps)), 2), invited)
    after = period({i: 2 + step for i, step in enumerate(steps)}, invited)
    return change([before], [after], invited_both=invited, responses=responses, picked_from_list=picked)


def test_mean_paired_difference_with_its_interval_by_hand() -> None:
    # Of 40, 10 rose by one level and 2 fell: mean 0.2, Σ(d − 0.2)² = 10·0.64 + 2·1.44 + 28·0.04 = 10.4.
    found = moved(*[1] * 10, *[-1] * 2, *[0] * 28, invited=100)
    assert found.matched == 40
    assert found.difference == pytest.approx(5.0)
    variance = (1 - 40 / 100) * (40 / 39) * 10.4 / 40**2
    assert found.interval is not None
    half = 25 * 2.0226909 * sqrt(variance)
    assert (found.interval.low, found.interval.high) == pytest.approx((5 - half, 5 + half), abs=1e-5)
    assert found.direction is Direction.BETTER


def test_an_interval_of_a_change_may_leave_the_scale() -> None:
    found = moved(*[2] * 29, -2, invited=10_000)
    assert found.interval is not None
    assert found.interval.high > 50


@pytest.mark.parametrize(
    ("steps", "direction"),
    [
        ([1] * 10 + [0] * 30, Direction.BETTER),
        ([-1] * 10 + [0] * 30, Direction.WORSE),
        ([1] * 10 + [-1] * 10 + [0] * 20, Direction.NO_CLEAR_CHANGE),
        ([0] * 40, Direction.NO_CLEAR_CHANGE),
        ([1] * 29, Direction.FEW_ANSWERS),
        ([1] * 30, Direction.BETTER),
    ],
)
def test_one_word_for_a_change(steps: list[int], direction: Direction) -> None:
    assert moved(*steps).direction is direction


def test_a_change_that_was_picked_from_a_list_needs_99_per_cent() -> None:
    # t is 2.02 at 95% and 2.71 at 99%, and the difference lies 2.3 of its standard errors from nought.
    steps = [1] * 13 + [-1] * 4 + [0] * 23
    once, picked = moved(*steps, invited=10_000), moved(*steps, invited=10_000, picked=True)
    assert once.direction is Direction.BETTER
    assert picked.direction is Direction.NO_CLEAR_CHANGE
    assert once.interval is not None
    assert picked.interval is not None
    assert once.difference == picked.difference
    widths = [found.high - found.low for found in (once.interval, picked.interval)]
    assert widths[1] / widths[0] == pytest.approx(2.7079132 / 2.0226909, abs=1e-6)


def test_where_everyone_invited_twice_is_matched_chance_has_no_part() -> None:
    found = moved(*[1] * 21, *[-1] * 20, invited=41)
    assert found.interval is not None
    assert found.interval.low == found.interval.high == found.difference
    assert found.direction is Direction.BETTER


def test_fewer_than_30_matched_cannot_be_compared_although_many_answered() -> None:
    before, after = period(dict.fromkeys(range(40), 1)), period(dict.fromkeys(range(11, 60), 4))
    found = change([before], [after], invited_both=190, responses=WELL)
    assert (found.matched, found.direction) == (29, Direction.CANNOT_BE_COMPARED)
    # Without a direction there is no number either: its sign would be one.
    assert (found.difference, found.interval) == (None, None)
    after = period(dict.fromkeys(range(10, 60), 4))
    assert change([before], [after], invited_both=190, responses=WELL).direction is Direction.BETTER


@pytest.mark.parametrize("responses", [(0.249, 0.5), (0.5, 0.249), (None, 0.5)])
def test_a_low_response_in_either_period_is_few_answers(responses: tuple[float | None, float]) -> None:
    found = moved(*[1] * 60, responses=responses)
    assert found == Change(Direction.FEW_ANSWERS, 60, None, None, 0.0)


def test_few_answers_is_below_30_or_below_a_quarter() -> None:
    assert not few_answers(answered=30, response=0.25)
    assert few_answers(answered=29, response=0.25)
    assert few_answers(answered=30, response=0.2499)
    assert few_answers(answered=30, response=None)


def test_a_changed_meaning_cannot_be_compared() -> None:
    found = change([], [], invited_both=200, responses=WELL)
    assert found == Change(Direction.CANNOT_BE_COMPARED, 0, None, None, None)


def test_who_joins_or_leaves_has_no_part_in_a_change() -> None:
    stayed = dict.fromkeys(range(40), 2)
    before = period({**stayed, **dict.fromkeys(range(100, 130), 0)})
    after = period({**stayed, **dict.fromkeys(range(130, 160), 4)})
    found = change([before], [after], invited_both=120, responses=WELL)
    assert (found.matched, found.difference, found.direction) == (40, 0.0, Direction.NO_CLEAR_CHANGE)


def test_a_theme_is_the_mean_of_its_commitments_and_keeps_an_organisation_together() -> None:
    # Organisation by organisation the second commitment moves as the first: the parts of u add before squaring.
    steps = {i: (1 if i < 10 else 0) for i in range(40)}
    before = [period(dict.fromkeys(steps, 2), 400)] * 3
    after = [period({i: 2 + sign * step for i, step in steps.items()}, 400) for sign in (1, 1, -1)]
    found = change(before, after, invited_both=400, responses=WELL, asked=4)
    assert found.difference == pytest.approx(25 * (0.25 + 0.25 - 0.25) / 3)
    # u is (1/3)(d − d̄)/40 in the end, as two of the three cancel; Σ(d − d̄)² = 40·0.25·0.75 = 7.5.
    variance = (1 - 40 / 400) * (40 / 39) * 7.5 / (3 * 40) ** 2
    assert found.interval is not None
    assert found.interval.high - found.interval.low == pytest.approx(2 * 25 * 2.0226909 * sqrt(variance), abs=1e-5)


@pytest.mark.parametrize(("compared", "asked", "possible"), [(3, 4, True), (3, 5, False), (2, 2, False), (4, 4, True)])
def test_a_theme_needs_three_comparable_commitments_and_three_quarters(
    compared: int, asked: int, possible: bool
) -> None:
    one, other = period(dict.fromkeys(range(40), 2)), period(dict.fromkeys(range(40), 3))
    found = change([one] * compared, [other] * compared, invited_both=100, responses=WELL, asked=asked)
    assert found.direction is (Direction.BETTER if possible else Direction.CANNOT_BE_COMPARED)


def test_a_commitment_that_nobody_rated_twice_does_not_count_towards_a_theme() -> None:
    one, other = period(dict.fromkeys(range(40), 2)), period(dict.fromkeys(range(40), 3))
    elsewhere = period(dict.fromkeys(range(50, 90), 3))
    found = change([one] * 3, [other, other, elsewhere], invited_both=100, responses=WELL, asked=3)
    assert found.direction is Direction.CANNOT_BE_COMPARED


def test_the_share_carried_over_counts_compared_answers_only() -> None:
    before = [period(dict.fromkeys(range(40), 2))] * 3
    after = [period(dict.fromkeys(range(20, 70), 2))] * 3
    half = change(
        before, after, invited_both=100, responses=WELL, asked=3,
        carried=[set(range(20, 40)), set(range(30, 70)), set()],
    )  # fmt: skip
    assert (half.matched, half.carried_over, mostly_carried_over(half.carried_over)) == (20, 30 / 60, False)
    more = change(
        before, after, invited_both=100, responses=WELL, asked=3, carried=[set(range(20, 40)), set(range(29, 70)), {5}]
    )
    assert (more.carried_over, mostly_carried_over(more.carried_over)) == (31 / 60, True)


def test_periods_that_do_not_fit_are_refused() -> None:
    one = period(dict.fromkeys(range(40), 2))
    with pytest.raises(ValueError, match="zip"):
        change([one], [], invited_both=40, responses=WELL)
    with pytest.raises(ValueError, match="only 39 were invited twice"):
        change([one], [one], invited_both=39, responses=WELL)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=30, max_size=60), st.randoms())
def test_order_never_matters_and_looking_back_turns_a_change_round(
    pairs: list[tuple[int, int]], random: Random
) -> None:
    before = period({i: pair[0] for i, pair in enumerate(pairs)})
    after = period({i: pair[1] for i, pair in enumerate(pairs)})
    there = change([before], [after], invited_both=150, responses=WELL)
    back = change([after], [before], invited_both=150, responses=WELL)
    order = list(enumerate(pairs))
    random.shuffle(order)
    again = change(
        [period({i: pair[0] for i, pair in order})], [period({i: pair[1] for i, pair in order})],
        invited_both=150, responses=WELL,
    )  # fmt: skip
    assert again == there
    assert there.difference is not None
    assert back.difference == -there.difference
    assert there.interval is not None
    assert there.interval.low <= there.difference <= there.interval.high
    opposite = {Direction.BETTER: Direction.WORSE, Direction.WORSE: Direction.BETTER}
    assert back.direction is opposite.get(there.direction, there.direction)
