"""The themes that an indicator may belong to: those of the charters that are assessed."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from charter.rules.access import Act, Viewer, require
from db.models import Charter, Theme
from db.types import CharterState


@dataclass(frozen=True)
class ThemeFound:
    """A theme, with its key in the store."""

    id: int
    ref: str
    title: str


def list_themes(session: Session, *, viewer: Viewer) -> tuple[ThemeFound, ...]:
    """Read the themes of the charters that are assessed, in their order.

    Raises:
        NotAllowedError: the viewer may not read the catalogue.
    """
    require(viewer, Act.READ_CATALOGUE)
    rows = session.exec(
        select(Theme)
        .join(Charter, col(Charter.id) == col(Theme.charter_id))
        .where(Charter.state == CharterState.ASSESSED)
        .order_by(col(Theme.charter_id), col(Theme.position))
    )
    return tuple(ThemeFound(row.id or 0, row.ref, row.title) for row in rows)
