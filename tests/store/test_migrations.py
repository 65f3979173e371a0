"""Migrations: up, down and up again on both databases, by several servers at once, and never with a loss."""

import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Inspector, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import SQLModel

from db.engine import Store, open_engine
from db.migrations import running
from db.migrations.running import (
    StoreBrokenError,
    StoreNewerError,
    current_revision,
    downgrade,
    newest_revision,
    upgrade,
)
from db.models import CommitmentVersion, Organisation, Strand
from tests import factories

ROOT = Path(__file__).parents[2]
Step = Callable[[str], None]
TRIGGERS = {
    "sqlite": {
        "audit_detail_not_changed",
        "audit_entry_digest_not_replaced",
        "audit_entry_not_changed",
        "audit_entry_not_removed",
        "audit_entry_number_not_replaced",
    },
    "postgresql": {"audit_detail_not_changed", "audit_entry_not_removed", "audit_entry_only_grows"},
}
# On PostgreSQL, one trigger kept entries from being changed and from being removed.
ADDED = {"0007": {"audit_entry_not_removed"}}


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    """Give a database in which there is nothing yet."""
    opened = open_engine(empty_url)
    yield opened
    opened.dispose()


def revisions() -> list[str]:
    """List the migrations, the first one first."""
    scripts = ScriptDirectory(str(Path(running.__file__).parent)).walk_revisions()
    return [script.revision for script in scripts][::-1]


def triggers(engine: Engine) -> set[str]:
    listed = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with engine.connect() as connection:
        return set(connection.scalars(text(listed[engine.dialect.name])))


def expected_triggers(engine: Engine, revision: str) -> set[str]:
    """Give the triggers that a store of a revision has."""
    if revision < "0002":
        return set()
    newer = {name for added, names in ADDED.items() if added > revision for name in names}
    return TRIGGERS[engine.dialect.name] - (newer if engine.dialect.name == "postgresql" else set())


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def shape(engine: Engine) -> dict[str, Any]:
    """Describe every table as the database itself sees it, checks included."""
    seen = inspect(engine)
    return {table: described(seen, table) for table in sorted(seen.get_table_names()) if table != "alembic_version"}


def described(seen: Inspector, table: str) -> dict[str, Any]:
    return {
        "columns": {c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in seen.get_columns(table)},
        "primary key": seen.get_pk_constraint(table)["constrained_columns"],
        "checks": {str(c["name"]): c["sqltext"] for c in seen.get_check_constraints(table)},
        "uniques": {str(c["name"]): c["column_names"] for c in seen.get_unique_constraints(table)},
        "references": {str(c["name"]): (c["referred_table"], c["options"]) for c in seen.get_foreign_keys(table)},
        "indexes": {str(i["name"]): (i["column_names"], i["unique"]) for i in seen.get_indexes(table)},
    }


def test_every_step_goes_down_as_it_came_up_and_all_of_them_up_again(engine: Engine) -> None:
    """On SQLite, changing a table copies it and leaves its triggers behind, without a word."""
    assert current_revision(engine) is None
    shapes: list[tuple[str, dict[str, Any], set[str]]] = [("base", {}, set())]
    for revision in revisions():
        upgrade(engine, revision)
        shapes.append((revision, shape(engine), triggers(engine)))
        assert triggers(engine) == expected_triggers(engine, revision)
    for revision, before, had in shapes[-2::-1]:
        downgrade(engine, revision)
        assert (shape(engine), triggers(engine)) == (before, had)
    assert current_revision(engine) is None
    assert tables(engine) == set()
    upgrade(engine)
    assert current_revision(engine) == newest_revision() == revisions()[-1]
    assert (shape(engine), triggers(engine)) == shapes[-1][1:]


def test_a_store_goes_down_to_nothing_at_once(store: Store) -> None:
    downgrade(store.engine, "base")
    assert current_revision(store.engine) is None
    assert tables(store.engine) == set()
    assert triggers(store.engine) == set()


def test_a_second_upgrade_changes_nothing(store: Store) -> None:
    with store.writing() as session:
        key = factories.organisation(session, name="Kept")
    upgrade(store.engine)
    with store.reading() as session:
        assert session.get_one(Organisation, key).name == "Kept"


# What stood in a store of an earlier version, by the last step that it had had.
EARLIER = {
    "0003": (
        (
            "INSERT INTO job (id, kind, subject, state, done, total, message, created_at, changed_at) "
            "VALUES (1, 'reminders', '2026', 'done', 3, 3, 'Sent', '2026-01-01', '2026-01-01')"
        ),
    ),
    "0004": (
        (
            "INSERT INTO organisation (id, ref, name, kind, income_band, made_up) "
            "VALUES (1, 'ELM', 'Elmford', 'council', 'not_known', FALSE)"
        ),
        (
            "INSERT INTO action (id, ref, organisation_id, heading, details, status, notes, revision, created_at, "
            "changed_at, made_up) VALUES (1, 'AC-1', 1, 'Meet', '', 'on_track', '', 3, '2026-01-01', '2026-01-01', "
            "FALSE)"
        ),
        "INSERT INTO evidence (id, organisation_id, title, link, added_at) VALUES (1, 1, 'Minutes', '', '2026-01-01')",
    ),
}


