"""Reading promises: their wordings, where each comes from, and who owes it since when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import NotFoundError
from db.models import (
    Adoption,
    Charter,
    Commitment,
    CommitmentVersion,
    Organisation,
    Signatory,
    Strand,
    Theme,
)
from db.types import Continuity, Meaning, OwedBy


@dataclass(frozen=True)
class Owing:
    """A body that owes a promise, since a day, or did until it left the charter."""

    name: str
    since: date
    made_up: bool
    left_on: date | None = None


@dataclass(frozen=True)
class Wording:
    """A version of a promise's wording."""

    number: int
    meaning: Meaning
    meaning_said_by: str
    title: str
    summary: str
    owed_by: OwedBy
    seen_by_sector: bool
    core: bool
    practice_question: str
    experience_question: str | None
    source_document: str
    source_section: str
    source_position: int | None
    source_note: str
    successor_reading: str | None
    reading_note: str


@dataclass(frozen=True)
class CommitmentFound:
    """A promise with every version of its wording, the newest first, and who owes it by name."""

    ref: str
    theme_ref: str
    theme_title: str
    scored: bool
    strand_title: str
    theme_reading: str
    continuity: Continuity
    done_on: date | None
    charter_title: str
    successor_note: str
    wordings: tuple[Wording, ...]
    owing: tuple[Owing, ...]

    @property
    def newest(self) -> Wording:
        """The wording as it is now."""
        return self.wordings[0]


@dataclass(frozen=True)
class CommitmentListed:
    """A promise in a list, by the newest version of its title."""

    ref: str
    title: str
    theme_ref: str
    theme_title: str


def list_commitments(session: Session, *, viewer: Viewer) -> tuple[CommitmentListed, ...]:
    """Read every promise, the newest charter first and in the order of its charter.

    Raises:
        NotAllowedError: the viewer may not read the charters.
    """
    require(viewer, Act.READ_CATALOGUE)
    newer = aliased(CommitmentVersion)
    statement = (
        sa.select(col(Commitment.ref), col(CommitmentVersion.title), col(Theme.ref), col(Theme.title))
        .join(CommitmentVersion, col(CommitmentVersion.commitment_id) == col(Commitment.id))
        .join(Strand, col(Strand.id) == col(Commitment.strand_id))
        .join(Theme, col(Theme.id) == col(Strand.theme_id))
        .join(Charter, col(Charter.id) == col(Commitment.charter_id))
        .outerjoin(
            newer,
            (col(newer.commitment_id) == col(Commitment.id)) & (col(newer.number) > col(CommitmentVersion.number)),
        )
        .where(col(newer.id).is_(None))
        .order_by(col(Charter.adopted_on).desc(), col(Theme.position), col(Strand.position), col(Commitment.position))
    )
    return tuple(CommitmentListed(*row) for row in session.execute(statement).all())


def find_commitment(session: Session, *, viewer: Viewer, ref: str) -> CommitmentFound:
    """Read a promise by its reference, such as `ENG-DIA-1`, in one query.

    Raises:
        NotAllowedError: the viewer may not read the charters.
        NotFoundError: there is no such promise.
    """
    require(viewer, Act.READ_CATALOGUE)
    rows = session.execute(_whole_story().where(col(Commitment.ref) == ref)).all()
    if not rows:
        raise NotFoundError(f"There is no promise {ref}.")
    _, commitment, strand, theme, charter, read_as, *_ = rows[0]
    versions = {row[0].number: row[0] for row in rows}
    adopted = {row[6].id: row[6:] for row in rows if row[6] is not None}
    return CommitmentFound(
        ref=commitment.ref,
        theme_ref=theme.ref,
        theme_title=theme.title,
        scored=theme.scored,
        strand_title=strand.title,
        theme_reading=read_as.title if read_as is not None else "",
        continuity=commitment.continuity,
        done_on=commitment.done_on,
        charter_title=charter.title,
        successor_note=charter.successor_note,
        wordings=tuple(_wording(version) for version in versions.values()),
        owing=tuple(
            Owing(organisation.name, adoption.adopted_on, organisation.made_up, left_on)
            for adoption, organisation, left_on in adopted.values()
        ),
    )


def _whole_story() -> sa.Select[*tuple[Any, ...]]:
    """Ask for every version of promises beside their place in a charter, and for each body that owes them."""
    reading = aliased(Theme)
    return (
        sa.select(
            CommitmentVersion,
            Commitment,
            Strand,
            Theme,
            Charter,
            reading,
            Adoption,
            Organisation,
            col(Signatory.left_on),
        )
        .join(Commitment, col(Commitment.id) == col(CommitmentVersion.commitment_id))
        .join(Strand, col(Strand.id) == col(Commitment.strand_id))
        .join(Theme, col(Theme.id) == col(Strand.theme_id))
        .join(Charter, col(Charter.id) == col(Commitment.charter_id))
        .outerjoin(
            reading,
            (reading.charter_id == col(Charter.id)) & (reading.ref == col(CommitmentVersion.theme_reading)),  # type: ignore[arg-type]
        )
        .outerjoin(Adoption, col(Adoption.commitment_id) == col(Commitment.id))
        .outerjoin(Organisation, col(Organisation.id) == col(Adoption.organisation_id))
        .outerjoin(
            Signatory,
            (col(Signatory.organisation_id) == col(Organisation.id)) & (col(Signatory.charter_id) == col(Charter.id)),
        )
        .order_by(col(CommitmentVersion.number).desc(), col(Adoption.adopted_on), col(Organisation.name))
    )


def _wording(row: CommitmentVersion) -> Wording:
    return Wording(
        number=row.number,
        meaning=row.meaning,
        meaning_said_by=row.meaning_said_by,
        title=row.title,
        summary=row.summary,
        owed_by=row.owed_by,
        seen_by_sector=row.seen_by_sector,
        core=row.core,
        practice_question=row.practice_question,
        experience_question=row.experience_question,
        source_document=row.source_document,
        source_section=row.source_section,
        source_position=row.source_position,
        source_note=row.source_note,
        successor_reading=row.successor_reading,
        reading_note=row.reading_note,
    )
