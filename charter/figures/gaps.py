"""Perception gaps and differences between the sides: rules 1, 6 and 7 of the method."""

from collections.abc import Iterator, Sequence

from charter.figures.inputs import WHOLE, FrozenPeriod
from charter.figures.scores import core_of, themes
from charter.questions import AskedVersion
from charter.rules import gaps as rule
from charter.rules.disclosure import hidden_with
from charter.rules.scoring import Interval, enough_for_theme
from db.models import ReleaseGap
from db.types import GapKind, Measure, Scope, Side, Withheld


def gaps(period: FrozenPeriod) -> Iterator[ReleaseGap]:
    """Make every gap of a release. Gaps in public bodies' promises and in the sector's are kept apart."""
    for version in period.versions:
        sector = period.measure(version.ref, Side.VCFSE)
        public = period.measure(version.ref, Side.PUBLIC)
        if sector is None or public is None:
            continue
        yield _commitment_gap(period, version, sector=sector, public=public)
    for theme in themes(period):
        yield from _theme_gaps(period, theme)


def _commitment_gap(period: FrozenPeriod, version: AskedVersion, *, sector: Measure, public: Measure) -> ReleaseGap:
    levels = period.body_levels(version.ref)
    both_practice = sector is public is Measure.PRACTICE
    row = ReleaseGap(
        release_id=0,
        scope=Scope.COMMITMENT,
        ref=version.ref,
        kind=GapKind.DIFFERENCE_BETWEEN_SIDES if both_practice else GapKind.PERCEPTION_GAP,
        owing_side=Side.VCFSE if sector is Measure.PRACTICE and not both_practice else Side.PUBLIC,
        bodies_answered=len(levels),
        bodies_asked=period.bodies_asked(version.ref),
        commitments=1,
    )
    mean = rule.practice_score(levels)
    row.withheld = hidden_with(
        period.suppressions[version.ref].reason(*WHOLE), Withheld.NO_DATA if mean is None else None
    )
    if row.withheld is None and mean is not None:
        answers = [period.sector[version.ref][WHOLE]]
        if both_practice:
            _fill_difference(row, rule.difference_between_sides(public=mean, vcfse=answers))
        else:
            _fill_gap(row, rule.mean_gap(owing_side=row.owing_side, public=[mean], vcfse=answers))
    return row


def _theme_gaps(period: FrozenPeriod, theme: str) -> Iterator[ReleaseGap]:
    for owing_side, measure in ((Side.PUBLIC, Measure.EXPERIENCE), (Side.VCFSE, Measure.PRACTICE)):
        opposite = Measure.PRACTICE if measure is Measure.EXPERIENCE else Measure.EXPERIENCE
        asked = [
            version.ref
            for version in core_of(period, theme, side=Side.VCFSE, measure=measure)
            if period.measure(version.ref, Side.PUBLIC) is opposite
        ]
        if asked:
            yield _theme_gap(period, theme, asked=asked, owing_side=owing_side)


def _theme_gap(period: FrozenPeriod, theme: str, *, asked: Sequence[str], owing_side: Side) -> ReleaseGap:
    shown = [ref for ref in asked if period.suppressions[ref].reason(*WHOLE) is None]
    means = {ref: mean for ref in shown if (mean := rule.practice_score(period.body_levels(ref))) is not None}
    row = ReleaseGap(
        release_id=0,
        scope=Scope.THEME,
        ref=theme,
        kind=GapKind.PERCEPTION_GAP,
        owing_side=owing_side,
        bodies_answered=sum(
            any(ref in body.answers and body.answers[ref].level is not None for ref in shown) for body in period.bodies
        ),
        bodies_asked=sum(any(ref in body.answers for ref in asked) for body in period.bodies),
        commitments=len(means),
    )
    if enough_for_theme(shown=len(means), asked=len(asked)):
        answers = [period.sector[ref][WHOLE] for ref in means]
        _fill_gap(row, rule.mean_gap(owing_side=owing_side, public=list(means.values()), vcfse=answers))
    else:
        row.withheld = Withheld.TOO_FEW_COMMITMENTS
    return row


def _fill_gap(row: ReleaseGap, found: rule.Gap | None) -> None:
    if found is None:
        row.withheld = Withheld.NO_DATA
        return
    sides = (found.practice, found.experience)
    row.public_score, row.vcfse_score = sides if row.owing_side is Side.PUBLIC else reversed(sides)
    row.gap, row.clear, row.agreement = found.gap, found.clear, found.agreement
    _fill_chance(row, found.interval)


def _fill_difference(row: ReleaseGap, found: rule.Difference | None) -> None:
    """Fill what a difference between two practices has: it is no agreement or disagreement about one promise."""
    if found is None:
        row.withheld = Withheld.NO_DATA
        return
    row.public_score, row.vcfse_score, row.gap = found.public, found.vcfse, found.difference
    _fill_chance(row, found.interval)


def _fill_chance(row: ReleaseGap, found: Interval | None) -> None:
    if found is not None:
        row.low, row.high = found.low, found.high
