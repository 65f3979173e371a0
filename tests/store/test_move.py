"""Moving the store to another database: every row comes out as it was, or the other database stays empty."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from charter import audit
from charter.backup.moving import COMPARING, COPYING, Moved, Step, move
from charter.rules.access import OPERATOR
from charter.rules.refusals import RefusedError
from charter.verify import verify
from db.engine import Store, open_engine
from db.migrations.running import upgrade
from db.models import AccountSession, AuditEntry, Organisation, StoreFact
from tests import factories
from tests.store.backing_up import Place, all_rows, breaks, fill_every_table, log_findings, numbered_again, pair
from tests.store.contents import contents, counts
from tests.store.moving import empty, here, moved, opened, tables_of
from tests.templates import Templates

__all__ = ["empty", "here", "pair"]  # fixtures

# At which step a move is broken off, and what was there that it went to.
BROKEN_OFF = [
    ("copying", "an empty database"),
    ("comparing", "a migrated database"),
    ("comparing", "a file that is not there"),
    ("committing", "an empty database"),
]


def test_every_row_of_every_table_comes_out_as_it_was(
    pair: tuple[Place, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = pair
    here = source.opened(monkeypatch)
    with here.writing() as session:
        fill_every_table(session)
    before = all_rows(here)
    assert all(before.values())
    done = moved(target.url)
    assert done == Moved(
        len(before), sum(len(found) for found in before.values()), len(before["audit_entry"]) + 1, findings=()
    )
    assert all_rows(here) == before
    there = target.opened(monkeypatch)
    after = all_rows(there)
    assert after["audit_entry"].pop()[4] == "store_moved"
    after["audit_detail"].pop()
    assert after == before
    assert log_findings(there) == []
    require_rules(there)


def require_rules(there: Store) -> None:
    """Require that the log only grows, and that new rows and entries can be added."""
    assert breaks(there, sa.update(AuditEntry).values(act="nothing")) == "audit_entry_only_grows"
    with there.writing() as session:
        largest = session.exec(select(sa.func.max(Organisation.id))).one()
        assert factories.organisation(session) > (largest or 0)
        audit.record(session, OPERATOR, act="period_opened", subject="2030")
    assert numbered_again(there) == []
    assert log_findings(there) == []


def test_the_number_of_a_session_that_is_gone_is_not_given_again(
    pair: tuple[Place, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = pair
    with source.opened(monkeypatch).writing() as session:
        account_id = factories.account(session)
        started = [factories.account_session(session, account_id=account_id) for _ in range(3)]
        session.execute(sa.delete(AccountSession))
    moved(target.url)
    with target.opened(monkeypatch).writing() as session:
        account_id = session.execute(sa.text("SELECT id FROM account")).scalar_one()
        assert factories.account_session(session, account_id=account_id) > max(started)


def test_the_demonstration_goes_over_to_postgresql_and_gives_the_same_figures(
    templates: Templates, empty: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with templates.copy(templates.demonstration("sqlite"), tmp_path) as url:
        here = Place(url, empty.data_dir).opened(monkeypatch)
        before = contents(here)
        steps: list[Step] = []
        done = move(to=empty.url, viewer=OPERATOR, told=steps.append)
    assert done.rows > 20_000
    assert [step.done for step in steps] == 2 * list(range(1, done.rows + 1))
    assert [step.doing for step in steps] == [COPYING] * done.rows + [COMPARING] * done.rows
    there = empty.opened(monkeypatch)
    log = ("audit_entry", "audit_detail")
    assert contents(there, without=log) == {name: found for name, found in before.items() if name not in log}
    assert log_findings(there) == []
    with there.reading() as session:
        compared, differences = verify(session, viewer=OPERATOR)
    assert compared > 1000
    assert differences == ()
    require_rules(there)


@pytest.mark.parametrize("broken", BROKEN_OFF, ids=" to ".join)
def test_a_move_that_is_broken_off_leaves_the_other_database_as_empty_as_it_was(
    here: Store, empty: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: tuple[str, str]
) -> None:
    step, to = broken
    url = f"sqlite:///{tmp_path / 'new' / 'there.db'}" if to.startswith("a file") else empty.url
    if to == "a migrated database":
        upgrade(engine := open_engine(url))
        engine.dispose()
    tables, before = tables_of(url) if not to.startswith("a file") else [], contents(here)

    def told(now: Step) -> None:
        if now.doing == step and now.done == now.of // 2:
            raise KeyboardInterrupt

    def broken_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        if step == "committing":
            patched.setattr(Session, "commit", broken_off)
        with pytest.raises(KeyboardInterrupt):
            move(to=url, viewer=OPERATOR, told=told)
    assert contents(here) == before
    assert log_findings(here) == []
    if to.startswith("a file"):
        assert list((tmp_path / "new").iterdir()) == []
    else:
        assert tables_of(url) == tables
    with here.writing() as session:
        factories.organisation(session)
    assert moved(url).rows == sum(counts(here).values())


def test_a_row_that_does_not_come_out_as_it_was_is_named_and_nothing_is_moved(here: Store, empty: Place) -> None:
    with here.writing() as session:
        session.add(StoreFact(name="broken", value="a zero\0byte", set_at=factories.MOMENT))
    with pytest.raises(RefusedError, match=r"^store_fact: row broken is not the same there in value, .* zero byte"):
        moved(empty.url)
    assert tables_of(empty.url) == []


def test_nobody_writes_while_the_store_is_moved(here: Store, empty: Place) -> None:
    tried: list[str] = []

    def told(now: Step) -> None:
        if not tried and now.doing == COMPARING:
            other = opened(str(here.engine.url))
            with other.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA busy_timeout = 50")
                try:
                    connection.exec_driver_sql("DELETE FROM sign_in_attempt")
                except sa.exc.OperationalError as error:
                    tried.append(str(error.orig))
            other.engine.dispose()

    move(to=empty.url, viewer=OPERATOR, told=told)
    assert tried == ["database is locked"]


def test_words_are_compared_whatever_language_the_other_database_sorts_by(
    here: Store, empty: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    with here.writing() as session:
        for name in ("a", "B", "_b", "é", "Z", "zz", "-"):
            session.add(StoreFact(name=name, value="1", set_at=factories.MOMENT))
    moved(empty.url)
    with empty.opened(monkeypatch).reading() as session:
        assert len(session.exec(select(StoreFact).where(StoreFact.value == "1")).all()) == 7


def test_a_log_that_is_not_whole_is_told_and_still_moved(here: Store, empty: Place, settings_env: Path) -> None:
    (settings_env / "audit-newest").write_text(f"99 {'1' * 64}\n", encoding="utf-8")
    (said,) = log_findings(here)
    assert moved(empty.url).findings == (said,)
