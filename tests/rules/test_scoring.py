"""Rules 1 to 5: who is asked, counts, scores, intervals and bounds, by exact values and by properties."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.rules.scoring import (
    CommitmentAnswers,
    Interval,
    bounds,
    enough_for_theme,
    interval,
    interval_parts,
    mean_score,
    measure_asked,
    organisations,
    residuals,
    score,
    share_high,
    t_quantile,
    theme_score,
)
from db.types import Measure, OwedBy, Side
from tests.rules.populations import answers

PRACTICE, EXPERIENCE = Measure.PRACTICE, Measure.EXPERIENCE
WORKED = answers(1, 3, 4, 5, 2, invited=40, does_not_apply=2, dont_know=3)


@st.composite
def commitments(draw: st.DrawFn, least: int = 1) -> CommitmentAnswers:
    """One commitment's answers, from a list of up to 60 organisations."""
    levels = draw(st.dictionaries(st.integers(1, 60), st.integers(0, 4), min_size=least, max_size=25))
    does_not_apply, dont_know = draw(st.integers(0, 4)), draw(st.integers(0, 4))
    silent = draw(st.integers(0, 30))
    return CommitmentAnswers(len(levels) + does_not_apply + dont_know + silent, levels, does_not_apply, dont_know)


def shuffled(given_answers: CommitmentAnswers, seed: int) -> CommitmentAnswers:
    items = list(given_answers.levels.items())
    random.Random(seed).shuffle(items)  # noqa: S311 - not a secret
    return replace(given_answers, levels=dict(items))


@pytest.mark.parametrize(
    ("owed_by", "seen", "side", "owes", "asked"),
    [
        (OwedBy.NAMED_BODIES, True, Side.PUBLIC, True, PRACTICE),
        (OwedBy.NAMED_BODIES, True, Side.PUBLIC, False, None),
        (OwedBy.NAMED_BODIES, True, Side.VCFSE, False, EXPERIENCE),
        (OwedBy.NAMED_BODIES, False, Side.VCFSE, False, None),
        (OwedBy.NAMED_BODIES, False, Side.PUBLIC, True, PRACTICE),
        (OwedBy.ALL_PUBLIC_BODIES, True, Side.PUBLIC, True, PRACTICE),
        (OwedBy.ALL_PUBLIC_BODIES, True, Side.VCFSE, False, EXPERIENCE),
        (OwedBy.VCFSE, True, Side.VCFSE, True, PRACTICE),
        (OwedBy.VCFSE, True, Side.VCFSE, False, None),
        (OwedBy.VCFSE, True, Side.PUBLIC, False, EXPERIENCE),
        (OwedBy.VCFSE, False, Side.PUBLIC, False, None),
        (OwedBy.ALL_PARTNERS, True, Side.PUBLIC, True, PRACTICE),
        (OwedBy.ALL_PARTNERS, True, Side.VCFSE, True, PRACTICE),
        (OwedBy.ALL_PARTNERS, False, Side.VCFSE, False, PRACTICE),
    ],
)
def test_who_is_asked_what(owed_by: OwedBy, seen: bool, side: Side, owes: bool, asked: Measure | None) -> None:
    assert measure_asked(owed_by=owed_by, seen_by_sector=seen, side=side, owes=owes) is asked


def test_counts_add_up_to_the_invited() -> None:
    assert (WORKED.answered, WORKED.no_answer) == (15, 20)
    assert WORKED.level_counts == (1, 3, 4, 5, 2)


@pytest.mark.parametrize("level", [-1, 5])
def test_a_level_out_of_range_is_refused(level: int) -> None:
    with pytest.raises(ValueError, match=f"this is {level}"):
        CommitmentAnswers(3, {1: level}, 0, 0)


@pytest.mark.parametrize(("invited", "does_not_apply", "dont_know"), [(2, 0, 2), (2, 2, 0), (5, -1, 0), (5, 0, -1)])
def test_counts_that_do_not_add_up_are_refused(invited: int, does_not_apply: int, dont_know: int) -> None:
    with pytest.raises(ValueError, match="More answers"):
        CommitmentAnswers(invited, {1: 4}, does_not_apply, dont_know)


