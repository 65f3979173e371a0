"""Making the store what it was when a backup was made: all of it, or nothing."""

import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from charter import audit
from charter.audit_newest import KeptDigestBrokenError, KeptEntry, keep, kept_entries, newest_entry
from charter.backup.archive import Archive
from charter.backup.filling import Filled, replace_all
from charter.backup.guards import take_store
from charter.backup.locking import AGE, unlock
from charter.backup.tables import count, revision, rows, shapes
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import DamagedError, RefusedError
from charter.settings import prepare_data_dir
from charter.store import reading, store, writing
from db.engine import Store, open_engine
from db.migrations.running import knows, newest_revision, upgrade


@dataclass(frozen=True)
class Replaced:
    """How many rows a table has now, and how many the backup has."""

    table: str
    now: int
    then: int


@contextmanager
def opened_backup(path: Path, *, viewer: Viewer, password: str = "") -> Iterator[Archive]:
    """Open a backup and check it to its last byte.

    Raises:
        NotAllowedError: the viewer may not open backups.
        DamagedError: it is not whole, or no backup.
        RefusedError: it is locked and the password is missing or wrong, or it is newer than this program.
        OSError: the file cannot be read.
    """
    require(viewer, Act.KEEP_BACKUPS)
    with path.open("rb") as file:
        locked = file.read(len(AGE)) == AGE
        file.seek(0)
        if locked and not password:
            raise RefusedError("This backup is locked: give its password with --password-file. Nothing was changed.")
        archive = Archive(io.BytesIO(unlock(file.read(), password)) if locked else file)
        found, known = archive.manifest.revision, newest_revision()
        if int(found) > int(known):
            raise RefusedError(
                f"The backup is of a newer version of this program: of migration {found}, and this one knows {known}. "
                "Install that version, and try again. Nothing was changed."
            )
        if not knows(found):
            raise DamagedError("The backup says that it is of a migration that there never was. Nothing was changed.")
        yield archive


def what_is_replaced(archive: Archive, *, viewer: Viewer) -> tuple[Replaced, ...]:
    """Count the rows that a store has now and that it would have then, by table, without those empty both times.

    Raises:
        NotAllowedError: the viewer may not restore.
    """
    require(viewer, Act.KEEP_BACKUPS)
    with reading() as session:
        now = {} if revision(session) is None else {shape.name: count(session, shape) for shape in shapes(session)}
    then = {table.shape.name: table.rows for table in archive.manifest.tables}
    listed = [Replaced(name, now.get(name, 0), then.get(name, 0)) for name in sorted(now.keys() | then.keys())]
    return tuple(one for one in listed if one.now or one.then)


def restore(archive: Archive, *, viewer: Viewer) -> int:
    """Replace every row of the store, in one transaction. A store that was not made yet is made first.

    The audit log goes on from what the backup holds, with an entry that says so and names the newest one it replaced.

    Returns:
        How many rows were put in.

    Raises:
        NotAllowedError: the viewer may not restore.
        RefusedError: the backup does not fit; nothing was changed.
        ConstraintViolatedError: it holds what a store does not take; nothing was changed.
        StoreNewerError: the store itself is newer than this program.
    """
    require(viewer, Act.KEEP_BACKUPS)
    upgrade(store().engine)
    with _at_newest(archive) as tables, writing() as session:
        take_store(session)
        before = newest_entry(session)
        filled = replace_all(session, tables)
        detail = {"sha256": archive.sha256, "replaced_number": before.number if before else 0}
        if before:
            detail["replaced_digest"] = before.digest
        made_at = archive.manifest.made_at.isoformat(timespec="seconds")
        audit.record(session, viewer, act="store_restored", subject=f"backup of {made_at}", detail=detail)
        after = newest_entry(session)
        kept = [entry for entry in (*_kept(), after) if entry is not None]
        # Whatever stops this between here and the commit, the log fits one of the two.
        keep(*kept)
    keep(kept[-1])
    return filled


def _kept() -> Sequence[KeptEntry]:
    with suppress(KeptDigestBrokenError):
        return kept_entries()
    return ()


@contextmanager
def _at_newest(archive: Archive) -> Iterator[Sequence[Filled]]:
    """Give a backup's tables as the newest migration has them.

    An older one is put into a store of its own of that time, which is then migrated: the store that is replaced never
    goes back.
    """
    kept = [(table.shape, archive.rows(table)) for table in archive.manifest.tables]
    if archive.manifest.revision == newest_revision():
        yield kept
        return
    with tempfile.TemporaryDirectory(dir=prepare_data_dir()) as folder:
        engine = open_engine(f"sqlite:///{Path(folder).resolve() / 'older.db'}")
        try:
            upgrade(engine, archive.manifest.revision)
            older = Store(engine)
            with older.writing() as session:
                replace_all(session, kept)
            upgrade(engine)
            with older.reading() as session:
                yield [(shape, rows(session, shape)) for shape in shapes(session)]
        finally:
            engine.dispose()
