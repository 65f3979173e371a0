"""Commitments, the versions of their wording, and who has adopted which."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import Table, word
from db.types import Continuity, Meaning, OwedBy


class Commitment(Table, table=True):
    """One promise, by a reference that never changes."""

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(max_length=40, unique=True)
    charter_id: int = Field(foreign_key="charter.id", index=True)
    strand_id: int = Field(foreign_key="strand.id", index=True)
    position: int
    continuity: Continuity = Field(sa_column=word(Continuity, "continuity"))
    done_on: date | None = None


class CommitmentVersion(Table, table=True):
    """A commitment's wording at one time. Answers keep the version that they answered."""

    __table_args__ = (
        UniqueConstraint("commitment_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("(number = 1) = (meaning = 'first')", name="first_is_first"),
    )

    id: int | None = Field(default=None, primary_key=True)
    commitment_id: int = Field(foreign_key="commitment.id", index=True)
    number: int
    meaning: Meaning = Field(sa_column=word(Meaning, "meaning"))
    meaning_said_by: str = Field(default="", max_length=300)
    title: str = Field(max_length=200)
    summary: str
    owed_by: OwedBy = Field(sa_column=word(OwedBy, "owed_by"))
    seen_by_sector: bool
    core: bool
    practice_question: str
    experience_question: str | None = None
    source_document: str = Field(max_length=300)
    source_section: str = Field(max_length=200)
    source_position: int | None = None
    source_note: str = ""
    theme_reading: str | None = Field(default=None, max_length=60)
    successor_reading: str | None = Field(default=None, max_length=40)
    reading_note: str = ""
    loaded_at: datetime


class Adoption(Table, table=True):
    """A body owes a commitment from a date: because the source names it, or because it adopted it."""

    __table_args__ = (UniqueConstraint("commitment_id", "organisation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    commitment_id: int = Field(foreign_key="commitment.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    adopted_on: date
