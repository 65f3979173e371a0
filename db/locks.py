"""Taking turns between processes."""

from sqlalchemy import text
from sqlmodel import Session

AUDIT = 7_302_448_915
STARTING = 2_048_117_760


def take_turns(session: Session, lock: int) -> None:
    """Wait until no other transaction holds this lock; it is let go when this one ends.

    SQLite needs none: a writing scope there holds the one write lock from its start.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})
