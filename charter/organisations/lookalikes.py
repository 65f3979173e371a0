"""Organisations on the list whose names are nearly the same, so that one may be there twice."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from charter import clock
from charter.organisations.names import alike, normal_name
from charter.rules.access import Act, Viewer, require
from db.models import Organisation


@dataclass(frozen=True)
class Lookalike:
    """An organisation whose name is nearly that of another."""

    id: int
    ref: str
    name: str


def find_lookalikes(
    session: Session, *, viewer: Viewer, name: str, but_for: int | None = None
) -> tuple[Lookalike, ...]:
    """Find the organisations that are there today and have nearly this name, in the order of names.

    Args:
        session: a session.
        viewer: a coordinator or the operator.
        name: a name as it was typed.
        but_for: an organisation that is left out, as it is the one of this name.

    Raises:
        NotAllowedError: the viewer may not keep the list.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    normal = normal_name(name)
    if not normal:
        return ()
    others = [other for other in current_names(session) if other.id != but_for]
    places = sorted({place for _, place in alike([normal], [normal_name(other.name) for other in others])})
    return tuple(others[place] for place in places)


def pairs_alike(session: Session, *, viewer: Viewer) -> tuple[tuple[Lookalike, Lookalike], ...]:
    """Find every two organisations that are there today and have nearly the same name.

    Every name is compared with every other: 350 take a few milliseconds, 10,000 about two seconds.

    Raises:
        NotAllowedError: the viewer may not keep the list.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    rows = current_names(session)
    normal = [normal_name(row.name) for row in rows]
    return tuple((rows[one], rows[other]) for one, other in alike(normal, normal) if one < other)


def current_names(session: Session) -> list[Lookalike]:
    """Read the names of all organisations that are there today, in the order of names."""
    statement = (
        select(Organisation.id, Organisation.ref, Organisation.name)
        .where(col(Organisation.ends_on).is_(None) | (col(Organisation.ends_on) >= clock.today()))
        .order_by(col(Organisation.name), col(Organisation.id))
    )
    return [Lookalike(key or 0, ref, name) for key, ref, name in session.exec(statement)]
