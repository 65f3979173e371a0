"""Rule 9: what is hidden, and that nothing hidden follows from what is shown.

The rules decide by whole-number elimination. Here the same question is asked by brute force: all unions of cells, each
compared with its least-squares picture in the span of the shown figures.
"""

import random
from collections.abc import Mapping
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.rules.disclosure import (
    Suppression,
    hidden_with,
    published_kind,
    suppress,
    suppress_one_way,
    unsafe,
)
from db.types import Breakdown, OrganisationKind, Withheld

FEW, PROTECTS, NO_DATA = Withheld.FEW_OR_UNIFORM, Withheld.PROTECTS_ANOTHER, Withheld.NO_DATA
Table = dict[tuple[str, str], tuple[int, ...]]
Group = tuple[int, str]  # which breakdown, and the group's code
SAFE = (3, 3, 3, 3, 3)  # fifteen answers, no two thirds alike


def total(table: Mapping[tuple[str, str], tuple[int, ...]], chosen: list[tuple[str, str]]) -> tuple[int, ...]:
    return tuple(sum(table[cell][level] for cell in chosen) for level in range(5))


def leaking_unions(table: Table, shown: list[Group]) -> int:
    """How many unsafe unions of cells lie in the span of the whole and the shown groups, by least squares."""
    cells = [cell for cell, counts in table.items() if sum(counts)]
    figures = [[1.0] * len(cells)] + [[float(cell[place] == code) for cell in cells] for place, code in shown]
    unions = np.array(list(product((0.0, 1.0), repeat=len(cells))))
    basis = np.array(figures)
    distance = np.abs(unions - unions @ (np.linalg.pinv(basis) @ basis)).max(axis=1)
    counts = unions[distance < 1e-6] @ np.array([table[cell] for cell in cells])
    return sum(unsafe([int(n) for n in union]) for union in counts)


def by_the_letter(table: Table, *, across: bool = True) -> dict[Group, Withheld | None]:
    """Rules 9a, 9c and (where `across`) 9d, step by step as they are written. The whole must be safe."""
    cells = [cell for cell, counts in table.items() if sum(counts)]
    groups: dict[Group, tuple[int, ...]] = {
        (place, cell[place]): total(table, [other for other in cells if other[place] == cell[place]])
        for cell in cells
        for place in (0, 1)
    }
    hidden = {group for group, counts in groups.items() if unsafe(counts)}

    def smallest(some: set[Group]) -> Group:
        return min(some, key=lambda group: (sum(groups[group]), group[1], group[0]))

    while True:
        for place in (0, 1):
            here = {group for group in groups if group[0] == place}
            while here - hidden and here & hidden:
                together = [sum(level) for level in zip(*(groups[group] for group in here & hidden), strict=True)]
                if len(here & hidden) >= 2 and not unsafe(together):
                    break
                hidden.add(smallest(here - hidden))
        shown = set(groups) - hidden
        if not (across and shown and leaking_unions(table, list(shown))):
            break
        hidden.add(smallest(shown))
    reasons = {group: FEW if unsafe(groups[group]) else PROTECTS for group in hidden}
    return {group: reasons.get(group) for group in groups}


def found_by(result: Suppression) -> dict[Group, Withheld | None]:
    both = enumerate((result.kinds, result.incomes))
    return {(place, code): why for place, found in both for code, why in found.items() if why is not NO_DATA}


def shown_in(groups: Mapping[Group, Withheld | None]) -> list[Group]:
    return [group for group, why in groups.items() if why is None]


