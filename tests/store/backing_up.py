"""What the tests of backups share: sites with a store and a data folder each, and looks at what is in a store."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from charter import audit
from charter import store as store_module
from charter.audit_chain import verify_chain
from charter.backup.making import BackupMade, back_up
from charter.backup.restoring import opened_backup, restore
from charter.rules.access import OPERATOR
from db.engine import Store
from db.models import Organisation
from tests import factories
from tests.conftest import forget_settings, migrated
from tests.store.contents import LOG
from tests.store.files_held import files_held
from tests.store.refusals import refused
from tests.store.rows import ROWS

WAIT_SECONDS = 60
_PAIRS = [("sqlite", "sqlite"), ("postgresql", "postgresql"), ("sqlite", "postgresql"), ("postgresql", "sqlite")]
Rows = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True)
class Place:
    """A store of a site: where it is, and the data folder beside it."""

    url: str
    data_dir: Path

    def opened(self, monkeypatch: pytest.MonkeyPatch) -> Store:
        """Have the settings name this store, and give it."""
        monkeypatch.setenv("CHARTER_DATABASE_URL", self.url)
        monkeypatch.setenv("CHARTER_DATA_DIR", str(self.data_dir))
        forget_settings()
        return store_module.store()


@contextmanager
def place(backend: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    folder.mkdir()
    with migrated(backend, folder, request) as url:
        yield Place(url, folder / "var")


@pytest.fixture(params=_PAIRS, ids=" to ".join)
def pair(request: pytest.FixtureRequest, tmp_path: Path, settings_env: Path) -> Iterator[tuple[Place, Place]]:
    """Give two migrated stores: one that is backed up or moved, and one that it is restored into or moved to."""
    assert settings_env.is_dir()
    first, second = request.param
    with place(first, tmp_path / "first", request) as source, place(second, tmp_path / "second", request) as target:
        yield source, target
        forget_settings()


def all_rows(store: Store) -> Rows:
    """Give every row of every table, in the order of its key."""
    with store.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(sa.select(table).order_by(*table.primary_key))]
            for table in SQLModel.metadata.sorted_tables
        }


def fill_every_table(session: Session) -> None:
    for name, make in ROWS.items():
        if name not in LOG:
            make(session)
    for _ in range(6):  # more files than are in memory at a time
        ROWS["evidence_file"](session)
    # Rows that point at later ones, and at themselves, are put in as well.
    first, second = factories.organisation(session), factories.organisation(session)
    session.get_one(Organisation, first).part_of_id = second
    session.get_one(Organisation, second).successor_id = second
    factories.organisation(session, name='Grüße, =1+1, "<b>", \n\t’🌍')
    for number in range(3):
        audit.record(session, OPERATOR, act="period_opened", subject=f"202{number}", detail={"name": "Zoë"})


def restored(file: Path, password: str = "") -> int:
    with opened_backup(file, viewer=OPERATOR, password=password) as archive:
        return restore(archive, viewer=OPERATOR)


def made(file: Path, password: str = "", *, force: bool = False) -> BackupMade:
    return back_up(file, viewer=OPERATOR, password=password, force=force)


def log_findings(store: Store) -> list[str]:
    with store.reading() as session:
        return [str(finding) for finding in verify_chain(session, viewer=OPERATOR)[1]]


def breaks(store: Store, statement: sa.Update | sa.Delete) -> str:
    """Give the name of the rule that a statement breaks."""
    with files_held(store) as held:
        return refused(held, lambda session: session.execute(statement)).constraint


def numbered_again(store: Store) -> list[str]:
    """Name the tables in which PostgreSQL would give a new row a number that is taken; SQLite never does."""
    if store.engine.dialect.name == "sqlite":
        return []
    tables = [table for table in SQLModel.metadata.sorted_tables if "id" in table.columns]
    assert len(tables) > 40
    with store.reading() as session:
        largest = {table.name: session.execute(sa.select(sa.func.max(table.c.id))).scalar_one() for table in tables}
    with store.writing() as session:
        following = {
            name: session.execute(sa.text("SELECT nextval(pg_get_serial_sequence(:table, 'id'))"), {"table": name})
            for name in largest
        }
        return [name for name, number in following.items() if number.scalar_one() <= (largest[name] or 0)]


def described(store: Store) -> list[tuple[object, ...]]:
    listed = {
        "sqlite": ["SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"],
        "postgresql": [
            "SELECT conname, contype, condeferrable, condeferred, convalidated FROM pg_constraint ORDER BY oid",
            "SELECT tgname, tgenabled, tgdeferrable FROM pg_trigger WHERE NOT tgisinternal ORDER BY oid",
        ],
    }
    with store.reading() as session:
        return [
            tuple(row) for statement in listed[store.engine.dialect.name] for row in session.execute(sa.text(statement))
        ]


def now_added(found: Rows) -> list[tuple[object, ...]]:
    return [row for row in found["organisation"] if any(str(value).startswith("Written meanwhile") for value in row)]


class Written:
    """How often others wrote, and waiting for some more of it."""

    def __init__(self) -> None:
        self.times = 0
        self.changed = threading.Condition()

    def one_more(self) -> None:
        with self.changed:
            self.times += 1
            self.changed.notify_all()

    def wait_for(self, more: int) -> None:
        with self.changed:
            wanted = self.times + more
            assert self.changed.wait_for(lambda: self.times >= wanted, timeout=WAIT_SECONDS)


@contextmanager
def writing_all_the_time(store: Store) -> Iterator[Written]:
    """Have another thread add an organisation and its entry in the log, again and again."""
    written, stop = Written(), threading.Event()

    def write() -> None:
        while not stop.is_set():
            with store.writing() as session:
                factories.organisation(session, name=f"Written meanwhile {written.times}")
                audit.record(session, OPERATOR, act="group_added", subject="OWN")
            written.one_more()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        written.wait_for(2)
        yield written
    finally:
        stop.set()
        thread.join()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give the place of a backup, in a folder of its own."""
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder / "charter.backup"
