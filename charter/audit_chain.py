"""Walking the audit log's chain: what was altered, removed, put in or cut off is found.

Each entry's digest covers its columns, its detail's digest and the digest of the entry before. Whoever changes the
store by hand has to make every digest after the change anew, and then the newest one differs from the one that is kept
outside the store (`charter/audit_newest.py`). A detail that was erased is no finding: the chain holds its digest alone.
Nor is it one that the log begins at a checkpoint: see `charter/retention/audit_log.py`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from charter.audit import START, detail_digest, entry_digest
from charter.audit_newest import KeptDigestBrokenError, is_in_log, kept_entries, kept_file
from charter.rules.access import Act, Viewer, require
from db.models import AuditDetail, AuditEntry

EXPIRED = "entries_expired"  # the act by which a later entry names the checkpoint that the log begins at
_AT_ONCE = 500  # entries read in one statement
_CHECKPOINT = re.compile(r"audit_entry ([1-9][0-9]{0,8})")
# Six years, of which one or two are leap years. Entries that went before that were not taken away by rule.
_LEAST_KEPT = timedelta(days=2191)


@dataclass(frozen=True)
class Finding:
    """Something that an untouched log does not have.

    Attributes:
        number: the entry that it was found at.
        what: what is wrong there, as the rest of a sentence.
    """

    number: int
    what: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"entry {self.number}: {self.what}"


def verify_chain(session: Session, *, viewer: Viewer) -> tuple[int, tuple[Finding, ...]]:
    """Check every entry, every detail that is still there, and the newest digest that is kept outside the store.

    Returns:
        How many entries the log has, and what was found, the earliest first.

    Raises:
        NotAllowedError: the viewer may not verify.
    """
    require(viewer, Act.VERIFY)
    numbers = list(session.exec(select(AuditEntry.number).order_by(col(AuditEntry.number))))
    beginning = _beginning(session, numbers[0]) if numbers else None
    found = [*_walk(session, numbers, beginning), *_stray_details(session, numbers), *_against_kept(session, numbers)]
    return len(numbers), tuple(sorted(found, key=lambda finding: finding.number))


def checkpoint_subject(number: int) -> str:
    """Give what the entry that names a checkpoint is about."""
    return f"audit_entry {number}"


def checkpoints(session: Session) -> Mapping[int, datetime]:
    """Give each entry of which a later one says that the log begins at it, with when that was said."""
    numbers = session.exec(select(AuditEntry.number).where(AuditEntry.act == EXPIRED)).all()
    said = [(_CHECKPOINT.fullmatch(entry.subject), entry) for entry, _ in _read(session, numbers).values()]
    return {int(named[1]): entry.at for named, entry in said if named and int(named[1]) < entry.number}


def _beginning(session: Session, first: int) -> int | None:
    """Give the log's first entry where it may begin there: it is a checkpoint, and was old when it became one."""
    said_at = checkpoints(session).get(first)
    if said_at is None:
        return None
    read = _read(session, [first])
    return first if first in read and said_at - read[first][0].at >= _LEAST_KEPT else None


def _walk(session: Session, numbers: Sequence[int], beginning: int | None) -> Iterator[Finding]:
    # What went before a checkpoint is not there to be followed; the checkpoint's own digest holds what it says.
    expected, previous = (1, START) if beginning is None else (beginning, "")
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        read = _read(session, some)
        for number in some:
            yield from _missing(expected, number)
            if number not in read:
                # What follows cannot be told to follow it: only its own digest can.
                yield Finding(number, "it was altered, and cannot be read any more")
                previous = ""
            else:
                yield from _look_at(*read[number], previous=previous)
                previous = read[number][0].digest
            expected = number + 1


def _missing(expected: int, number: int) -> Iterator[Finding]:
    if number > expected:
        gone = f"entries {expected} to {number - 1} are" if number - expected > 1 else "it is"
        yield Finding(expected, f"{gone} missing")
    elif number < expected:
        yield Finding(number, "it was put in: the log begins at 1")


def _look_at(entry: AuditEntry, detail: AuditDetail | None, *, previous: str) -> Iterator[Finding]:
    if not _gives(lambda: entry_digest(entry), entry.digest):
        yield Finding(entry.number, "it was altered")
    if previous and entry.previous_digest != previous:
        yield Finding(entry.number, "it does not follow the one before: one of them was put in, removed or altered")
    if detail is not None and not _gives(lambda: detail_digest(detail.salt, detail.detail), entry.detail_digest):
        yield Finding(entry.number, "its detail was altered")


def _gives(make: Callable[[], str], digest: str) -> bool:
    try:
        return make() == digest
    except (TypeError, AttributeError):
        return False  # SQLite takes bytes for words, and a digest is made of words alone


def _read(session: Session, numbers: Sequence[int]) -> dict[int, tuple[AuditEntry, AuditDetail | None]]:
    """Read some entries with their details. One that holds what no column of its kind can hold is left out."""
    statement = (
        select(AuditEntry, AuditDetail)
        .join(AuditDetail, col(AuditDetail.number) == col(AuditEntry.number), isouter=True)
        .where(col(AuditEntry.number).in_(numbers))
    )
    try:
        return {entry.number: (entry, detail) for entry, detail in session.exec(statement)}
    except (ValueError, OperationalError) as error:
        # SQLite takes any text for a moment, and any bytes for a text.
        if isinstance(error, OperationalError) and "decode" not in str(error.orig):
            raise
        # The entries around the broken one are looked for by halves.
        if len(numbers) == 1:
            return {}
        half = len(numbers) // 2
        return _read(session, numbers[:half]) | _read(session, numbers[half:])
    finally:
        session.expunge_all()  # a long log is not kept in memory


def _stray_details(session: Session, numbers: Sequence[int]) -> Iterator[Finding]:
    known = set(numbers)
    for number in session.exec(select(AuditDetail.number)):
        if number not in known:
            yield Finding(number, "there is a detail, and no entry that it belongs to")


def _against_kept(session: Session, numbers: Sequence[int]) -> Iterator[Finding]:
    try:
        kept = kept_entries()
    except KeptDigestBrokenError:
        yield Finding(numbers[-1] if numbers else 0, f"{kept_file()}, which remembers the newest one, was altered")
        return
    if not kept or any(is_in_log(session, entry) for entry in kept):
        return
    last = numbers[-1] if numbers else 0
    newest = max(entry.number for entry in kept)
    if newest > last:
        yield Finding(last + 1, f"the log was cut off here: {kept_file()} remembers entry {newest}")
    else:
        yield Finding(newest, f"it is not the one that {kept_file()} remembers: the log was written anew")
