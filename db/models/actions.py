"""Actions: what is to be done and by whom, where it came from, what it was before, and committees' recommendations."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import Table, one_of, word
from db.types import ActionStatus, Precision


class Action(Table, table=True):
    """Something to be done. Without a date it is ongoing.

    `organisation_id` is the organisation that keeps it up to date; what is history has none. All who are to do it stand
    in `ActionOwner`. History is never overdue.
    """

    __table_args__ = (CheckConstraint("(due_on IS NULL) = (due_precision IS NULL)", name="date_has_precision"),)

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(max_length=40, unique=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    heading: str = Field(max_length=200)
    details: str = ""
    due_on: date | None = None
    due_precision: Precision | None = Field(default=None, sa_column=word(Precision, "due_precision", nullable=True))
    status: ActionStatus = Field(default=ActionStatus.NOT_STARTED, sa_column=word(ActionStatus, "status"))
    notes: str = ""
    history: bool = False
    revision: int = 1
    created_at: datetime
    changed_at: datetime
    made_up: bool = False


class ActionOwner(Table, table=True):
    """Who is to do an action: an organisation or a board of the store, or words for one that is not in it."""

    __table_args__ = (
        UniqueConstraint("action_id", "position"),
        CheckConstraint("(organisation_id IS NULL) = (words <> '')", name="organisation_or_words"),
    )

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id", index=True)
    position: int
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    words: str = Field(default="", max_length=200)


class Recommendation(Table, table=True):
    """What a committee recommended, and when."""

    __table_args__ = (CheckConstraint("words <> ''", name="recommendation_has_words"),)

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(max_length=40, unique=True)
    committee: str = Field(max_length=200)
    made_on: date = Field(index=True)
    words: str
    source: str = Field(default="", max_length=500)
    made_up: bool = False


class ActionSource(Table, table=True):
    """What an action came from: one commitment, indicator, concern or recommendation. An action may have several."""

    __table_args__ = (
        CheckConstraint(one_of("commitment_id", "indicator_id", "concern_id", "recommendation_id"), name="one_source"),
    )

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id", index=True)
    commitment_id: int | None = Field(default=None, foreign_key="commitment.id", index=True)
    indicator_id: int | None = Field(default=None, foreign_key="indicator.id", index=True)
    concern_id: int | None = Field(default=None, foreign_key="concern.id", index=True)
    recommendation_id: int | None = Field(default=None, foreign_key="recommendation.id", index=True)


class ReplacedAction(Table, table=True):
    """An action as it was before a change, by the revision that it then had."""

    __table_args__ = (UniqueConstraint("action_id", "revision"),)

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id", index=True)
    revision: int
    heading: str = Field(max_length=200)
    details: str = ""
    due_on: date | None = None
    due_precision: Precision | None = Field(default=None, sa_column=word(Precision, "due_precision", nullable=True))
    status: ActionStatus = Field(sa_column=word(ActionStatus, "status"))
    notes: str = ""
    owners: str = Field(default="", max_length=2000)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    replaced_at: datetime
