"""Charters and what they are made of: lineage, milestones, themes, strands, statements, the level scale."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import Table, word
from db.types import CharterState, Precision, StatementKind


class Charter(Table, table=True):
    """An adopted agreement between public bodies and the sector, with the one that it follows."""

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(max_length=60, unique=True)
    title: str = Field(max_length=200)
    official_title: str = Field(max_length=300)
    state: CharterState = Field(sa_column=word(CharterState, "state"))
    kind: str = Field(max_length=120)
    summary: str
    adopted_by: str
    adopted_on: date
    adopted_precision: Precision = Field(sa_column=word(Precision, "adopted_precision"))
    adoption_note: str = ""
    signed_by: str = ""
    how_it_came_about: str
    not_held: str = ""
    successor_note: str = ""
    follows_id: int | None = Field(default=None, foreign_key="charter.id", index=True)


class Milestone(Table, table=True):
    """A dated step in a charter's story."""

    __table_args__ = (UniqueConstraint("charter_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    charter_id: int = Field(foreign_key="charter.id", index=True)
    position: int
    happened_on: date
    precision: Precision = Field(sa_column=word(Precision, "precision"))
    title: str = Field(max_length=200)
    sentence: str
    source: str


class Theme(Table, table=True):
    """A theme of a charter. One that is not scored (how we work together) stands beside the others."""

    __table_args__ = (UniqueConstraint("charter_id", "ref"), UniqueConstraint("charter_id", "position"))

    id: int | None = Field(default=None, primary_key=True)
    charter_id: int = Field(foreign_key="charter.id", index=True)
    ref: str = Field(max_length=60)
    title: str = Field(max_length=120)
    summary: str
    position: int
    scored: bool


class Strand(Table, table=True):
    """A group of commitments within a theme."""

    __table_args__ = (UniqueConstraint("theme_id", "ref"), UniqueConstraint("theme_id", "position"))

    id: int | None = Field(default=None, primary_key=True)
    theme_id: int = Field(foreign_key="theme.id", index=True)
    ref: str = Field(max_length=60)
    title: str = Field(max_length=120)
    position: int


class Statement(Table, table=True):
    """A part of a source that is shown beside the commitments and never scored."""

    __table_args__ = (UniqueConstraint("charter_id", "kind", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    charter_id: int = Field(foreign_key="charter.id", index=True)
    kind: StatementKind = Field(sa_column=word(StatementKind, "kind"))
    position: int
    theme_ref: str | None = Field(default=None, max_length=60)
    strand_ref: str | None = Field(default=None, max_length=60)
    text: str
    source_document: str = Field(default="", max_length=300)
    source_section: str = Field(default="", max_length=200)
    source_position: int | None = None


class Level(Table, table=True):
    """One step of the one scale, 0 (not at all) to 4 (fully), for practice and experience alike."""

    __table_args__ = (CheckConstraint("value BETWEEN 0 AND 4", name="value_range"),)

    value: int = Field(primary_key=True)
    label: str = Field(max_length=60)
    description: str
