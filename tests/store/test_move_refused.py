"""What is not moved, and how the command says so."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from charter.backup.moving import move
from charter.rules.access import PUBLIC
from charter.rules.refusals import NotAllowedError, RefusedError
from db.engine import Store, open_engine
from db.migrations.running import StoreNewerError, current_revision, newest_revision, upgrade
from db.models import Organisation
from tests import factories
from tests.conftest import forget_settings
from tests.postgresql import PostgresqlServer
from tests.store.backing_up import Place
from tests.store.contents import counts
from tests.store.moving import empty, here, moved, tables_of
from tests.store.test_commands import Run, run

__all__ = ["empty", "here", "run"]  # fixtures


def test_only_the_operator_may(empty: Place) -> None:
    with pytest.raises(NotAllowedError):
        move(to=empty.url, viewer=PUBLIC, told=lambda _: None)


def test_an_older_or_newer_store_is_not_moved(here: Store, empty: Place) -> None:
    with here.writing() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreNewerError):
        moved(empty.url)
    with here.writing() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '0004'"))
    with pytest.raises(RefusedError, match="`python -m charter init` brings it from migration 0004 to"):
        moved(empty.url)
    assert tables_of(empty.url) == []


def test_a_store_in_which_something_cannot_be_read_is_not_moved(here: Store, empty: Place) -> None:
    with here.writing() as session:
        factories.organisation(session)
        session.execute(sa.text("UPDATE organisation SET starts_on = 'yesterday'"))
    with pytest.raises(RefusedError, match="organisation holds what cannot be read"):
        moved(empty.url)
    assert tables_of(empty.url) == []


@pytest.mark.usefixtures("here")
def test_a_database_with_anything_in_it_is_refused(empty: Place) -> None:
    engine = open_engine(empty.url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE VIEW something AS SELECT 1 AS one")
    with pytest.raises(RefusedError, match="is no store of this program"):
        moved(empty.url)
    assert tables_of(empty.url) == ["something"]
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP VIEW something")
    upgrade(engine, "0004")
    with pytest.raises(RefusedError, match="it is a store at migration 0004"):
        moved(empty.url)
    assert current_revision(engine) == "0004"
    upgrade(engine)
    with Store(engine).writing() as session:
        factories.organisation(session)
    with pytest.raises(RefusedError, match="organisation has rows"):
        moved(empty.url)
    assert counts(Store(engine))["organisation"] == 1
    with Store(engine).writing() as session:
        session.execute(sa.delete(Organisation))
        session.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RefusedError, match="it is a store at migration 9999"):
        moved(empty.url)
    engine.dispose()


@pytest.mark.usefixtures("here")
def test_a_database_that_cannot_hold_all_letters_is_refused(empty: Place, postgresql_server: PostgresqlServer) -> None:
    name = "charter_of_few_letters"
    engine = sa.create_engine(postgresql_server.address("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    engine.dispose()
    try:
        with pytest.raises(RefusedError, match="keeps words as LATIN1"):
            moved(postgresql_server.address(name))
    finally:
        postgresql_server.drop(name)
    assert tables_of(empty.url) == []


def test_the_command_says_what_it_did_and_what_to_set(run: Run, here: Store, empty: Place) -> None:
    rows = sum(counts(here).values())
    done = run("move", "--to", empty.url)
    assert (done.code, done.error) == (0, "")
    for what in ("copied", "compared"):
        assert f"  {rows:,} of {rows:,} rows {what}, now at " in done.out
    assert f"\n{rows:,} rows of " in done.out
    assert "Now set CHARTER_DATABASE_URL to the address that you gave" in done.out
    assert "Something is in the database that --to names already" in run("move", "--to", empty.url).one_line


@pytest.mark.usefixtures("here")
def test_what_cannot_be_moved_is_told_in_one_line_without_the_password(
    run: Run, tmp_path: Path, settings_env: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(url: str) -> str:
        words = run("move", "--to", url).one_line
        assert "hunter2" not in words
        return words

    assert "this is not a database address" in told("hunter2")
    assert "must begin with sqlite" in told("mysql://me:hunter2@localhost/charter")
    assert "cannot be reached" in told(f"postgresql://me:hunter2@/nothing?host={tmp_path}")
    assert "name a file" in told("sqlite://")
    assert "names the database that the store is in already" in told(f"sqlite:///{settings_env / 'charter.db'}")
    (settings_env / "linked.db").symlink_to(settings_env / "charter.db")
    assert "names the database that the store is in already" in told(f"sqlite:///{settings_env / 'linked.db'}")
    (tmp_path / "letter.txt").write_text("hunter2, and more than a database would begin with", encoding="utf-8")
    assert "is none" in told(f"sqlite:///{tmp_path / 'letter.txt'}")
    monkeypatch.setenv("CHARTER_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    forget_settings()
    assert "There is no store yet" in told(f"sqlite:///{tmp_path / 'there.db'}")


def test_the_newest_migration_is_the_one_that_a_bare_database_gets(here: Store, empty: Place) -> None:
    moved(empty.url)
    engine = open_engine(empty.url)
    assert current_revision(engine) == newest_revision() == current_revision(here.engine)
    engine.dispose()
