"""Reading concerns: those that a viewer may see, and one of them with all that was said and done."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from charter.concerns.deciding import body_has_until
from charter.concerns.raising import champion_has_until
from charter.concerns.seeing import champion_can_read, referred_ids, seen_concern, sight
from charter.rules.access import Act, Viewer, require
from charter.rules.concerns import OPEN, Part, may_act_for_raiser, may_decide
from db.models import (
    Action,
    ActionSource,
    Commitment,
    CommitmentVersion,
    Concern,
    ConcernReply,
    ConcernStep,
    Organisation,
)
from db.types import ConcernState


@dataclass(frozen=True)
class ConcernListed:
    """A concern in a list.

    Attributes:
        parts: what the viewer is to it.
    """

    ref: str
    promise: str
    raised_by: str
    about: str
    state: ConcernState
    raised_at: datetime
    parts: frozenset[Part]


@dataclass(frozen=True)
class StepTold:
    """A step that a concern took. `officer` was asked to attend, or is empty."""

    state: ConcernState
    at: datetime
    words: str
    officer: str
    first: bool


@dataclass(frozen=True)
class ReplyTold:
    """What one of the two sides said."""

    by: str
    at: datetime
    words: str


@dataclass(frozen=True)
class ActionOfConcern:
    """An action that came of a concern."""

    ref: str
    heading: str


@dataclass(frozen=True)
class ConcernTold:
    """A concern with all that was said and done, and what the viewer may do.

    Attributes:
        parts: what the viewer is to it.
        revision: to show with the next step.
        waits_until: the day until which it waits for the body's answer; None where it may go on.
        champion_reads: whether somebody who is the body's champion can sign in and read it.
        may_reply: whether the viewer may say something to it.
        may_act: whether the viewer may pass it on, settle it or withdraw it.
        may_decide: whether the viewer may decide on it.
    """

    ref: str
    promise_ref: str
    promise: str
    raised_by: str
    about: str
    state: ConcernState
    raised_at: datetime
    words: str
    steps: tuple[StepTold, ...]
    replies: tuple[ReplyTold, ...]
    actions: tuple[ActionOfConcern, ...]
    parts: frozenset[Part]
    revision: int
    waits_until: date | None
    champion_reads: bool
    may_reply: bool
    may_act: bool
    may_decide: bool


def list_concerns(session: Session, *, viewer: Viewer) -> tuple[ConcernListed, ...]:
    """Read the concerns that a viewer may see: open ones first, the newest first.

    Raises:
        NotAllowedError: the viewer may see none at all.
    """
    require(viewer, Act.READ_CONCERNS, organisation_id=next(iter(viewer.organisations()), None))
    mine = sight(session, viewer=viewer)
    raiser, body, newer = aliased(Organisation), aliased(Organisation), aliased(CommitmentVersion)
    statement = (
        sa.select(
            Concern,
            col(CommitmentVersion.title),
            col(raiser.name),
            col(body.name),
            col(Concern.id).in_(referred_ids()),
        )
        .join(CommitmentVersion, col(CommitmentVersion.commitment_id) == col(Concern.commitment_id))
        .outerjoin(
            newer,
            (col(newer.commitment_id) == col(Concern.commitment_id))
            & (col(newer.number) > col(CommitmentVersion.number)),
        )
        .join(raiser, col(raiser.id) == col(Concern.raised_by_id))
        .join(body, col(body.id) == col(Concern.about_id))
        .where(col(newer.id).is_(None))
        .order_by(col(Concern.raised_at).desc(), col(Concern.id).desc())
    )
    if not (mine.coordinates or mine.monitors):
        statement = statement.where(col(Concern.raised_by_id).in_(mine.own) | col(Concern.about_id).in_(mine.own))
    found = []
    for row, title, by, about, passed_on in session.execute(statement):
        parts = mine.parts(raised_by=row.raised_by_id, about=row.about_id, referred=passed_on)
        if parts:
            found.append(ConcernListed(row.ref, title, by, about, row.state, row.raised_at, parts))
    return tuple(sorted(found, key=lambda each: each.state not in OPEN))


def read_concern(session: Session, *, viewer: Viewer, ref: str) -> ConcernTold:
    """Read one concern with all that was said and done.

    Raises:
        SignedOutError: the viewer's session has ended.
        NotFoundError: there is none, or the viewer may not see it.
    """
    seen = seen_concern(session, viewer=viewer, ref=ref)
    row, parts = seen.row, seen.parts
    is_open = row.state in OPEN
    commitment, version = _promise(session, row)
    return ConcernTold(
        ref=row.ref,
        promise_ref=commitment.ref,
        promise=version.title,
        raised_by=session.get_one(Organisation, row.raised_by_id).name,
        about=session.get_one(Organisation, row.about_id).name,
        state=row.state,
        raised_at=row.raised_at,
        words=row.words,
        steps=_steps(session, row),
        replies=_replies(session, row),
        actions=_actions(session, row),
        parts=parts,
        revision=row.revision,
        waits_until=_waits_until(session, row),
        champion_reads=champion_can_read(session, organisation_id=row.about_id),
        may_reply=is_open and bool(parts & {Part.RAISED, Part.CONCERNED, Part.COORDINATES}),
        may_act=is_open and may_act_for_raiser(parts),
        may_decide=row.state is ConcernState.WITH_MONITORING_GROUP and may_decide(parts),
    )


def _waits_until(session: Session, row: Concern) -> date | None:
    match row.state:
        case ConcernState.WITH_CHAMPION:
            return champion_has_until(session, row)
        case ConcernState.WITH_MONITORING_GROUP:
            return body_has_until(session, row)
        case _:
            return None


def _promise(session: Session, row: Concern) -> tuple[Commitment, CommitmentVersion]:
    return session.exec(
        select(Commitment, CommitmentVersion)
        .join(CommitmentVersion, col(CommitmentVersion.commitment_id) == col(Commitment.id))
        .where(Commitment.id == row.commitment_id)
        .order_by(col(CommitmentVersion.number).desc())
        .limit(1)
    ).one()


def _steps(session: Session, row: Concern) -> tuple[StepTold, ...]:
    steps = select(ConcernStep).where(ConcernStep.concern_id == row.id).order_by(col(ConcernStep.number))
    return tuple(
        StepTold(each.state, each.taken_at, each.words, each.officer, first=each.number == 1)
        for each in session.exec(steps)
    )


def _replies(session: Session, row: Concern) -> tuple[ReplyTold, ...]:
    rows = session.exec(
        select(ConcernReply, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(ConcernReply.organisation_id))
        .where(ConcernReply.concern_id == row.id)
        .order_by(col(ConcernReply.replied_at), col(ConcernReply.id))
    )
    return tuple(ReplyTold(name, each.replied_at, each.words) for each, name in rows)


def _actions(session: Session, row: Concern) -> tuple[ActionOfConcern, ...]:
    rows = session.exec(
        select(Action)
        .join(ActionSource, col(ActionSource.action_id) == col(Action.id))
        .where(ActionSource.concern_id == row.id)
        .order_by(col(Action.id))
    )
    return tuple(ActionOfConcern(each.ref, each.heading) for each in rows)