@st.composite
def tables(draw: st.DrawFn, kinds: str = "abcd", incomes: str = "wxyz", filled: int = 10) -> Table:
    """A kind × income table, with up to `filled` cells that have answers: sizes small, middling and uniform."""
    cells = draw(st.lists(st.sampled_from(list(product(kinds, incomes))), max_size=filled, unique=True))
    few, many = st.integers(0, 2), st.integers(0, 9)
    rows = st.one_of(st.tuples(*[few] * 5), st.tuples(*[many] * 5), st.tuples(few, few, few, few, many))
    return {cell: draw(rows) for cell in cells}


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ((0, 0, 0, 0, 0), False),  # no data: there is nobody to protect
        ((0, 0, 0, 0, 1), True),
        ((2, 2, 2, 2, 1), True),  # nine
        ((2, 2, 2, 2, 2), False),  # ten
        ((0, 0, 0, 0, 40), True),  # all alike
        ((1, 0, 0, 0, 39), True),  # all but one: that one knows what each other chose
        ((2, 0, 0, 0, 38), False),
        ((1, 1, 0, 0, 38), False),
    ],
)
def test_what_is_unsafe(counts: tuple[int, ...], verdict: bool) -> None:
    assert unsafe(counts) is verdict


def test_a_release_may_promise_more_but_never_less() -> None:
    assert unsafe((3, 3, 3, 3, 2), threshold=15)
    assert not unsafe(SAFE, threshold=15)
    assert suppress({("a", "w"): SAFE}, threshold=16).whole is FEW
    with pytest.raises(ValueError, match="never lowered"):
        unsafe(SAFE, threshold=9)
    with pytest.raises(ValueError, match="never lowered"):
        suppress({("a", "w"): SAFE}, threshold=9)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        suppress({("a", "w"): (12, 12, -1, 0, 0)})


def test_all_safe_groups_are_shown() -> None:
    result = suppress(dict.fromkeys(product("ab", "wx"), SAFE))
    assert result == Suppression(None, {"a": None, "b": None}, {"w": None, "x": None})


def test_a_whole_that_is_hidden_hides_everything() -> None:
    assert suppress({("a", "w"): (3, 0, 0, 0, 0), ("b", "w"): (0, 1, 1, 2, 0), ("c", "x"): (0,) * 5}) == Suppression(
        FEW, {"a": FEW, "b": FEW, "c": NO_DATA}, {"w": FEW, "x": NO_DATA}
    )


def test_nobody_answered() -> None:
    assert suppress({("a", "w"): (0,) * 5}) == Suppression(NO_DATA, {"a": NO_DATA}, {"w": NO_DATA})
    assert suppress({}).whole is NO_DATA


def test_one_hidden_group_takes_the_smallest_shown_one_with_it() -> None:
    table = {("a", "w"): (1, 1, 1, 0, 0), ("b", "w"): (5, 5, 5, 5, 0), ("c", "w"): SAFE, ("d", "w"): SAFE}
    result = suppress(table)
    assert result.kinds == {"a": FEW, "b": None, "c": PROTECTS, "d": None}  # c and d tie, c by its code
    assert result.incomes == {"w": None}


def test_two_hidden_groups_that_together_are_few_take_a_third() -> None:
    table = {("a", "w"): (1, 1, 1, 0, 0), ("b", "w"): (1, 1, 1, 0, 0), ("c", "w"): SAFE, ("d", "w"): (5, 5, 5, 5, 0)}
    assert suppress(table).kinds == {"a": FEW, "b": FEW, "c": PROTECTS, "d": None}


def test_two_hidden_groups_that_together_are_safe_take_none() -> None:
    table = {("a", "w"): (2, 2, 2, 0, 0), ("b", "w"): (2, 2, 2, 0, 0), ("c", "w"): SAFE}
    assert suppress(table).kinds == {"a": FEW, "b": FEW, "c": None}


def test_an_empty_group_hides_nobody() -> None:
    # With d known to be empty, the whole less b and c would be a: so d does not count as a second hidden group.
    table = {("a", "w"): (1, 1, 1, 0, 0), ("b", "w"): SAFE, ("c", "w"): (5, 5, 5, 5, 0), ("d", "w"): (0,) * 5}
    assert suppress(table).kinds == {"a": FEW, "b": PROTECTS, "c": None, "d": NO_DATA}


# Twenty-four and five of kind b, twelve of kind c; every one-way group is safe. But kind b plus income y less the
# whole leaves the five that are both.
CROSSED: Table = {("b", "x"): (3, 14, 0, 7, 0), ("b", "y"): (2, 2, 0, 1, 0), ("c", "y"): (8, 0, 4, 0, 0)}