@pytest.mark.parametrize(
    ("counts", "points", "high"),
    [
        ((0, 0, 0, 0, 1), 100.0, 1.0),
        ((3, 0, 0, 0, 0), 0.0, 0.0),
        ((1, 1, 1, 1, 1), 50.0, 0.4),
        ((0, 0, 1, 2, 0), 200 / 3, 2 / 3),
        ((1, 3, 4, 5, 2), 170 / 3, 7 / 15),
    ],
)
def test_score_and_share_of_high_levels(counts: tuple[int, ...], points: float, high: float) -> None:
    assert score(answers(*counts)) == pytest.approx(points, abs=1e-12)
    assert share_high(answers(*counts)) == pytest.approx(high, abs=1e-12)


def test_no_level_is_no_data_and_never_nought() -> None:
    silent = answers(invited=9, dont_know=2)
    assert (score(silent), share_high(silent), interval([silent]), bounds([silent])) == (None, None, None, None)
    assert (interval([]), bounds([])) == (None, None)
    assert (interval([WORKED, silent]), bounds([WORKED, silent])) == (None, None)
    with pytest.raises(ValueError, match="at least one commitment"):
        mean_score([WORKED, silent])


def test_the_worked_example_of_the_method() -> None:
    parts = interval_parts([WORKED])
    assert parts is not None
    assert parts.organisations == 15
    assert parts.score == pytest.approx(56.67, abs=0.005)
    assert parts.fraction == pytest.approx(15 / 38, abs=1e-15)
    assert parts.variance == pytest.approx(0.06828, abs=5e-6)
    assert parts.t == pytest.approx(2.1448, abs=5e-5)
    assert (round(parts.low), round(parts.high)) == (43, 71)
    assert interval([WORKED]) == Interval(parts.low, parts.high)
    found = bounds([WORKED])
    assert found is not None
    assert (found.low, found.high) == pytest.approx((25 * 34 / 35, 25 * 114 / 35))
    assert (round(found.low), round(found.high)) == (24, 81)


@pytest.mark.parametrize(("degrees", "t"), [(1, 12.7062), (9, 2.26216), (29, 2.04523), (349, 1.96679)])
def test_t_quantiles_are_those_of_the_tables(degrees: int, t: float) -> None:
    assert t_quantile(0.975, degrees) == pytest.approx(t, abs=5e-5)


def test_residuals_keep_one_organisations_answers_together() -> None:
    # Two commitments: organisation 1 is one level above the mean of both, 2 below both, 3 answers only the second.
    parts = sorted(residuals([{1: 4, 2: 2}, {1: 3, 2: 1, 3: 2}]))
    assert parts == pytest.approx([-(1 / 2 + 1 / 3) / 2, 0, (1 / 2 + 1 / 3) / 2])


def test_interval_of_a_theme_by_hand() -> None:
    # x̄ = 3 and 2, n = 2 and 3; u = ±5/12 and 0; u₀ = −(3/2 + 2/3)/2, u₄ = (1/2 + 2/3)/2; m = 3; f = min(2/4, 3/8).
    first, second = CommitmentAnswers(5, {1: 4, 2: 2}, 1, 0), CommitmentAnswers(8, {1: 3, 2: 1, 3: 2}, 0, 1)
    parts = interval_parts([first, second])
    assert parts is not None
    assert (parts.organisations, parts.fraction, parts.score) == (3, 3 / 8, 62.5)
    expected = (5 / 8) * (3 / 4) * (2 * (5 / 12) ** 2 + (13 / 12) ** 2 + (7 / 12) ** 2)
    assert parts.variance == pytest.approx(expected, abs=1e-12)
    assert (parts.low, parts.high) == (0, 100)  # wide, and kept on the scale


def test_an_interval_needs_two_organisations_and_everyone_leaves_nothing_to_chance() -> None:
    assert interval([answers(0, 0, 0, 1, invited=9)]) is None
    assert interval([answers(1, 0, 0, 1, dont_know=0, does_not_apply=4)]) == Interval(37.5, 37.5)


