"""The list of organisations: searched, put in order, one page at a time, and one of them in full."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from charter import clock
from charter.organisations.fields import Fields
from charter.organisations.keeping import fields_of
from charter.pages_of_rows import PAGE_SIZE, Slice, has_words, slice_of
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import NotFoundError
from db.models import Organisation, OrganisationMerge, Ward
from db.types import PUBLIC_KINDS, IncomeBand, OrganisationKind


class Standing(StrEnum):
    """Which organisations are looked for."""

    CURRENT = "current"
    NO_EMAIL = "no_email"
    ENDED = "ended"
    """Over, or merged into another one."""


class Order(StrEnum):
    """What the list is put in order by."""

    NAME = "name"
    WARD = "ward"
    NEWEST = "newest"
    """Those who were added last first."""


@dataclass(frozen=True)
class Wanted:
    """What is looked for; what is None or empty leaves nothing out.

    Attributes:
        search: words that must stand in the name, the reference or the e-mail address.
    """

    search: str = ""
    standing: Standing = Standing.CURRENT
    kind: OrganisationKind | None = None
    ward_id: int | None = None
    order: Order = Order.NAME


@dataclass(frozen=True)
class Listed:
    """One organisation on the list.

    Attributes:
        merged_into: the name of the organisation that it was merged into, or empty.
    """

    id: int
    ref: str
    name: str
    kind: OrganisationKind
    income_band: IncomeBand
    ward: str
    email: str
    phone: str
    ends_on: date | None
    merged_into: str


@dataclass(frozen=True)
class Found:
    """One organisation in full.

    Attributes:
        merged_into: the name of the organisation that it was merged into, or empty.
    """

    id: int
    fields: Fields
    merged_into: str
    made_up: bool

    @property
    def is_public(self) -> bool:
        """Whether it is a public body."""
        return self.fields.kind in PUBLIC_KINDS


def list_organisations(
    session: Session, *, viewer: Viewer, wanted: Wanted, page: int = 1, size: int = PAGE_SIZE
) -> Slice[Listed]:
    """Read one page of the list.

    Args:
        session: a session.
        viewer: a coordinator or the operator.
        wanted: what is looked for, and in which order.
        page: which page, from 1; one that is not there gives the nearest that is.
        size: how many rows a page has.

    Raises:
        NotAllowedError: the viewer may not keep the list.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    into = sa.orm.aliased(Organisation)
    statement: sa.Select[*tuple[Any, ...]] = (
        sa.select(Organisation, col(Ward.name).label("ward"), col(into.name).label("merged_into"))
        .outerjoin(Ward, col(Ward.id) == col(Organisation.ward_id))
        .outerjoin(OrganisationMerge, col(OrganisationMerge.organisation_id) == col(Organisation.id))
        .outerjoin(into, col(OrganisationMerge.into_id) == col(into.id))
        .where(*_conditions(wanted))
    )
    found = slice_of(session, statement, *_order(wanted.order), page=page, size=size)
    return found.of(tuple(_listed(row.Organisation, row.ward, row.merged_into) for row in found.rows))


def find_organisation(session: Session, *, viewer: Viewer, ref: str) -> Found:
    """Read one organisation in full, by its reference.

    Raises:
        NotAllowedError: the viewer may not keep the list.
        NotFoundError: there is no such organisation.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    row = session.exec(select(Organisation).where(Organisation.ref == ref)).one_or_none()
    if row is None:
        raise NotFoundError(f"There is no organisation {ref}.")
    into = session.exec(
        select(Organisation.name)
        .join(OrganisationMerge, col(OrganisationMerge.into_id) == col(Organisation.id))
        .where(OrganisationMerge.organisation_id == row.id)
    ).one_or_none()
    return Found(row.id or 0, fields_of(row), into or "", row.made_up)


def name_organisations(session: Session, *, viewer: Viewer) -> dict[int, str]:
    """Give the names of all organisations that are there today, by key and in the order of names, to choose from.

    Raises:
        NotAllowedError: the viewer may neither keep the list nor the people of organisations.
    """
    require(viewer, Act.KEEP_PARTNERS)
    rows = session.exec(
        select(Organisation.id, Organisation.name)
        .where(_is_current(clock.today()))
        .order_by(sa.func.lower(Organisation.name), col(Organisation.id))
    )
    return {key or 0: name for key, name in rows}


def ref_of(session: Session, *, viewer: Viewer, organisation_id: int) -> str:
    """Give the reference of an organisation.

    Raises:
        NotAllowedError: the viewer may neither keep the list nor the people of organisations.
        NotFoundError: there is no such organisation.
    """
    require(viewer, Act.KEEP_PARTNERS)
    ref = session.exec(select(Organisation.ref).where(Organisation.id == organisation_id)).one_or_none()
    if ref is None:
        raise NotFoundError("There is no such organisation. Nothing was changed.")
    return ref


def _listed(row: Organisation, ward: str | None, merged_into: str | None) -> Listed:
    return Listed(
        id=row.id or 0,
        ref=row.ref,
        name=row.name,
        kind=row.kind,
        income_band=row.income_band,
        ward=ward or "",
        email=row.email or "",
        phone=row.phone or "",
        ends_on=row.ends_on,
        merged_into=merged_into or "",
    )


def _is_current(today: date) -> ColumnElement[bool]:
    return col(Organisation.ends_on).is_(None) | (col(Organisation.ends_on) >= today)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    current = _is_current(clock.today())
    found = list(has_words(wanted.search, col(Organisation.name), col(Organisation.ref), col(Organisation.email)))
    found.append(~current if wanted.standing is Standing.ENDED else current)
    if wanted.standing is Standing.NO_EMAIL:
        found.append(sa.func.coalesce(col(Organisation.email), "") == "")
    if wanted.kind is not None:
        found.append(col(Organisation.kind) == wanted.kind)
    if wanted.ward_id is not None:
        found.append(col(Organisation.ward_id) == wanted.ward_id)
    return found


def _order(order: Order) -> tuple[ColumnElement[Any], ...]:
    last = (sa.func.lower(col(Organisation.name)), sa.type_coerce(col(Organisation.id), sa.Integer))
    match order:
        case Order.NAME:
            return last
        case Order.WARD:
            return (sa.func.coalesce(col(Ward.name), "~"), *last)
        case Order.NEWEST:
            return (sa.type_coerce(col(Organisation.id), sa.Integer).desc(),)
