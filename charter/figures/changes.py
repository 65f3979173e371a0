"""Change on the period before, like for like: rule 8 of the method."""

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from charter.figures.inputs import WHOLE, FrozenPeriod
from charter.figures.scores import core_of, themes
from charter.rules.disclosure import hidden_with, unsafe
from charter.rules.scoring import HIGHEST_LEVEL, CommitmentAnswers, mean_score
from charter.rules.trends import change
from db.models import ReleaseChange
from db.types import Direction, Measure, Scope, Side, Withheld


def changes(
    before: FrozenPeriod, after: FrozenPeriod, *, comparable: Collection[str], before_release_id: int
) -> Iterator[ReleaseChange]:
    """Make every change in what groups said between two periods.

    Args:
        before: the earlier period's frozen inputs.
        after: the later period's.
        comparable: the commitments whose meaning is the same in both.
        before_release_id: the release that the earlier figures stand in.
    """
    for ref in after.sector:
        row = _row(Scope.COMMITMENT, ref, before_release_id)
        if ref not in comparable or not _rates_the_same(before, after, ref):
            row.withheld = after.suppressions[ref].reason(*WHOLE)
            yield row
            continue
        row.withheld = hidden_with(before.suppressions[ref].reason(*WHOLE), after.suppressions[ref].reason(*WHOLE))
        if row.withheld is None:
            _fill(row, before, after, refs=[ref], asked=None)
        yield row
    for theme in themes(after):
        yield _theme_change(before, after, theme, comparable=comparable, before_release_id=before_release_id)


def _theme_change(
    before: FrozenPeriod,
    after: FrozenPeriod,
    theme: str,
    *,
    comparable: Collection[str],
    before_release_id: int,
) -> ReleaseChange:
    row = _row(Scope.THEME, theme, before_release_id)
    asked = core_of(after, theme, side=Side.VCFSE, measure=Measure.EXPERIENCE)
    refs = [
        version.ref
        for version in asked
        if version.ref in comparable
        and _rates_the_same(before, after, version.ref)
        and hidden_with(before.suppressions[version.ref].reason(*WHOLE), after.suppressions[version.ref].reason(*WHOLE))
        is None
    ]
    if refs:
        _fill(row, before, after, refs=refs, asked=len(asked))
    return row


def _fill(
    row: ReleaseChange, before: FrozenPeriod, after: FrozenPeriod, *, refs: Sequence[str], asked: int | None
) -> None:
    earlier = [before.sector[ref][WHOLE] for ref in refs]
    later = [after.sector[ref][WHOLE] for ref in refs]
    compare = partial(
        change,
        earlier,
        later,
        invited_both=_invited_both(before, after, refs),
        responses=(before.response, after.response),
        asked=asked,
        carried=[_carried(after, ref) for ref in refs],
    )
    found = compare()
    few_once = found.difference is not None and _few_answered_once(earlier, later, threshold=after.threshold)
    hidden = few_once or _gives_someone_away(earlier, later, threshold=after.threshold)
    if hidden or _few_were_put_right(before, after, refs):
        row.withheld = Withheld.FEW_OR_UNIFORM
        return
    row.before, row.after = mean_score(earlier), mean_score(later)
    row.matched, row.carried_share = found.matched, found.carried_over
    row.direction, row.difference = found.direction, found.difference
    row.listed_direction = compare(picked_from_list=True).direction
    if found.interval is not None:
        row.low, row.high = found.interval.low, found.interval.high


def _gives_someone_away(
    earlier: Sequence[CommitmentAnswers], later: Sequence[CommitmentAnswers], *, threshold: int
) -> bool:
    """Tell whether those who answered both times are a set that rule 9a hides, in either period."""
    for first, second in zip(earlier, later, strict=True):
        both = first.levels.keys() & second.levels.keys()
        for answers in (first, second):
            given = [answers.levels[key] for key in both]
            if unsafe([given.count(level) for level in range(5)], threshold=threshold):
                return True
    return False


def _few_answered_once(
    earlier: Sequence[CommitmentAnswers], later: Sequence[CommitmentAnswers], *, threshold: int
) -> bool:
    """Tell whether those who answered one time only are a set that rule 9a hides: the change would give them away.

    Both scores are shown, and the change of those who answered both times. Subtracting it leaves what the others said:
    the sum of the levels that were given then, less the sum of those that are given now. So they are one set, in which
    a level that is given now counts from the other end.
    """
    for first, second in zip(earlier, later, strict=True):
        then = [level for key, level in first.levels.items() if key not in second.levels]
        now = [HIGHEST_LEVEL - level for key, level in second.levels.items() if key not in first.levels]
        said = [*then, *now]
        if unsafe([said.count(level) for level in range(HIGHEST_LEVEL + 1)], threshold=threshold):
            return True
    return False


def _few_were_put_right(before: FrozenPeriod, after: FrozenPeriod, refs: Sequence[str]) -> bool:
    """Tell whether a correction changed the answers of some who answered both times, but of too few (rule 9f)."""
    for ref in refs:
        both = before.sector[ref][WHOLE].levels.keys() | after.sector[ref][WHOLE].levels.keys()
        for changed in (*before.changed.get(ref, ()), *after.changed.get(ref, ())):
            if 0 < len(changed & both) < after.threshold:
                return True
    return False


def _rates_the_same(before: FrozenPeriod, after: FrozenPeriod, ref: str) -> bool:
    """Tell whether groups rated the same both times: practice is never compared with experience."""
    return ref in before.sector and before.measure(ref, Side.VCFSE) is after.measure(ref, Side.VCFSE)


def _invited_both(before: FrozenPeriod, after: FrozenPeriod, refs: Sequence[str]) -> int:
    return len(_asked_any(before, refs) & _asked_any(after, refs))


def _asked_any(period: FrozenPeriod, refs: Sequence[str]) -> set[int]:
    return {found.organisation_id for found in period.groups_side if any(ref in found.answers for ref in refs)}


def _carried(period: FrozenPeriod, ref: str) -> frozenset[int]:
    return frozenset(
        found.organisation_id
        for found in period.groups_side
        if ref in found.answers and found.answers[ref].carried_over
    )


def _row(scope: Scope, ref: str, before_release_id: int) -> ReleaseChange:
    return ReleaseChange(
        release_id=0,
        before_release_id=before_release_id,
        scope=scope,
        ref=ref,
        side=Side.VCFSE,
        direction=Direction.CANNOT_BE_COMPARED,
        listed_direction=Direction.CANNOT_BE_COMPARED,
    )
