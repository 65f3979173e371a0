"""The figures of a release, as they were frozen. A withheld figure has no value in the store either."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from db.columns import Table, word
from db.types import (
    Agreement,
    Breakdown,
    Direction,
    GapKind,
    Measure,
    NoLevel,
    Question,
    Scope,
    Side,
    Withheld,
)


class ReleaseScore(Table, table=True):
    """Counts, score, interval and bounds of one commitment or theme, for one side and group."""

    __table_args__ = (
        # Named, as the name made from its columns would be longer than PostgreSQL keeps.
        UniqueConstraint(
            "release_id", "scope", "ref", "side", "measure", "breakdown", "group_code", name="uq_release_score_figure"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id", index=True)
    scope: Scope = Field(sa_column=word(Scope, "scope"))
    ref: str = Field(max_length=60)
    side: Side = Field(sa_column=word(Side, "side"))
    measure: Measure = Field(sa_column=word(Measure, "measure"))
    breakdown: Breakdown = Field(sa_column=word(Breakdown, "breakdown"))
    group_code: str = Field(max_length=60)
    invited: int
    answered: int | None = None
    does_not_apply: int | None = None
    dont_know: int | None = None
    no_answer: int | None = None
    level_0: int | None = None
    level_1: int | None = None
    level_2: int | None = None
    level_3: int | None = None
    level_4: int | None = None
    score: float | None = None
    share_high: float | None = None
    low: float | None = None
    high: float | None = None
    lowest: float | None = None
    highest: float | None = None
    commitments_shown: int | None = None
    commitments_asked: int | None = None
    withheld: Withheld | None = Field(default=None, sa_column=word(Withheld, "withheld", nullable=True))


class ReleaseGap(Table, table=True):
    """A perception gap or a difference between the sides, in points."""

    __table_args__ = (UniqueConstraint("release_id", "scope", "ref", "owing_side", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id", index=True)
    scope: Scope = Field(sa_column=word(Scope, "scope"))
    ref: str = Field(max_length=60)
    kind: GapKind = Field(sa_column=word(GapKind, "kind"))
    owing_side: Side = Field(sa_column=word(Side, "owing_side"))
    public_score: float | None = None
    vcfse_score: float | None = None
    gap: float | None = None
    low: float | None = None
    high: float | None = None
    clear: bool | None = None
    agreement: Agreement | None = Field(default=None, sa_column=word(Agreement, "agreement", nullable=True))
    bodies_answered: int
    bodies_asked: int
    commitments: int
    withheld: Withheld | None = Field(default=None, sa_column=word(Withheld, "withheld", nullable=True))


class ReleaseChange(Table, table=True):
    """A change on the period before, like for like, in points."""

    __table_args__ = (UniqueConstraint("release_id", "scope", "ref", "side"),)

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id", index=True)
    before_release_id: int = Field(foreign_key="release.id")
    scope: Scope = Field(sa_column=word(Scope, "scope"))
    ref: str = Field(max_length=60)
    side: Side = Field(sa_column=word(Side, "side"))
    matched: int | None = None
    before: float | None = None
    after: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    carried_share: float | None = None
    direction: Direction = Field(sa_column=word(Direction, "direction"))
    listed_direction: Direction = Field(sa_column=word(Direction, "listed_direction"))
    withheld: Withheld | None = Field(default=None, sa_column=word(Withheld, "withheld", nullable=True))


class ReleaseResponse(Table, table=True):
    """How many were invited and submitted, by group; by ward nothing else is ever shown."""

    __table_args__ = (UniqueConstraint("release_id", "side", "breakdown", "group_code"),)

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id", index=True)
    side: Side = Field(sa_column=word(Side, "side"))
    breakdown: Breakdown = Field(sa_column=word(Breakdown, "breakdown"))
    group_code: str = Field(max_length=120)
    invited: int
    submitted: int
    known: int | None = None


class ReleaseBodyAnswer(Table, table=True):
    """A public body's answer, by name. One that did not answer is named too."""

    __table_args__ = (UniqueConstraint("release_id", "ref", "organisation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id", index=True)
    ref: str = Field(max_length=60)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    name: str = Field(max_length=200)
    measure: Measure = Field(sa_column=word(Measure, "measure"))
    level: int | None = None
    no_level: NoLevel | None = Field(default=None, sa_column=word(NoLevel, "no_level", nullable=True))


class ReleaseShare(Table, table=True):
    """The share of groups that chose each answer to a question after the core, by amount of contact."""

    __table_args__ = (UniqueConstraint("release_id", "question", "contact_code", "option"),)

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id", index=True)
    question: Question = Field(sa_column=word(Question, "question"))
    contact_code: str = Field(max_length=40)
    option: str = Field(max_length=40)
    answered: int | None = None
    chose: int | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    withheld: Withheld | None = Field(default=None, sa_column=word(Withheld, "withheld", nullable=True))
