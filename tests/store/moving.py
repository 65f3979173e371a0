"""What the tests of moving a store share: where it is moved from, and an empty database to move it to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from charter import store as store_module
from charter.backup.moving import Moved, move
from charter.rules.access import OPERATOR
from db.engine import Store, open_engine
from tests.conftest import forget_settings
from tests.postgresql import PostgresqlServer
from tests.store.backing_up import Place, fill_every_table


@pytest.fixture
def empty(postgresql_server: PostgresqlServer, settings_env: Path) -> Iterator[Place]:
    """Give an empty PostgreSQL database."""
    name = postgresql_server.create()
    yield Place(postgresql_server.address(name), settings_env)
    forget_settings()
    postgresql_server.drop(name)


@pytest.fixture
def here(settings_env: Path) -> Store:
    """Give a store in SQLite that the settings name, with a row of every table."""
    assert settings_env.is_dir()
    opened = store_module.store()
    with opened.writing() as session:
        fill_every_table(session)
    return opened


def moved(url: str) -> Moved:
    return move(to=url, viewer=OPERATOR, told=lambda _: None)


def opened(url: str) -> Store:
    return Store(open_engine(url))


def tables_of(url: str) -> list[str]:
    """Name all that is in a database."""
    engine = open_engine(url)
    found = sa.inspect(engine)
    names = [*found.get_table_names(), *found.get_view_names(), *found.get_sequence_names()]
    engine.dispose()
    return names
