"""Running the migrations: under a lock, all or nothing, without losing a row."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from db.audit_rights import removals_allowed
from db.locks import file_lock

_LOCK = 4_170_523_106  # any number, as long as nothing else in the database locks by it


class StoreNewerError(Exception):
    """The store was migrated by a newer version of the code; this one must not touch it."""


class StoreBrokenError(Exception):
    """A migration would have left rows that point at nothing; it was undone."""


def newest_revision() -> str:
    """Give the number of the last migration that this code knows."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def knows(revision: str) -> bool:
    """Tell whether a store can have had this migration as its last."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def current_revision(engine: Engine) -> str | None:
    """Give the number of the last migration that the store has had, or None for an empty store."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the store up to `revision`. Several servers may call this at once; one does the work.

    Raises:
        StoreNewerError: the store is of a version that this code does not know.
        StoreBrokenError: a step broke references between rows; the store is as it was.
    """
    with _alone(engine) as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        if found is not None and not knows(found):
            raise StoreNewerError(f"the store is at migration {found}, which this version does not know")
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the store back to `revision`, or to empty with `base`."""
    with _alone(engine) as connection:
        command.downgrade(_config(connection), revision)


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """Hold the one migration lock, in one transaction that covers every step."""
    alone = _alone_on_sqlite(engine) if engine.dialect.name == "sqlite" else _alone_on_postgresql(engine)
    with alone as connection:
        yield connection


@contextmanager
def _alone_on_postgresql(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield connection


@contextmanager
def _alone_on_sqlite(engine: Engine) -> Iterator[Connection]:
    """Migrate with foreign keys off: changing a table copies it, and a cascade would then delete its children.

    The setting cannot change inside a transaction, so it is made on the driver's connection before BEGIN.
    """
    with file_lock(engine, "migrating"), engine.execution_options(charter_writing=True).connect() as connection:
        driver = connection.connection.driver_connection
        if driver is None:
            raise StoreBrokenError("the store closed its connection")
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with removals_allowed(driver), connection.begin():
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise StoreBrokenError("the migration left rows that point at nothing; it was undone")
        finally:
            driver.execute("PRAGMA foreign_keys = ON")
