"""Stores that take long to make, made once for all tests of a process and then copied.

The demonstration is made by two processes that start at the same moment, as two servers may: what they did is kept, so
that a test can look at it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlmodel import Session

from charter.catalogue.loading import load_catalogue
from charter.rules.access import OPERATOR
from db.engine import Store, open_engine
from db.migrations.running import upgrade
from tests.charter_files import shipped
from tests.conftest import PostgresqlServer

ROOT = Path(__file__).parents[1]
_PREPARE = "from charter.startup import prepare_store; prepare_store()"
_PREPARE_SECONDS = 240


@dataclass(frozen=True)
class Template:
    """A store to be copied.

    Attributes:
        what: what it holds, in one word.
        backend: the kind of database.
        database: an SQLite file, or the name of a PostgreSQL database.
        data_dir: the data folder that belongs to it; what a copy does not need may be missing from it.
        outcomes: the exit code and the words on standard error of each process that made it.
    """

    what: str
    backend: str
    database: str
    data_dir: Path
    outcomes: tuple[tuple[int, str], ...] = ()


class Templates:
    """Makes each template when the first test asks for it."""

    def __init__(self, request: pytest.FixtureRequest, factory: pytest.TempPathFactory) -> None:
        self._request = request
        self._factory = factory
        self._made: dict[tuple[str, str], Template] = {}

    def charters(self, backend: str) -> Template:
        """Give a store that holds the shipped charters and nothing else."""
        return self._once("charters", backend, self._load)

    def demonstration(self, backend: str) -> Template:
        """Give a store as it is after the first start."""
        return self._once("demonstration", backend, self._prepare)

    @contextmanager
    def copy(self, template: Template, folder: Path) -> Iterator[str]:
        """Give the address of a copy for as long as the scope lasts."""
        if template.backend == "sqlite":
            yield f"sqlite:///{shutil.copyfile(template.database, folder / f'{template.what}.db')}"
            return
        server = self._server()
        name = server.create(template=template.database)
        yield server.address(name)
        server.drop(name)

    def address(self, template: Template) -> str:
        """Give the template's own address, for reading; it must be closed before it can be copied again."""
        if template.backend == "sqlite":
            return f"sqlite:///{template.database}"
        return self._server().address(template.database)

    def _once(self, what: str, backend: str, make: Callable[[str, str, Path], Template]) -> Template:
        key = (what, backend)
        if key not in self._made:
            folder = self._factory.mktemp(f"{what}-{backend}")
            database = str(folder / "store.db") if backend == "sqlite" else self._server().create()
            self._made[key] = make(backend, database, folder)
        return self._made[key]

    def _load(self, backend: str, database: str, folder: Path) -> Template:
        template = Template("charters", backend, database, folder)
        engine = open_engine(self.address(template))
        upgrade(engine)
        with Store(engine).writing() as session:
            load_shipped(session)
        engine.dispose()
        return template

    def _prepare(self, backend: str, database: str, folder: Path) -> Template:
        empty = Template("demonstration", backend, database, folder / "var")
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("CHARTER_")},
            "CHARTER_DATABASE_URL": self.address(empty),
            "CHARTER_DATA_DIR": str(empty.data_dir),
            "PYTHONPATH": str(ROOT),
        }
        processes = [
            subprocess.Popen(  # noqa: S603 - our own interpreter, with words of our own
                [sys.executable, "-c", _PREPARE], cwd=folder, env=environment, stderr=subprocess.PIPE
            )
            for _ in range(2)
        ]
        words = [process.communicate(timeout=_PREPARE_SECONDS)[1].decode() for process in processes]
        outcomes = tuple((process.returncode, said) for process, said in zip(processes, words, strict=True))
        return replace(empty, outcomes=outcomes)

    def _server(self) -> PostgresqlServer:
        server: PostgresqlServer = self._request.getfixturevalue("postgresql_server")
        return server


def load_shipped(session: Session) -> None:
    """Load the shipped charters."""
    for file in shipped():
        load_catalogue(session, viewer=OPERATOR, file=file, name=file.charter.key)
