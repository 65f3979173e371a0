"""Moving the store to another database, as from SQLite to PostgreSQL: all of it, compared row by row, or nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from charter import audit
from charter.audit_chain import verify_chain
from charter.backup.comparing import require_alike
from charter.backup.filling import Filled, replace_all
from charter.backup.guards import take_store
from charter.backup.kinds import Value
from charter.backup.numbering import given_numbers, number_after
from charter.backup.receiving import receiving, require_no_rows, usable_target
from charter.backup.tables import TableShape, count, revision, rows, shapes
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import NotFoundError, RefusedError
from charter.settings import settings
from charter.store import store
from db.migrations.running import StoreNewerError, knows, newest_revision

COPYING, COMPARING = "copying", "comparing"


@dataclass(frozen=True)
class Step:
    """How far a move is.

    Attributes:
        doing: `copying` or `comparing`.
        table: the table that it is at.
        done: how many of all rows are done.
        of: how many there are.
    """

    doing: str
    table: str
    done: int
    of: int


@dataclass(frozen=True)
class Moved:
    """A store that was moved.

    Attributes:
        tables: how many tables it has.
        rows: how many rows were carried over and compared.
        entries: how many entries the audit log has there, one of them about the move.
        findings: what is wrong in the audit log, there as here.
    """

    tables: int
    rows: int
    entries: int
    findings: tuple[str, ...]


def move(*, to: str, viewer: Viewer, told: Callable[[Step], None]) -> Moved:
    """Carry every row of the store that the settings name over into an empty database.

    Nobody writes to either meanwhile. The store itself is left as it is; the log of the other one gets an entry.

    Args:
        to: the address of the database.
        viewer: who asks.
        told: called after each row with how far it is.

    Raises:
        NotAllowedError: the viewer may not move the store.
        NotFoundError: there is no store yet.
        StoreNewerError: the store is newer than this program.
        RefusedError: the store is older, or the database is not empty, is the same one or cannot be reached.
        DifferentError: a row did not come out as it was. The database is as empty as before, as after any failure.
    """
    require(viewer, Act.KEEP_BACKUPS)
    url = usable_target(to, source=settings().store_url)
    here = store()
    with here.reading() as session:
        _require_newest(revision(session))
    with receiving(url) as there, here.writing() as source:
        # What is read in this scope nobody changes; it ends without having changed anything.
        take_store(source)
        with there.writing() as target:
            take_store(target)
            require_no_rows(target)
            return _carried(source, target, viewer=viewer, told=told)


def _carried(source: Session, target: Session, *, viewer: Viewer, told: Callable[[Step], None]) -> Moved:
    tables = shapes(source)
    of = sum(count(source, shape) for shape in tables)
    copied = replace_all(target, _told_of(source, tables, of=of, told=told))
    number_after(target, given_numbers(source))
    compared = 0

    def told_here(shape: TableShape, _place: int) -> None:
        nonlocal compared
        compared += 1
        told(Step(COMPARING, shape.name, compared, of))

    if require_alike(source, target, tables, told=told_here) != copied:
        raise RuntimeError("not every row that was copied was compared")
    entries, findings = verify_chain(target, viewer=viewer)
    if findings != verify_chain(source, viewer=viewer)[1]:
        raise RefusedError("The audit log did not come out as it is here, so nothing was moved. Nothing was changed.")
    audit.record(target, viewer, act="store_moved", subject="store", detail=_detail(source, target, copied))
    return Moved(len(tables), copied, entries + 1, tuple(str(finding) for finding in findings))


def _told_of(
    source: Session, tables: Sequence[TableShape], *, of: int, told: Callable[[Step], None]
) -> Sequence[Filled]:
    done = 0

    def counted(shape: TableShape) -> Iterator[tuple[Value, ...]]:
        nonlocal done
        for row in rows(source, shape):
            yield row
            done += 1
            told(Step(COPYING, shape.name, done, of))

    return [(shape, counted(shape)) for shape in tables]


def _detail(source: Session, target: Session, copied: int) -> dict[str, object]:
    before, now = source.get_bind().dialect.name, target.get_bind().dialect.name
    return {"from": before, "to": now, "rows": copied}


def _require_newest(found: str | None) -> None:
    newest = newest_revision()
    if found is None:
        raise NotFoundError("There is no store yet, so there is nothing to move.")
    if not knows(found):
        raise StoreNewerError(f"the store is at migration {found}, which this version does not know")
    if found != newest:
        raise RefusedError(
            f"The store is older than this program: `python -m charter init` brings it from migration {found} "
            f"to {newest}. Nothing was changed."
        )
