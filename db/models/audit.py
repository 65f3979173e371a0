"""The audit log: an append-only chain, with personal detail beside it so that detail can be erased."""

from datetime import datetime

from sqlmodel import Field

from db.columns import Table


class AuditEntry(Table, table=True):
    """One act. Its digest covers its own columns, its detail's digest and the entry before it."""

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(index=True)
    account_id: int | None = Field(default=None, index=True)
    actor: str = Field(max_length=40)
    act: str = Field(max_length=60, index=True)
    subject: str = Field(max_length=120, index=True)
    detail_digest: str = Field(max_length=64)
    previous_digest: str = Field(max_length=64)
    digest: str = Field(max_length=64, unique=True)


class AuditDetail(Table, table=True):
    """What an entry says of people: before, after, from where. Erasing it leaves the chain whole."""

    # No reference: see migration 0009.
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    salt: str = Field(max_length=32)
    detail: str
