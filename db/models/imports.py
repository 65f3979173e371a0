"""Files that were taken in: what each brought, which rows it left and why, and what is needed to take it back."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from db.columns import Table, word
from db.types import ImportKind

_IN_FORCE = text("taken_back_at IS NULL")


class FileImport(Table, table=True):
    """A file that was taken in whole. One file is in force once, so that taking it in again doubles nothing."""

    __table_args__ = (
        CheckConstraint("rows_taken >= 0 AND rows_left >= 0", name="rows_from_zero"),
        CheckConstraint("length(sha256) = 64", name="digest_is_whole"),
        Index(
            "uq_file_import_kind_sha256_in_force",
            "kind",
            "sha256",
            "made_up",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(max_length=11, unique=True)
    kind: ImportKind = Field(sa_column=word(ImportKind, "kind"))
    file_name: str = Field(max_length=120)
    sha256: str = Field(max_length=64)
    rows_taken: int
    rows_left: int
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    imported_at: datetime
    taken_back_at: datetime | None = None
    made_up: bool = False


class ImportFinding(Table, table=True):
    """What an import says of one row of its file: why it was left, or a warning about one that was taken."""

    __table_args__ = (CheckConstraint("reason <> ''", name="finding_has_reason"),)

    id: int | None = Field(default=None, primary_key=True)
    file_import_id: int = Field(foreign_key="file_import.id", index=True)
    place: str = Field(max_length=120)
    row_left: bool
    reason: str = Field(max_length=500)


class ImportedChange(Table, table=True):
    """What an import did to one row of the store, in the order in which it did it; undone from the last to the first.

    `subject` is the table's name, and `before` what each changed column held before and after, as JSON; empty where the
    row was new.
    """

    __table_args__ = (UniqueConstraint("file_import_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    file_import_id: int = Field(foreign_key="file_import.id", index=True)
    number: int
    subject: str = Field(max_length=40)
    subject_id: int
    before: str = ""
