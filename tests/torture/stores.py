"""Stores of their own for what is tried on them, which the settings name meanwhile."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import make_url

from charter.store import reading, store
from db.engine import open_engine
from db.migrations.running import upgrade
from tests.conftest import forget_settings
from tests.postgresql import PostgresqlServer


class Stores:
    """Makes stores, in SQLite or on a PostgreSQL server."""

    def __init__(self, folder: Path, server: PostgresqlServer | None = None, *, migrated: str = "") -> None:
        """Make them in a folder, or on the server if there is one.

        Args:
            folder: where files are made.
            server: where databases are made, if not in files.
            migrated: the address of a migrated store without rows that nobody is in; one is made, if none is named.
        """
        self._folder = folder
        self._server = server
        self._made = 0
        self._migrated = migrated or self._newly_migrated()

    @property
    def kind(self) -> str:
        """What database they are in."""
        return "PostgreSQL" if self._server else "SQLite"

    def empty(self) -> str:
        """Give the address of a database with nothing in it."""
        if self._server:
            return self._server.address(self._server.create())
        self._made += 1
        return f"sqlite:///{self._folder / f'{self._made}.db'}"

    def _newly_migrated(self) -> str:
        url = self.empty()
        engine = open_engine(url)
        upgrade(engine)
        engine.dispose()
        return url

    def copy(self, url: str | None = None, *, into: Path | None = None) -> str:
        """Give the address of a copy of a store that nobody is in.

        Args:
            url: the store; a migrated one without rows, if none is named.
            into: the folder for a copy in SQLite, if not the one for all.
        """
        origin = url or self._migrated
        if self._server:
            return self._server.address(self._server.create(template=make_url(origin).database or ""))
        copied = f"sqlite:///{into / 'charter.db'}" if into else self.empty()
        shutil.copyfile(origin.removeprefix("sqlite:///"), copied.removeprefix("sqlite:///"))
        return copied


@contextmanager
def named(url: str, folder: Path) -> Iterator[None]:
    """Let the settings name a store, and a data folder of its own."""
    folder.mkdir(mode=0o700, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHARTER_")}
    own = {"CHARTER_DATABASE_URL": url, "CHARTER_DATA_DIR": str(folder), "CHARTER_DEMONSTRATION": "0"}
    with patch.dict(os.environ, kept | own, clear=True):
        forget_settings()
        try:
            yield
        finally:
            store().engine.dispose()
            forget_settings()


def left_alone() -> None:
    """Close every connection: what is copied, or what another process goes on with, must be nobody's."""
    store().engine.dispose()


def is_sound() -> str:
    """Have SQLite look at every page of the file; give what it finds wrong. PostgreSQL looks after its own."""
    if store().engine.dialect.name != "sqlite":
        return ""
    with reading() as session:
        found = session.connection().exec_driver_sql("PRAGMA integrity_check").scalar_one()
    return "" if found == "ok" else str(found)
