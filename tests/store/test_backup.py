"""The drill: everything of one moment comes back, on either database, while others write."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from charter import audit
from charter import store as store_module
from charter.backup import archive as archive_module
from charter.backup.kinds import Value
from charter.backup.tables import TableShape, rows
from charter.rules.access import OPERATOR
from charter.verify import verify
from db.engine import Store
from db.models import AuditEntry, Organisation
from tests import factories
from tests.store.backing_up import (
    Place,
    Written,
    all_rows,
    breaks,
    file,
    fill_every_table,
    log_findings,
    made,
    now_added,
    numbered_again,
    pair,
    restored,
    writing_all_the_time,
)
from tests.store.laid import laid
from tests.store.published_years import publishing

__all__ = ["file", "pair"]  # fixtures


def test_every_row_of_every_table_comes_back_on_either_database(
    pair: tuple[Place, Place], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = pair
    with source.opened(monkeypatch).writing() as session:
        fill_every_table(session)
    before = all_rows(store_module.store())
    assert all(before.values())
    assert made(file).manifest.rows == sum(len(found) for found in before.values())

    there = target.opened(monkeypatch)
    with there.writing() as session:
        for _ in range(12):
            factories.organisation(session)
        audit.record(session, OPERATOR, act="organisation_added", subject="OWN-1")
    assert restored(file) == sum(len(found) for found in before.values())
    after = all_rows(there)
    assert after["audit_entry"].pop()[4] == "store_restored"
    after["audit_detail"].pop()
    assert after == before
    assert log_findings(there) == []
    require_rules(there)


def require_rules(there: Store) -> None:
    """Require that the log only grows, that no row points at nothing, and that new rows get numbers of their own."""
    statements = sa.update(AuditEntry).values(act="nothing"), sa.delete(AuditEntry)
    for statement in statements:
        assert breaks(there, statement) == "audit_entry_only_grows"
    pointing_at_nothing = sa.update(Organisation).values(part_of_id=999_999)
    assert breaks(there, pointing_at_nothing) in {"foreign_key", "fk_organisation_part_of_id"}
    with there.writing() as session:
        largest = session.exec(select(sa.func.max(Organisation.id))).one()
        assert factories.organisation(session) > (largest or 0)
    assert numbered_again(there) == []


def test_a_backup_while_others_write_holds_one_moment_and_is_clean(
    pair: tuple[Place, Place], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = pair
    here = source.opened(monkeypatch)
    laid(here, publishing(2025))
    with writing_all_the_time(here) as written:
        wait_in_the_middle(monkeypatch, written)
        made(file)
    then = all_rows(here)

    there = target.opened(monkeypatch)
    restored(file)
    now = all_rows(there)
    assert now["audit_entry"].pop()[4] == "store_restored"
    now["audit_detail"].pop()
    assert {name: found[: len(now[name])] for name, found in then.items()} == now
    # Each of the others' transactions added one of both, so a backup of one moment has as many.
    assert len(added := now_added(now)) == len([row for row in now["audit_entry"] if row[4] == "group_added"])
    assert 0 < len(added) < len(now_added(then))
    assert log_findings(there) == []
    with there.reading() as session:
        compared, differences = verify(session, viewer=OPERATOR)
    assert compared > 0
    assert differences == ()


def wait_in_the_middle(monkeypatch: pytest.MonkeyPatch, written: Written) -> None:
    """Have others write while the backup is at its first table, before it reads those that they write to."""
    first: list[str] = []

    def slow(session: Session, shape: TableShape) -> Iterator[tuple[Value, ...]]:
        if not first:
            first.append(shape.name)
            written.wait_for(3)
        return rows(session, shape)

    monkeypatch.setattr(archive_module, "rows", slow)
