"""The opened store, and its two scopes, for pages, routes and commands."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from sqlmodel import Session as Session  # what the two scopes give; pages name the type too

from charter.settings import prepare_data_dir, settings
from charter.taken import told_when_taken
from db.engine import Store, open_engine


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
    """Give a session that changes nothing."""
    with store().reading() as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """Give a session that commits at its end, or changes nothing at all.

    Raises:
        FieldError: somebody else took at the same moment what only one can have. Nothing was changed.
        ConstraintViolatedError: another rule of the store was broken. Nothing was changed.
    """
    with told_when_taken(), store().writing() as session:
        yield session
