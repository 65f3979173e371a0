"""Files of evidence: taken in after a look at their bytes, kept with their digest, and handed out to those who may see.

The bytes are rows of the store, so that nothing on the server's disk can be reached or carried out by its name.
"""

import hashlib
from dataclasses import dataclass

from sqlmodel import Session, col, delete, func, select

from charter import audit, clock
from charter.evidence.content import recognise
from charter.evidence.held import key_of, ref_of, visible
from charter.evidence.names import safe_name
from charter.kept_files import require_whole
from charter.rules.access import PUBLIC, Act, Viewer, require
from charter.rules.refusals import FieldError, NotFoundError
from charter.store import afterwards
from db.models import Evidence, EvidenceFile
from db.models.evidence import FILE_LIMIT

QUOTA = 50 * 1024 * 1024  # bytes that one organisation's files may have together
MEGABYTE = 1024 * 1024  # bytes
_DAMAGED = (
    "This file was damaged where it is kept, so it is not given out. Nothing more was lost. If it is your "
    "organisation’s, change its item and give the file again. If not, tell the person who runs the review."
)


@dataclass(frozen=True)
class GivenFile:
    """A file as it was sent: the name that it came with, which is not believed, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class HandedOut:
    """A file on its way to somebody who may have it. `content_type` is what its bytes were found to be."""

    name: str
    content_type: str
    content: bytes


def keep_file(session: Session, *, item: Evidence, given: GivenFile) -> str:
    """Keep a file with an item, in place of one that it had, and give its digest.

    The caller has asked for access, and holds the organisation's row: two files at once then share one quota.

    Args:
        session: a writing session.
        item: the item, which has been stored.
        given: the file.

    Raises:
        FieldError: it is empty, too large, of a kind that is not taken, there already, or one too many.
    """
    if not given.content:
        raise FieldError("file", "This file is empty. Choose another. Nothing was lost.")
    if len(given.content) > FILE_LIMIT:
        raise FieldError("file", "This file is larger than 5 MB. Make it smaller, or give a link. Nothing was lost.")
    kind = recognise(given.content)
    digest = hashlib.sha256(given.content).hexdigest()
    _require_new(session, item, digest)
    _require_room(session, item, len(given.content))
    session.exec(delete(EvidenceFile).where(col(EvidenceFile.evidence_id) == item.id))
    session.add(
        EvidenceFile(
            evidence_id=item.id or 0,
            name=safe_name(given.name, kind.ending),
            content_type=kind.content_type,
            size=len(given.content),
            sha256=digest,
            content=given.content,
            taken_in_at=clock.now(),
        )
    )
    session.flush()
    return digest


def hand_out_file(session: Session, *, viewer: Viewer, ref: str) -> HandedOut:
    """Give the file of an item that the viewer may see. Who has one that not everybody may see is written down.

    Args:
        session: a session of `charter.store`.
        viewer: who asks.
        ref: the item's reference, such as `EV-12`.

    Raises:
        NotFoundError: there is no such item or file, or the viewer may not see it.
        DamagedError: the bytes are not those that were taken in. The log says of which item.
    """
    row = session.exec(
        select(EvidenceFile)
        .join(Evidence, col(Evidence.id) == col(EvidenceFile.evidence_id))
        .where(Evidence.id == key_of(ref), visible(viewer))
    ).first()
    if row is None:
        raise NotFoundError("There is no such file, or it is not yours to see. Nothing was changed.")
    require_whole(row.content, sha256=row.sha256, what=f"the file of {ref_of(row.evidence_id)}", words=_DAMAGED)
    if not _is_open(session, row.evidence_id):
        subject = f"evidence {row.evidence_id}"
        afterwards(session, lambda later: audit.record(later, viewer, act="evidence_handed_out", subject=subject))
    return HandedOut(row.name, row.content_type, row.content)


def _is_open(session: Session, evidence_id: int) -> bool:
    """Tell whether everybody may see an item."""
    seen = select(Evidence.id).where(Evidence.id == evidence_id, visible(PUBLIC))
    return session.exec(seen).first() is not None


def used_bytes(session: Session, *, viewer: Viewer, organisation_id: int) -> int:
    """Give how many bytes an organisation's files have together.

    Raises:
        NotAllowedError: the viewer does not answer for this organisation.
    """
    require(viewer, Act.KEEP_EVIDENCE, organisation_id=organisation_id)
    return _used(session, organisation_id)


def _used(session: Session, organisation_id: int) -> int:
    return int(
        session.exec(
            select(func.coalesce(func.sum(EvidenceFile.size), 0))
            .join(Evidence, col(Evidence.id) == col(EvidenceFile.evidence_id))
            .where(Evidence.organisation_id == organisation_id)
        ).one()
    )


def _require_new(session: Session, item: Evidence, digest: str) -> None:
    there = session.exec(
        select(Evidence.title)
        .join(EvidenceFile, col(EvidenceFile.evidence_id) == col(Evidence.id))
        .where(Evidence.organisation_id == item.organisation_id, EvidenceFile.sha256 == digest, Evidence.id != item.id)
    ).first()
    if there is not None:
        raise FieldError("file", f"You have this file already, as “{there}”. Point to that item. Nothing was lost.")


def _require_room(session: Session, item: Evidence, size: int) -> None:
    own = session.exec(select(EvidenceFile.size).where(EvidenceFile.evidence_id == item.id)).first() or 0
    if _used(session, item.organisation_id) - own + size > QUOTA:
        raise FieldError(
            "file",
            f"Your organisation’s files would have more than {QUOTA // MEGABYTE} MB together. Take one away first, or "
            "give a link. Nothing was lost.",
        )
