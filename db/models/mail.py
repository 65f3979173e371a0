"""E-mails: to whom, why, and what became of them. What they said is not kept: a link in it would open a form."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from db.columns import Table, word
from db.types import MailKind, MailState


class Mail(Table, table=True):
    """One e-mail. A reminder for one date goes to an invitation once: the row is there before it is sent."""

    # A mail without a date (an invitation that is sent again) is never equal to another.
    __table_args__ = (UniqueConstraint("kind", "invitation_id", "due_on"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: MailKind = Field(sa_column=word(MailKind, "kind"))
    state: MailState = Field(default=MailState.WAITING, sa_column=word(MailState, "state"))
    address: str = Field(max_length=254)
    invitation_id: int | None = Field(default=None, foreign_key="invitation.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    early_access_id: int | None = Field(default=None, foreign_key="early_access.id", index=True)
    due_on: date | None = None
    message_id: str = Field(max_length=200, unique=True)
    stop_digest: str | None = Field(default=None, max_length=64, unique=True)
    failure: str = Field(default="", max_length=300)
    created_at: datetime
    changed_at: datetime
