"""Organisations, the wards they are in, who speaks for them, and which charter they signed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import Table, word
from db.types import IncomeBand, OrganisationKind


class Ward(Table, table=True):
    """An electoral ward while it was in force: wards are dated data, never constants."""

    __table_args__ = (UniqueConstraint("code", "starts_on"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=40)
    name: str = Field(max_length=120)
    starts_on: date
    ends_on: date | None = None
    made_up: bool = False


class Organisation(Table, table=True):
    """A public body, a group, or a board. `ref` is its org-id where it has one, else our own."""

    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("id <> part_of_id", name="not_part_of_itself"),
    )

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(max_length=60, unique=True)
    name: str = Field(max_length=200, index=True)
    kind: OrganisationKind = Field(sa_column=word(OrganisationKind, "kind"))
    income_band: IncomeBand = Field(default=IncomeBand.NOT_KNOWN, sa_column=word(IncomeBand, "income_band"))
    ward_id: int | None = Field(default=None, foreign_key="ward.id", index=True)
    part_of_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    successor_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    starts_on: date | None = None
    ends_on: date | None = None
    email: str | None = Field(default=None, max_length=254)
    phone: str | None = Field(default=None, max_length=40)
    reminders_stopped_at: datetime | None = None
    made_up: bool = False


class Signatory(Table, table=True):
    """An organisation signed a charter on a date, itself or through another on its behalf, and may have left it."""

    __table_args__ = (UniqueConstraint("charter_id", "organisation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    charter_id: int = Field(foreign_key="charter.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    signed_on: date
    through_id: int | None = Field(default=None, foreign_key="organisation.id")
    left_on: date | None = None
    left_reason: str | None = Field(default=None, max_length=300)


class Champion(Table, table=True):
    """The charter champion whom a public body names, from a date and until one."""

    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    name: str = Field(max_length=120)
    email: str | None = Field(default=None, max_length=254)
    since: date
    until: date | None = None


class OrganisationMerge(Table, table=True):
    """A duplicate was merged into another organisation. Its row stays, because releases lead back to it."""

    __table_args__ = (CheckConstraint("organisation_id <> into_id", name="not_into_itself"),)

    organisation_id: int = Field(primary_key=True, foreign_key="organisation.id")
    into_id: int = Field(foreign_key="organisation.id", index=True)
    reason: str = Field(default="", max_length=300)
    merged_at: datetime
