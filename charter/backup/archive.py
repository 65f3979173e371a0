"""The form of a backup, which any program can read: a ZIP file with a file of JSON lines a table.

`manifest.json` says when it was made, the number of the store's last migration, and for each table its columns, how
many rows it has and the SHA-256 of its file. `tables/<name>.jsonl` has a row a line, as a list of values in the order
of the columns. The archive's comment is the SHA-256 of every byte before it, so that any change of the file is noticed.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from sqlmodel import Session

from charter import clock
from charter.backup.kinds import Value, read, written
from charter.backup.manifest import KeptTable, Manifest, member_of, read_manifest, write_manifest
from charter.backup.tables import TableShape, revision, rows, shapes
from charter.rules.refusals import DamagedError, NotFoundError

_MANIFEST = "manifest.json"
_DIGEST_LENGTH = 64
_AT_ONCE = 1 << 20  # bytes
_LARGEST_MANIFEST = 10_000_000  # bytes; one has some thousands
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, EOFError, OverflowError),
    RuntimeError,  # what is in it asks for a password, or is packed in a way that is not known
)


def write_archive(session: Session, file: IO[bytes]) -> tuple[Manifest, str]:
    """Write everything that one reading session sees of a store, and give its manifest and the archive's SHA-256.

    Args:
        session: a reading session: it sees one state of the store, however long this takes.
        file: an empty file, open for reading and writing.

    Raises:
        NotFoundError: the store was not made yet.
    """
    found = revision(session)
    if found is None:
        raise NotFoundError("There is no store yet, so there is nothing to back up.")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        tables = tuple(_write_table(session, archive, shape) for shape in shapes(session))
        manifest = Manifest(clock.now(), found, tables)
        archive.writestr(_MANIFEST, write_manifest(manifest))
        archive.comment = b"0" * _DIGEST_LENGTH
    digest = _digest(file)
    file.seek(-_DIGEST_LENGTH, 2)
    file.write(digest.encode())
    file.flush()
    return manifest, digest


class Archive:
    """A backup that was found to be whole.

    Attributes:
        manifest: what it says of itself.
        sha256: the SHA-256 of all its bytes but the last 64, which tells it from every other.
    """

    def __init__(self, file: IO[bytes]) -> None:
        """Check a file to its last byte.

        Raises:
            DamagedError: it is no whole backup.
            RefusedError: it is of a form that is not known here.
        """
        try:
            self.sha256 = _whole(file)
            self._zip = zipfile.ZipFile(file)
            with self._zip.open(_MANIFEST) as member:
                self.manifest = read_manifest(member.read(_LARGEST_MANIFEST))
            for table in self.manifest.tables:
                self._check(table)
        except _BROKEN:
            raise _damaged() from None

    def rows(self, table: KeptTable) -> Iterator[tuple[Value, ...]]:
        """Give a table's rows.

        Raises:
            DamagedError: a line is none that a backup has.
        """
        kinds = [column.kind for column in table.shape.columns]
        with self._zip.open(table.member) as lines:
            for line in lines:
                try:
                    values = json.loads(line)
                    yield tuple(read(kind, value) for kind, value in zip(kinds, values, strict=True))
                except (ValueError, TypeError, OverflowError, RecursionError):
                    raise _damaged() from None

    def _check(self, table: KeptTable) -> None:
        digest, lines = hashlib.sha256(), 0
        with self._zip.open(table.member) as member:
            while some := member.read(_AT_ONCE):
                digest.update(some)
                lines += some.count(b"\n")
        if (digest.hexdigest(), lines) != (table.sha256, table.rows):
            raise _damaged()


def _write_table(session: Session, archive: zipfile.ZipFile, shape: TableShape) -> KeptTable:
    digest, number = hashlib.sha256(), 0
    with archive.open(member_of(shape.name), "w", force_zip64=True) as member:
        for row in rows(session, shape):
            values = [written(column.kind, value) for column, value in zip(shape.columns, row, strict=True)]
            line = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            member.write(line)
            digest.update(line)
            number += 1
    return KeptTable(shape, number, digest.hexdigest())


def _whole(file: IO[bytes]) -> str:
    digest = _digest(file)
    if file.read(_DIGEST_LENGTH) != digest.encode():
        raise _damaged()
    return digest


def _digest(file: IO[bytes]) -> str:
    """Digest all but the last 64 bytes, and leave the file at these."""
    left = file.seek(0, 2) - _DIGEST_LENGTH
    if left < 0:
        raise _damaged()
    file.seek(0)
    digest = hashlib.sha256()
    while left and (some := file.read(min(left, _AT_ONCE))):
        digest.update(some)
        left -= len(some)
    return digest.hexdigest()


def _damaged() -> DamagedError:
    return DamagedError(
        "The backup is damaged, or is no backup: it is not as it was when it was made. Use another. "
        "Nothing was changed."
    )