@pytest.mark.parametrize(
    ("low", "high", "excludes"), [(0.1, 2, True), (-2, -0.1, True), (-1, 1, False), (0, 2, False), (-2, 0, False)]
)
def test_an_interval_that_only_touches_nought_does_not_exclude_it(low: float, high: float, excludes: bool) -> None:
    assert Interval(low, high).excludes_zero is excludes


def test_the_guards_keep_an_interval_open_where_all_agree() -> None:
    found = interval([answers(0, 0, 0, 0, 10, invited=40)])
    assert found is not None
    # V = (3/4)·(10/11)·(4/10)², t with 9 degrees 2.26216: 100 − 25·2.26216·√V.
    assert found.low == pytest.approx(100 - 25 * 2.2621572 * (0.75 * 10 / 11 * 0.16) ** 0.5, abs=1e-5)
    assert found.high == 100


def test_bounds_of_a_theme_are_the_means_of_its_commitments() -> None:
    found = bounds([WORKED, answers(0, 0, 0, 0, 5, invited=10)])
    assert found is not None
    assert (found.low, found.high) == pytest.approx(((850 / 35 + 50) / 2, (2850 / 35 + 100) / 2))


@pytest.mark.parametrize(
    ("shown", "asked", "enough"),
    [(2, 2, False), (3, 3, True), (3, 4, True), (3, 5, False), (4, 5, True), (5, 7, False)],
)
def test_a_theme_needs_three_commitments_and_three_quarters(shown: int, asked: int, enough: bool) -> None:
    assert enough_for_theme(shown=shown, asked=asked) is enough
    found = theme_score([WORKED] * shown, asked)
    assert (found is not None) is enough


def test_theme_score_is_a_plain_mean_however_many_answered() -> None:
    found = theme_score([answers(0, 0, 0, 0, 40), answers(1), answers(0, 0, 3)], 4)
    assert found is not None
    assert (found.score, found.shown, found.asked) == (50.0, 3, 4)
    with pytest.raises(ValueError, match="only 2 were asked"):
        theme_score([WORKED] * 3, 2)


def test_organisations_are_counted_once() -> None:
    assert organisations([answers(3), answers(0, 2, first=2), answers(invited=4)]) == 4


@given(st.lists(commitments(), min_size=1, max_size=5), st.integers())
def test_order_never_matters(theme: list[CommitmentAnswers], seed: int) -> None:
    other = [shuffled(one, seed) for one in theme]
    random.Random(seed).shuffle(other)  # noqa: S311 - not a secret
    # Exactly equal, not nearly: a release can be recomputed on another machine in another order.
    assert interval_parts(other) == interval_parts(theme)
    assert bounds(other) == bounds(theme)
    assert mean_score(other) == mean_score(theme)


@given(st.lists(commitments(), min_size=1, max_size=5))
def test_figures_stay_on_the_scale_and_hold_each_other(theme: list[CommitmentAnswers]) -> None:
    middle, ends, chance = mean_score(theme), bounds(theme), interval(theme)
    assert ends is not None
    assert 0 <= ends.low <= middle + 1e-9
    assert middle - 1e-9 <= ends.high <= 100
    if chance is not None:
        assert 0 <= chance.low <= middle + 1e-9
        assert middle - 1e-9 <= chance.high <= 100


@given(commitments(), st.integers(1, 5))
def test_an_added_dont_know_moves_no_mean(one: CommitmentAnswers, more: int) -> None:
    other = replace(one, invited=one.invited + more, dont_know=one.dont_know + more)
    assert (score(other), share_high(other), bounds([other])) == (score(one), share_high(one), bounds([one]))


@given(commitments(least=2), st.integers(1, 5))
def test_an_added_does_not_apply_changes_nothing(one: CommitmentAnswers, more: int) -> None:
    other = replace(one, invited=one.invited + more, does_not_apply=one.does_not_apply + more)
    assert interval_parts([other]) == interval_parts([one])
    assert bounds([other]) == bounds([one])
