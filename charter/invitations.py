"""The invitation list of a period: reading it, taking somebody off it with a reason, and adding who is missing."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from charter import audit, clock
from charter.holding import hold_period
from charter.inviting import to_be_invited
from charter.pages_of_rows import PAGE_SIZE, Slice, has_words, slice_of
from charter.periods import REASON_LIMIT, PeriodFound, period_by_id
from charter.questions import asked_versions
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError, NotFoundError, RefusedError
from charter.typed import clean_text
from db.models import Invitation, Organisation
from db.types import OrganisationKind, PeriodState

MOST_FOUND = 10  # organisations that a search for somebody to add shows


@dataclass(frozen=True)
class Invited:
    """One organisation on a list, or taken off it."""

    id: int
    organisation_ref: str
    name: str
    kind: OrganisationKind
    removed_reason: str

    @property
    def removed(self) -> bool:
        """Whether it was taken off the list."""
        return bool(self.removed_reason)


@dataclass(frozen=True)
class Addable:
    """An organisation that is not on a list and could be."""

    id: int
    ref: str
    name: str
    kind: OrganisationKind


def list_invitations(
    session: Session, *, viewer: Viewer, period_id: int, search: str = "", removed: bool = False, page: int = 1
) -> Slice[Invited]:
    """Read one page of a period's list, by name.

    Args:
        session: a session.
        viewer: who asks.
        period_id: the period.
        search: words that must stand in the name or the reference; empty for all.
        removed: whether to read those that were taken off, in place of those that are on it.
        page: which page, from 1; one that is not there gives the nearest that is.

    Raises:
        NotAllowedError: the viewer may not run periods.
    """
    require(viewer, Act.RUN_PERIODS)
    off = col(Invitation.removed_at)
    statement = (
        select(Invitation, Organisation)
        .join(Organisation, col(Organisation.id) == col(Invitation.organisation_id))
        .where(
            Invitation.period_id == period_id,
            off.is_not(None) if removed else off.is_(None),
            *_named(search),
        )
    )
    found = slice_of(session, statement, col(Organisation.name), col(Organisation.id), page=page, size=PAGE_SIZE)
    return found.of(
        tuple(
            Invited(row.id or 0, organisation.ref, organisation.name, organisation.kind, row.removed_reason)
            for row, organisation in found.rows
        )
    )


def remove_invitation(session: Session, *, viewer: Viewer, invitation_id: int, reason: str) -> str:
    """Take an organisation off the list: its links stop, and what it answered does not count. Give its name.

    Raises:
        NotAllowedError: the viewer may not run periods.
        NotFoundError: there is no such invitation.
        FieldError: there is no reason, or it is too long.
        RefusedError: the period is not open, or somebody took it off already.
    """
    require(viewer, Act.RUN_PERIODS)
    why = clean_text(reason)
    if not 0 < len(why) <= REASON_LIMIT:
        raise FieldError("reason", f"Say in up to {REASON_LIMIT} letters why it is taken off the list.")
    row, name = _locked(session, invitation_id)
    if row.removed_at is not None:
        raise RefusedError(f"{name} was taken off the list already. Nothing was changed.")
    row.removed_at, row.removed_reason = clock.now(), why
    detail = audit.changes({"removed_at": None}, {"removed_at": row.removed_at})
    audit.record(session, viewer, act="invitation_removed", subject=f"invitation {invitation_id}", detail=detail)
    return name


def put_back(session: Session, *, viewer: Viewer, invitation_id: int) -> str:
    """Put an organisation back on the list, and give its name. What it answered before is there again.

    Raises:
        NotAllowedError: the viewer may not run periods.
        NotFoundError: there is no such invitation.
        RefusedError: the period is not open, or the organisation is on the list.
    """
    require(viewer, Act.RUN_PERIODS)
    row, name = _locked(session, invitation_id)
    if row.removed_at is None:
        raise RefusedError(f"{name} is on the list already. Nothing was changed.")
    detail = audit.changes({"removed_at": row.removed_at}, {"removed_at": None})
    row.removed_at, row.removed_reason = None, ""
    audit.record(session, viewer, act="invitation_put_back", subject=f"invitation {invitation_id}", detail=detail)
    return name


def find_addable(session: Session, *, viewer: Viewer, period_id: int, search: str) -> tuple[Addable, ...]:
    """Find organisations that are not on a period's list and could be: the first ten by name.

    Raises:
        NotAllowedError: the viewer may not run periods.
        NotFoundError: there is no such period.
    """
    require(viewer, Act.RUN_PERIODS)
    if not clean_text(search):
        return ()
    period = period_by_id(session, period_id=period_id)
    statement = (
        select(Organisation)
        .where(col(Organisation.id).in_(_could_be(session, period)), *_named(search))
        .order_by(col(Organisation.name))
        .limit(MOST_FOUND)
    )
    return tuple(Addable(row.id or 0, row.ref, row.name, row.kind) for row in session.exec(statement))


def add_invitation(session: Session, *, viewer: Viewer, period_id: int, organisation_id: int) -> int:
    """Add an organisation that is not on the list of an open period, and give the invitation's key.

    Raises:
        NotAllowedError: the viewer may not run periods.
        NotFoundError: there is no such period.
        RefusedError: the period is not open, or the organisation is on the list or cannot be on it.
    """
    require(viewer, Act.RUN_PERIODS)
    _require_open_list(session, period_id)
    if organisation_id not in _could_be(session, period_by_id(session, period_id=period_id)):
        raise RefusedError("This organisation is on the list already, or is not asked anything. Nothing was changed.")
    row = Invitation(period_id=period_id, organisation_id=organisation_id)
    session.add(row)
    session.flush()
    audit.record(session, viewer, act="invitation_added", subject=f"invitation {row.id}")
    return row.id or 0


def count_removed(session: Session, *, viewer: Viewer, period_id: int) -> int:
    """Count the organisations that were taken off a period's list.

    Raises:
        NotAllowedError: the viewer may not run periods.
    """
    require(viewer, Act.RUN_PERIODS)
    statement = select(func.count()).where(
        col(Invitation.period_id) == period_id, col(Invitation.removed_at).is_not(None)
    )
    return session.exec(statement).one()


def _named(search: str) -> tuple[ColumnElement[bool], ...]:
    return has_words(search, col(Organisation.name), col(Organisation.ref))


def _locked(session: Session, invitation_id: int) -> tuple[Invitation, str]:
    row = session.exec(select(Invitation).where(Invitation.id == invitation_id).with_for_update()).first()
    if row is None:
        raise NotFoundError("There is no such invitation. Nothing was changed.")
    _require_open_list(session, row.period_id)
    return row, session.get_one(Organisation, row.organisation_id).name


def _require_open_list(session: Session, period_id: int) -> None:
    """Hold the period as it is until the write is over, and refuse unless it is open."""
    hold_period(session, period_id=period_id, alone=False)
    period = period_by_id(session, period_id=period_id)
    if period.state is not PeriodState.OPEN:
        raise RefusedError(
            f"The list of {period.title} is made when the period opens, and frozen when it closes. Nothing was changed."
        )


def _could_be(session: Session, period: PeriodFound) -> frozenset[int]:
    """Give those who are asked something and are not on the list, taken off it or not."""
    versions = asked_versions(session, period_id=period.id)
    asked = to_be_invited(
        session, versions=versions, charter_id=period.charter_id, on=clock.today(), made_up=period.made_up
    )
    listed = session.exec(select(Invitation.organisation_id).where(Invitation.period_id == period.id))
    return frozenset(asked) - frozenset(listed)
