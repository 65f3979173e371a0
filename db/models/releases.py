"""Releases: what was published of a period, the inputs that were frozen with it, and the words beside it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import Table, word
from db.types import IncomeBand, Measure, NoLevel, OrganisationKind, RecordKind, ReleaseTextKind, Side


class Release(Table, table=True):
    """A publication of a period. It never changes; a correction is another one, with its reason."""

    __table_args__ = (
        UniqueConstraint("period_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("number = 1 OR reason <> ''", name="correction_has_reason"),
    )

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(max_length=50, unique=True)
    period_id: int = Field(foreign_key="period.id", index=True)
    number: int
    reason: str = ""
    previous_id: int | None = Field(default=None, foreign_key="release.id")
    threshold: int
    known_sector: int | None = None
    made_up: bool
    published_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""


class ReleaseInput(Table, table=True):
    """An invited organisation as it was when the period closed, and whether its answers counted.

    Only a public body's name is kept: it answers by name, and a group does not.
    """

    __table_args__ = (UniqueConstraint("release_id", "organisation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    name: str = Field(default="", max_length=200)
    side: Side = Field(sa_column=word(Side, "side"))
    kind: OrganisationKind = Field(sa_column=word(OrganisationKind, "kind"))
    income_band: IncomeBand = Field(sa_column=word(IncomeBand, "income_band"))
    ward: str = Field(default="", max_length=120)
    counted: bool
    influence: str | None = Field(default=None, max_length=40)
    contact: str | None = Field(default=None, max_length=40)
    engagement_level: str | None = Field(default=None, max_length=40)


class ReleaseAnswer(Table, table=True):
    """A question that an invited organisation was asked, with its answer if it counted and gave one."""

    __table_args__ = (
        UniqueConstraint("release_input_id", "commitment_version_id"),
        CheckConstraint("level IS NULL OR level BETWEEN 0 AND 4", name="level_range"),
        CheckConstraint("level IS NULL OR no_level IS NULL", name="level_or_none"),
    )

    id: int | None = Field(default=None, primary_key=True)
    release_input_id: int = Field(foreign_key="release_input.id", index=True)
    commitment_version_id: int = Field(foreign_key="commitment_version.id", index=True)
    measure: Measure = Field(sa_column=word(Measure, "measure"))
    owes: bool
    level: int | None = None
    no_level: NoLevel | None = Field(default=None, sa_column=word(NoLevel, "no_level", nullable=True))
    carried_over: bool = False


class ReleaseText(Table, table=True):
    """Words that were published with a release."""

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id", index=True)
    kind: ReleaseTextKind = Field(sa_column=word(ReleaseTextKind, "kind"))
    organisation: str = Field(default="", max_length=200)
    words: str


class ReleaseRecord(Table, table=True):
    """What was published of one indicator, action or recommendation, or of all concerns, as JSON.

    `ref` is the subject's own, and `position` its place among those of its kind, from 1.
    """

    __table_args__ = (
        UniqueConstraint("release_id", "kind", "ref"),
        UniqueConstraint("release_id", "kind", "position"),
        CheckConstraint("position >= 1", name="position_from_one"),
    )

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id", index=True)
    kind: RecordKind = Field(sa_column=word(RecordKind, "kind"))
    ref: str = Field(max_length=60)
    position: int
    content: str


class ReleaseEarlyAccess(Table, table=True):
    """Who could see a release's figures before they were published, and when."""

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id", index=True)
    name: str = Field(max_length=120)
    organisation: str = Field(default="", max_length=200)
    shared_at: datetime
    first_seen_at: datetime | None = None
