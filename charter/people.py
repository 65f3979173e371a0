"""The people who can sign in: listed, searched, and one of them in full."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from charter import clock
from charter.pages_of_rows import PAGE_SIZE, Slice, has_words, slice_of
from charter.rules.access import Act, Viewer, may, require
from charter.rules.refusals import NotFoundError
from charter.settings import settings
from db.models import Account, AccountGrant, DirectoryIdentity, Organisation, PasswordLink
from db.types import Role


class SignIn(StrEnum):
    """Whether a person can sign in."""

    CAN = "can"
    INVITED = "invited"
    """Has not signed in by a directory, nor set a password yet, and holds a link that does."""
    LINK_OVER = "link_over"
    """Has neither, and has no link that still works."""
    DISABLED = "disabled"


@dataclass(frozen=True)
class Held:
    """A role that a person holds, with the organisation that a partner answers for."""

    role: Role
    organisation_ref: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class Person:
    """A person who has an account.

    Attributes:
        held: the roles, those without an organisation first.
        own: whether it is the viewer's own account.
    """

    id: int
    email: str
    name: str
    sign_in: SignIn
    created_at: datetime
    held: tuple[Held, ...]
    own: bool


def list_people(
    session: Session,
    *,
    viewer: Viewer,
    search: str = "",
    role: Role | None = None,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Slice[Person]:
    """Read one page of the people who have accounts, by name.

    A coordinator is shown the people of organisations, and nobody who holds another role.

    Args:
        session: a session.
        viewer: an administrator, a coordinator or the operator.
        search: words that must stand in the name, the e-mail address or the name of an organisation.
        role: a role that they must hold, or None.
        page: which page, from 1; one that is not there gives the nearest that is.
        size: how many people a page has.

    Raises:
        NotAllowedError: the viewer may keep no accounts.
    """
    require(viewer, Act.KEEP_PARTNERS)
    names = (
        sa.select(sa.func.max(col(Organisation.name)))
        .join(AccountGrant, col(AccountGrant.organisation_id) == col(Organisation.id))
        .where(col(AccountGrant.account_id) == col(Account.id))
        .scalar_subquery()
    )
    statement = sa.select(Account).where(
        *_seen_by(viewer), *has_words(search, col(Account.name), col(Account.email), names), *_holds(role)
    )
    order = (sa.func.lower(col(Account.name)), sa.type_coerce(col(Account.id), sa.Integer))
    found = slice_of(session, statement, *order, page=page, size=size)
    return found.of(_people(session, viewer, [row.Account for row in found.rows]))


def find_person(session: Session, *, viewer: Viewer, account_id: int) -> Person:
    """Read one person in full.

    Raises:
        NotAllowedError: the viewer may keep no accounts.
        NotFoundError: there is no such account, or it is not the viewer's to keep.
    """
    require(viewer, Act.KEEP_PARTNERS)
    row = session.execute(sa.select(Account).where(col(Account.id) == account_id, *_seen_by(viewer))).scalar()
    if row is None:
        raise NotFoundError("There is no such account.")
    return _people(session, viewer, [row])[0]


def _seen_by(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    if may(viewer, Act.KEEP_ACCOUNTS):
        return ()
    held = sa.select(col(AccountGrant.id)).where(col(AccountGrant.account_id) == col(Account.id))
    partner = col(AccountGrant.role) == Role.PARTNER
    return (held.where(partner).exists(), ~held.where(~partner).exists())


def _holds(role: Role | None) -> tuple[ColumnElement[bool], ...]:
    if role is None:
        return ()
    held = sa.select(col(AccountGrant.id)).where(
        col(AccountGrant.account_id) == col(Account.id), col(AccountGrant.role) == role
    )
    return (held.exists(),)


def _people(session: Session, viewer: Viewer, rows: list[Account]) -> tuple[Person, ...]:
    keys = [row.id or 0 for row in rows]
    held = _held(session, keys)
    linked = set(
        session.exec(
            select(PasswordLink.account_id).where(
                col(PasswordLink.account_id).in_(keys),
                col(PasswordLink.used_at).is_(None),
                col(PasswordLink.expires_at) > clock.now(),
            )
        )
    )
    bound = _bound(session, keys)
    return tuple(
        Person(
            id=row.id or 0,
            email=row.email,
            name=row.name,
            sign_in=_sign_in(row, linked=row.id in linked, bound=row.id in bound),
            created_at=row.created_at,
            held=held.get(row.id or 0, ()),
            own=row.id == viewer.account_id,
        )
        for row in rows
    )


def _held(session: Session, keys: list[int]) -> dict[int, tuple[Held, ...]]:
    statement: sa.Select[*tuple[Any, ...]] = (
        sa.select(AccountGrant, col(Organisation.ref), col(Organisation.name).label("called"))
        .outerjoin(Organisation, col(Organisation.id) == col(AccountGrant.organisation_id))
        .where(col(AccountGrant.account_id).in_(keys))
        .order_by(col(Organisation.name).is_not(None), col(AccountGrant.role), col(Organisation.name))
    )
    found: dict[int, tuple[Held, ...]] = {}
    for row in session.execute(statement):
        grant: AccountGrant = row.AccountGrant
        one = Held(grant.role, row.ref or "", row.called or "")
        found[grant.account_id] = (*found.get(grant.account_id, ()), one)
    return found


def _bound(session: Session, keys: list[int]) -> frozenset[int]:
    """Tell who has come by the directory that people sign in with now."""
    directory = settings().directory
    if directory is None:
        return frozenset()
    return frozenset(
        session.exec(
            select(DirectoryIdentity.account_id).where(
                col(DirectoryIdentity.account_id).in_(keys), DirectoryIdentity.issuer == directory.issuer
            )
        )
    )


def _sign_in(row: Account, *, linked: bool, bound: bool) -> SignIn:
    if row.disabled_at is not None:
        return SignIn.DISABLED
    if row.password_hash is not None or bound:
        return SignIn.CAN
    return SignIn.INVITED if linked else SignIn.LINK_OVER
