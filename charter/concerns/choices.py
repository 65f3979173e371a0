"""What a concern can be about: the public bodies of today, and the promises that each owes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from charter import clock
from charter.assessments import organisation_row
from charter.concerns.seeing import sight
from charter.questions import owing_bodies
from charter.rules.access import Act, Viewer, may, require
from db.models import Charter, Commitment, CommitmentVersion, Organisation, Strand, Theme
from db.types import PUBLIC_KINDS, VCFSE_KINDS, OrganisationKind, OwedBy

_BY_ALL = frozenset({OwedBy.ALL_PUBLIC_BODIES, OwedBy.ALL_PARTNERS})


@dataclass(frozen=True)
class PromiseChoice:
    """A promise that a body owes."""

    ref: str
    title: str


@dataclass(frozen=True)
class BodyChoice:
    """A public body, and the promises that it owes, in the order of the charter."""

    organisation_id: int
    name: str
    promises: tuple[PromiseChoice, ...]


@dataclass(frozen=True)
class RaiserChoice:
    """An organisation that a viewer may raise a concern for."""

    organisation_id: int
    name: str


def raiser_choices(session: Session, *, viewer: Viewer) -> tuple[RaiserChoice, ...]:
    """Read for whom a viewer may raise a concern, by name: those that they lead; the coordinator for any group."""
    own: ColumnElement[bool] = col(Organisation.id).in_(sight(session, viewer=viewer).leads)
    if may(viewer, Act.RAISE_CONCERNS):
        own = own | col(Organisation.kind).in_(VCFSE_KINDS)
    rows = session.exec(
        select(Organisation)
        .where(own, col(Organisation.kind) != OrganisationKind.BOARD, _is_there(clock.today()))
        .order_by(col(Organisation.name), col(Organisation.id))
    )
    return tuple(RaiserChoice(row.id or 0, row.name) for row in rows)


def body_choices(session: Session, *, viewer: Viewer, organisation_id: int) -> tuple[BodyChoice, ...]:
    """Read which public bodies an organisation may raise a concern about, by name, with what each owes today.

    Raises:
        NotAllowedError: the viewer may not raise a concern for this organisation.
        NotFoundError: there is no such organisation.
    """
    require(viewer, Act.RAISE_CONCERNS, organisation_id=organisation_id)
    raiser, today = organisation_row(session, organisation_id), clock.today()
    bodies = session.exec(
        select(Organisation)
        .where(
            col(Organisation.kind).in_(PUBLIC_KINDS),
            col(Organisation.id) != organisation_id,
            Organisation.made_up == raiser.made_up,
            _is_there(today),
        )
        .order_by(col(Organisation.name), col(Organisation.id))
    ).all()
    promises, named = _promises(session), owing_bodies(session, on=today)
    return tuple(
        BodyChoice(
            body.id or 0,
            body.name,
            tuple(
                PromiseChoice(commitment.ref, version.title)
                for commitment, version in promises
                if _is_owed(version, named.get(version.commitment_id, ()), body.id or 0)
            ),
        )
        for body in bodies
    )


def owes(session: Session, *, commitment_id: int, organisation_id: int, on: date) -> bool:
    """Tell whether a public body owes a promise on a day, by its newest wording."""
    found = _promises(session, commitment_id=commitment_id)
    named = owing_bodies(session, on=on).get(commitment_id, frozenset())
    return any(_is_owed(version, named, organisation_id) for _, version in found)


def _is_owed(version: CommitmentVersion, named: Collection[int], organisation_id: int) -> bool:
    return version.owed_by in _BY_ALL or (version.owed_by is OwedBy.NAMED_BODIES and organisation_id in named)


def _promises(session: Session, *, commitment_id: int | None = None) -> list[tuple[Commitment, CommitmentVersion]]:
    """Read every promise, or one, with its newest wording: the newest charter first, each in its own order."""
    newer = aliased(CommitmentVersion)
    statement = (
        select(Commitment, CommitmentVersion)
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
    if commitment_id is not None:
        statement = statement.where(col(Commitment.id) == commitment_id)
    return list(session.exec(statement))


def _is_there(today: date) -> ColumnElement[bool]:
    """Give the condition that an organisation has not ended."""
    return or_(col(Organisation.ends_on).is_(None), col(Organisation.ends_on) >= today)
