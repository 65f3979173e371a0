"""Writes that the store must refuse, and the names of the rules by which it does."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Column, Table, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

import db.models  # noqa: F401 - registers the tables
from db.engine import Store
from db.errors import ConstraintViolatedError, named

TABLES = SQLModel.metadata.tables
NONE = "it was taken"

# The audit log refuses every UPDATE, so there a broken row is inserted: as a copy, but for what must be new.
GROWS_ONLY: dict[str, dict[str, object]] = {
    "audit_entry": {"number": 2, "digest": "1" * 64},
    "audit_detail": {"number": 2},
}


class FilledStore(NamedTuple):
    """A store that holds a row of every table.

    Attributes:
        store: the store.
        keys: for each table, the key of its row.
    """

    store: Store
    keys: dict[str, int | str]


# For each table, under the name by which a test tells of it: a change to a valid row.
Changes = Mapping[str, Mapping[str, Mapping[str, object]]]


def refused(store: Store, write: Callable[[Session], object]) -> ConstraintViolatedError:
    """Write, and give the error that must come of it."""

    def in_one_scope() -> None:
        with store.writing() as session:
            write(session)

    with pytest.raises(ConstraintViolatedError) as caught:
        in_one_scope()
    return caught.value


def rules_broken(filled: FilledStore, changes: Changes) -> dict[str, str]:
    """Make each change to the row of its table, one after the other, and give the rule that each one broke."""
    found: dict[str, str] = {}
    with taken_back(filled) as session:
        for name, tried in changes.items():
            for what, values in tried.items():
                found[what] = rule_broken(session, partial(change, session, TABLES[name], filled.keys[name], values))
    return found


@contextmanager
def taken_back(filled: FilledStore) -> Iterator[Session]:
    """Give a writing scope of which nothing stays."""
    with filled.store.writing() as session:
        yield session
        session.rollback()


def rule_broken(session: Session, write: Callable[[], object]) -> str:
    """Give the rule that a write broke; the session goes on as if nothing had been written."""
    savepoint = session.begin_nested()
    try:
        write()
    except IntegrityError as error:
        return named(error).constraint
    finally:
        savepoint.rollback()
    return NONE


def change(session: Session, table: Table, key: int | str, values: Mapping[str, object]) -> None:
    """Change a row that is there."""
    if table.name in GROWS_ONLY:
        session.execute(table.insert().values({**row(session, table, key), **GROWS_ONLY[table.name], **values}))
    else:
        session.execute(table.update().where(only_key(table) == key).values(values))


def row(session: Session, table: Table, key: int | str) -> dict[str, Any]:
    return dict(session.execute(select(table).where(only_key(table) == key)).mappings().one())


def only_key(table: Table) -> Column[Any]:
    return next(iter(table.primary_key.columns))
