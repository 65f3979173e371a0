"""Who may see which concern: what a viewer is to it, and finding it for a read or a write.

Nobody who may not see a concern learns that it is there: they are told what they would be told of one that is not.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from charter import clock
from charter.rules.access import Act, Viewer, may, require
from charter.rules.concerns import Part, Sight
from charter.rules.refusals import EditedElsewhereError, NotFoundError
from db.models import Account, AccountGrant, Champion, Concern, ConcernStep, DraftingPart
from db.types import ConcernState, Role

_NONE = "There is no such concern, or it is not open to you. Nothing was changed."
_ELSEWHERE = (
    "This concern moved on after this page showed it. Nothing was overwritten: copy what you typed, and load the page "
    "again."
)


@dataclass(frozen=True)
class Seen:
    """A concern's row, and what the viewer is to it."""

    row: Concern
    parts: frozenset[Part]


def sight(session: Session, *, viewer: Viewer) -> Sight:
    """Tell what a viewer is to concerns in general."""
    own = viewer.organisations()
    drafts, champion_of = (_drafted(session, viewer), _championed(session, viewer)) if own else (own, own)
    return Sight(
        own=own,
        leads=own - drafts,
        champion_of=champion_of,
        coordinates=may(viewer, Act.RAISE_CONCERNS),
        monitors=may(viewer, Act.DECIDE_CONCERNS),
    )


def _drafted(session: Session, viewer: Viewer) -> frozenset[int]:
    """Read of which organisations a viewer drafts a part only."""
    rows = session.exec(select(DraftingPart.organisation_id).where(DraftingPart.account_id == viewer.account_id))
    return frozenset(rows)


def _championed(session: Session, viewer: Viewer) -> frozenset[int]:
    """Read of which of its own organisations a viewer is the champion today: by the address that it signs in with."""
    rows = session.exec(
        select(Champion.organisation_id)
        .join(Account, func.lower(col(Champion.email)) == func.lower(col(Account.email)))
        .where(
            Account.id == viewer.account_id,
            col(Champion.organisation_id).in_(viewer.organisations()),
            is_champion_now(),
        )
    )
    return frozenset(rows)


def is_champion_now() -> ColumnElement[bool]:
    """Give the condition that somebody is a body's champion today."""
    today = clock.today()
    return (col(Champion.since) <= today) & or_(col(Champion.until).is_(None), col(Champion.until) >= today)


def champion_can_read(session: Session, *, organisation_id: int) -> bool:
    """Tell whether the champion of a body can sign in for it, and so read a concern that is about it."""
    statement = (
        select(Account.id)
        .join(Champion, func.lower(col(Champion.email)) == func.lower(col(Account.email)))
        .join(AccountGrant, col(AccountGrant.account_id) == col(Account.id))
        .where(
            Champion.organisation_id == organisation_id,
            is_champion_now(),
            AccountGrant.role == Role.PARTNER,
            AccountGrant.organisation_id == organisation_id,
            col(Account.disabled_at).is_(None),
        )
    )
    return session.exec(statement.limit(1)).first() is not None


def referred_ids() -> SelectOfScalar[Any]:
    """Give the query for the keys of the concerns that were passed on to the monitoring group, now or once."""
    return select(ConcernStep.concern_id).where(ConcernStep.state == ConcernState.WITH_MONITORING_GROUP)


def seen_concern(session: Session, *, viewer: Viewer, ref: str, held: bool = False) -> Seen:
    """Find a concern that a viewer may see.

    Args:
        session: a session; a writing one where `held` is set.
        viewer: who asks.
        ref: the concern, such as `CN-7Q4M0ZKD`.
        held: whether to hold its row until the write is over.

    Raises:
        SignedOutError: the viewer's session has ended.
        NotFoundError: there is none, or the viewer may not see it.
    """
    if viewer.ended:
        require(viewer, Act.READ_CONCERNS)
    statement = select(Concern).where(Concern.ref == ref)
    row = session.exec(statement.with_for_update() if held else statement).first()
    if row is None:
        raise NotFoundError(_NONE)
    passed_on = session.exec(select(Concern.id).where(Concern.id == row.id, col(Concern.id).in_(referred_ids())))
    mine = sight(session, viewer=viewer)
    parts = mine.parts(raised_by=row.raised_by_id, about=row.about_id, referred=passed_on.first() is not None)
    if not parts:
        raise NotFoundError(_NONE)
    return Seen(row, parts)


def may_see(session: Session, *, viewer: Viewer, ref: str) -> bool:
    """Tell whether a viewer may know that a concern is there."""
    try:
        seen_concern(session, viewer=viewer, ref=ref)
    except NotFoundError:
        return False
    return True


def require_same(row: Concern, *, seen_revision: int) -> None:
    """Refuse a step that was decided on without what happened since.

    Raises:
        EditedElsewhereError: the concern moved on since the page showed it.
    """
    if row.revision != seen_revision:
        raise EditedElsewhereError(_ELSEWHERE)
