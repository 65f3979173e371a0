"""Change between two small periods, against numbers reckoned by hand from rule 8 of the method."""

from collections.abc import Collection, Sequence

import pytest

from charter.figures.changes import changes
from charter.figures.inputs import FrozenPeriod
from db.models import ReleaseChange
from db.types import Direction, Measure, Scope, Withheld
from tests.store.frozen import NOTHING as R
from tests.store.frozen import Said, sector

REFS = ("A-1", "A-2", "A-3")
# Forty groups were invited both times. Thirty-two answered both times, and of those 24 chose one level more.
BEFORE: Sequence[Said] = [*[1, 2] * 16, *[R] * 8]
AFTER: Sequence[Said] = [*[2, 3] * 12, *[1, 2] * 4, *[R] * 8]
VALUES = ("matched", "before", "after", "difference", "low", "high", "carried_share")


def found(
    before: FrozenPeriod, after: FrozenPeriod, ref: str = "A-1", comparable: Collection[str] = REFS
) -> ReleaseChange:
    rows = list(changes(before, after, comparable=comparable, before_release_id=7))
    assert {row.before_release_id for row in rows} == {7}
    return next(row for row in rows if row.ref == ref)


def one(answers: Sequence[Said], *, measure: Measure = Measure.EXPERIENCE) -> FrozenPeriod:
    return sector({"A-1": answers}, measure=measure)


def shown(row: ReleaseChange) -> set[str]:
    return {name for name in VALUES if getattr(row, name) is not None}


def test_a_change_is_the_mean_difference_of_those_who_answered_both_times() -> None:
    row = found(one(BEFORE), one(AFTER))
    assert (row.matched, row.before, row.after, row.difference) == (32, 37.5, 56.25, 18.75)
    # Σu² = (24 · 0.25² + 8 · 0.75²)/32², V = (1 − 32/40) · 32/31 · Σu² = 0.00120968, t(31) = 2.039513.
    assert row.low == pytest.approx(18.75 - 1.77337, abs=1e-4)
    assert row.high == pytest.approx(18.75 + 1.77337, abs=1e-4)
    assert (row.direction, row.listed_direction, row.carried_share) == (Direction.BETTER, Direction.BETTER, 0)


def test_those_who_answered_once_move_the_scores_and_not_the_change() -> None:
    new: Sequence[Said] = [4] * 8 + [3] * 2
    row = found(one([*BEFORE, R, R]), one([*AFTER[:32], *new]))
    assert (row.matched, row.difference) == (32, 18.75)
    assert row.after == pytest.approx(25 * (72 + 38) / 42)


@pytest.mark.parametrize("count", [1, 4, 9])
def test_a_change_is_hidden_if_a_few_answered_one_time_only(count: int) -> None:
    new: Sequence[Said] = [0, 4, 2, 1, 3, 0, 4, 2, 1][:count]
    row = found(one([*BEFORE, R]), one([*AFTER[:32], *new, *[R] * (9 - count)]))
    # What all say now, less what all said then, less the change of the others would be the sum of the few.
    assert row.withheld is Withheld.FEW_OR_UNIFORM
    assert not shown(row)


def test_those_who_stopped_and_those_who_began_are_one_set() -> None:
    # Each is a few alone; the two sums cannot be told apart, so that together they are enough.
    row = found(one([*BEFORE[:32], *[1, 2, 3, 0, 4], *[R] * 5]), one([*AFTER[:32], *[R] * 5, *[1, 2, 3, 0, 4]]))
    assert row.difference == 18.75
    # Here all that stopped gave the highest level, and all that began the lowest: the sums tell that alone.
    row = found(one([*BEFORE[:32], *[4] * 5, *[R] * 5]), one([*AFTER[:32], *[R] * 5, *[0] * 5]))
    assert row.withheld is Withheld.FEW_OR_UNIFORM


