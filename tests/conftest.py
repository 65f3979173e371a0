"""What all tests share: stores of both databases, settings of a test's own, and the data to read when it is there.

Every test gets a store that nobody else has: a copy of a template that was migrated once. PostgreSQL is a real server,
started when the first test asks for it and stopped when the tests end. It and the templates are made once for all
processes that the tests run in.
"""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest

from charter import settings as settings_module
from charter import store as store_module
from db.engine import Store, open_engine
from db.migrations.running import upgrade
from tests.compiled import keep_compiled_statements
from tests.emptied import EmptiedStores
from tests.places import keep_in_memory, made_once, temporary_root
from tests.postgresql import PostgresqlServer, running_server
from tests.templates import Templates

BACKENDS = ("sqlite", "postgresql")
_MADE_BEFORE_IT_LOOKS = 20_000  # objects; Python's own number, 700, is for programs that are short of memory
SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"

# How long one example takes says nothing on a machine that is shared.
hypothesis.settings.register_profile("charter", deadline=None)
hypothesis.settings.load_profile("charter")


def pytest_configure() -> None:
    """Choose where the temporary folders go, before the first one is made, and what all stores of a process share."""
    keep_in_memory()
    keep_compiled_statements()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each process that the tests run in begin with some of the slow journeys, so that none is left with them all.

    The processes get equal shares in the order that is collected, and take from one another what is left at the end.
    What needs no template comes first, so that not all of them wait until one has made the demonstration.
    """
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    slow = [item for item in items if item.get_closest_marker("browser")]
    fast = [item for item in items if not item.get_closest_marker("browser")]
    waiting = {item.path for item in slow if "templates" in getattr(item, "fixturenames", ())}
    modules = sorted(dict.fromkeys(item.path for item in slow), key=lambda path: path in waiting)
    slow.sort(key=lambda item: modules.index(item.path))
    shares = [[item for item in slow if modules.index(item.path) % processes == number] for number in range(processes)]
    size = len(items) // processes
    ordered: list[pytest.Item] = []
    for share in shares:
        room = max(0, size - len(share))
        ordered += [*share, *fast[:room]]
        del fast[:room]
    items[:] = [*ordered, *fast]


def pytest_collection_finish() -> None:
    """Let Python look for what is no longer used among what the tests make, and not in all the modules each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MADE_BEFORE_IT_LOOKS)


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Name the database; a test that uses it, or a store, runs once for each."""
    return str(request.param)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """Give a migrated, empty store."""
    opened = Store(open_engine(store_url))
    yield opened
    opened.engine.dispose()


@pytest.fixture
def store_url(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of a migrated, empty store."""
    with migrated(backend, tmp_path, request) as url:
        yield url


@contextmanager
def migrated(backend: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of a migrated, empty store for as long as the scope lasts."""
    if backend == "sqlite":
        yield _sqlite_copy(request.getfixturevalue("sqlite_template"), folder / "store.db")
        return
    emptied: EmptiedStores = request.getfixturevalue("emptied_stores")
    with emptied.store() as url:
        yield url


@pytest.fixture
def empty_url(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of a database in which there is nothing yet."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    name = server.create()
    yield server.address(name)
    server.drop(name)


@pytest.fixture
def settings_env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_template: Path) -> Iterator[Path]:
    """Give settings of the test's own, with a migrated SQLite store, and return the data folder.

    The test runs in a folder of its own, so that a developer's `.env` is not read. After changing a variable,
    call `forget_settings()`.
    """
    for name in os.environ:
        if name.upper().startswith("CHARTER_") or name == "PORT":
            monkeypatch.delenv(name)
    folder = tmp_path / "var"
    folder.mkdir(mode=0o700)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHARTER_DATA_DIR", str(folder))
    monkeypatch.setenv("CHARTER_DATABASE_URL", _sqlite_copy(sqlite_template, folder / "charter.db"))
    forget_settings()
    yield folder
    forget_settings()


@pytest.fixture
def site_store(store_url: str, settings_env: Path, monkeypatch: pytest.MonkeyPatch) -> Store:  # noqa: ARG001
    """Give a migrated, empty store that the settings name, so that `charter.store` opens it too."""
    monkeypatch.setenv("CHARTER_DATABASE_URL", store_url)
    forget_settings()
    return store_module.store()


def forget_settings() -> None:
    """Forget the settings, the secret key and the opened stores, so that they are read anew."""
    opened = store_module._opened  # noqa: SLF001 - only a test may close a store that is in use
    if opened.cache_info().currsize:
        store_module.store().engine.dispose()
    opened.cache_clear()
    settings_module.secret_key.cache_clear()
    settings_module.settings.cache_clear()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Give the folder of public data that lies beside the repository; where it is not, the test is left out by name."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"{SHARED_DATA.relative_to(SHARED_DATA.parents[2])} is not on this machine")
    return SHARED_DATA


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder that all processes of this run of the tests share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def sqlite_template(shared_folder: Path) -> Path:
    """Give a migrated SQLite file, to be copied."""

    def make() -> str:
        path = shared_folder / "template.db"
        _migrate(f"sqlite:///{path}")
        return str(path)

    return Path(made_once(shared_folder, "sqlite-template", make))


@pytest.fixture(scope="session")
def postgresql_template(shared_folder: Path, postgresql_server: PostgresqlServer) -> str:
    """Give the name of a migrated PostgreSQL database, to be copied."""

    def make() -> str:
        name = postgresql_server.create()
        _migrate(postgresql_server.address(name))
        return name

    return made_once(shared_folder, "postgresql-template", make)


@pytest.fixture(scope="session")
def postgresql_server(shared_folder: Path, testrun_uid: str) -> Iterator[PostgresqlServer]:
    """Give the PostgreSQL server of this run of the tests, in a folder of its own right in the temporary folder.

    Never in another folder: run as root, the server's package opens the permissions of every folder above it.
    """
    folder = temporary_root() / f"charter-postgresql-{testrun_uid}"
    with running_server(folder, lock=shared_folder / "postgresql.lock") as server:
        yield server


@pytest.fixture(scope="session")
def emptied_stores(postgresql_server: PostgresqlServer, postgresql_template: str) -> Iterator[EmptiedStores]:
    """Give the PostgreSQL stores that this process of tests empties and hands on."""
    stores = EmptiedStores(postgresql_server, postgresql_template)
    yield stores
    stores.close()


@pytest.fixture(scope="session")
def templates(
    request: pytest.FixtureRequest, shared_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Templates:
    """Give the stores that are made once and copied."""
    return Templates(request, shared_folder, tmp_path_factory.mktemp("copies"))


def _migrate(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


def _sqlite_copy(template: Path, copy: Path) -> str:
    shutil.copyfile(template, copy)
    return f"sqlite:///{copy}"
