"""Making a backup while the site is in use: whole and in its place, or not there at all."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from charter import audit, clock
from charter.audit_newest import remember_newest
from charter.backup.archive import write_archive
from charter.backup.locking import AGE, lock
from charter.backup.manifest import Manifest
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import NotFoundError, RefusedError
from charter.settings import prepare_data_dir
from charter.store import reading, writing
from charter.week import BACKUP_FACT
from db.models import StoreFact

_ZIP = b"PK\x03\x04"
_LONGEST_NAME = 200


@dataclass(frozen=True)
class BackupMade:
    """A backup that is in its place.

    Attributes:
        manifest: what it holds.
        sha256: what tells it from every other, as the audit log keeps it.
        log_is_whole: whether the audit log still holds the newest entry that is kept outside the store.
    """

    manifest: Manifest
    sha256: str
    log_is_whole: bool


def back_up(path: Path, *, viewer: Viewer, password: str = "", force: bool = False) -> BackupMade:
    """Write all that the store holds at one moment into one file, which only its owner can read.

    Args:
        path: where it goes.
        viewer: who asks.
        password: what to lock it with, or empty for a file that is not locked.
        force: whether an earlier backup at this place may be replaced. Anything else there never is.

    Raises:
        NotAllowedError: the viewer may not make backups.
        NotFoundError: there is no store, or no such folder.
        RefusedError: something is at this place already.
        OSError: the file cannot be written.
    """
    require(viewer, Act.KEEP_BACKUPS)
    _require_free(path, force=force)
    # A backup that is to be locked is never on a disk unlocked, but for the one that the store is on, without a name.
    with tempfile.TemporaryFile(dir=prepare_data_dir()) as plain:
        with reading() as session:
            manifest, sha256 = write_archive(session, plain)
        plain.seek(0)
        with _placed(path, force=force) as file:
            if password:
                file.write(lock(plain.read(), password))
            else:
                shutil.copyfileobj(plain, file)
    with writing() as session:
        session.merge(StoreFact(name=BACKUP_FACT, value=f"{sha256} {path.name[:_LONGEST_NAME]}", set_at=clock.now()))
        detail = {"file": path.name, "sha256": sha256, "rows": manifest.rows, "locked": bool(password)}
        audit.record(session, viewer, act="backup_made", subject="store", detail=detail)
    with reading() as session:
        return BackupMade(manifest, sha256, remember_newest(session))


def _require_free(path: Path, *, force: bool) -> None:
    if not path.parent.is_dir():
        raise NotFoundError(f"There is no folder {path.parent}: make it first. Nothing was changed.")
    if not path.exists() and not path.is_symlink():
        return
    if not force:
        raise RefusedError(f"{path} is there already: give another name, or --force to replace it.")
    if not path.is_file() or not _is_backup(path):
        raise RefusedError(f"{path} is there and is no backup, so it is not replaced. Nothing was changed.")


def _is_backup(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(AGE)).startswith((_ZIP, AGE))


@contextmanager
def _placed(path: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """Give a file beside the place, and put it there once it is whole and on the disk."""
    descriptor, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:_LONGEST_NAME]}-")
    beside = Path(made)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(stat.S_IRUSR | stat.S_IWUSR)
        _require_free(path, force=force)  # once more: somebody may have put a file there meanwhile
        beside.replace(path)
        _keep_name(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def _keep_name(folder: Path) -> None:
    """Have the folder's list of names on the disk too, so that a power cut does not lose the new one."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
