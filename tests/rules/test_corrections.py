"""Rule 9f: after a correction, a figure is made anew only where ten answers changed, and two releases tell no more."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.rules.corrections import hidden_in_either, reissue
from charter.rules.disclosure import Suppression, suppress
from db.types import Withheld

FEW, PROTECTS, NO_DATA = Withheld.FEW_OR_UNIFORM, Withheld.PROTECTS_ANOTHER, Withheld.NO_DATA
KINDS, INCOMES = ("a", "b", "c"), ("x", "y")
CELLS = [(kind, income) for kind in KINDS for income in INCOMES]
SHOWN = Suppression(whole=None, kinds=dict.fromkeys(KINDS), incomes=dict.fromkeys(INCOMES))


def changed(**counts: int) -> dict[tuple[str, str], int]:
    """Give how many changed, by the two letters of a cell."""
    return {(cell[0], cell[1]): count for cell, count in counts.items()}


def after(counts: Mapping[tuple[str, str], int], before: Suppression = SHOWN, now: Suppression = SHOWN) -> Suppression:
    return reissue(counts, before=before, now=now)


def test_where_nobodys_answer_changed_everything_stands_as_it_was() -> None:
    before = Suppression(whole=None, kinds={"a": FEW, "b": PROTECTS, "c": None}, incomes=dict.fromkeys(INCOMES))
    assert after(changed(ax=0, by=0), before=before) == before


@pytest.mark.parametrize("count", range(1, 10))
def test_fewer_than_ten_hide_the_whole_and_every_group_that_they_are_in(count: int) -> None:
    found = after(changed(ax=count))
    assert found.whole is PROTECTS
    assert found.kinds == {"a": PROTECTS, "b": None, "c": None}
    assert found.incomes == {"x": PROTECTS, "y": None}


@pytest.mark.parametrize("count", [10, 11, 40])
def test_ten_and_more_are_shown_anew(count: int) -> None:
    assert after(changed(ax=count)) == SHOWN


def test_who_changed_alike_is_counted_and_not_judged() -> None:
    """The rule asks how many changed; that all of them may have changed alike hides nothing more."""
    assert after(changed(ax=10, ay=0)).whole is None


def test_one_that_changed_beside_eleven_is_not_found_by_taking_them_away() -> None:
    found = after(changed(ax=11, bx=1))
    assert found.whole is None
    assert found.kinds == {"a": PROTECTS, "b": PROTECTS, "c": None}
    assert found.incomes == {"x": None, "y": None}


def test_what_was_hidden_stays_hidden() -> None:
    before = Suppression(whole=None, kinds={"a": FEW, "b": FEW, "c": None}, incomes=dict.fromkeys(INCOMES))
    found = after(changed(ax=20, bx=20, cx=20), before=before)
    assert found.kinds == {"a": FEW, "b": FEW, "c": None}


def test_what_must_be_hidden_now_is_hidden() -> None:
    now = Suppression(whole=None, kinds={"a": FEW, "b": FEW, "c": None}, incomes=dict.fromkeys(INCOMES))
    found = after(changed(ax=20, bx=20), now=now)
    assert found.kinds == {"a": FEW, "b": FEW, "c": None}


def test_a_group_that_did_not_change_and_must_be_hidden_now_takes_everything_with_it() -> None:
    """Who kept the earlier release has its figure, and could take it from the new whole."""
    now = Suppression(whole=None, kinds={"a": FEW, "b": FEW, "c": None}, incomes=dict.fromkeys(INCOMES))
    found = after(changed(ax=20), now=now)
    assert {found.whole, *found.kinds.values(), *found.incomes.values()} == {PROTECTS}


def test_hidden_in_either_keeps_the_reason_that_protects_people() -> None:
    first = Suppression(whole=None, kinds={"a": NO_DATA, "b": None}, incomes={})
    second = Suppression(whole=FEW, kinds={"a": FEW, "c": PROTECTS}, incomes={"x": None})
    assert hidden_in_either(first, second) == Suppression(
        whole=FEW, kinds={"a": FEW, "b": None, "c": PROTECTS}, incomes={"x": None}
    )


@pytest.mark.parametrize(("counts", "threshold"), [(changed(ax=-1, bx=3), 10), (changed(ax=1), 9)])
def test_what_is_no_count_and_a_lower_threshold_are_refused(
    counts: Mapping[tuple[str, str], int], threshold: int
) -> None:
    with pytest.raises(ValueError, match=r"threshold|count"):
        reissue(counts, before=SHOWN, now=SHOWN, threshold=threshold)


counts_of_changed = st.fixed_dictionaries({cell: st.integers(0, 14) for cell in CELLS})
level_cells = st.fixed_dictionaries({cell: st.tuples(*[st.integers(0, 12)] * 3) for cell in CELLS})


@given(counts=counts_of_changed)
def test_every_figure_that_is_shown_anew_differs_by_none_or_by_ten(counts: dict[tuple[str, str], int]) -> None:
    found = after(counts)
    groups = [(found.whole, sum(counts.values()))]
    groups += [(found.kinds[kind], sum(count for cell, count in counts.items() if cell[0] == kind)) for kind in KINDS]
    groups += [
        (found.incomes[income], sum(count for cell, count in counts.items() if cell[1] == income)) for income in INCOMES
    ]
    assert all(reason is not None or count == 0 or count >= 10 for reason, count in groups)


@given(counts=counts_of_changed)
def test_in_each_breakdown_what_is_left_of_the_changes_is_none_or_at_least_ten(
    counts: dict[tuple[str, str], int],
) -> None:
    found = after(counts)
    if found.whole is not None:
        return
    for place, reasons in ((0, found.kinds), (1, found.incomes)):
        left = sum(count for cell, count in counts.items() if reasons[cell[place]] is not None)
        assert left == 0 or left >= 10


@given(counts=counts_of_changed, first=level_cells, second=level_cells)
def test_a_correction_never_shows_more_than_before_nor_than_its_own_answers_let_it(
    counts: dict[tuple[str, str], int],
    first: dict[tuple[str, str], tuple[int, int, int]],
    second: dict[tuple[str, str], tuple[int, int, int]],
) -> None:
    before, now = suppress(first), suppress(second)
    found = reissue(counts, before=before, now=now if any(counts.values()) else before)
    for code, reason in {**found.kinds, **found.incomes}.items():
        earlier = {**before.kinds, **before.incomes}[code]
        assert reason is not None or earlier is None
        if any(counts.values()):
            assert reason is not None or {**now.kinds, **now.incomes}[code] is None
