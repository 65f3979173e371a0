"""The book of imports: which file was taken in, and what it did to each row of the store."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from sqlmodel import Session, SQLModel, col, delete, func, select

from charter import clock
from charter.made_up import is_made_up
from charter.rules.access import Viewer
from charter.sources.row_findings import Finding
from charter.tokens import readable
from charter.typed import clean_text
from db.bulk import insert_rows
from db.models import FileImport, ImportedChange, ImportFinding
from db.types import ImportKind

LOCK = 5_716_220_934  # of those who take files in or back: two who bring one file at once take it in once
_NAME_LIMIT, _PLACE_LIMIT, _REASON_LIMIT = 120, 120, 500  # letters that the store has room for
Changes = Mapping[str, tuple[Any, Any]]
Done = tuple[SQLModel, Changes | None]


@dataclass(frozen=True)
class FileBrought:
    """A file as it was brought: what it is called, and the digest of its bytes."""

    name: str
    sha256: str


def file_brought(contents: Mapping[str, bytes]) -> FileBrought:
    """Name what was brought, which may be several files that belong together.

    Args:
        contents: the bytes of each by its name. The name of a file is only shown, without the folder it lay in.
    """
    names = sorted(contents)
    digests = sorted(hashlib.sha256(contents[name]).hexdigest() for name in names)
    whole = digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()
    shown = ", ".join(PurePath(clean_text(name).replace("\\", "/")).name for name in names)
    return FileBrought(" ".join(shown.split())[:_NAME_LIMIT] or "A file", whole)


def in_force(session: Session, *, viewer: Viewer, kind: ImportKind, file: FileBrought) -> FileImport | None:
    """Find the import of these very bytes that was not taken back, or None. Made-up ones are apart from real ones."""
    return session.exec(
        select(FileImport).where(
            FileImport.kind == kind,
            FileImport.sha256 == file.sha256,
            FileImport.made_up == is_made_up(session, viewer),
            col(FileImport.taken_back_at).is_(None),
        )
    ).first()


def opened(session: Session, *, viewer: Viewer, kind: ImportKind, file: FileBrought) -> FileImport:
    """Give the import of a file, begun now or at an earlier time: one file is in force once."""
    found = in_force(session, viewer=viewer, kind=kind, file=file)
    if found is not None:
        return found
    row = FileImport(
        ref=f"IM-{readable()}",
        kind=kind,
        file_name=file.name,
        sha256=file.sha256,
        rows_taken=0,
        rows_left=0,
        account_id=viewer.account_id,
        imported_at=clock.now(),
        made_up=is_made_up(session, viewer),
    )
    session.add(row)
    session.flush()
    return row


def write_down(session: Session, file_import: FileImport, *done: Done) -> None:
    """Write down what an import did to rows that are in the store, in the order in which it did it.

    Args:
        session: a writing session.
        file_import: the import.
        done: each row, which has its key, with what its columns held before and after, or None where the row is new.
    """
    _write(session, file_import, [(str(row.__tablename__), getattr(row, "id", 0), changes) for row, changes in done])


def write_down_new(session: Session, file_import: FileImport, table: type[SQLModel], keys: Sequence[int]) -> None:
    """Write down that an import added rows to a table, by their keys."""
    _write(session, file_import, [(str(table.__tablename__), key, None) for key in keys])


def _write(session: Session, file_import: FileImport, done: Sequence[tuple[str, int, Changes | None]]) -> None:
    last = session.exec(
        select(func.max(ImportedChange.number)).where(ImportedChange.file_import_id == file_import.id)
    ).one()
    rows = [
        {
            "file_import_id": file_import.id,
            "number": number,
            "subject": subject,
            "subject_id": key,
            "before": _as_json(changes or {}),
        }
        for number, (subject, key, changes) in enumerate(done, start=(last or 0) + 1)
    ]
    insert_rows(session, ImportedChange, rows)


def _as_json(changes: Changes) -> str:
    values = {name: [_plain(before), _plain(after)] for name, (before, after) in changes.items()}
    return json.dumps(values, sort_keys=True) if values else ""


def change(row: SQLModel, values: Mapping[str, Any]) -> Changes:
    """Give a row other values, and say which columns changed, from what to what."""
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    for name, (_, after) in changes.items():
        setattr(row, name, after)
    return changes


def keep_findings(session: Session, file_import: FileImport, findings: Iterable[Finding]) -> None:
    """Keep what is said of a file's rows, in place of what was said when it came the last time."""
    session.exec(delete(ImportFinding).where(col(ImportFinding.file_import_id) == file_import.id))
    rows: Sequence[Mapping[str, object]] = [
        {
            "file_import_id": file_import.id,
            "place": each.place[:_PLACE_LIMIT],
            "row_left": each.left,
            "reason": each.reason[:_REASON_LIMIT],
        }
        for each in findings
    ]
    insert_rows(session, ImportFinding, rows)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Decimal | date | datetime) else value
