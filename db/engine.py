"""Opening a store from its address, and the two scopes in which it is used."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.abc import Buffer
from psycopg.types.string import StrDumperUnknown
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from db.audit_rights import refuse_removals
from db.errors import named

_WRITING = "charter_writing"
_BUSY_TIMEOUT_MS = 30_000
_NO_CHARACTER = "\ufffd"  # what stands for a character that cannot be read
_CONNECT_SECONDS = 5  # so that a store that is away is said to be away, and not waited for


def open_engine(url: str) -> Engine:
    """Open the store at `url`, an SQLAlchemy address of SQLite or PostgreSQL. Nothing is created in it.

    Parameters of statements are kept out of error messages, as they hold what people typed.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        engine = create_engine(
            address,
            hide_parameters=True,
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=10,
            connect_args={"connect_timeout": _CONNECT_SECONDS},
        )
        event.listen(engine, "connect", _prepare_postgresql)
        return engine
    if address.database:
        Path(address.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The driver's own transactions are switched off, so that BEGIN is ours: it can then cover changes of the
    # schema, and a writing scope can take the write lock at its start.
    engine = create_engine(address, hide_parameters=True, connect_args={"isolation_level": None})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


class _TextDumper(StrDumperUnknown):
    """Hands text over as psycopg does, but for zero bytes, which PostgreSQL has no room for.

    An address or a field may hold one, as `%00`: what is looked for is then not there, as in SQLite, and no failure.
    """

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(obj.replace("\0", _NO_CHARACTER))


def _prepare_postgresql(connection: psycopg.Connection[Any], _record: object) -> None:
    connection.adapters.register_dumper(str, _TextDumper)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # SQLite's own leaves all but A to Z as they are, so that Łódź or Ŵyl would never be found in small letters.
    connection.create_function("lower", 1, _lower, deterministic=True)
    refuse_removals(connection)


def _lower(value: str | bytes | float | None) -> str | bytes | float | None:
    return value.lower() if isinstance(value, str) else value


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


class Store:
    """An opened store. Everything is read in `reading()` and written in `writing()`."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        # SQLite's deferred transaction already sees one state; PostgreSQL must be asked for it.
        apart: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self._reading_engine = engine if engine.dialect.name == "sqlite" else engine.execution_options(**apart)
        self._writing_engine = engine.execution_options(**{_WRITING: True})

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one state of the store and changes nothing."""
        with Session(self._reading_engine, autoflush=False) as session:
            yield session
            session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that commits at its end, or changes nothing at all.

        Raises:
            ConstraintViolatedError: a rule of the store was broken; nothing was written.
        """
        options: dict[str, Any] = {"expire_on_commit": False}
        with Session(self._writing_engine, **options) as session:
            try:
                yield session
                session.commit()
            except IntegrityError as error:
                raise named(error) from None
