"""The stored figures of a release, and of the other reviews of its charter, in one query."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.models import Period, Release, ReleaseChange, ReleaseGap, ReleaseResponse, ReleaseScore
from db.types import Breakdown, Measure, Scope, Side, Withheld


@dataclass(frozen=True)
class StoredReview:
    """The release that stands for a review: its own key and number, and the period that it is of."""

    release_id: int
    number: int
    period_id: int
    period_ref: str
    period_title: str


@dataclass(frozen=True)
class StoredFigure:
    """One score as it is stored, with the gap, the change and the response that belong to it.

    Attributes:
        since: the title of the review that the change is measured from; empty where there is no change.
        held_back: whether the score is hidden for others' sake, and shown in an earlier release of the same review.
    """

    review: StoredReview
    score: ReleaseScore
    gap: ReleaseGap | None
    change: ReleaseChange | None
    response: ReleaseResponse | None
    since: str = ""
    held_back: bool = False


def stored_figures(session: Session, *, release_id: int) -> tuple[StoredFigure, ...]:
    """Read a release's scores in full, and those for the whole of every other review of its charter.

    Of each other review the last release that stands is read. Made-up and real reviews are never put together.

    Returns:
        The oldest review first. Empty where there is no such release.
    """
    base = sa.select(col(Period.charter_id), col(Period.made_up)).join(
        Release, col(Release.period_id) == col(Period.id)
    )
    same = base.where(col(Release.id) == release_id).subquery()
    statement = (
        sa.select(Release, Period, ReleaseScore, ReleaseGap, ReleaseChange, ReleaseResponse, _since(), _held_back())
        .join(Period, col(Period.id) == col(Release.period_id))
        .join(same, and_(same.c.charter_id == col(Period.charter_id), same.c.made_up == col(Period.made_up)))
        .join(ReleaseScore, col(ReleaseScore.release_id) == col(Release.id))
        .outerjoin(ReleaseGap, _gap_of_score())
        .outerjoin(ReleaseChange, _change_of_score())
        .outerjoin(ReleaseResponse, _response_of_score())
        .where(
            or_(
                col(Release.id) == release_id,
                and_(col(Release.withdrawn_at).is_(None), col(ReleaseScore.breakdown) == Breakdown.WHOLE),
            )
        )
        .order_by(col(Period.opens_on), col(Release.number), col(ReleaseScore.id))
    )
    rows = [
        StoredFigure(_review(release, period), score, gap, change, response, since or "", held_back)
        for release, period, score, gap, change, response, since, held_back in session.execute(statement)
    ]
    stand = _standing([row.review for row in rows], release_id=release_id)
    return tuple(row for row in rows if row.review.release_id in stand)


def _since() -> sa.ScalarSelect[str]:
    """Read which review a change is measured from: its release may have been corrected or taken back since."""
    earlier, period = aliased(Release), aliased(Period)
    return (
        sa.select(col(period.title))
        .join(earlier, col(earlier.period_id) == col(period.id))
        .where(col(earlier.id) == col(ReleaseChange.before_release_id))
        .scalar_subquery()
    )


def _held_back() -> ColumnElement[bool]:
    """Tell whether a score is hidden for others' sake that an earlier release of its period shows.

    It makes no difference whether that release was taken back: somebody may have kept it.
    """
    earlier, shown = aliased(Release), aliased(ReleaseScore)
    was_shown = (
        sa.select(col(shown.id))
        .join(earlier, col(earlier.id) == col(shown.release_id))
        .where(
            col(earlier.period_id) == col(Release.period_id),
            col(earlier.number) < col(Release.number),
            col(shown.withheld).is_(None),
            *(
                getattr(shown, name) == getattr(ReleaseScore, name)
                for name in ("scope", "ref", "side", "measure", "breakdown", "group_code")
            ),
        )
        .correlate(Release, ReleaseScore)
        .exists()
    )
    return and_(col(ReleaseScore.withheld).is_not_distinct_from(Withheld.PROTECTS_ANOTHER), was_shown)


def _gap_of_score() -> ColumnElement[bool]:
    """A gap stands beside the groups' score that it is made with: experience of public bodies' promises, or practice.

    A promise has one gap at most; a theme may have one for each side's promises.
    """
    measured = or_(
        col(ReleaseGap.scope) == Scope.COMMITMENT,
        and_(col(ReleaseGap.owing_side) == Side.PUBLIC, col(ReleaseScore.measure) == Measure.EXPERIENCE),
        and_(col(ReleaseGap.owing_side) == Side.VCFSE, col(ReleaseScore.measure) == Measure.PRACTICE),
    )
    return and_(_same_whole(ReleaseGap), col(ReleaseScore.side) == Side.VCFSE, measured)


def _change_of_score() -> ColumnElement[bool]:
    # A theme's change is in what groups experienced of it.
    measured = or_(col(ReleaseChange.scope) == Scope.COMMITMENT, col(ReleaseScore.measure) == Measure.EXPERIENCE)
    return and_(_same_whole(ReleaseChange), col(ReleaseChange.side) == col(ReleaseScore.side), measured)


def _same_whole(table: type[ReleaseGap] | type[ReleaseChange]) -> ColumnElement[bool]:
    return and_(
        col(table.release_id) == col(ReleaseScore.release_id),
        col(table.scope) == col(ReleaseScore.scope),
        col(table.ref) == col(ReleaseScore.ref),
        col(ReleaseScore.breakdown) == Breakdown.WHOLE,
    )


def _response_of_score() -> ColumnElement[bool]:
    return and_(
        col(ReleaseResponse.release_id) == col(ReleaseScore.release_id),
        col(ReleaseResponse.side) == col(ReleaseScore.side),
        col(ReleaseResponse.breakdown) == col(ReleaseScore.breakdown),
        col(ReleaseResponse.group_code) == col(ReleaseScore.group_code),
    )


def _review(release: Release, period: Period) -> StoredReview:
    return StoredReview(
        release_id=release.id or 0,
        number=release.number,
        period_id=release.period_id,
        period_ref=period.ref,
        period_title=period.title,
    )


def _standing(reviews: list[StoredReview], *, release_id: int) -> frozenset[int]:
    """Choose one release for each period: the one that is asked for, else the last that stands."""
    chosen: dict[int, StoredReview] = {}
    for review in reviews:
        last = chosen.get(review.period_id)
        asked_for = last is not None and last.release_id == release_id
        if last is None or review.release_id == release_id or (not asked_for and review.number > last.number):
            chosen[review.period_id] = review
    return frozenset(review.release_id for review in chosen.values())
