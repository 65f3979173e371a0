"""The monitoring group's review of public bodies' practice, and who drafts and helps with answers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import Table, word
from db.types import AssistedHow, ReviewDecision


class Review(Table, table=True):
    """One decision on a public body's self-assessment, numbered from 1 in each."""

    __table_args__ = (UniqueConstraint("self_assessment_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    self_assessment_id: int = Field(foreign_key="self_assessment.id", index=True)
    number: int
    decision: ReviewDecision = Field(sa_column=word(ReviewDecision, "decision"))
    account_id: int | None = Field(default=None, foreign_key="account.id")
    decided_at: datetime


class ReturnedAnswer(Table, table=True):
    """An answer that was returned, with the reason and the body's one reply."""

    __table_args__ = (
        UniqueConstraint("review_id", "commitment_version_id"),
        CheckConstraint("reason <> ''", name="return_has_reason"),
        CheckConstraint("(replied_at IS NULL) = (reply = '')", name="reply_has_moment"),
    )

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id", index=True)
    commitment_version_id: int = Field(foreign_key="commitment_version.id", index=True)
    reason: str
    reply: str = ""
    replied_at: datetime | None = None


class DraftingPart(Table, table=True):
    """An account drafts one strand of its organisation's answers, for a directorate. One without parts is a lead."""

    __table_args__ = (UniqueConstraint("account_id", "organisation_id", "strand_id"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    strand_id: int = Field(foreign_key="strand.id", index=True)
    directorate: str = Field(max_length=120)


class Assistance(Table, table=True):
    """Somebody typed a group's answers in for it: who, how the group gave them, and when."""

    id: int | None = Field(default=None, primary_key=True)
    self_assessment_id: int = Field(foreign_key="self_assessment.id", unique=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    how: AssistedHow = Field(sa_column=word(AssistedHow, "how"))
    spoke_to: str = Field(max_length=120)
    began_at: datetime
