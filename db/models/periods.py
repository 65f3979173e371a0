"""Periods of the annual review: what is asked, who is invited, and the links that open a form."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from db.columns import Table, word
from db.types import PeriodState, ReleaseTextKind


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


class PeriodChange(Table, table=True):
    """A period's state was changed; opening it again takes a reason."""

    id: int | None = Field(default=None, primary_key=True)
    period_id: int = Field(foreign_key="period.id", index=True)
    state: PeriodState = Field(sa_column=word(PeriodState, "state"))
    reason: str = Field(default="", max_length=300)
    changed_at: datetime


class LinkRequest(Table, table=True):
    """Somebody asked for a group's link again. It goes only to the address that is held, so none is kept here."""

    id: int | None = Field(default=None, primary_key=True)
    period_id: int = Field(foreign_key="period.id", index=True)
    invitation_id: int | None = Field(default=None, foreign_key="invitation.id", index=True)
    asked_at: datetime
    answered_at: datetime | None = None


class EarlyAccess(Table, table=True):
    """Somebody may see, or saw, a period's figures before they are published: by a link, or by right of reply."""

    id: int | None = Field(default=None, primary_key=True)
    period_id: int = Field(foreign_key="period.id", index=True)
    name: str = Field(max_length=120)
    email: str | None = Field(default=None, max_length=254)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    token_digest: str | None = Field(default=None, max_length=64, unique=True)
    shared_at: datetime
    expires_at: datetime | None = None
    first_seen_at: datetime | None = None
    revoked_at: datetime | None = None


class PeriodText(Table, table=True):
    """Words that are published with a period's figures: the coordinator's, or a public body's reply."""

    __table_args__ = (
        UniqueConstraint("period_id", "kind", "organisation_id"),
        # A missing organisation is never equal to another missing one, so this needs an index of its own.
        Index(
            "uq_period_text_period_id_kind",
            "period_id",
            "kind",
            unique=True,
            sqlite_where=text("organisation_id IS NULL"),
            postgresql_where=text("organisation_id IS NULL"),
        ),
        CheckConstraint("(kind = 'right_of_reply') = (organisation_id IS NOT NULL)", name="reply_has_organisation"),
    )

    id: int | None = Field(default=None, primary_key=True)
    period_id: int = Field(foreign_key="period.id", index=True)
    kind: ReleaseTextKind = Field(sa_column=word(ReleaseTextKind, "kind"))
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    words: str
    revision: int = 1
    saved_at: datetime
