"""What the tests of screens share: a store with the demonstration, made once, and a store without anything."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from charter import store as store_module
from charter.demonstration.making import make_demonstration
from charter.rules.access import OPERATOR
from db.engine import Store, open_engine
from tests.conftest import forget_settings
from tests.templates import load_shipped


@pytest.fixture(scope="session")
def published(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store with the demonstration once, to be copied."""
    path = Path(shutil.copyfile(sqlite_template, tmp_path_factory.mktemp("published") / "store.db"))
    opened = Store(open_engine(f"sqlite:///{path}"))
    with opened.writing() as session:
        load_shipped(session)
        make_demonstration(session, viewer=OPERATOR)
    opened.engine.dispose()
    return path


@pytest.fixture
def demo(published: Path, settings_env: Path) -> Iterator[None]:
    """Let the settings name a copy of the demonstration."""
    store_module.store().engine.dispose()
    shutil.copyfile(published, settings_env / "charter.db")
    forget_settings()
    st.cache_data.clear()
    yield
    st.cache_data.clear()


@pytest.fixture
def empty(settings_env: Path) -> Iterator[Path]:
    """Give a store without anything in it."""
    st.cache_data.clear()
    yield settings_env
    st.cache_data.clear()