def test_a_theme_is_hidden_if_a_few_answered_one_of_its_promises_one_time_only() -> None:
    every: dict[str, Sequence[Said]] = dict.fromkeys(REFS, AFTER)
    row = found(sector(dict.fromkeys(REFS, BEFORE)), sector({**every, "A-2": [*AFTER[:32], 4, *[R] * 7]}), ref="voice")
    assert row.withheld is Withheld.FEW_OR_UNIFORM
    assert not shown(row)


def test_the_other_way_round_it_is_worse() -> None:
    assert found(one(AFTER), one(BEFORE)).direction is Direction.WORSE


def test_a_theme_changes_over_its_core_commitments() -> None:
    row = found(sector(dict.fromkeys(REFS, BEFORE)), sector(dict.fromkeys(REFS, AFTER)), ref="voice")
    assert (row.scope, row.matched, row.difference, row.direction) == (Scope.THEME, 32, 18.75, Direction.BETTER)
    assert (row.before, row.after) == (37.5, 56.25)


def test_a_theme_of_which_too_few_commitments_can_be_compared() -> None:
    row = found(
        sector(dict.fromkeys(REFS, BEFORE)), sector(dict.fromkeys(REFS, AFTER)), ref="voice", comparable=REFS[:2]
    )
    assert (row.direction, row.difference, row.low, row.high) == (Direction.CANNOT_BE_COMPARED, None, None, None)


def test_a_changed_meaning_cannot_be_compared() -> None:
    row = found(one(BEFORE), one(AFTER), comparable=())
    assert (row.direction, row.listed_direction) == (Direction.CANNOT_BE_COMPARED, Direction.CANNOT_BE_COMPARED)
    assert not shown(row)


def test_practice_is_not_compared_with_experience() -> None:
    row = found(one(BEFORE), one(AFTER, measure=Measure.PRACTICE))
    assert row.direction is Direction.CANNOT_BE_COMPARED
    assert not shown(row)


def test_what_was_not_asked_before_cannot_be_compared() -> None:
    row = found(sector({"A-2": BEFORE}), one(AFTER))
    assert row.direction is Direction.CANNOT_BE_COMPARED
    assert not shown(row)


@pytest.mark.parametrize("hidden_first", [True, False])
def test_a_change_is_hidden_if_a_part_of_it_is(hidden_first: bool) -> None:
    alike: Sequence[Said] = [3] * 40
    row = found(one(alike), one(AFTER)) if hidden_first else found(one(BEFORE), one(alike))
    assert row.withheld is Withheld.FEW_OR_UNIFORM
    assert row.direction is Direction.CANNOT_BE_COMPARED
    assert not shown(row)


def test_a_change_is_hidden_if_those_who_answered_both_times_are_few() -> None:
    first: Sequence[Said] = [*[1, 2] * 20, *[R] * 31]
    second: Sequence[Said] = [*[R] * 31, *[2, 3] * 20]
    row = found(one(first), one(second))
    assert row.withheld is Withheld.FEW_OR_UNIFORM
    assert not shown(row)


def test_few_answers_have_no_direction_and_no_difference() -> None:
    row = found(one([*[1, 2] * 10, R, R]), one([*[2, 3] * 9, 1, 1, R, R]))
    assert (row.direction, row.listed_direction) == (Direction.FEW_ANSWERS, Direction.FEW_ANSWERS)
    assert (row.matched, row.difference, row.low, row.high) == (20, None, None, None)


def test_a_low_response_has_no_direction_and_no_difference() -> None:
    silent: Sequence[Said] = [R] * 100
    row = found(one([*BEFORE, *silent]), one([*AFTER, *silent]))
    assert (row.direction, row.difference) == (Direction.FEW_ANSWERS, None)


def test_what_was_carried_over_is_told() -> None:
    row = found(one(BEFORE), sector({"A-1": AFTER}, carried=True))
    assert row.carried_share == 1
