"""A store in the hands of somebody who holds its files, or owns its database: no right is asked for."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event, text

from db.engine import Store, open_engine

TRIGGERS = {
    "sqlite": [
        "DROP TRIGGER audit_entry_not_changed",
        "DROP TRIGGER audit_entry_not_removed",
        "DROP TRIGGER audit_detail_not_changed",
    ],
    "postgresql": [
        "DROP TRIGGER audit_entry_only_grows ON audit_entry",
        "DROP TRIGGER audit_entry_not_removed ON audit_entry",
        "DROP TRIGGER audit_detail_not_changed ON audit_detail",
    ],
}


@contextmanager
def files_held(store: Store) -> Iterator[Store]:
    """Give a store past the rights of the site. On PostgreSQL, the tests come as the server's owner, who has them all.

    Its triggers are there: see `without_triggers`.
    """
    engine = open_engine(store.engine.url.render_as_string(hide_password=False))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _ask_nothing)
    yield Store(engine)
    engine.dispose()


def without_triggers(store: Store) -> None:
    """Drop the triggers that keep the audit log as it is."""
    with files_held(store) as held, held.writing() as session:
        for statement in TRIGGERS[store.engine.dialect.name]:
            session.execute(text(statement))


def _ask_nothing(connection: sqlite3.Connection, _record: object) -> None:
    connection.set_authorizer(None)
