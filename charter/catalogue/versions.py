"""Versions of commitments: what a charter file may change, and what it must give a new number."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from sqlmodel import Session, SQLModel, col, select

from charter import clock
from charter.catalogue.reading import CatalogueError, Mistake
from charter.catalogue.schema import CharterFile, CommitmentEntry, Source
from db.models import Adoption, Charter, Commitment, CommitmentVersion, Strand

Row = TypeVar("Row", bound=SQLModel)


def put(session: Session, table: type[Row], found: Row | None, **values: object) -> Row:
    """Bring a row up to date, or add it where there is none, and give it with its key."""
    row = found.sqlmodel_update(values) if found is not None else table(**values)
    session.add(row)
    session.flush()
    return row


def document_title(file: CharterFile, source: Source) -> str:
    """Give the title of the document that a source is in."""
    return next(document.title for document in file.documents if document.key == source.document)


def load_commitments(
    session: Session,
    *,
    charter: Charter,
    file: CharterFile,
    strands: Mapping[str, int],
    bodies: Mapping[str, int],
    name: str,
) -> int:
    """Add the commitments and the versions that the store does not hold yet.

    Returns:
        How many versions are new.

    Raises:
        CatalogueError: a wording changed without a new number, a number was left out, or a promise is missing.
    """
    stored = {row.ref: row for row in session.exec(select(Commitment))}
    theme_of = dict(session.exec(select(Strand.id, Strand.theme_id)).all())
    mistakes = _missing(charter, file, stored, name)
    new = 0
    for entry in file.commitments:
        known = stored.get(entry.ref)
        reason = _misplaced(known, charter, strands[entry.strand], theme_of) if known is not None else ""
        if not reason:
            commitment = _commitment(session, charter, entry, known, strands[entry.strand])
            reason, added = _version(session, commitment, entry, file)
            new += added
            owed_from = charter.adopted_on if known is None else _later()
            _adoptions(session, commitment, [bodies[key] for key in entry.bodies], owed_from)
        if reason:
            mistakes.append(_mistake(name, entry, reason))
    if mistakes:
        raise CatalogueError(mistakes)
    return new


def _commitment(
    session: Session, charter: Charter, entry: CommitmentEntry, known: Commitment | None, strand_id: int
) -> Commitment:
    return put(
        session,
        Commitment,
        known,
        ref=entry.ref,
        charter_id=charter.id,
        strand_id=strand_id,
        position=entry.position,
        continuity=entry.continuity,
    )


def _version(session: Session, commitment: Commitment, entry: CommitmentEntry, file: CharterFile) -> tuple[str, bool]:
    """Add the entry's version if it is the next one. Gives what is wrong, or nothing, and whether it was added."""
    last = session.exec(
        select(CommitmentVersion)
        .where(CommitmentVersion.commitment_id == commitment.id)
        .order_by(col(CommitmentVersion.number).desc())
    ).first()
    wanted = _row(commitment, entry, file)
    newest = last.number if last else 0
    if last is not None and entry.version == newest:
        same = _wording(last) == _wording(wanted)
        reason = f"The wording differs from version {newest} in the store. Give it version {newest + 1}."
        return ("" if same else reason), False
    # A store that is new to a commitment begins with the version that the file has.
    if last is not None and entry.version != newest + 1:
        return f"The store's last version is {newest}, so the next one must be {newest + 1}.", False
    session.add(wanted)
    return "", True


def _row(commitment: Commitment, entry: CommitmentEntry, file: CharterFile) -> CommitmentVersion:
    return CommitmentVersion(
        commitment_id=commitment.id or 0,
        number=entry.version,
        meaning=entry.meaning,
        meaning_said_by="; ".join(entry.meaning_said_by),
        title=entry.title,
        summary=entry.summary,
        owed_by=entry.owed_by,
        seen_by_sector=entry.seen_by_sector,
        core=entry.core,
        practice_question=entry.practice_question,
        experience_question=entry.experience_question,
        source_document=document_title(file, entry.source),
        source_section=entry.source.section,
        source_position=entry.source.position,
        source_note=entry.source.note or "",
        theme_reading=entry.reading.theme_reading,
        successor_reading=entry.reading.successor,
        reading_note=entry.reading.note or "",
        loaded_at=clock.now(),
    )


def _wording(version: CommitmentVersion) -> dict[str, object]:
    return version.model_dump(exclude={"id", "commitment_id", "loaded_at"})


def _misplaced(known: Commitment, charter: Charter, strand_id: int, theme_of: Mapping[int | None, int]) -> str:
    """Tell why a commitment of the store cannot be the one in the file, or nothing where it can."""
    if known.charter_id != charter.id:
        return "This reference belongs to another charter in the store."
    if theme_of[known.strand_id] != theme_of[strand_id]:
        return "In the store this is in another theme, and published theme scores hold it. Give it a new reference."
    return ""


def _later() -> date:
    """Give the day from which a body owes what a later version names it for: no open period asks anything new."""
    return clock.today() + timedelta(days=1)


def _adoptions(session: Session, commitment: Commitment, bodies: Sequence[int], owed_from: date) -> None:
    """A body that a source names owes the commitment without having adopted it."""
    statement = select(Adoption.organisation_id).where(Adoption.commitment_id == commitment.id)
    known = set(session.exec(statement))
    session.add_all(
        Adoption(commitment_id=commitment.id or 0, organisation_id=body, adopted_on=owed_from)
        for body in bodies
        if body not in known
    )


def _missing(charter: Charter, file: CharterFile, stored: Mapping[str, Commitment], name: str) -> list[Mistake]:
    """A promise is never dropped in silence: a charter without it is another charter, which follows this one."""
    given = {entry.ref for entry in file.commitments}
    return [
        Mistake(name, "commitments", f"{ref} is in the store and not in the file. Load this as a new charter instead.")
        for ref, row in stored.items()
        if row.charter_id == charter.id and ref not in given
    ]


def _mistake(name: str, entry: CommitmentEntry, reason: str) -> Mistake:
    return Mistake(name, f"commitments → {entry.ref}", reason)
