"""What the store's tests share."""

import functools
import shutil
from collections.abc import Iterator
from pathlib import Path

import bcrypt
import pytest

from charter import store as store_module
from db.engine import Store, open_engine
from tests.conftest import BACKENDS, forget_settings, migrated
from tests.mail_server import MailServerHere, mail_server
from tests.store.refusals import FilledStore
from tests.store.rows import ROWS
from tests.templates import Template, Templates


@pytest.fixture(scope="module", autouse=True)
def little_work() -> Iterator[None]:
    """Let a password be hashed with the least work that bcrypt knows: on the site it takes a quarter of a second.

    How much work it is in truth, `tests/screens/test_password_work.py` holds.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bcrypt, "gensalt", functools.partial(bcrypt.gensalt, rounds=4))
        yield


@pytest.fixture(scope="module", params=BACKENDS)
def filled_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FilledStore]:
    """Give a store with a row of every table to all tests of a module, each of which leaves it as it was."""
    with migrated(request.param, tmp_path_factory.mktemp("filled"), request) as url:
        opened = Store(open_engine(url))
        with opened.writing() as session:
            keys = {table: make(session) for table, make in ROWS.items() if table != "audit_entry"}
        yield FilledStore(opened, {**keys, "audit_entry": keys["audit_detail"]})  # an entry comes with its detail
        opened.engine.dispose()


@pytest.fixture
def charters_store(backend: str, templates: Templates, tmp_path: Path) -> Iterator[Store]:
    """Give a store with the shipped charters in it, and nothing else."""
    with templates.copy(templates.charters(backend), tmp_path) as url:
        opened = Store(open_engine(url))
        yield opened
        opened.engine.dispose()


@pytest.fixture
def demonstration(backend: str, templates: Templates) -> Template:
    """Give the demonstration as it was made."""
    return templates.demonstration(backend)


@pytest.fixture
def demo_read(demonstration: Template, templates: Templates) -> Iterator[Store]:
    """Give the demonstration, to be read and not written."""
    opened = Store(open_engine(templates.readable(demonstration)))
    yield opened
    opened.engine.dispose()


@pytest.fixture
def demo_store(
    demonstration: Template,
    templates: Templates,
    tmp_path: Path,
    settings_env: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Store]:
    """Give a copy of the demonstration that the settings name, with the files that lie beside it."""
    shutil.copytree(demonstration.data_dir, settings_env, dirs_exist_ok=True)
    with templates.copy(demonstration, tmp_path) as url:
        monkeypatch.setenv("CHARTER_DATABASE_URL", url)
        forget_settings()
        yield store_module.store()
        store_module.store().engine.dispose()


@pytest.fixture
def mailbox(site_store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServerHere]:
    """Give a real mail server that the settings name, beside an empty store."""
    assert site_store is store_module.store()
    with mail_server() as server:
        monkeypatch.setenv("CHARTER_SMTP_URL", server.url)
        monkeypatch.setenv("CHARTER_MAIL_FROM", "review@charter.example")
        monkeypatch.setenv("CHARTER_ADDRESS", "https://charter.example")
        forget_settings()
        yield server
