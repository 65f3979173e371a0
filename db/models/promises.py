"""You said, we will: what owing bodies promise about their lowest commitments."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import Table, word
from db.types import ActionStatus, Precision


class YouSaid(Table, table=True):
    """What a public body will do about its lowest core commitment in a theme, with an action or the reason for none."""

    __table_args__ = (
        UniqueConstraint("period_id", "organisation_id", "theme_id"),
        CheckConstraint("we_will <> ''", name="promise_has_words"),
        CheckConstraint("(action_id IS NULL) = (no_action_reason <> '')", name="action_or_reason"),
    )

    id: int | None = Field(default=None, primary_key=True)
    period_id: int = Field(foreign_key="period.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    theme_id: int = Field(foreign_key="theme.id", index=True)
    commitment_version_id: int = Field(foreign_key="commitment_version.id", index=True)
    we_will: str
    action_id: int | None = Field(default=None, foreign_key="action.id", index=True)
    no_action_reason: str = ""
    revision: int = 1
    saved_at: datetime


class ReleasePromise(Table, table=True):
    """A promise as it stood when a release was published: this period's, or the last one's with what became of it."""

    __table_args__ = (UniqueConstraint("release_id", "period_ref", "organisation_id", "theme"),)

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id", index=True)
    period_ref: str = Field(max_length=40)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    organisation: str = Field(max_length=200)
    theme: str = Field(max_length=40)
    commitment_version_id: int = Field(foreign_key="commitment_version.id", index=True)
    we_will: str
    action: str = Field(default="", max_length=200)
    due_on: date | None = None
    due_precision: Precision | None = Field(default=None, sa_column=word(Precision, "due_precision", nullable=True))
    status: ActionStatus | None = Field(default=None, sa_column=word(ActionStatus, "status", nullable=True))
    no_action_reason: str = ""
