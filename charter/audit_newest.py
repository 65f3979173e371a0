"""The newest digest of the audit log, kept outside the store: what shows that the log's end was cut off.

The chain shows what was changed inside it. It cannot show that its last entries are gone, as what is left is whole. So
a small file in the data folder remembers the newest entry. It is written at a backup, at a restore and after a clean
check: after every entry would cost each save a write to another disk, and two writers would race for it. It only ever
moves on from an entry that is still in the log, so that a cut-off end is not forgotten.
"""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, select

from charter.settings import prepare_data_dir, settings
from db.models import AuditEntry

_FILE = "audit-newest"
_DIGEST_LENGTH = 64


class KeptDigestBrokenError(ValueError):
    """The file cannot be read as what it should hold."""


@dataclass(frozen=True)
class KeptEntry:
    """An entry that was once the newest.

    Attributes:
        number: its place in the log, from 1.
        digest: its digest, 64 hexadecimal characters.
    """

    number: int
    digest: str


def kept_file() -> Path:
    """Give the place of the file, whether it is there or not."""
    return settings().data_dir / _FILE


def kept_entries() -> tuple[KeptEntry, ...]:
    """Read what the file remembers: nothing yet, one entry, or, if a restore was broken off, one of two.

    Raises:
        KeptDigestBrokenError: the file holds something else.
    """
    try:
        lines = kept_file().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError:
        raise KeptDigestBrokenError from None
    if not lines:
        raise KeptDigestBrokenError
    return tuple(_read(line) for line in lines)


def keep(*entries: KeptEntry) -> None:
    """Write the file anew, for its owner only, whole or not at all."""
    folder = prepare_data_dir()
    descriptor, made = tempfile.mkstemp(dir=folder, prefix=f".{_FILE}-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{entry.number} {entry.digest}\n" for entry in entries)
        file.flush()
        os.fsync(file.fileno())
    Path(made).replace(kept_file())


def newest_entry(session: Session) -> KeptEntry | None:
    """Give the newest entry of the log, or None for an empty one."""
    found = session.exec(
        select(AuditEntry.number, AuditEntry.digest).order_by(col(AuditEntry.number).desc()).limit(1)
    ).first()
    return KeptEntry(*found) if found else None


def is_in_log(session: Session, entry: KeptEntry) -> bool:
    """Tell whether the log holds this entry."""
    return session.exec(select(AuditEntry.digest).where(AuditEntry.number == entry.number)).first() == entry.digest


def remember_newest(session: Session) -> bool:
    """Keep the newest digest outside the store, unless what is kept is not in the log any more.

    Returns:
        Whether the log holds what was kept. Where it does not, the file stays as it is: it is the evidence.
    """
    try:
        kept = kept_entries()
    except KeptDigestBrokenError:
        return False
    if kept and not any(is_in_log(session, entry) for entry in kept):
        return False
    newest = newest_entry(session)
    if newest is not None and kept != (newest,):
        keep(newest)
    return True


def _read(line: str) -> KeptEntry:
    number, _, digest = line.partition(" ")
    if not (number.isdecimal() and len(digest) == _DIGEST_LENGTH):
        raise KeptDigestBrokenError
    return KeptEntry(int(number), digest)
