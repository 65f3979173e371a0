"""Scores with their counts, shares, intervals and bounds: rules 2 to 6 and 9 of the method."""

from collections.abc import Iterator, Sequence
from math import fsum

from charter.figures.inputs import WHOLE, FrozenPeriod, GroupKey
from charter.questions import AskedVersion
from charter.rules.gaps import practice_score
from charter.rules.scoring import (
    CommitmentAnswers,
    bounds,
    enough_for_theme,
    interval,
    organisations,
    score,
    share_high,
    theme_score,
)
from db.models import ReleaseScore
from db.types import Breakdown, Measure, NoLevel, Scope, Side, Withheld


def scores(period: FrozenPeriod) -> Iterator[ReleaseScore]:
    """Make every score of a release, for both sides, commitments first, then themes."""
    for version in period.versions:
        yield from _sector_commitment(period, version)
        yield from _bodies_commitment(period, version)
    for theme in themes(period):
        yield from _sector_theme(period, theme)
        yield from _bodies_theme(period, theme)


def themes(period: FrozenPeriod) -> tuple[str, ...]:
    """Give the references of the scored themes. How we work together stands outside the theme scores."""
    return tuple(dict.fromkeys(version.theme_ref for version in period.versions if version.scored))


def core_of(period: FrozenPeriod, theme: str, *, side: Side, measure: Measure) -> tuple[AskedVersion, ...]:
    """Give the core commitments of a theme that one side was asked, for one measure."""
    return tuple(
        version
        for version in period.versions
        if version.theme_ref == theme and version.core and period.measure(version.ref, side) is measure
    )


def _sector_commitment(period: FrozenPeriod, version: AskedVersion) -> Iterator[ReleaseScore]:
    measure = period.measure(version.ref, Side.VCFSE)
    if measure is None:
        return
    for key, answers in period.sector[version.ref].items():
        row = _row(Scope.COMMITMENT, version.ref, side=Side.VCFSE, measure=measure, key=key, invited=answers.invited)
        row.withheld = period.suppressions[version.ref].reason(*key)
        if row.withheld is None and answers.answered:
            _fill_counts(row, answers)
            row.score, row.share_high = score(answers), share_high(answers)
            _fill_chance(row, [answers])
        elif row.withheld is None:
            row.withheld = Withheld.NO_DATA
        yield row


def _sector_theme(period: FrozenPeriod, theme: str) -> Iterator[ReleaseScore]:
    for measure in Measure:
        asked = core_of(period, theme, side=Side.VCFSE, measure=measure)
        if not asked:
            continue
        for key in period.members:
            shown = shown_answers(period, asked, key)
            invited = max((period.sector[version.ref][key].invited for version in asked), default=0)
            row = _row(Scope.THEME, theme, side=Side.VCFSE, measure=measure, key=key, invited=invited)
            row.commitments_shown, row.commitments_asked = len(shown), len(asked)
            found = theme_score(shown, len(asked))
            if found is None:
                row.withheld = Withheld.TOO_FEW_COMMITMENTS
            else:
                row.score, row.answered = found.score, organisations(shown)
                _fill_chance(row, shown)
            yield row


def shown_answers(period: FrozenPeriod, asked: Sequence[AskedVersion], key: GroupKey) -> list[CommitmentAnswers]:
    """Give a group's answers to those commitments whose figure is shown for it: a theme holds no hidden one."""
    return [
        answers
        for version in asked
        if (answers := period.sector[version.ref][key]).answered
        and period.suppressions[version.ref].reason(*key) is None
    ]


def _bodies_commitment(period: FrozenPeriod, version: AskedVersion) -> Iterator[ReleaseScore]:
    measure = period.measure(version.ref, Side.PUBLIC)
    if measure is None:
        return
    levels = period.body_levels(version.ref)
    given = [body.answers[version.ref].no_level for body in period.bodies if version.ref in body.answers]
    row = _row(
        Scope.COMMITMENT,
        version.ref,
        side=Side.PUBLIC,
        measure=measure,
        key=WHOLE,
        invited=period.bodies_asked(version.ref),
    )
    row.answered = len(levels)
    row.does_not_apply = given.count(NoLevel.DOES_NOT_APPLY)
    row.dont_know = given.count(NoLevel.DONT_KNOW)
    row.no_answer = row.invited - row.answered - row.does_not_apply - row.dont_know
    row.score = practice_score(levels)
    row.withheld = None if levels else Withheld.NO_DATA
    yield row


def _bodies_theme(period: FrozenPeriod, theme: str) -> Iterator[ReleaseScore]:
    for measure in Measure:
        asked = core_of(period, theme, side=Side.PUBLIC, measure=measure)
        if not asked:
            continue
        means = [mean for version in asked if (mean := practice_score(period.body_levels(version.ref))) is not None]
        invited = sum(any(v.ref in body.answers for v in asked) for body in period.bodies)
        row = _row(Scope.THEME, theme, side=Side.PUBLIC, measure=measure, key=WHOLE, invited=invited)
        row.commitments_shown, row.commitments_asked = len(means), len(asked)
        if enough_for_theme(shown=len(means), asked=len(asked)):
            row.score = fsum(means) / len(means)
        else:
            row.withheld = Withheld.TOO_FEW_COMMITMENTS
        yield row


def _row(scope: Scope, ref: str, *, side: Side, measure: Measure, key: GroupKey, invited: int) -> ReleaseScore:
    breakdown, code = key
    return ReleaseScore(
        release_id=0,
        scope=scope,
        ref=ref,
        side=side,
        measure=measure,
        breakdown=Breakdown(breakdown),
        group_code=code,
        invited=invited,
    )


def _fill_counts(row: ReleaseScore, answers: CommitmentAnswers) -> None:
    row.answered, row.no_answer = answers.answered, answers.no_answer
    row.does_not_apply, row.dont_know = answers.does_not_apply, answers.dont_know
    row.level_0, row.level_1, row.level_2, row.level_3, row.level_4 = answers.level_counts


def _fill_chance(row: ReleaseScore, answers: Sequence[CommitmentAnswers]) -> None:
    chance, ends = interval(answers), bounds(answers)
    if chance is not None:
        row.low, row.high = chance.low, chance.high
    if ends is not None:
        row.lowest, row.highest = ends.low, ends.high
