"""The words of a release: promises beside the score that they answer, and who had early access."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from charter.rules.access import Act, Viewer, require
from charter.rules.shares import whole
from db.models import (
    Commitment,
    CommitmentVersion,
    Period,
    Release,
    ReleaseEarlyAccess,
    ReleasePromise,
    ReleaseScore,
    Strand,
    Theme,
)
from db.types import ActionStatus, Breakdown, Measure, Precision, Scope, Side


@dataclass(frozen=True)
class PublishedPromise:
    """What a public body said that it will do, beside what groups said of the promise that it answers.

    Attributes:
        period_title: the review in which it was made.
        own: whether that is the release's own review; else it is the one before.
        score: what groups experienced, in whole points, in the review in which it was made; None where it is hidden.
        action: the heading of the action behind it; empty where there is none.
        status: where that action stood when the release was published.
    """

    period_title: str
    own: bool
    organisation: str
    theme_ref: str
    theme_title: str
    ref: str
    title: str
    score: int | None
    we_will: str
    action: str
    due_on: date | None
    due_precision: Precision | None
    status: ActionStatus | None
    no_action_reason: str


@dataclass(frozen=True)
class Looked:
    """Somebody who could see a release's figures before they were published, and when they first did."""

    name: str
    organisation: str
    shared_at: datetime
    first_seen_at: datetime | None


def read_release_promises(session: Session, *, viewer: Viewer, release_id: int) -> tuple[PublishedPromise, ...]:
    """Read a release's promises and those of the review before, in the charter's order, in one query.

    Raises:
        NotAllowedError: the viewer may not read releases.
    """
    require(viewer, Act.READ_RELEASES)
    own = col(ReleasePromise.period_ref) == col(Period.ref)
    told = (
        sa.select(col(Period.title)).where(col(Period.ref) == col(ReleasePromise.period_ref)).correlate(ReleasePromise)
    )
    scored_in = sa.case((own, col(Release.id)), else_=col(Release.previous_id))
    statement = (
        sa.select(
            ReleasePromise,
            told.scalar_subquery(),
            own,
            col(Theme.title),
            col(Commitment.ref),
            col(CommitmentVersion.title),
            col(ReleaseScore.score),
        )
        .join(Release, col(Release.id) == col(ReleasePromise.release_id))
        .join(Period, col(Period.id) == col(Release.period_id))
        .join(CommitmentVersion, col(CommitmentVersion.id) == col(ReleasePromise.commitment_version_id))
        .join(Commitment, col(Commitment.id) == col(CommitmentVersion.commitment_id))
        .join(Strand, col(Strand.id) == col(Commitment.strand_id))
        .join(Theme, col(Theme.id) == col(Strand.theme_id))
        .outerjoin(ReleaseScore, _groups_score(in_release=scored_in))
        .where(col(ReleasePromise.release_id) == release_id)
        .order_by(col(Theme.position), col(ReleasePromise.organisation), col(ReleasePromise.id))
    )
    return tuple(_promise(row) for row in session.execute(statement))


def read_release_early_access(session: Session, *, viewer: Viewer, release_id: int) -> tuple[Looked, ...]:
    """Read who had early access to a release's figures, in one query.

    Raises:
        NotAllowedError: the viewer may not read releases.
    """
    require(viewer, Act.READ_RELEASES)
    statement = (
        select(ReleaseEarlyAccess)
        .where(ReleaseEarlyAccess.release_id == release_id)
        .order_by(col(ReleaseEarlyAccess.shared_at), col(ReleaseEarlyAccess.id))
    )
    return tuple(
        Looked(row.name, row.organisation, row.shared_at, row.first_seen_at) for row in session.exec(statement)
    )


def _groups_score(*, in_release: sa.ColumnElement[int | None]) -> sa.ColumnElement[bool]:
    """Choose the score that groups as a whole gave the promise."""
    return (
        (col(ReleaseScore.release_id) == in_release)
        & (col(ReleaseScore.scope) == Scope.COMMITMENT)
        & (col(ReleaseScore.ref) == col(Commitment.ref))
        & (col(ReleaseScore.side) == Side.VCFSE)
        & (col(ReleaseScore.measure) == Measure.EXPERIENCE)
        & (col(ReleaseScore.breakdown) == Breakdown.WHOLE)
    )


def _promise(row: Sequence[Any]) -> PublishedPromise:
    promise, period_title, own, theme, ref, title, score = row
    return PublishedPromise(
        period_title=period_title or promise.period_ref,
        own=bool(own),
        organisation=promise.organisation,
        theme_ref=promise.theme,
        theme_title=theme,
        ref=ref,
        title=title,
        score=None if score is None else whole(score),
        we_will=promise.we_will,
        action=promise.action,
        due_on=promise.due_on,
        due_precision=promise.due_precision,
        status=promise.status,
        no_action_reason=promise.no_action_reason,
    )
