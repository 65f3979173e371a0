"""What the tests of screens share: a store with the demonstration, made once, and a store without anything."""

import functools
import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit import config as streamlit_config
from streamlit.components.v2 import manifest_scanner

from charter import store as store_module
from tests.conftest import forget_settings
from tests.templates import Templates


@pytest.fixture(scope="session", autouse=True)
def scanned_once() -> Iterator[None]:
    """Let a run under test look through the installed packages for components once, as a running site does.

    It reads scripts as `.streamlit/config.toml` says, too, which is not found from the folders that tests run in.
    """
    streamlit_config.set_option("runner.magicEnabled", False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            manifest_scanner, "scan_component_manifests", functools.cache(manifest_scanner.scan_component_manifests)
        )
        yield


@pytest.fixture(scope="module", autouse=True)
def nothing_old_collected() -> None:
    """Let the collection of garbage after each run leave out what was there before, as `app.py` does."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def demo(templates: Templates, settings_env: Path) -> Iterator[None]:
    """Let the settings name a copy of the demonstration."""
    store_module.store().engine.dispose()
    shutil.copyfile(templates.demonstration("sqlite").database, settings_env / "charter.db")
    forget_settings()
    st.cache_data.clear()
    yield
    st.cache_data.clear()


@pytest.fixture(scope="module")
def _kept_while_a_module_reads() -> Iterator[None]:
    """Let what the pages keep in memory last from one test that only reads to the next."""
    st.cache_data.clear()
    yield
    st.cache_data.clear()


@pytest.fixture
def demo_to_read(
    templates: Templates,
    settings_env: Path,  # noqa: ARG001 - the settings are the test's own, but for the store
    monkeypatch: pytest.MonkeyPatch,
    _kept_while_a_module_reads: None,
) -> None:
    """Let the settings name a copy of the demonstration that other tests read too: nothing in it may be changed."""
    monkeypatch.setenv("CHARTER_DATABASE_URL", templates.readable(templates.demonstration("sqlite")))
    forget_settings()


@pytest.fixture
def empty(settings_env: Path) -> Iterator[Path]:
    """Give a store without anything in it."""
    st.cache_data.clear()
    yield settings_env
    st.cache_data.clear()
