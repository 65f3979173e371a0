"""The files that were taken in: by whom, when, what each brought, and what was said of its rows."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from charter.rules.access import Act, Viewer, may, require
from charter.rules.refusals import NotAllowedError, NotFoundError
from charter.sources.row_findings import Finding
from db.models import Account, FileImport, ImportFinding
from db.types import ImportKind


@dataclass(frozen=True)
class ImportFound:
    """A file that was taken in.

    Attributes:
        by: the name of who took it in; empty for the command line.
        taken_back_at: when it was taken back, or None while it is in force.
    """

    ref: str
    kind: ImportKind
    file_name: str
    rows_taken: int
    rows_left: int
    by: str
    imported_at: datetime
    taken_back_at: datetime | None
    made_up: bool


def list_imports(session: Session, *, viewer: Viewer) -> tuple[ImportFound, ...]:
    """Read the imports, the last one first: all for those who run the charter, for a partner those they made.

    Raises:
        NotAllowedError: the viewer brings no files.
    """
    rows = select(FileImport, Account).outerjoin(Account, col(Account.id) == col(FileImport.account_id))
    if not may(viewer, Act.BRING_FILES):
        require(viewer, Act.REPORT_OUTCOMES, organisation_id=next(iter(viewer.organisations()), None))
        rows = rows.where(FileImport.account_id == viewer.account_id)
    newest = rows.order_by(col(FileImport.imported_at).desc(), col(FileImport.id).desc())
    return tuple(_found(row, account) for row, account in session.exec(newest))


def read_findings(session: Session, *, viewer: Viewer, ref: str) -> tuple[Finding, ...]:
    """Read what was said of the rows of a file, in the order of the file.

    Raises:
        NotFoundError: there is no such import.
        NotAllowedError: it is not the viewer's to see.
    """
    row = session.exec(select(FileImport).where(FileImport.ref == ref)).first()
    if row is None:
        raise NotFoundError("There is no such import.")
    require_own(viewer, row)
    rows = select(ImportFinding).where(ImportFinding.file_import_id == row.id).order_by(col(ImportFinding.id))
    return tuple(Finding(each.place, each.reason, each.row_left) for each in session.exec(rows))


def require_own(viewer: Viewer, row: FileImport) -> None:
    """Refuse an import to all but those who run the charter; measurements are also theirs who brought them.

    Raises:
        NotAllowedError: it is not the viewer's.
    """
    brought = (
        row.kind is ImportKind.MEASUREMENTS and viewer.account_id is not None and row.account_id == viewer.account_id
    )
    if not brought and not may(viewer, Act.BRING_FILES):
        raise NotAllowedError("This is not open to you. Nothing was changed.")


def _found(row: FileImport, account: Account | None) -> ImportFound:
    return ImportFound(
        ref=row.ref,
        kind=row.kind,
        file_name=row.file_name,
        rows_taken=row.rows_taken,
        rows_left=row.rows_left,
        by=account.name if account else "",
        imported_at=row.imported_at,
        taken_back_at=row.taken_back_at,
        made_up=row.made_up,
    )
