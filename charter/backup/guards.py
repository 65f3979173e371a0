"""Taking a store for oneself, and laying its guards aside for one transaction, so that all its rows can be replaced.

The guards are the triggers that keep the audit log from being changed, that nobody has the right to, and the checks
that a row points at one that is there: rows may point at later ones. With the transaction all of this is undone; at
its end all is as before.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from charter.rules.refusals import RefusedError
from db.audit_rights import removing_entries
from db.errors import ConstraintViolatedError
from db.locks import AUDIT

_WAIT_SECONDS = 30.0
_LOOK_AGAIN_SECONDS = 0.1
_LOCKED = "55P03"  # how PostgreSQL says that another has the lock

# Waiting for one table while holding another could wait for ever, as writers take them in orders of their own.
_TAKE_ALL = sa.text("""
    DO $$ DECLARE one record; BEGIN
        FOR one IN SELECT oid::regclass AS place FROM pg_class
            WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
        LOOP EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE NOWAIT', one.place); END LOOP;
    END $$
""")
# The database quotes the names, and makes one statement of all.
_EACH_REFERENCE = sa.text("""
    SELECT string_agg(format('ALTER TABLE %s ALTER CONSTRAINT %I ', conrelid::regclass, conname) || :checked, '; ')
    FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
""")
_EACH_TRIGGER = sa.text("""
    SELECT string_agg(DISTINCT format('ALTER TABLE %s ', tgrelid::regclass) || :able || ' TRIGGER USER', '; ')
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace
""")


def take_store(session: Session) -> None:
    """Keep everybody else from the store until this transaction ends.

    Raises:
        RefusedError: others used it for half a minute without a pause.
    """
    if session.get_bind().dialect.name != "postgresql":
        return  # a writing scope holds the one write lock from its start, and readers see what was before
    deadline = time.monotonic() + _WAIT_SECONDS
    while not _taken(session):
        if time.monotonic() > deadline:
            raise RefusedError(
                "The store is in use without a pause: stop the site, and try again. Nothing was changed."
            )
        time.sleep(_LOOK_AGAIN_SECONDS)


@contextmanager
def guards_aside(session: Session) -> Iterator[None]:
    """Lay the guards aside, and set them up again at the end.

    Raises:
        IntegrityError: a row points at one that is not there, on PostgreSQL.
        ConstraintViolatedError: the same on SQLite.
    """
    aside = _aside_on_postgresql if session.get_bind().dialect.name == "postgresql" else _aside_on_sqlite
    with removing_entries(session), aside(session):
        yield


@contextmanager
def _aside_on_postgresql(session: Session) -> Iterator[None]:
    _do(session, _EACH_REFERENCE, checked="DEFERRABLE INITIALLY DEFERRED")
    _do(session, _EACH_TRIGGER, able="DISABLE")
    yield
    session.execute(sa.text("SET CONSTRAINTS ALL IMMEDIATE"))
    _do(session, _EACH_REFERENCE, checked="NOT DEFERRABLE")
    _do(session, _EACH_TRIGGER, able="ENABLE")


def _do(session: Session, made: sa.TextClause, **given: str) -> None:
    session.connection().exec_driver_sql(session.execute(made, given).scalar_one())


@contextmanager
def _aside_on_sqlite(session: Session) -> Iterator[None]:
    session.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
    triggers = session.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    quoted = session.get_bind().dialect.identifier_preparer.quote_identifier
    for name, _ in triggers:
        session.execute(sa.DDL("DROP TRIGGER %(name)s", context={"name": quoted(name)}))  # type: ignore[no-untyped-call]
    yield
    if session.execute(sa.text("PRAGMA foreign_key_check")).first() is not None:
        # A commit that fails on SQLite would leave its transaction open for whoever gets the connection next.
        raise ConstraintViolatedError("foreign_key")
    for _, made_by in triggers:
        session.connection().exec_driver_sql(made_by)


def _taken(session: Session) -> bool:
    try:
        with session.begin_nested():
            if not session.execute(sa.select(sa.func.pg_try_advisory_xact_lock(AUDIT))).scalar_one():
                return False
            with removing_entries(session):  # a table can be locked by those alone who may take its rows away
                session.execute(_TAKE_ALL)
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != _LOCKED:
            raise
        return False
    return True
