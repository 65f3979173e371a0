"""The one scale: what each level means, in words that come with the catalogue."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.models import Level


@dataclass(frozen=True)
class LevelFound:
    """One step of the scale, from 0 (not at all) to 4 (fully)."""

    value: int
    label: str
    description: str


def read_levels(session: Session) -> tuple[LevelFound, ...]:
    """Read the scale, from the lowest to the highest."""
    rows = session.exec(select(Level).order_by(col(Level.value)))
    return tuple(LevelFound(row.value, row.label, row.description) for row in rows)
