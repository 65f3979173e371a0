"""Taking a store for oneself, and laying its guards aside for one transaction, so that all its rows can be replaced.

The guards are the triggers that keep the audit log from being changed, and the checks that a row points at one that
is there: rows may point at later ones. With the transaction all of this is undone; at its end all is as before.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from charter.rules.refusals import RefusedError
from db.errors import ConstraintViolatedError
from db.locks import AUDIT

_WAIT_SECONDS = 30.0
_LOOK_AGAIN_SECONDS = 0.1
_LOCKED = "55P03"  # how PostgreSQL says that another has the lock

# Waiting for one table while holding another could wait for ever, as writers take them in orders of their own.
_TAKE_ALL = sa.text(f"""
    DO $$ DECLARE one record; BEGIN
        IF NOT pg_try_advisory_xact_lock({AUDIT}) THEN RAISE lock_not_available; END IF;
        FOR one IN SELECT oid::regclass AS place FROM pg_class
            WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
        LOOP EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE NOWAIT', one.place); END LOOP;
    END $$
""")  # noqa: S608 - a constant of the module
_EACH_REFERENCE = """
    DO $$ DECLARE one record; BEGIN
        FOR one IN SELECT conrelid::regclass AS place, conname FROM pg_constraint
            WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
        LOOP EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I """
_EACH_TRIGGER = """
    DO $$ DECLARE one record; BEGIN
        FOR one IN SELECT DISTINCT tgrelid::regclass AS place FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
            WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace
        LOOP EXECUTE format('ALTER TABLE %s """
_REFERENCE_DONE = "', one.place, one.conname); END LOOP; END $$"
_TRIGGER_DONE = " TRIGGER USER', one.place); END LOOP; END $$"
_REFERENCES_LATER = sa.text(f"{_EACH_REFERENCE}DEFERRABLE INITIALLY DEFERRED{_REFERENCE_DONE}")
_REFERENCES_AT_ONCE = sa.text(f"{_EACH_REFERENCE}NOT DEFERRABLE{_REFERENCE_DONE}")
_TRIGGERS_OFF = sa.text(f"{_EACH_TRIGGER}DISABLE{_TRIGGER_DONE}")
_TRIGGERS_ON = sa.text(f"{_EACH_TRIGGER}ENABLE{_TRIGGER_DONE}")


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
    with aside(session):
        yield


@contextmanager
def _aside_on_postgresql(session: Session) -> Iterator[None]:
    session.execute(_REFERENCES_LATER)
    session.execute(_TRIGGERS_OFF)
    yield
    session.execute(sa.text("SET CONSTRAINTS ALL IMMEDIATE"))
    session.execute(_REFERENCES_AT_ONCE)
    session.execute(_TRIGGERS_ON)


@contextmanager
def _aside_on_sqlite(session: Session) -> Iterator[None]:
    session.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
    triggers = session.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _ in triggers:
        session.execute(sa.DDL("DROP TRIGGER %(name)s", context={"name": name}))  # type: ignore[no-untyped-call]
    yield
    if session.execute(sa.text("PRAGMA foreign_key_check")).first() is not None:
        # A commit that fails on SQLite would leave its transaction open for whoever gets the connection next.
        raise ConstraintViolatedError("foreign_key")
    for _, made_by in triggers:
        session.connection().exec_driver_sql(made_by)


def _taken(session: Session) -> bool:
    try:
        with session.begin_nested():
            session.execute(_TAKE_ALL)
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != _LOCKED:
            raise
        return False
    return True
