"""What each of some actions came from, in a query for each kind of source."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from charter import clock
from charter.actions.sources import ActionSources
from charter.actions.told import Cause, CauseKind
from db.models import (
    ActionSource,
    Commitment,
    CommitmentVersion,
    Concern,
    Indicator,
    Period,
    Recommendation,
    Strand,
    Theme,
    YouSaid,
)

Causes = Mapping[int, tuple[Cause, ...]]


def causes_of(session: Session, keys: Iterable[int]) -> Causes:
    """Give what each action came from, by the action's key: concerns too, which only some may know of."""
    wanted = frozenset(keys)
    found: dict[int, list[Cause]] = defaultdict(list)
    for read in (_promises, _commitments, _indicators, _recommendations, _concerns):
        for key, cause in read(session, wanted):
            found[key].append(cause)
    return {key: tuple(causes) for key, causes in found.items()}


def distinct(causes: Iterable[Cause]) -> tuple[Cause, ...]:
    """Leave out what is named already: a promise names the commitment that it answers."""
    return tuple({cause.ref: cause for cause in reversed(tuple(causes))}.values())[::-1]


def sources_of(causes: Collection[Cause]) -> ActionSources:
    """Give what can be chosen as a source of an action, from what it came from; a concern stays in any case."""
    named = {kind: frozenset(cause.ref for cause in causes if cause.kind is kind) for kind in CauseKind}
    return ActionSources(
        commitments=named[CauseKind.COMMITMENT],
        indicators=named[CauseKind.INDICATOR],
        recommendations=named[CauseKind.RECOMMENDATION],
    )


def _promises(session: Session, keys: frozenset[int]) -> list[tuple[int, Cause]]:
    statement = (
        sa.select(
            col(YouSaid.action_id),
            col(Commitment.ref),
            col(CommitmentVersion.title),
            col(Theme.title),
            col(Period.title),
        )
        .join(CommitmentVersion, col(CommitmentVersion.id) == col(YouSaid.commitment_version_id))
        .join(Commitment, col(Commitment.id) == col(CommitmentVersion.commitment_id))
        .join(Theme, col(Theme.id) == col(YouSaid.theme_id))
        .join(Period, col(Period.id) == col(YouSaid.period_id))
        .where(col(YouSaid.action_id).in_(keys))
        .order_by(col(Period.opens_on))
    )
    return [
        (key, Cause(CauseKind.PROMISE, ref, title, theme, period))
        for key, ref, title, theme, period in session.execute(statement)
    ]


def _commitments(session: Session, keys: frozenset[int]) -> list[tuple[int, Cause]]:
    newest = (
        select(func.max(CommitmentVersion.number))
        .where(col(CommitmentVersion.commitment_id) == col(Commitment.id))
        .correlate(Commitment)
        .scalar_subquery()
    )
    statement = (
        sa.select(col(ActionSource.action_id), col(Commitment.ref), col(CommitmentVersion.title), col(Theme.title))
        .join(Commitment, col(Commitment.id) == col(ActionSource.commitment_id))
        .join(
            CommitmentVersion,
            (col(CommitmentVersion.commitment_id) == col(Commitment.id)) & (col(CommitmentVersion.number) == newest),
        )
        .join(Strand, col(Strand.id) == col(Commitment.strand_id))
        .join(Theme, col(Theme.id) == col(Strand.theme_id))
        .where(col(ActionSource.action_id).in_(keys))
        .order_by(col(Commitment.ref))
    )
    return [
        (key, Cause(CauseKind.COMMITMENT, ref, title, theme)) for key, ref, title, theme in session.execute(statement)
    ]


def _indicators(session: Session, keys: frozenset[int]) -> list[tuple[int, Cause]]:
    statement = (
        sa.select(col(ActionSource.action_id), col(Indicator.ref), col(Indicator.title), col(Theme.title))
        .join(Indicator, col(Indicator.id) == col(ActionSource.indicator_id))
        .outerjoin(Theme, col(Theme.id) == col(Indicator.theme_id))
        .where(col(ActionSource.action_id).in_(keys))
        .order_by(col(Indicator.ref))
    )
    return [
        (key, Cause(CauseKind.INDICATOR, ref, title, theme or ""))
        for key, ref, title, theme in session.execute(statement)
    ]


def _recommendations(session: Session, keys: frozenset[int]) -> list[tuple[int, Cause]]:
    statement = (
        sa.select(
            col(ActionSource.action_id),
            col(Recommendation.ref),
            col(Recommendation.committee),
            col(Recommendation.made_on),
        )
        .join(Recommendation, col(Recommendation.id) == col(ActionSource.recommendation_id))
        .where(col(ActionSource.action_id).in_(keys))
        .order_by(col(Recommendation.made_on), col(Recommendation.ref))
    )
    return [
        (key, Cause(CauseKind.RECOMMENDATION, ref, f"{committee}, {clock.day_in_words(made_on)}"))
        for key, ref, committee, made_on in session.execute(statement)
    ]


def _concerns(session: Session, keys: frozenset[int]) -> list[tuple[int, Cause]]:
    statement = (
        sa.select(col(ActionSource.action_id), col(Concern.ref))
        .join(Concern, col(Concern.id) == col(ActionSource.concern_id))
        .where(col(ActionSource.action_id).in_(keys))
        .order_by(col(Concern.ref))
    )
    return [(key, Cause(CauseKind.CONCERN, ref)) for key, ref in session.execute(statement)]
