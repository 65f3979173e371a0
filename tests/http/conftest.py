"""One running server for all tests of this folder, with a store that they fill."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from charter import settings as settings_module
from db.engine import Store, open_engine
from tests.conftest import forget_settings
from tests.http.serving import Server, serving
from tests.second_door import open_door
from tests.signed_statements import Liar, lying
from tests.templates import Templates


@dataclass(frozen=True)
class Site:
    """The running server, and the store behind it."""

    server: Server
    store: Store
    folder: Path

    @property
    def address(self) -> str:
        return self.server.address

    def client(self) -> httpx.Client:
        """Give a browser's stand-in with cookies of its own, which follows no redirect by itself."""
        return httpx.Client(base_url=self.address, timeout=20)


@pytest.fixture(scope="session", autouse=True)
def certificates_read_once() -> Iterator[None]:
    """Let httpx read the certificates of the world once, and not for each request.

    Our own servers have none, and reading them takes twenty times as long as a request.
    """
    with pytest.MonkeyPatch.context() as patch:
        once = functools.cache(httpx.create_ssl_context)
        patch.setattr("httpx._transports.default.create_ssl_context", once)
        yield


@pytest.fixture(scope="session")
def running_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give the running server."""
    folder = tmp_path_factory.mktemp("site")
    with serving(folder, {}) as server:
        store = Store(open_engine(f"sqlite:///{folder / 'var' / 'charter.db'}"))
        yield Site(server, store, folder)
        store.engine.dispose()


@pytest.fixture
def site(running_site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Site]:
    """Give the running server, while this process has its settings: what a test makes, the server knows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHARTER_DATA_DIR", str(running_site.folder / "var"))
    monkeypatch.setenv("CHARTER_DEMONSTRATION", "0")
    monkeypatch.delenv("CHARTER_DATABASE_URL", raising=False)
    forget_settings()
    assert settings_module.settings().data_dir == running_site.folder / "var"
    yield running_site
    forget_settings()


@pytest.fixture
def demonstration_behind(
    templates: Templates, settings_env: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Lay a copy of the demonstration behind the routes."""
    del settings_env
    with templates.copy(templates.demonstration("sqlite"), tmp_path) as url:
        monkeypatch.setenv("CHARTER_DATABASE_URL", url)
        forget_settings()
        yield


@pytest.fixture(scope="session")
def running_liar() -> Iterator[Liar]:
    """Give a directory that says what a test wants."""
    with lying() as liar:
        yield liar


@pytest.fixture
def liar(running_liar: Liar, settings_env: Path, monkeypatch: pytest.MonkeyPatch) -> Liar:
    """Let the settings name it."""
    assert settings_env.is_dir()
    running_liar.answers.clear()
    running_liar.handed_in = {}
    open_door(monkeypatch, running_liar.issuer)
    return running_liar
