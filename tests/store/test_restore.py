"""Restoring: all of a backup or nothing of it, also of an older one, into whatever store there is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from charter import audit
from charter.backup import archive as archive_module
from charter.backup.kinds import Value
from charter.backup.restoring import opened_backup, restore, what_is_replaced
from charter.backup.tables import TableShape, rows
from charter.rules.access import OPERATOR
from db.engine import Store, open_engine
from db.errors import ConstraintViolatedError
from db.migrations.running import current_revision, newest_revision, upgrade
from db.models import StoreFact
from tests import factories
from tests.conftest import forget_settings
from tests.store.backing_up import (
    Place,
    all_rows,
    described,
    file,
    fill_every_table,
    log_findings,
    made,
    now_added,
    restored,
    writing_all_the_time,
)
from tests.store.contents import contents, counts

__all__ = ["file"]  # a fixture


@pytest.fixture
def two_places(store_url: str, empty_url: str, tmp_path: Path, settings_env: Path) -> Iterator[tuple[Place, Place]]:
    """Give a store, and a database in which there is nothing yet."""
    assert settings_env.is_dir()
    yield Place(store_url, tmp_path / "store"), Place(empty_url, tmp_path / "empty")
    forget_settings()


def test_nothing_of_the_store_is_made_otherwise_by_a_restore(site_store: Store, file: Path) -> None:
    """The rules of the database are laid aside for it, and stand as they stood."""
    made(file)
    before = described(site_store)
    restored(file)
    assert described(site_store) == before


def test_others_write_on_after_a_restore_in_the_midst_of_them(site_store: Store, file: Path) -> None:
    made(file)
    with writing_all_the_time(site_store) as written:
        restored(file)
        written.wait_for(2)
    assert log_findings(site_store) == []
    acts = [row[4] for row in all_rows(site_store)["audit_entry"]]
    # What was written before is gone from the store, and what came later stands after the restore.
    assert acts[0] == "store_restored"
    assert acts.count("group_added") == len(now_added(all_rows(site_store))) >= 2


# The second step makes the log's triggers: with them or without, a store is brought up to date alike.
@pytest.mark.parametrize(
    ("backend", "revision"), [("sqlite", "0001"), ("sqlite", "0002"), ("postgresql", "0001")], indirect=["backend"]
)
def test_an_older_backup_is_brought_up_to_date(
    two_places: tuple[Place, Place], file: Path, monkeypatch: pytest.MonkeyPatch, revision: str
) -> None:
    newer, empty = two_places
    upgrade(older := open_engine(empty.url), revision)
    older.dispose()
    with empty.opened(monkeypatch).writing() as session:
        session.add(StoreFact(name="demonstration", value="removed", set_at=factories.MOMENT))
        session.execute(
            sa.text("INSERT INTO ward (code, name, starts_on, made_up) VALUES ('W1', 'Old Town', :on, :no)"),
            {"on": factories.DAY.isoformat(), "no": False},
        )
        audit.record(session, OPERATOR, act="period_opened", subject="2020")
    assert made(file).manifest.revision == revision
    there = newer.opened(monkeypatch)
    restored(file)
    found = all_rows(there)
    assert ("demonstration", "removed", factories.MOMENT) in found["store_fact"]
    assert "Old Town" in found["ward"][0]
    assert [row[4] for row in found["audit_entry"]] == ["period_opened", "store_restored"]
    assert current_revision(there.engine) == newest_revision()
    assert log_findings(there) == []
    assert [path.name for path in newer.data_dir.rglob("*")] == ["audit-newest"]


def test_a_restore_makes_a_store_that_was_not_there(
    two_places: tuple[Place, Place], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, empty = two_places
    with here.opened(monkeypatch).writing() as session:
        factories.organisation(session, name="Kept")
    made(file)
    there = empty.opened(monkeypatch)
    with opened_backup(file, viewer=OPERATOR) as archive:
        assert {(one.table, one.now, one.then) for one in what_is_replaced(archive, viewer=OPERATOR)} == {
            ("organisation", 0, 1)
        }
        restore(archive, viewer=OPERATOR)
    assert counts(there)["organisation"] == 1


def test_a_restore_that_fails_half_way_changes_nothing(
    site_store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with site_store.writing() as session:
        fill_every_table(session)
    made(file)
    before, as_it_was = contents(site_store), described(site_store)

    def broken_off(*_: object, **__: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as patched:
        patched.setattr(audit, "record", broken_off)
        with pytest.raises(InterruptedError):
            restored(file)
    assert contents(site_store) == before
    assert described(site_store) == as_it_was
    assert log_findings(site_store) == []
    with site_store.writing() as session:
        factories.organisation(session)


def test_a_restore_that_stops_before_its_commit_leaves_a_log_that_is_clean(
    site_store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with site_store.writing() as session:
        fill_every_table(session)
    made(file)

    def commit(_: Session) -> None:
        raise InterruptedError

    with monkeypatch.context() as patched:
        patched.setattr(Session, "commit", commit)
        with pytest.raises(InterruptedError):
            restored(file)
    assert log_findings(site_store) == []
    restored(file)
    assert log_findings(site_store) == []


def test_a_backup_in_which_a_row_points_at_nothing_is_refused(
    site_store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with site_store.writing() as session:
        factories.organisation(session)

    def pointing(session: Session, shape: TableShape) -> Iterator[tuple[Value, ...]]:
        names = [column.name for column in shape.columns]
        for row in rows(session, shape):
            yield tuple(999 if name == "part_of_id" else value for name, value in zip(names, row, strict=True))

    with monkeypatch.context() as patched:
        patched.setattr(archive_module, "rows", pointing)
        made(file)
    before = contents(site_store)
    with pytest.raises(ConstraintViolatedError):
        restored(file)
    assert contents(site_store) == before
