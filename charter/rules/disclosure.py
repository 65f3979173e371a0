"""What may be shown: no published figure may give away what a few organisations answered.

This is rule 9 of the published method, for VCFSE answers. Published breakdowns are one-way and never crossed, so a
reader who adds and subtracts figures can learn exactly the linear span of the shown groups, the whole included. A set
of organisations is *unsafe* if 1 to 9 of them gave a level, or if all or all but one chose the same level. Whatever
is added to a safe set, it stays safe; so every part of an unsafe set is unsafe, and where the whole is, everything is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from db.types import Breakdown, OrganisationKind, Withheld

THRESHOLD = 10  # promised on the form when a period opens; a release may have a higher one, never a lower

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Suppression:
    """What is shown of one commitment and side: for each figure None (shown), or why it is not."""

    whole: Withheld | None
    kinds: Mapping[str, Withheld | None]
    incomes: Mapping[str, Withheld | None]

    def reason(self, breakdown: Breakdown, group: str = "") -> Withheld | None:
        """Why a figure is not shown, or None if it is. A group that nobody belongs to has no data.

        Raises:
            ValueError: the breakdown has no answers by group.
        """
        if breakdown is Breakdown.WHOLE:
            return self.whole
        if breakdown is Breakdown.WARD:
            raise ValueError("By ward only who was invited and who responded is shown, never an answer.")
        groups = self.kinds if breakdown is Breakdown.KIND else self.incomes
        return groups.get(group, Withheld.NO_DATA)


@dataclass(frozen=True, eq=False)
class _Group:
    """A group of one breakdown: its code, which cells it has (a 0/1 row), and how many gave each level."""

    breakdown: int
    code: str
    row: Ints
    totals: Ints

    @property
    def size_and_name(self) -> tuple[int, str, int]:
        """What decides which group is hidden next: the smallest, ties by code."""
        return int(self.totals.sum()), self.code, self.breakdown


def published_kind(kind: OrganisationKind) -> OrganisationKind:
    """The kind under which an organisation is published: infrastructure counts with voluntary (rule 9b)."""
    return OrganisationKind.VOLUNTARY if kind is OrganisationKind.INFRASTRUCTURE else kind


def unsafe(level_counts: Sequence[int], *, threshold: int = THRESHOLD) -> bool:
    """Whether a set of organisations may not be shown (rule 9a).

    Args:
        level_counts: how many chose each level (or each answer of another question). All zero is *no data*: safe.
        threshold: how many must have given a level.

    Raises:
        ValueError: a count is negative, or the threshold is below 10.
    """
    _check(level_counts, threshold)
    return bool(_unsafe_rows(np.array([level_counts], dtype=np.int64), threshold)[0])


def suppress(cells: Mapping[tuple[str, str], Sequence[int]], *, threshold: int = THRESHOLD) -> Suppression:
    """Decide what is shown of one commitment and side: the whole, by kind and by income (rules 9a, 9c, 9d).

    Args:
        cells: how many chose each level, for each kind × income.
        threshold: how many must have given a level for a figure to be shown.

    Raises:
        ValueError: a count is negative, rows differ in length, or the threshold is below 10.
    """
    by_place: dict[tuple[str, ...], Sequence[int]] = {tuple(cell): counts for cell, counts in cells.items()}
    whole, (kinds, incomes) = _decide(by_place, 2, threshold)
    return Suppression(whole=whole, kinds=kinds, incomes=incomes)


def suppress_one_way(groups: Mapping[str, Sequence[int]], *, threshold: int = THRESHOLD) -> dict[str, Withheld | None]:
    """As `suppress`, for a question that is published by one breakdown alone, as the overall question by contact.

    Args:
        groups: how many chose each answer, for each group; together they are the whole.
        threshold: how many must have answered for a figure to be shown.

    Returns:
        For each group None (shown), or why it is not.

    Raises:
        ValueError: as `suppress`.
    """
    return _decide({(code,): counts for code, counts in groups.items()}, 1, threshold)[1][0]


def hidden_with(*parts: Withheld | None) -> Withheld | None:
    """Why a gap or a change is not shown, being hidden if any part is (rule 9e); None if every part is shown.

    Where the parts have several reasons, the one that protects people goes before *no data*.
    """
    order = (Withheld.FEW_OR_UNIFORM, Withheld.PROTECTS_ANOTHER, Withheld.TOO_FEW_COMMITMENTS, Withheld.NO_DATA)
    return min((part for part in parts if part is not None), key=order.index, default=None)


def _decide(
    cells: Mapping[tuple[str, ...], Sequence[int]], breakdowns: int, threshold: int
) -> tuple[Withheld | None, list[dict[str, Withheld | None]]]:
    """The reason for the whole and, for each breakdown (a place in the cells' keys), for each group."""
    for level_counts in cells.values():
        _check(level_counts, threshold)
    # Readers may know which cells are empty. Leaving those out grants them that, and is the stricter.
    filled = {key: level_counts for key, level_counts in cells.items() if sum(level_counts)}
    reasons: list[dict[str, Withheld | None]] = [
        {key[place]: Withheld.NO_DATA for key in sorted(cells)} for place in range(breakdowns)
    ]
    if not filled:
        return Withheld.NO_DATA, reasons
    counts = np.array(list(filled.values()), dtype=np.int64)
    groups = [group for place in range(breakdowns) for group in _groups(list(filled), counts, place)]
    whole_unsafe = _is_unsafe(counts.sum(axis=0), threshold)
    shown = [] if whole_unsafe else _shown(groups, counts, threshold)
    for group in groups:
        reasons[group.breakdown][group.code] = _reason(group, shown, threshold)
    return Withheld.FEW_OR_UNIFORM if whole_unsafe else None, reasons


def _groups(keys: Sequence[tuple[str, ...]], counts: Ints, place: int) -> list[_Group]:
    codes = sorted({key[place] for key in keys})
    rows = [np.array([key[place] == code for key in keys], dtype=np.int64) for code in codes]
    return [_Group(place, code, row, row @ counts) for code, row in zip(codes, rows, strict=True)]


def _shown(groups: Sequence[_Group], counts: Ints, threshold: int) -> list[_Group]:
    """The groups that stay shown beside a safe whole: rule 9a, then 9c, then 9d until nothing follows."""
    shown = _without_remainders(groups, [g for g in groups if not _is_unsafe(g.totals, threshold)], threshold)
    while shown and _reveals_unsafe(shown, counts, threshold):
        shown.remove(min(shown, key=lambda group: group.size_and_name))
        shown = _without_remainders(groups, shown, threshold)
    return shown


def _without_remainders(groups: Sequence[_Group], shown: list[_Group], threshold: int) -> list[_Group]:
    """Rule 9c: in each breakdown, hidden groups must number at least two and together be safe.

    Else the whole less the shown groups gives them away; so the smallest shown group of the breakdown is hidden too.
    """
    shown = list(shown)
    for breakdown in {group.breakdown for group in groups}:
        while here := [group for group in shown if group.breakdown == breakdown]:
            hidden = [group for group in groups if group.breakdown == breakdown and group not in here]
            if not hidden or (
                len(hidden) > 1 and not _is_unsafe(np.sum([g.totals for g in hidden], axis=0), threshold)
            ):
                break
            shown.remove(min(here, key=lambda group: group.size_and_name))
    return shown


def _reveals_unsafe(shown: Sequence[_Group], counts: Ints, threshold: int) -> bool:
    """Rule 9d: whether some unsafe union of cells is a sum of multiples of shown figures, the whole among them.

    The span is that of the shown kinds, the rest of the whole, and the shown incomes. In reduced form each row has one
    cell of its own, so that a union in the span is fixed by those few cells: at most 2^7 of 2^16 need be tried.
    """
    first = [group.row for group in shown if group.breakdown == 0]
    rest = np.ones(len(counts), dtype=np.int64) - np.sum(first, axis=0, dtype=np.int64)
    reduced = _reduced(np.array([*first, rest, *(group.row for group in shown if group.breakdown != 0)]))
    spanned = np.array(list(product((0, 1), repeat=len(reduced))), dtype=np.int64) @ reduced
    unions = spanned[((spanned == 0) | (spanned == 1)).all(axis=1)]
    return bool(_unsafe_rows(unions @ counts, threshold).any())


def _reduced(rows: Ints) -> Ints:
    """The reduced row echelon form, without its rows of noughts, in whole numbers throughout.

    Each cell is in at most one row of each breakdown. Such a matrix is totally unimodular: every pivot is 1 or −1.
    """
    rows, rank = rows.copy(), 0
    for column in range(rows.shape[1]):
        candidates = np.flatnonzero(rows[rank:, column])
        if not candidates.size:
            continue
        rows[[rank, rank + candidates[0]]] = rows[[rank + candidates[0], rank]]
        rows[rank] *= rows[rank, column]
        others = np.arange(len(rows)) != rank
        rows[others] -= np.outer(rows[others, column], rows[rank])
        rank += 1
    return rows[:rank]


def _reason(group: _Group, shown: Sequence[_Group], threshold: int) -> Withheld | None:
    if group in shown:
        return None
    return Withheld.FEW_OR_UNIFORM if _is_unsafe(group.totals, threshold) else Withheld.PROTECTS_ANOTHER


def _is_unsafe(totals: Ints, threshold: int) -> bool:
    return bool(_unsafe_rows(totals[np.newaxis], threshold)[0])


def _unsafe_rows(totals: Ints, threshold: int) -> NDArray[np.bool_]:
    """For each row of level counts, whether its set is unsafe; an empty set is not."""
    answered: Ints = totals.sum(axis=1)
    most: Ints = totals.max(axis=1)
    return (answered > 0) & ((answered < threshold) | (most >= answered - 1))


def _check(level_counts: Iterable[int], threshold: int) -> None:
    if min(level_counts, default=0) < 0:
        raise ValueError("A count of answers is below zero.")
    if threshold < THRESHOLD:
        raise ValueError(f"The threshold promised to those who answer is {THRESHOLD}, and is never lowered.")
