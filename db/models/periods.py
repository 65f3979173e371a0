"""Periods of the annual review: what is asked, who is invited, and the links that open a form."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import Table, word
from db.types import PeriodState


class Period(Table, table=True):
    """One round of the annual review. The disclosure threshold is promised when it opens."""

    __table_args__ = (
        CheckConstraint("closes_on >= opens_on", name="closes_after_opening"),
        CheckConstraint("threshold >= 10", name="threshold_never_lowered"),
    )

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(max_length=40, unique=True)
    title: str = Field(max_length=120)
    charter_id: int = Field(foreign_key="charter.id", index=True)
    opens_on: date
    closes_on: date
    state: PeriodState = Field(default=PeriodState.PLANNED, sa_column=word(PeriodState, "state"))
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    threshold: int = 10
    known_sector: int | None = None
    list_source: str = Field(default="", max_length=300)
    list_date: date | None = None
    made_up: bool = False


class AskedCommitment(Table, table=True):
    """A version of a commitment that a period asks about, fixed when the period opens."""

    __table_args__ = (UniqueConstraint("period_id", "commitment_version_id"),)

    id: int | None = Field(default=None, primary_key=True)
    period_id: int = Field(foreign_key="period.id", index=True)
    commitment_version_id: int = Field(foreign_key="commitment_version.id", index=True)


class Invitation(Table, table=True):
    """An organisation on a period's invitation list. One that is removed keeps its row and the reason."""

    __table_args__ = (
        UniqueConstraint("period_id", "organisation_id"),
        CheckConstraint("(removed_at IS NULL) = (removed_reason = '')", name="removal_has_reason"),
    )

    id: int | None = Field(default=None, primary_key=True)
    period_id: int = Field(foreign_key="period.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    removed_at: datetime | None = None
    removed_reason: str = Field(default="", max_length=300)


class InvitationLink(Table, table=True):
    """A personal link to one group's form in one period. Only the digest of its token is kept."""

    id: int | None = Field(default=None, primary_key=True)
    invitation_id: int = Field(foreign_key="invitation.id", index=True)
    token_digest: str = Field(max_length=64, unique=True)
    created_at: datetime
    first_used_at: datetime | None = None
    revoked_at: datetime | None = None
