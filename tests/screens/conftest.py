"""What the tests of screens share: a store with the demonstration, made once, and a store without anything."""

import functools
import gc
import os
import posixpath
import shutil
from collections.abc import Iterator
from pathlib import Path

import bcrypt
import pytest
from streamlit import config as streamlit_config
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import app_test, local_script_runner

from charter import sign_in
from charter import store as store_module
from tests.conftest import forget_settings
from tests.screens.made_stores import MadeStores
from tests.screens.reader import Reader, memory
from tests.screens.self_assessment_site import ask_with_scale
from tests.store.asked_forms import AskedForm
from tests.store.closed_reviews import Closed, closed
from tests.templates import Templates


@pytest.fixture(scope="session", autouse=True)
def made_once() -> Iterator[None]:
    """Let a run under test make once what a running site makes once, and not anew in each run.

    That is the search of the installed packages for components, the compiled pages, the stand-in for the server, and
    where the pages' files lie, which are looked up some thirty times in each run.
    Scripts are read as `.streamlit/config.toml` says, too, which is not found from the folders that tests run in.
    """
    streamlit_config.set_option("runner.magicEnabled", False)
    with pytest.MonkeyPatch.context() as patch:
        for module, name in (
            (manifest_scanner, "scan_component_manifests"),
            (app_test, "ScriptCache"),
            (app_test, "MagicMock"),
        ):
            patch.setattr(module, name, functools.cache(getattr(module, name)))
        patch.setattr(local_script_runner, "require_widgets_deltas", _wait_until_it_has_run)
        patch.setattr(posixpath, "realpath", _realpath)
        yield


_PAGES = str(Path(__file__).parents[2] / "pages")
_look_up = posixpath.realpath
_page_at = functools.cache(_look_up)


def _realpath(path: str | os.PathLike[str], *, strict: bool = False) -> str:
    """Give where a path leads, a page's as it was found the first time."""
    return _page_at(os.fspath(path)) if os.fspath(path).startswith(_PAGES) else _look_up(path, strict=strict)


def _wait_until_it_has_run(runner: local_script_runner.LocalScriptRunner, timeout: float) -> None:
    """Sleep until the page's own thread is done. Streamlit's own way is to look a thousand times a second."""
    thread = runner._script_thread  # noqa: SLF001 - nothing public tells when it is done
    assert thread is not None
    thread.join(timeout)
    if thread.is_alive():
        runner.request_stop()
        runner.join()
        pytest.fail(f"The page was not drawn within {timeout} seconds.")


@pytest.fixture(scope="module", autouse=True)
def nothing_old_collected() -> None:
    """Let the collection of garbage after each run leave out what was there before, as `app.py` does."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Let the pages of each test find nothing in memory, as in a site that has just been started."""
    with memory({}):
        yield


@pytest.fixture
def demo(templates: Templates, settings_env: Path) -> None:
    """Let the settings name a copy of the demonstration."""
    store_module.store().engine.dispose()
    shutil.copyfile(templates.demonstration("sqlite").database, settings_env / "charter.db")
    forget_settings()


@pytest.fixture(scope="session")
def one_reader() -> Reader:
    """Give the one reader of this process. A test asks for `reader`, or for `demo_to_read`."""
    return Reader()


@pytest.fixture
def demo_to_read(
    templates: Templates,
    settings_env: Path,  # noqa: ARG001 - the settings are the test's own, but for the store
    monkeypatch: pytest.MonkeyPatch,
    one_reader: Reader,
) -> Iterator[None]:
    """Let the settings name a copy of the demonstration that other tests read too: nothing in it may be changed.

    What the pages keep in memory lasts from one test to the next, as it does in a running site.
    """
    monkeypatch.setenv("CHARTER_DATABASE_URL", templates.readable(templates.demonstration("sqlite")))
    forget_settings()
    with memory(one_reader.kept[""]):
        yield


@pytest.fixture
def reader(demo_to_read: None, one_reader: Reader) -> Reader:  # noqa: ARG001
    """Give somebody who reads the demonstration: each page is opened once for all tests that only read it."""
    return one_reader


@pytest.fixture
def empty(settings_env: Path) -> Path:
    """Give a store without anything in it."""
    return settings_env


@pytest.fixture(scope="session")
def made_stores(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> MadeStores:
    """Give the stores that many tests begin with."""
    return MadeStores(sqlite_template, tmp_path_factory.mktemp("made-stores"))


@pytest.fixture
def form(made_stores: MadeStores, settings_env: Path) -> AskedForm:
    """Let the settings name a store with the small open period of the store's tests, and with the scale."""
    return made_stores.lay(ask_with_scale, settings_env / "charter.db")


@pytest.fixture
def made(made_stores: MadeStores, settings_env: Path) -> Closed:
    """Let the settings name a store with a small review that has closed."""
    return made_stores.lay(closed, settings_env / "charter.db")


@pytest.fixture
def little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a password be kept and tried with the least work that bcrypt knows: a quarter of a second goes with each.

    How much work it is in truth, `test_password_work` holds.
    """
    monkeypatch.setattr(bcrypt, "gensalt", functools.partial(bcrypt.gensalt, rounds=4))
    monkeypatch.setattr(sign_in, "_NOBODYS_HASH", bcrypt.hashpw(b"thrown away", bcrypt.gensalt()).decode())
