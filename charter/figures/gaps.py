"""Perception gaps and differences between the sides: rules 1, 6 and 7 of the method."""

from collections.abc import Iterator
from math import fsum

from charter.figures.inputs import WHOLE, FrozenPeriod
from charter.figures.scores import core_of, themes
from charter.questions import AskedVersion
from charter.rules import gaps as rule
from charter.rules.disclosure import hidden_with
from charter.rules.gaps import practice_score
from charter.rules.scoring import CommitmentAnswers, enough_for_theme
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
    mean = practice_score(levels)
    row.withheld = hidden_with(
        period.suppressions[version.ref].reason(*WHOLE), Withheld.NO_DATA if mean is None else None
    )
    if row.withheld is None and mean is not None:
        _fill(row, _found(row, mean, [period.sector[version.ref][WHOLE]]), mean)
    return row


def _theme_gaps(period: FrozenPeriod, theme: str) -> Iterator[ReleaseGap]:
    for owing_side, measure in ((Side.PUBLIC, Measure.EXPERIENCE), (Side.VCFSE, Measure.PRACTICE)):
        opposite = Measure.PRACTICE if measure is Measure.EXPERIENCE else Measure.EXPERIENCE
        asked = [
            version
            for version in core_of(period, theme, side=Side.VCFSE, measure=measure)
            if period.measure(version.ref, Side.PUBLIC) is opposite
        ]
        if not asked:
            continue
        shown = [version.ref for version in asked if period.suppressions[version.ref].reason(*WHOLE) is None]
        pairs = [
            (mean, period.sector[ref][WHOLE])
            for ref in shown
            if (mean := practice_score(period.body_levels(ref))) is not None
        ]
        row = ReleaseGap(
            release_id=0,
            scope=Scope.THEME,
            ref=theme,
            kind=GapKind.PERCEPTION_GAP,
            owing_side=owing_side,
            bodies_answered=sum(
                any(ref in body.answers and body.answers[ref].level is not None for ref in shown)
                for body in period.bodies
            ),
            bodies_asked=sum(any(version.ref in body.answers for version in asked) for body in period.bodies),
            commitments=len(pairs),
        )
        if enough_for_theme(shown=len(pairs), asked=len(asked)):
            mean = fsum(practice for practice, _ in pairs) / len(pairs)
            _fill(row, _found(row, mean, [answers for _, answers in pairs]), mean)
        else:
            row.withheld = Withheld.TOO_FEW_COMMITMENTS
        yield row


def _found(row: ReleaseGap, mean: float, answers: list[CommitmentAnswers]) -> rule.Gap | None:
    """Ask the rule that fits: in the sector's own promises the public bodies' mean is the experience."""
    if row.owing_side is Side.VCFSE:
        return rule.sector_gap(practice=answers, experience=mean)
    return rule.perception_gap(practice=mean, experience=answers)


def _fill(row: ReleaseGap, found: rule.Gap | None, mean: float) -> None:
    if found is None:
        row.withheld = Withheld.NO_DATA
        return
    row.public_score = mean
    row.vcfse_score = found.practice if row.owing_side is Side.VCFSE else found.experience
    row.gap = found.gap
    if found.interval is not None:
        row.low, row.high = found.interval.low, found.interval.high
    if row.kind is GapKind.PERCEPTION_GAP:
        # A difference between two practices is not an agreement or disagreement about one promise.
        row.clear, row.agreement = found.clear, found.agreement
