"""An organisation's own answers in the reviews that are published, beside what all groups said.

Its own levels are seen by nobody but its people: they are read here for them, and kept in no memory. Of the others
only what is published is read, so that a hidden figure stays hidden.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from charter.organisations.merging import one_with
from charter.published.figures import Figures, InPeriod, Promise, Score, Theme
from charter.rules.access import Act, Viewer, require
from charter.rules.scoring import POINTS
from charter.rules.shares import whole
from charter.words import level_words
from db.models import Commitment, CommitmentVersion, Period, Release, ReleaseAnswer, ReleaseInput, Strand
from db.models import Theme as ThemeRow
from db.types import Measure, NoLevel, Side


@dataclass(frozen=True)
class OwnAnswer:
    """One answer of the organisation, as it was counted."""

    theme_ref: str
    measure: Measure
    core: bool
    level: int | None
    no_level: NoLevel | None

    @property
    def score(self) -> int | None:
        """Its level as a score from 0 to 100."""
        return None if self.level is None else self.level * POINTS


@dataclass(frozen=True)
class OwnScore:
    """The organisation's score of a theme: the plain mean of its own levels.

    Attributes:
        score: 0 to 100 in whole points; None where it gave no level.
        answered: to how many of the theme's core promises it gave a level.
        asked: of how many.
    """

    score: int | None
    answered: int
    asked: int


@dataclass(frozen=True)
class Beside:
    """One review: what the organisation said of something, and what all groups said of it.

    Attributes:
        segment: it rises where the meaning changed: scores are not joined across that.
        own: 0 to 100; None where the organisation did not say.
        own_words: the same in words.
        sector: what is published of all groups; it may be hidden.
    """

    period_ref: str
    period_title: str
    segment: int
    own: int | None
    own_words: str
    sector: Score


OwnAnswers = Mapping[str, Mapping[str, OwnAnswer]]


def read_own_answers(session: Session, *, viewer: Viewer, organisation_id: int) -> OwnAnswers:
    """Read what an organisation's answers counted as, in the last release that stands of each review.

    Where a duplicate was merged into it, the duplicate's answers count as its own in a review that has none of its own.

    Returns:
        By the period's reference, then by the commitment's. A review in which it did not count is left out.

    Raises:
        NotAllowedError: the organisation is not the viewer's.
    """
    require(viewer, Act.READ_OWN, organisation_id=organisation_id)
    rows = session.execute(
        sa.select(
            col(Period.ref),
            col(Release.number),
            col(Commitment.ref),
            col(ThemeRow.ref),
            col(CommitmentVersion.core),
            ReleaseAnswer,
            col(ReleaseInput.organisation_id),
        )
        .join(ReleaseInput, col(ReleaseInput.id) == col(ReleaseAnswer.release_input_id))
        .join(Release, col(Release.id) == col(ReleaseInput.release_id))
        .join(Period, col(Period.id) == col(Release.period_id))
        .join(CommitmentVersion, col(CommitmentVersion.id) == col(ReleaseAnswer.commitment_version_id))
        .join(Commitment, col(Commitment.id) == col(CommitmentVersion.commitment_id))
        .join(Strand, col(Strand.id) == col(Commitment.strand_id))
        .join(ThemeRow, col(ThemeRow.id) == col(Strand.theme_id))
        .where(
            col(ReleaseInput.organisation_id).in_(one_with(session, organisation_id=organisation_id)),
            col(ReleaseInput.counted),
            col(Release.withdrawn_at).is_(None),
        )
    )
    return _counted_last(rows, own=organisation_id)


def _counted_last(rows: Iterable[Sequence[Any]], *, own: int) -> OwnAnswers:
    found: dict[tuple[str, int, bool, int], dict[str, OwnAnswer]] = {}
    for period, number, ref, theme, core, row, whose in rows:
        answer = OwnAnswer(theme, row.measure, core, row.level, row.no_level)
        found.setdefault((period, number, whose == own, whose), {})[ref] = answer
    # The last release of a period takes the place of those before it, and its own answers that of a duplicate's.
    return {key[0]: answers for key, answers in sorted(found.items(), key=lambda each: each[0])}


def beside_theme(theme: Theme, own: OwnAnswers, *, side: Side) -> tuple[Beside, ...]:
    """Set an organisation's own score of a theme beside all groups' experience of it, the oldest review first.

    Args:
        theme: the theme as it is published.
        own: the organisation's own answers.
        side: the organisation's side: a group's experience, or a public body's practice, stands beside the groups'.
    """
    measure = Measure.EXPERIENCE if side is Side.VCFSE else Measure.PRACTICE
    return tuple(
        _theme_in(each, own_score(own.get(each.period_ref, {}).values(), theme_ref=theme.ref, measure=measure))
        for each in _sector(theme.history)
    )


def beside_promise(promise: Promise, own: OwnAnswers) -> tuple[Beside, ...]:
    """Set an organisation's own answer to a promise beside all groups' score of it, the oldest review first."""
    return tuple(_promise_in(each, own, promise.ref) for each in _sector(promise.history))


def own_score(answers: Iterable[OwnAnswer], *, theme_ref: str, measure: Measure) -> OwnScore:
    """Give the mean of an organisation's levels on a theme's core promises, times 25 (rule 3 of the method)."""
    asked = [each for each in answers if each.core and each.theme_ref == theme_ref and each.measure is measure]
    levels = [each.level for each in asked if each.level is not None]
    score = whole(POINTS * sum(levels) / len(levels)) if levels else None
    return OwnScore(score=score, answered=len(levels), asked=len(asked))


def answered_promises(figures: Figures, own: OwnAnswers) -> tuple[Promise, ...]:
    """Choose the promises to be shown: of those that it was asked, the core and what it answered beyond that."""
    said = [pair for answers in own.values() for pair in answers.items()]
    shown = {ref for ref, answer in said if answer.core or answer.level is not None or answer.no_level is not None}
    return tuple(each for each in figures.promises if each.ref in shown and each.sector is not None)


def _sector(history: Iterable[InPeriod]) -> list[InPeriod]:
    return [each for each in history if each.score.side is Side.VCFSE]


def _theme_in(each: InPeriod, own: OwnScore) -> Beside:
    words = "no answer" if own.score is None else f"{own.score}, from {own.answered} of {own.asked} answers"
    return Beside(each.period_ref, each.period_title, each.segment, own.score, words, each.score)


def _promise_in(each: InPeriod, own: OwnAnswers, ref: str) -> Beside:
    answer = own.get(each.period_ref, {}).get(ref)
    return Beside(
        period_ref=each.period_ref,
        period_title=each.period_title,
        segment=each.segment,
        own=answer.score if answer else None,
        own_words=_answer_words(answer),
        sector=each.score,
    )


def _answer_words(answer: OwnAnswer | None) -> str:
    return level_words(answer.level, answer.no_level) if answer else "no answer"