def test_hiding_within_each_breakdown_alone_would_leak() -> None:
    plain = by_the_letter(CROSSED, across=False)
    assert set(plain.values()) == {None}
    assert leaking_unions(CROSSED, shown_in(plain)) > 0
    result = suppress(CROSSED)
    assert leaking_unions(CROSSED, shown_in(found_by(result))) == 0
    # c, the smallest, goes first, and b with it; by income nothing more is needed.
    assert result == Suppression(None, {"b": PROTECTS, "c": PROTECTS}, {"x": None, "y": None})


@settings(max_examples=150)
@given(tables())
def test_no_unsafe_union_follows_from_what_is_shown(table: Table) -> None:
    result = suppress(table)
    if result.whole is None:
        assert leaking_unions(table, shown_in(found_by(result))) == 0
    else:
        assert shown_in(found_by(result)) == []


@settings(max_examples=100)
@given(tables(filled=8))
def test_no_more_and_no_less_is_hidden_than_the_method_says(table: Table) -> None:
    result = suppress(table)
    if result.whole is None:
        assert found_by(result) == by_the_letter(table)


def test_a_full_table_of_sixteen_cells_holds_by_brute_force() -> None:
    chance, leaks = np.random.default_rng(9), 0
    for size in (2, 4, 8, 8):
        table = {
            cell: tuple(int(n) for n in chance.multinomial(1 + chance.poisson(size), [0.1, 0.1, 0.2, 0.3, 0.3]))
            for cell in product("abcd", "wxyz")
        }
        result = suppress(table)
        assert result.whole is None
        leaks += leaking_unions(table, shown_in(found_by(result)))
    assert leaks == 0


@given(tables(), st.integers())
def test_order_and_empty_cells_never_matter(table: Table, seed: int) -> None:
    cells = [*table.items(), *((cell, (0,) * 5) for cell in product("abcd", "wxyz") if cell not in table)]
    random.Random(seed).shuffle(cells)  # noqa: S311 - not a secret
    again, first = suppress(dict(cells)), suppress(table)
    assert again.whole is first.whole
    assert found_by(again) == found_by(first)


def test_a_question_published_by_one_breakdown_alone() -> None:
    counts = {"none": (1, 2, 0, 0, 0), "a_little": SAFE, "a_great_deal": (5, 5, 5, 5, 0), "unasked": (0,) * 5}
    assert suppress_one_way(counts) == {"none": FEW, "a_little": PROTECTS, "a_great_deal": None, "unasked": NO_DATA}
    assert suppress_one_way({"none": (1, 2, 0, 0, 0), "a_little": (0, 0, 1, 0, 0)}) == {"none": FEW, "a_little": FEW}


def test_reasons_are_read_by_breakdown_and_group() -> None:
    found = suppress(CROSSED)
    assert found.reason(Breakdown.WHOLE) is None
    assert found.reason(Breakdown.KIND, "b") is PROTECTS
    assert found.reason(Breakdown.INCOME, "x") is None
    assert found.reason(Breakdown.INCOME, "z") is NO_DATA  # nobody belongs to it
    with pytest.raises(ValueError, match="By ward"):
        found.reason(Breakdown.WARD, "9")


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ((None, None), None),
        ((None, PROTECTS), PROTECTS),
        ((FEW, None), FEW),
        ((NO_DATA, FEW), FEW),
        ((NO_DATA, None), NO_DATA),
        ((), None),
    ],
)
def test_a_figure_is_hidden_if_any_part_is(parts: tuple[Withheld | None, ...], why: Withheld | None) -> None:
    assert hidden_with(*parts) is why


def test_infrastructure_is_published_with_voluntary() -> None:
    assert published_kind(OrganisationKind.INFRASTRUCTURE) is OrganisationKind.VOLUNTARY
    assert published_kind(OrganisationKind.FAITH) is OrganisationKind.FAITH
