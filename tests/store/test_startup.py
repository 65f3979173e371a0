"""Starting: a new store is made ready, a ready one is not touched, and nothing made up comes unasked."""

import re
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import bcrypt
import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from charter import startup
from charter.demonstration.making import FACT
from charter.made_up import holds_made_up
from charter.rules.access import Viewer
from charter.rules.refusals import RefusedError
from charter.store import store as opened_store
from db.engine import Store
from db.locks import one_start_at_a_time
from db.migrations.running import StoreNewerError
from db.models import Account, Charter, Organisation, StoreFact
from tests import factories
from tests.conftest import forget_settings
from tests.store.contents import contents, counts
from tests.store.databases import one_database

ACCOUNTS = "demonstration-accounts.txt"
MADE_UP_TABLES = ("period", "self_assessment", "answer", "release", "account", "invitation")


@pytest.fixture
def named_store(charters_store: Store, settings_env: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Give a store with the shipped charters that the settings name."""
    del settings_env
    address = charters_store.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("CHARTER_DATABASE_URL", address)
    forget_settings()
    return opened_store()


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let the demonstration be two lines and no rows, and count how often it is made."""
    made: list[int] = []

    def make(session: Session, *, viewer: Viewer, seed: int = 0) -> tuple[str, ...]:
        assert viewer.operator
        session.merge(StoreFact(name=FACT, value="loaded", set_at=factories.MOMENT))
        made.append(seed)
        return ("someone@demonstration.example  secret", "http://localhost/link/token")

    monkeypatch.setattr(startup, "make_demonstration", make)
    return made


def without_demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTER_DEMONSTRATION", "0")
    forget_settings()


def test_a_new_store_gets_the_charters_once(
    empty_url: str, settings_env: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHARTER_DATABASE_URL", empty_url)
    forget_settings()
    assert startup.initialise() == 3
    assert counts(opened_store())["commitment"] == 40
    assert startup.initialise() == 0
    assert not (settings_env / ACCOUNTS).exists()


def test_a_second_start_changes_no_data(demo_store: Store, settings_env: Path) -> None:
    before, told = contents(demo_store), (settings_env / ACCOUNTS).read_bytes()
    startup.prepare_store()
    assert contents(demo_store) == before
    assert (settings_env / ACCOUNTS).read_bytes() == told


@one_database
def test_a_charter_that_the_store_holds_is_not_written_over(named_store: Store, played: list[int]) -> None:
    with named_store.writing() as session:
        session.exec(select(Charter).where(Charter.ref == "framework-2021")).one().title = "Said otherwise here"
    startup.prepare_store()
    with named_store.reading() as session:
        assert "Said otherwise here" in session.exec(select(Charter.title)).all()
    assert len(played) == 1


@one_database
def test_without_the_demonstration_nothing_made_up_is_loaded(
    named_store: Store, monkeypatch: pytest.MonkeyPatch, settings_env: Path
) -> None:
    without_demonstration(monkeypatch)
    startup.prepare_store()
    with pytest.raises(RefusedError, match="CHARTER_DEMONSTRATION is 0"):
        startup.add_demonstration()
    with named_store.reading() as session:
        assert not holds_made_up(session)
    assert all(counts(named_store)[table] == 0 for table in MADE_UP_TABLES)
    assert not (settings_env / ACCOUNTS).exists()


@one_database
@pytest.mark.usefixtures("named_store")
def test_the_accounts_are_told_only_while_they_can_be_used(played: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    assert startup.demonstration_accounts() == ()
    startup.prepare_store()
    assert startup.demonstration_accounts() == (
        "someone@demonstration.example  secret",
        "http://localhost/link/token",
    )
    without_demonstration(monkeypatch)
    assert startup.demonstration_accounts() == ()
    assert len(played) == 1


@one_database
@pytest.mark.parametrize("made_up", [True, False])
def test_a_store_with_a_period_gets_no_demonstration_by_itself(
    named_store: Store, played: list[int], made_up: bool
) -> None:
    with named_store.writing() as session:
        charter = session.exec(select(Charter.id).where(Charter.ref == "framework-2021")).one()
        factories.period(session, charter_id=charter, made_up=made_up)
    startup.prepare_store()
    assert played == []


@one_database
@pytest.mark.parametrize("add", [factories.organisation, factories.account])
def test_a_store_with_groups_or_accounts_gets_no_demonstration_by_itself(
    named_store: Store, played: list[int], add: Callable[[Session], int]
) -> None:
    with named_store.writing() as session:
        add(session)
    startup.prepare_store()
    assert played == []


@one_database
@pytest.mark.usefixtures("named_store")
def test_who_starts_second_waits_until_the_first_is_done(played: list[int]) -> None:
    with ThreadPoolExecutor(1) as pool:
        with one_start_at_a_time(opened_store().engine):
            second = pool.submit(startup.prepare_store)
            with pytest.raises(TimeoutError):
                second.result(timeout=0.3)
            assert played == []
        second.result(timeout=60)
    assert len(played) == 1


def test_a_demonstration_that_was_removed_stays_away_until_it_is_asked_for(
    demo_store: Store, settings_env: Path, played: list[int]
) -> None:
    assert startup.take_demonstration_away() == 353
    assert not (settings_env / ACCOUNTS).exists()
    startup.prepare_store()
    assert played == []
    with demo_store.reading() as session:
        assert not holds_made_up(session)
        assert session.get_one(StoreFact, FACT).value == "removed"
    startup.add_demonstration(seed=7)
    assert played == [7]
    assert (settings_env / ACCOUNTS).exists()


@one_database
@pytest.mark.usefixtures("named_store", "played")
def test_the_accounts_file_is_its_owners_alone_even_where_one_lay_open(settings_env: Path) -> None:
    path = settings_env / ACCOUNTS
    path.write_text("an older one", encoding="utf-8")
    path.chmod(0o644)
    startup.prepare_store()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "an older one" not in path.read_text(encoding="utf-8")


@one_database
@pytest.mark.usefixtures("named_store")
def test_accounts_are_not_told_of_a_demonstration_that_failed(
    settings_env: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(session: Session, **_: object) -> tuple[str, ...]:
        factories.organisation(session, made_up=True)
        raise InterruptedError

    monkeypatch.setattr(startup, "make_demonstration", fail)
    with pytest.raises(InterruptedError):
        startup.prepare_store()
    assert not (settings_env / ACCOUNTS).exists()
    with opened_store().reading() as session:
        assert session.exec(select(Organisation.ref).where(col(Organisation.made_up))).all() == []


def test_passwords_and_links_are_told_and_kept_nowhere_in_the_store(demo_store: Store, settings_env: Path) -> None:
    told = (settings_env / ACCOUNTS).read_text(encoding="utf-8")
    assert stat.S_IMODE((settings_env / ACCOUNTS).stat().st_mode) == 0o600
    passwords = dict(re.findall(r"^(\S+@\S+) +(\S+) ", told, re.MULTILINE))
    (token,) = re.findall(r"/link/(\S+)", told)
    assert len(passwords) == 7
    with demo_store.reading() as session:
        hashes = {row.email: row.password_hash or "" for row in session.exec(select(Account))}
        everything = "\n".join(
            repr(tuple(row)) for table in SQLModel.metadata.sorted_tables for row in session.execute(sa.select(table))
        )
    assert set(hashes) == set(passwords)
    # All share one password and its hash, and to check it takes long.
    for password, hashed in {(password, hashes[email]) for email, password in passwords.items()}:
        assert bcrypt.checkpw(password.encode(), hashed.encode())
        assert password not in everything
    assert token not in everything
    *accounts, link = told.splitlines()
    assert link.startswith("/link/")
    assert startup.demonstration_accounts() == (*accounts, f"http://localhost:8501{link}")


@one_database
def test_a_store_of_a_newer_version_is_not_touched(named_store: Store) -> None:
    with named_store.writing() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    before = contents(named_store)
    with pytest.raises(StoreNewerError, match="9999"):
        startup.prepare_store()
    assert contents(named_store) == before
