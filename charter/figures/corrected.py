"""The inputs of a correction: groups' answers as they were frozen, public bodies' as they are now (rule 9f)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from charter.figures.inputs import FrozenAnswer, FrozenOrganisation, FrozenPeriod, group_code
from charter.rules.corrections import hidden_in_either, reissue
from charter.rules.disclosure import Suppression
from db.types import Breakdown, NoLevel

# A group's key and a commitment's reference: the level that should have been typed, or the reason for none.
Retyped = Mapping[tuple[int, str], int | NoLevel | None]


def corrected(before: FrozenPeriod, now: FrozenPeriod, *, retyped: Retyped) -> FrozenPeriod:
    """Put the inputs of a correction together.

    Args:
        before: the inputs of the release that is corrected: its groups stay, whoever left or changed since.
        now: the inputs as the store has them: its public bodies are taken.
        retyped: groups' answers that were typed wrongly, as they should be.

    Raises:
        KeyError: an answer in `retyped` was not asked of a group in `before`.
    """
    groups = {found.organisation_id: found for found in before.groups_side}
    for (key, ref), said in retyped.items():
        groups[key] = _retype(groups[key], ref, said)
    bodies = [found for found in now.bodies if found.organisation_id not in groups]
    everyone = sorted([*groups.values(), *bodies], key=lambda found: found.organisation_id)
    return replace(before, organisations=tuple(everyone))


def held_back(period: FrozenPeriod, earlier: Sequence[FrozenPeriod]) -> FrozenPeriod:
    """Mark what a correction must not show beside the earlier releases of its period."""
    held: dict[str, Suppression] = {}
    changes: dict[str, list[frozenset[int]]] = {}
    for before in earlier:
        for ref in period.sector:
            changed = _changed(before, period, ref)
            found = reissue(
                _by_cell(period, changed),
                before=before.suppressions[ref],
                now=period.suppressions[ref],
                threshold=period.threshold,
            )
            held[ref] = hidden_in_either(held[ref], found) if ref in held else found
            if changed:
                changes.setdefault(ref, []).append(changed)
    return replace(period, held_back=held, changed={ref: tuple(found) for ref, found in changes.items()})


def _retype(group: FrozenOrganisation, ref: str, said: int | NoLevel | None) -> FrozenOrganisation:
    asked = group.answers[ref]
    level, no_level = (None, said) if isinstance(said, NoLevel) else (said, None)
    answer = FrozenAnswer(asked.measure, asked.owes, level, no_level)
    return replace(group, answers={**group.answers, ref: answer}) if group.counted else group


def _changed(before: FrozenPeriod, after: FrozenPeriod, ref: str) -> frozenset[int]:
    first, second = _said(before, ref), _said(after, ref)
    return frozenset(key for key in first.keys() | second.keys() if first.get(key) != second.get(key))


def _said(period: FrozenPeriod, ref: str) -> dict[int, tuple[int | None, NoLevel | None]]:
    return {
        found.organisation_id: (found.answers[ref].level, found.answers[ref].no_level)
        for found in period.groups_side
        if ref in found.answers
    }


def _by_cell(period: FrozenPeriod, changed: frozenset[int]) -> dict[tuple[str, str], int]:
    cells: Counter[tuple[str, str]] = Counter()
    for found in period.groups_side:
        cell = (group_code(found, Breakdown.KIND), group_code(found, Breakdown.INCOME))
        cells[cell] += found.organisation_id in changed
    return dict(cells)
