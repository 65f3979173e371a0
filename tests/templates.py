"""Stores that take long to make, made once for all processes that the tests run in, and then copied.

The demonstration is made by two processes that start at the same moment, as two servers may: what they did is kept, so
that a test can look at it.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pytest
from sqlmodel import Session

from charter.actions.past import load_past_actions
from charter.catalogue.loading import load_catalogue
from charter.outcomes_data.indicators import shipped_indicators
from charter.outcomes_data.loading import load_indicators
from charter.rules.access import OPERATOR
from db.engine import Store, open_engine
from db.migrations.running import upgrade
from tests.charter_files import shipped
from tests.places import made_once
from tests.postgresql import PostgresqlServer

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

    def __init__(self, request: pytest.FixtureRequest, shared: Path, own: Path) -> None:
        """Keep what is made in the folder `shared`, and this process's copies for reading in the folder `own`."""
        self._request = request
        self._shared = shared
        self._own = own
        self._read: dict[Template, str] = {}

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
        with self._server().copy(template.database) as url:
            yield url

    def put_demonstration(self, data_dir: Path) -> None:
        """Lay the data folder of a site after its first start, with the store in SQLite, into a place of its own."""
        template = self.demonstration("sqlite")
        shutil.copytree(template.data_dir, data_dir)
        shutil.copyfile(template.database, data_dir / "charter.db")

    def readable(self, template: Template) -> str:
        """Give the address of a copy that this process keeps for reading: what is read cannot be copied meanwhile."""
        if template not in self._read:
            self._read[template] = self._copied(template, self._own / f"{template.what}.db")
        return self._read[template]

    def _copied(self, template: Template, path: Path) -> str:
        if template.backend == "sqlite":
            return f"sqlite:///{shutil.copyfile(template.database, path)}"
        return self._server().address(self._server().create(template=template.database))

    def _address(self, template: Template) -> str:
        if template.backend == "sqlite":
            return f"sqlite:///{template.database}"
        return self._server().address(template.database)

    def _once(self, what: str, backend: str, make: Callable[[str, str, Path], Template]) -> Template:
        def made() -> str:
            folder = self._shared / f"{what}-{backend}"
            folder.mkdir()
            database = str(folder / "store.db") if backend == "sqlite" else self._server().create()
            return json.dumps(asdict(make(backend, database, folder)), default=str)

        found = json.loads(made_once(self._shared, f"template-{what}-{backend}", made))
        outcomes = tuple((int(code), str(said)) for code, said in found.pop("outcomes"))
        return Template(**found | {"data_dir": Path(found["data_dir"]), "outcomes": outcomes})

    def _load(self, backend: str, database: str, folder: Path) -> Template:
        template = Template("charters", backend, database, folder)
        engine = open_engine(self._address(template))
        upgrade(engine)
        with Store(engine).writing() as session:
            load_shipped(session)
        engine.dispose()
        return template

    def _prepare(self, backend: str, database: str, folder: Path) -> Template:
        empty = Template("demonstration", backend, database, folder / "var")
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("CHARTER_")},
            "CHARTER_DATABASE_URL": self._address(empty),
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


def load_sources(session: Session) -> None:
    """Load what the sources state of outcomes, and the actions of 2006, beside the charters that are there."""
    load_indicators(session, viewer=OPERATOR, file=shipped_indicators(), charter_ref="framework-2021")
    load_past_actions(session, viewer=OPERATOR)