def test_work_actions_and_evidence_that_are_there_are_kept_as_they_were(engine: Engine) -> None:
    for revision, lines in EARLIER.items():
        upgrade(engine, revision)
        with engine.begin() as connection:
            for line in lines:
                connection.execute(text(line))
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT kind, message, given FROM job")).one() == ("reminders", "Sent", "")
        kept = connection.execute(text("SELECT organisation_id, heading, revision, history FROM action")).one()
        assert kept == (1, "Meet", 3, False)
        seen = connection.execute(text("SELECT title, kind, seen_by FROM evidence")).one()
        assert seen == ("Minutes", "other", "monitoring_group")


def test_the_migrations_make_what_the_models_say(store: Store) -> None:
    options = {"compare_type": True, "compare_server_default": True}
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), SQLModel.metadata) == []


def test_the_migrations_make_the_checks_that_the_models_say(store: Store, engine: Engine) -> None:
    """Alembic compares neither checks nor the words of a closed list, so the tables are made from the models beside."""
    SQLModel.metadata.create_all(engine)
    assert shape(store.engine) == shape(engine)


@pytest.mark.slow
def test_several_servers_at_once_all_come_up(engine: Engine) -> None:
    address = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.store.servers", "3", address]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert ran.returncode == 0, ran.stderr
    assert current_revision(engine) == newest_revision()
    assert triggers(engine) == TRIGGERS[engine.dialect.name]


def test_a_store_of_a_newer_version_is_left_alone(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = shape(store.engine)
    with pytest.raises(StoreNewerError, match="9999"):
        upgrade(store.engine)
    assert current_revision(store.engine) == "9999"
    assert shape(store.engine) == before


STEP = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "9000", "{before}", None, None
def upgrade():
{upgrade}
def downgrade():
    pass
"""


@pytest.fixture
def next_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Step:
    """Give a function that adds one more migration, in a copy of the folder that they lie in."""
    folder = tmp_path / "migrations"
    shutil.copytree(Path(running.__file__).parent, folder, ignore=shutil.ignore_patterns("__pycache__"))
    before = newest_revision()

    def add(lines: str) -> None:
        step = STEP.format(before=before, upgrade=textwrap.indent(lines, "    "))
        (folder / "versions" / "9000_tried.py").write_text(step, encoding="utf-8")
        monkeypatch.setattr(running, "__file__", str(folder / "running.py"))

    return add


def assert_undone(store: Store, before: dict[str, Any]) -> None:
    assert current_revision(store.engine) == revisions()[-2]
    assert shape(store.engine) == before
    assert triggers(store.engine) == TRIGGERS[store.engine.dialect.name]


def test_a_step_that_fails_half_way_is_undone(store: Store, next_step: Step) -> None:
    before = shape(store.engine)
    next_step("op.create_table('half', sa.Column('id', sa.Integer())); op.execute('SELECT nothing FROM nowhere')")
    with pytest.raises(DBAPIError):
        upgrade(store.engine)
    assert_undone(store, before)


def test_a_step_that_breaks_a_reference_is_undone(store: Store, next_step: Step) -> None:
    before = shape(store.engine)
    with store.writing() as session:
        strand_id = factories.strand(session)
    next_step("op.create_table('half', sa.Column('id', sa.Integer())); op.execute('DELETE FROM theme')")
    with pytest.raises((StoreBrokenError, IntegrityError)):
        upgrade(store.engine)
    assert_undone(store, before)
    with store.reading() as session:
        assert session.get_one(Strand, strand_id).theme_id


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("works", [True, False])
def test_foreign_keys_are_checked_again_after_a_migration(store: Store, next_step: Step, works: bool) -> None:
    next_step("pass" if works else "op.execute('DELETE FROM nowhere')")
    if works:
        upgrade(store.engine)
    else:
        with pytest.raises(DBAPIError):
            upgrade(store.engine)
    connections = [store.engine.connect() for _ in range(3)]
    assert [each.exec_driver_sql("PRAGMA foreign_keys").scalar_one() for each in connections] == [1, 1, 1]
    for connection in connections:
        connection.close()


def test_changing_a_parent_keeps_its_children(store: Store, next_step: Step) -> None:
    """On SQLite a changed table is a new one; with foreign keys on, a cascade would empty its children unseen."""
    with store.writing() as session:
        made = factories.commitment(session)
    next_step(
        "op.batch_alter_table('commitment', recreate='always').__enter__().add_column(sa.Column('n', sa.Integer()))"
    )
    upgrade(store.engine)
    with store.reading() as session:
        assert session.get_one(CommitmentVersion, made.version_id).commitment_id == made.id
