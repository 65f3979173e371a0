"""The opened store, and its two scopes, for pages, routes and commands.

Reading leaves a mark where it must: that somebody looked at another's answers is written down. A verb that only reads
says so with `afterwards`, and the scope writes it at its end, so that no page has to think of it. What cannot be
written is not shown: the scope raises, and the page that would have drawn it says that something went wrong.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from sqlmodel import Session as Session  # what the two scopes give; pages name the type too

from charter.settings import prepare_data_dir, settings
from charter.taken import told_when_taken
from db.engine import Store, open_engine

_LEFT = "left to be written"


@lru_cache
def _opened(url: str) -> Store:
    return Store(open_engine(url))


def store() -> Store:
    """Give the store that the settings name."""
    if not settings().database_url:
        prepare_data_dir()
    return _opened(settings().store_url)


@contextmanager
def reading() -> Iterator[Session]:
    """Give a session that changes nothing. What its verbs leave to be written is written at its end."""
    with store().reading() as session:
        yield session
    if left := _left(session):
        with writing() as later:
            for write in left:
                write(later)


@contextmanager
def writing() -> Iterator[Session]:
    """Give a session that commits at its end, or changes nothing at all.

    Raises:
        FieldError: somebody else took at the same moment what only one can have. Nothing was changed.
        ConstraintViolatedError: another rule of the store was broken. Nothing was changed.
    """
    with told_when_taken(), store().writing() as session:
        yield session
        for write in _left(session):
            write(session)


def afterwards(session: Session, write: Callable[[Session], None]) -> None:
    """Leave something to be written when a scope ends, in a writing session; nothing if the scope fails.

    Args:
        session: the session of either scope.
        write: what is called with a writing session. It may not leave anything in its turn.
    """
    session.info.setdefault(_LEFT, []).append(write)


def _left(session: Session) -> list[Callable[[Session], None]]:
    left: list[Callable[[Session], None]] = session.info.pop(_LEFT, [])
    return left
