"""Taking turns between processes."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text
from sqlmodel import Session

AUDIT = 7_302_448_915
STARTING = 2_048_117_760


def take_turns(session: Session, lock: int) -> None:
    """Wait until no other transaction holds this lock; it is let go when this one ends.

    SQLite needs none: a writing scope there holds the one write lock from its start.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})


@contextmanager
def one_start_at_a_time(engine: Engine) -> Iterator[None]:
    """Let one process at a time make an SQLite store ready, however long it takes.

    The write lock alone would not do: who waits for it gives up in the end, and on a slow machine the first start
    holds it for longer than that. PostgreSQL waits without an end, so it needs no lock here.
    """
    with file_lock(engine, "starting"):
        yield


@contextmanager
def file_lock(engine: Engine, what: str) -> Iterator[None]:
    """Hold a file beside an SQLite store until the end, so that one process at a time does something to it.

    A store in memory is one process's own, and PostgreSQL has locks of its own: neither gets a file.

    Args:
        engine: the opened store.
        what: what is done, as the ending of the file's name.
    """
    database = engine.url.database if engine.dialect.name == "sqlite" else None
    if not database or database == ":memory:":
        yield
        return
    with Path(f"{database}.{what}").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
