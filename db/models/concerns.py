"""Concerns: a disagreement about a commitment, each step that it took, and what each side said to it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import Table, word
from db.types import ConcernState


class Concern(Table, table=True):
    """What an organisation holds against how a public body keeps a commitment. It is confidential."""

    __table_args__ = (
        CheckConstraint("words <> ''", name="concern_has_words"),
        CheckConstraint("raised_by_id <> about_id", name="not_about_itself"),
    )

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(max_length=11, unique=True)
    commitment_id: int = Field(foreign_key="commitment.id", index=True)
    raised_by_id: int = Field(foreign_key="organisation.id", index=True)
    about_id: int = Field(foreign_key="organisation.id", index=True)
    words: str
    state: ConcernState = Field(default=ConcernState.WITH_CHAMPION, sa_column=word(ConcernState, "state"))
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    revision: int = 1
    raised_at: datetime


class ConcernStep(Table, table=True):
    """A state that a concern came into, when, and why, numbered from 1 in each. The first is that it was raised.

    `officer` names the officer whom the monitoring group asks to attend, or is empty.
    """

    __table_args__ = (UniqueConstraint("concern_id", "number"), CheckConstraint("number >= 1", name="number_from_one"))

    id: int | None = Field(default=None, primary_key=True)
    concern_id: int = Field(foreign_key="concern.id", index=True)
    number: int
    state: ConcernState = Field(sa_column=word(ConcernState, "state"))
    words: str = ""
    officer: str = Field(default="", max_length=200)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    taken_at: datetime


class ConcernReply(Table, table=True):
    """What the body concerned, or whoever raised it, says to a concern."""

    __table_args__ = (CheckConstraint("words <> ''", name="reply_has_words"),)

    id: int | None = Field(default=None, primary_key=True)
    concern_id: int = Field(foreign_key="concern.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    words: str
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    replied_at: datetime
