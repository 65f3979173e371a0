"""Self-assessments and the answers in them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import Table, word
from db.types import Contact, EngagementLevel, Influence, Measure, NoLevel, SelfAssessmentState

COMMENT_LIMIT = 2000  # characters: about a page, and far below what would slow a form down


class SelfAssessment(Table, table=True):
    """One organisation's answers in one period."""

    __table_args__ = (UniqueConstraint("period_id", "organisation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(max_length=11, unique=True)
    period_id: int = Field(foreign_key="period.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    state: SelfAssessmentState = Field(default=SelfAssessmentState.DRAFT, sa_column=word(SelfAssessmentState, "state"))
    influence: Influence | None = Field(default=None, sa_column=word(Influence, "influence", nullable=True))
    contact: Contact | None = Field(default=None, sa_column=word(Contact, "contact", nullable=True))
    engagement_level: EngagementLevel | None = Field(
        default=None, sa_column=word(EngagementLevel, "engagement_level", nullable=True)
    )
    closing_revision: int = 0
    started_at: datetime
    submitted_at: datetime | None = None
    declared_by: str = Field(default="", max_length=120)
    reviewed_at: datetime | None = None


class Answer(Table, table=True):
    """One answer: a level, or the reason for none.

    `revision` grows with each save, so that a save made from an older copy of the page is noticed.
    """

    __table_args__ = (
        UniqueConstraint("self_assessment_id", "commitment_version_id"),
        CheckConstraint("level IS NULL OR level BETWEEN 0 AND 4", name="level_range"),
        CheckConstraint("level IS NULL OR no_level IS NULL", name="level_or_none"),
        CheckConstraint(f"length(comment) <= {COMMENT_LIMIT}", name="comment_length"),
    )

    id: int | None = Field(default=None, primary_key=True)
    self_assessment_id: int = Field(foreign_key="self_assessment.id", index=True)
    commitment_version_id: int = Field(foreign_key="commitment_version.id", index=True)
    measure: Measure = Field(sa_column=word(Measure, "measure"))
    level: int | None = None
    no_level: NoLevel | None = Field(default=None, sa_column=word(NoLevel, "no_level", nullable=True))
    carried_over: bool = False
    comment: str = ""
    may_be_quoted: bool = False
    revision: int = 1
    saved_at: datetime
