"""Figures that are not published yet, put together and made whole exactly as published ones are."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlmodel import Session, col

from charter.figures.all_figures import FigureRow
from charter.figures.inputs import FrozenPeriod
from charter.periods import PeriodFound
from charter.published.answers import Body, Response, WhoAnswered
from charter.published.figures import Asked, Figures
from charter.published.reading import Assembly
from charter.published.stored import StoredFigure, StoredReview
from db.models import Period, Release, ReleaseChange, ReleaseGap, ReleaseResponse, ReleaseScore
from db.types import Breakdown, EngagementLevel, Measure, Scope, Side


def figures_from(
    session: Session, rows: Sequence[FigureRow], *, period: PeriodFound, asked: tuple[Asked, ...]
) -> Figures:
    """Put a period's figures together that are not stored, without those of other reviews.

    Args:
        session: a session.
        rows: every figure, of the release 0.
        period: the period.
        asked: what it asks, in the charter's order.
    """
    review = StoredReview(0, 1, period.id, period.ref, period.title)
    since = _since(session, rows)
    found = [_beside(row, rows, review, since) for row in rows if isinstance(row, ReleaseScore)]
    return Assembly(found, {period.id: asked}, 0).figures() if found else Figures((), (), ())


def who_from(rows: Iterable[FigureRow], inputs: FrozenPeriod) -> WhoAnswered:
    """Tell who answered, from figures that are not stored."""
    responses = tuple(
        Response(row.side, row.breakdown, row.group_code, row.invited, row.submitted, row.known)
        for row in rows
        if isinstance(row, ReleaseResponse)
    )
    bodies = (
        Body(body.name, body.counted, EngagementLevel(body.engagement_level) if body.engagement_level else None)
        for body in inputs.bodies
    )
    return WhoAnswered(responses, tuple(sorted(bodies, key=lambda body: body.name)))


def _beside(
    score: ReleaseScore, rows: Sequence[FigureRow], review: StoredReview, since: dict[int, str]
) -> StoredFigure:
    gap = next((row for row in rows if isinstance(row, ReleaseGap) and _is_gap_of(row, score)), None)
    change = next((row for row in rows if isinstance(row, ReleaseChange) and _is_change_of(row, score)), None)
    response = next((row for row in rows if isinstance(row, ReleaseResponse) and _is_response_of(row, score)), None)
    before = since.get(change.before_release_id, "") if change else ""
    return StoredFigure(review, score, gap, change, response, before)


def _is_gap_of(gap: ReleaseGap, score: ReleaseScore) -> bool:
    wanted = Measure.EXPERIENCE if gap.owing_side is Side.PUBLIC else Measure.PRACTICE
    measured = gap.scope is Scope.COMMITMENT or score.measure is wanted
    return _same_whole(gap, score) and score.side is Side.VCFSE and measured


def _is_change_of(change: ReleaseChange, score: ReleaseScore) -> bool:
    measured = change.scope is Scope.COMMITMENT or score.measure is Measure.EXPERIENCE
    return _same_whole(change, score) and score.side is change.side and measured


def _is_response_of(response: ReleaseResponse, score: ReleaseScore) -> bool:
    return (response.side, response.breakdown, response.group_code) == (score.side, score.breakdown, score.group_code)


def _same_whole(row: ReleaseGap | ReleaseChange, score: ReleaseScore) -> bool:
    return (row.scope, row.ref) == (score.scope, score.ref) and score.breakdown is Breakdown.WHOLE


def _since(session: Session, rows: Iterable[FigureRow]) -> dict[int, str]:
    """Name the review that the changes are measured from."""
    before = {row.before_release_id for row in rows if isinstance(row, ReleaseChange)}
    statement = sa.select(col(Release.id), col(Period.title)).join(Period, col(Period.id) == col(Release.period_id))
    return {row[0]: row[1] for row in session.execute(statement.where(col(Release.id).in_(before)))}
