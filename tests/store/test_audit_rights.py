"""The audit log by permission: without its triggers too, what the site's own connections may do is to add to it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy import Delete
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, delete

from charter import audit, clock
from charter.audit_chain import verify_chain
from charter.backup.moving import move
from charter.retention.audit_log import expire_entries
from charter.retention.rules import RULES, What
from charter.rules.access import OPERATOR
from charter.store import reading, writing
from db.engine import Store
from db.migrations.running import upgrade
from db.models import AuditDetail, AuditEntry
from tests.conftest import forget_settings
from tests.store.backing_up import Place, made, restored
from tests.store.files_held import TRIGGERS, without_triggers

KEPT = RULES[What.AUDIT_ENTRIES].kept
FORBIDDEN = {
    "an entry changed": "UPDATE audit_entry SET act = 'nothing_done'",
    "an entry numbered anew": "UPDATE audit_entry SET number = number + 100",
    "an entry removed": "DELETE FROM audit_entry WHERE number = 2",
    "all entries removed": "DELETE FROM audit_entry",
    "a detail changed": "UPDATE audit_detail SET detail = '{}'",
}
ON_POSTGRESQL = {"the log emptied": "TRUNCATE audit_entry", "the details emptied": "TRUNCATE audit_detail"}
ON_SQLITE = {statement: statement for statement in (*TRIGGERS["sqlite"][:2], "DROP TABLE audit_entry")}


@pytest.fixture
def site(
    backend: str, tmp_path: Path, settings_env: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """Give a site's store with a log. On PostgreSQL it comes as a role that owns its database, and nothing more."""
    if backend == "sqlite":
        yield laid(Place(f"sqlite:///{tmp_path / 'site.db'}", settings_env), monkeypatch)
        return
    with request.getfixturevalue("postgresql_server").of_a_role() as url:
        yield laid(Place(url, settings_env), monkeypatch)
        forget_settings()


def laid(place: Place, monkeypatch: pytest.MonkeyPatch) -> Store:
    store = place.opened(monkeypatch)
    upgrade(store.engine)
    for age in (100, 99, 98):
        with time_machine.travel(clock.now() - KEPT - timedelta(days=age), tick=False), writing() as session:
            audit.record(session, OPERATOR, act="period_opened", subject="period 2019", detail={"place": "here"})
    with writing() as session:
        audit.record(session, OPERATOR, act="period_opened", subject="period 2026")
    return store


def allowed(store: Store) -> list[str]:
    """Name what the site could do to the log, were its triggers not there. All of it is undone."""
    tried = {**FORBIDDEN, **(ON_POSTGRESQL if store.engine.dialect.name == "postgresql" else ON_SQLITE)}
    return [what for what, statement in tried.items() if not forbidden(store, statement)]


def forbidden(store: Store, statement: str) -> bool:
    with store.writing() as session:
        try:
            if store.engine.dialect.name == "postgresql":
                # Whoever owns a table may drop its triggers; the right is asked for first, but a test must not lean
                # on that.
                for trigger in TRIGGERS["postgresql"]:
                    session.execute(sa.text(trigger))
            session.execute(sa.text(statement))
        except DBAPIError as error:
            return any(words in str(error.orig) for words in ("permission denied", "not authorized"))
        finally:
            session.rollback()
    return False


def test_without_its_triggers_the_log_is_still_only_added_to(site: Store) -> None:
    if site.engine.dialect.name == "sqlite":
        without_triggers(site)
    assert allowed(site) == []
    with writing() as session:
        audit.record(session, OPERATOR, act="period_closed", subject="period 2026")
        session.execute(delete(AuditDetail).where(col(AuditDetail.number) == 1))
    with reading() as session:
        assert verify_chain(session, viewer=OPERATOR) == (5, ())


def test_what_expires_and_what_is_restored_takes_the_right_and_gives_it_back(site: Store, tmp_path: Path) -> None:
    made(tmp_path / "one.backup")
    assert expire_entries(before=clock.now() - KEPT) == 2
    assert allowed(site) == []
    restored(tmp_path / "one.backup")
    assert allowed(site) == []
    with reading() as session:
        assert verify_chain(session, viewer=OPERATOR) == (5, ())


def test_a_removal_that_fails_gives_the_right_back(site: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_off(table: type[AuditDetail | AuditEntry]) -> Delete:
        if table is AuditEntry:
            raise InterruptedError
        return delete(table)

    with monkeypatch.context() as patched:
        patched.setattr("charter.retention.audit_log.delete", broken_off)
        with pytest.raises(InterruptedError):
            expire_entries(before=clock.now() - KEPT)
    assert allowed(site) == []


def test_a_store_that_was_moved_and_one_that_was_moved_to_have_the_right_taken(
    site: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings_env: Path
) -> None:
    there = Place(f"sqlite:///{tmp_path / 'there.db'}", settings_env)
    move(to=there.url, viewer=OPERATOR, told=lambda _: None)
    assert allowed(site) == []
    assert allowed(there.opened(monkeypatch)) == []
