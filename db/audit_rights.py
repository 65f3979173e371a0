"""The right to change or remove what the audit log holds: a store's connections have none.

Migration 0009 takes it from the site's role on PostgreSQL. SQLite knows no roles: there, each connection that the site
opens is told to refuse. What expires, and what a restore replaces, is removed in a scope that takes the right for its
own transaction and gives it back in it. Whoever owns the database, or its file, can still get past: what shows that is
the chain.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlmodel import Session

_WRITES = {sqlite3.SQLITE_UPDATE: {"audit_entry", "audit_detail"}, sqlite3.SQLITE_DELETE: {"audit_entry"}}
# Of a trigger or an index, SQLite gives the table in second place.
_DROPS = {sqlite3.SQLITE_DROP_TRIGGER, sqlite3.SQLITE_DROP_TABLE, sqlite3.SQLITE_ALTER_TABLE}


def refuse_removals(connection: sqlite3.Connection) -> None:
    """Have an SQLite connection refuse to change or remove entries, and to drop what guards them."""
    connection.set_authorizer(_authorized)


@contextmanager
def removals_allowed(connection: sqlite3.Connection) -> Iterator[None]:
    """Let an SQLite connection do all that its file allows, until the scope ends."""
    connection.set_authorizer(None)
    try:
        yield
    finally:
        refuse_removals(connection)


@contextmanager
def removing_entries(session: Session) -> Iterator[None]:
    """Take the right to remove entries of the audit log for this scope. The triggers still have their say.

    Args:
        session: a writing session. On PostgreSQL it holds the lock of the audit log, and is undone if the scope fails:
            the right goes with it.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("GRANT DELETE ON audit_entry TO CURRENT_USER"))
        yield
        session.execute(text("REVOKE DELETE ON audit_entry FROM CURRENT_USER"))
        return
    driver = session.connection().connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError("the store is of neither database")
    with removals_allowed(driver):
        yield


def _authorized(action: int, first: str | None, second: str | None, _database: str | None, _by: str | None) -> int:
    """Answer SQLite, which asks for each thing that a statement would do."""
    if first in _WRITES.get(action, ()) or (action in _DROPS and "audit_entry" in {first, second}):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK
