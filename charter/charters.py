"""Reading the charters: which follows which, their milestones, who signed, and what stands beside the promises."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from charter.rules.access import Act, Viewer, require
from db.models import Charter, Milestone, Organisation, Signatory, Statement
from db.types import CharterState, Precision, StatementKind


@dataclass(frozen=True)
class StatementFound:
    """A part of a source that is shown beside the promises and never scored."""

    charter_ref: str
    kind: StatementKind
    theme_ref: str | None
    text: str
    source: str


@dataclass(frozen=True)
class MilestoneFound:
    """A dated step in a charter's story."""

    charter_ref: str
    happened_on: date
    precision: Precision
    title: str
    sentence: str
    source: str


@dataclass(frozen=True)
class CharterFound:
    """A charter: what it is, who adopted it, and which one it follows."""

    ref: str
    title: str
    official_title: str
    state: CharterState
    kind: str
    summary: str
    adopted_by: str
    adopted_on: date
    adopted_precision: Precision
    adoption_note: str
    signed_by: str
    how_it_came_about: str
    not_held: str
    successor_note: str
    follows: str | None


@dataclass(frozen=True)
class SignatoryFound:
    """An organisation that signed a charter, itself or through another."""

    charter_ref: str
    name: str
    signed_on: date
    through: str | None


def list_charters(session: Session, *, viewer: Viewer) -> tuple[CharterFound, ...]:
    """Read every charter, the oldest first.

    Raises:
        NotAllowedError: the viewer may not read the charters.
    """
    require(viewer, Act.READ_CATALOGUE)
    parent = aliased(Charter)
    statement = (
        select(Charter, parent.title)
        .outerjoin(parent, col(parent.id) == col(Charter.follows_id))
        .order_by(col(Charter.adopted_on), col(Charter.id))
    )
    return tuple(_charter(charter, follows) for charter, follows in session.exec(statement))


def list_milestones(session: Session, *, viewer: Viewer) -> tuple[MilestoneFound, ...]:
    """Read the milestones of every charter, the oldest charter first, each in the order of its story.

    Raises:
        NotAllowedError: the viewer may not read the charters.
    """
    require(viewer, Act.READ_CATALOGUE)
    statement = (
        select(Milestone, Charter.ref)
        .join(Charter, col(Charter.id) == Milestone.charter_id)
        .order_by(col(Charter.adopted_on), col(Milestone.position))
    )
    return tuple(
        MilestoneFound(ref, row.happened_on, row.precision, row.title, row.sentence, row.source)
        for row, ref in session.exec(statement)
    )


def list_statements(session: Session, *, viewer: Viewer) -> tuple[StatementFound, ...]:
    """Read what stands beside the promises of every charter, in the order of its source.

    Raises:
        NotAllowedError: the viewer may not read the charters.
    """
    require(viewer, Act.READ_CATALOGUE)
    statement = (
        select(Statement, Charter.ref)
        .join(Charter, col(Charter.id) == Statement.charter_id)
        .order_by(col(Charter.adopted_on), col(Statement.kind), col(Statement.position))
    )
    return tuple(
        StatementFound(
            charter_ref=ref,
            kind=row.kind,
            theme_ref=row.theme_ref,
            text=row.text,
            source=source_words(row.source_document, row.source_section, row.source_position),
        )
        for row, ref in session.exec(statement)
    )


def list_signatories(session: Session, *, viewer: Viewer) -> tuple[SignatoryFound, ...]:
    """Read who signed which charter and has not left it since, by name within a day.

    Raises:
        NotAllowedError: the viewer may not read the charters.
    """
    require(viewer, Act.READ_CATALOGUE)
    through = aliased(Organisation)
    statement = (
        sa.select(Signatory, col(Charter.ref), col(Organisation.name), col(through.name))
        .join(Charter, col(Charter.id) == col(Signatory.charter_id))
        .join(Organisation, col(Organisation.id) == col(Signatory.organisation_id))
        .outerjoin(through, col(through.id) == col(Signatory.through_id))
        .where(col(Signatory.left_on).is_(None))
        .order_by(col(Signatory.signed_on), col(Organisation.name))
    )
    return tuple(
        SignatoryFound(ref, name, row.signed_on, by) for row, ref, name, by in session.execute(statement).all()
    )


def source_words(document: str, section: str, position: int | None) -> str:
    """Say where something stands in its source: document, section, and its place in that section's list."""
    parts = [part for part in (document, section, f"item {position}" if position is not None else "") if part]
    return ", ".join(parts)


def _charter(row: Charter, follows: str | None) -> CharterFound:
    return CharterFound(
        ref=row.ref,
        title=row.title,
        official_title=row.official_title,
        state=row.state,
        kind=row.kind,
        summary=row.summary,
        adopted_by=row.adopted_by,
        adopted_on=row.adopted_on,
        adopted_precision=row.adopted_precision,
        adoption_note=row.adoption_note,
        signed_by=row.signed_by,
        how_it_came_about=row.how_it_came_about,
        not_held=row.not_held,
        successor_note=row.successor_note,
        follows=follows,
    )
