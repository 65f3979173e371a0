"""The file of a backup: whole or not there, its owner's alone, and refused when it is not as it was made."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import col, select

from charter import store as store_module
from charter.backup.making import back_up
from charter.backup.restoring import opened_backup, restore, what_is_replaced
from charter.rules.access import OPERATOR, PUBLIC, Grant, Viewer
from charter.rules.refusals import NotAllowedError, NotFoundError, RefusedError
from charter.week import BACKUP_FACT
from db.engine import Store
from db.models import AuditEntry, StoreFact
from db.types import Role
from tests.store.backing_up import Place, all_rows, file, made, restored
from tests.store.contents import counts
from tests.store.databases import one_database

__all__ = ["file"]  # a fixture


def test_the_last_backup_is_a_fact_and_an_entry_of_the_log(site_store: Store, file: Path) -> None:
    backup = made(file)
    assert backup.log_is_whole
    with site_store.reading() as session:
        fact = session.get_one(StoreFact, BACKUP_FACT)
        (entry,) = session.exec(select(AuditEntry).order_by(col(AuditEntry.number)))
        assert fact.value == f"{backup.sha256} charter.backup"
        assert fact.set_at >= backup.manifest.made_at
        assert (entry.act, entry.subject, entry.actor) == ("backup_made", "store", "operator")


@one_database
def test_a_backup_is_its_owners_alone_and_nothing_else_is_left(site_store: Store, file: Path) -> None:
    assert site_store is store_module.store()
    made(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@one_database
def test_a_disk_that_is_full_leaves_no_half_backup_and_the_earlier_one(
    site_store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(file)
    earlier, fact = file.read_bytes(), all_rows(site_store)["store_fact"]

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            made(file, force=True)
    assert file.read_bytes() == earlier
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert all_rows(site_store)["store_fact"] == fact


@one_database
@pytest.mark.usefixtures("site_store")
def test_an_earlier_backup_is_replaced_only_when_forced(file: Path) -> None:
    first = made(file)
    earlier = file.read_bytes()
    with pytest.raises(RefusedError, match="is there already"):
        made(file)
    assert file.read_bytes() == earlier
    assert made(file, force=True).sha256 != first.sha256
    assert restored(file) > 0


@one_database
def test_no_other_file_is_replaced_by_force(site_store: Store, file: Path) -> None:
    others = [Path(str(site_store.engine.url.database)), file.parent]
    for other in others:
        with pytest.raises(RefusedError, match="is no backup"):
            made(other, force=True)
    assert counts(site_store)["store_fact"] == 0
    with pytest.raises(NotFoundError, match="There is no folder"):
        made(file.parent / "none" / "a.backup")


@one_database
def test_a_store_that_was_not_made_yet_has_no_backup(
    empty_url: str, settings_env: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Place(empty_url, settings_env).opened(monkeypatch)
    with pytest.raises(NotFoundError, match="There is no store yet"):
        made(file)
    assert list(file.parent.iterdir()) == []


@one_database
@pytest.mark.usefixtures("site_store")
@pytest.mark.parametrize(
    "viewer", [PUBLIC, Viewer(grants=frozenset(Grant(role) for role in Role))], ids=["anyone", "all"]
)
def test_only_the_operator_makes_opens_and_restores_backups(file: Path, viewer: Viewer) -> None:
    made(file)
    with opened_backup(file, viewer=OPERATOR) as archive:
        acts: list[Callable[[], object]] = [
            lambda: back_up(file.with_name("b"), viewer=viewer),
            lambda: opened_backup(file, viewer=viewer).__enter__(),
            lambda: what_is_replaced(archive, viewer=viewer),
            lambda: restore(archive, viewer=viewer),
        ]
        for act in acts:
            with pytest.raises(NotAllowedError):
                act()
    assert [path.name for path in file.parent.iterdir()] == [file.name]
