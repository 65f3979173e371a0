"""How a store is opened, and what its two scopes promise, on both databases."""

import stat
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlmodel import col, select, text, update

from db.engine import Store, open_engine
from db.models import Job, StoreFact
from tests import factories
from tests.factories import MOMENT

WRITERS = 50


def facts(store: Store) -> int:
    with store.reading() as session:
        return session.exec(select(func.count()).select_from(StoreFact)).one()


def fact(name: str) -> StoreFact:
    return StoreFact(name=name, value="yes", set_at=MOMENT)


def test_writing_commits_at_its_end(store: Store) -> None:
    with store.writing() as session:
        session.add(fact("kept"))
    assert facts(store) == 1


def test_writing_is_all_or_nothing(store: Store) -> None:
    def fail_half_way() -> None:
        with store.writing() as session:
            session.add(fact("first"))
            session.flush()
            session.add(fact("second"))
            session.flush()
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fail_half_way()
    assert facts(store) == 0


def test_what_was_written_can_be_read_after_the_scope(store: Store) -> None:
    with store.writing() as session:
        kept = fact("kept")
        session.add(kept)
    assert kept.name == "kept"


def test_a_zero_byte_in_what_is_looked_for_finds_nothing_and_is_no_failure(store: Store) -> None:
    with store.reading() as session:
        assert session.exec(select(StoreFact).where(StoreFact.name == "a\0b")).first() is None
        assert session.exec(select(StoreFact).where(col(StoreFact.name).in_(["\0", "b"]))).all() == []


def test_names_of_all_alphabets_are_found_in_small_letters(store: Store) -> None:
    names = ("Łódź", "Ŵyl", "ÉIRE", "Ñandú", "Ελλάς", "ਸਮੂਹ")
    with store.writing() as session:
        session.add_all(map(fact, names))
    with store.reading() as session:
        for name in names:
            found = select(StoreFact.name).where(func.lower(StoreFact.name).contains(name.lower(), autoescape=True))
            assert session.exec(found).all() == [name]


def test_reading_leaves_nothing_written(store: Store) -> None:
    with store.reading() as session:
        session.add(fact("stray"))
    assert facts(store) == 0


def test_writing_still_works_after_reading_on_the_same_connection(store: Store) -> None:
    for round_number in range(3):
        assert facts(store) == round_number
        with store.writing() as session:
            session.add(fact(f"fact {round_number}"))


def test_reading_sees_one_state_of_the_store(store: Store) -> None:
    with store.reading() as session:
        before = session.exec(select(func.count()).select_from(StoreFact)).one()
        with store.writing() as other:
            other.add(fact("written meanwhile"))
        after = session.exec(select(func.count()).select_from(StoreFact)).one()
    assert (before, after, facts(store)) == (0, 0, 1)


def test_many_writers_at_once_all_succeed(store: Store) -> None:
    """Each reads before it writes, which is what fails on SQLite when the write lock is not taken first."""

    def write(number: int) -> None:
        with store.writing() as session:
            session.exec(select(func.count()).select_from(StoreFact)).one()
            session.add(fact(f"fact {number}"))

    at_once(write)
    assert facts(store) == WRITERS


def test_no_update_is_lost_between_writers(store: Store) -> None:
    with store.writing() as session:
        job_id = factories.add(
            session,
            Job,
            {"kind": "count", "subject": "all", "total": WRITERS, "created_at": MOMENT, "changed_at": MOMENT},
        )

    def count(_number: int) -> None:
        with store.writing() as session:
            session.exec(update(Job).where(col(Job.id) == job_id).values(done=Job.done + 1))

    at_once(count)
    with store.reading() as session:
        assert session.get_one(Job, job_id).done == WRITERS


def at_once(work: Callable[[int], None]) -> None:
    """Do the work in as many threads as there are writers; an error in one of them is raised here."""
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(work, range(WRITERS)))


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_every_sqlite_connection_is_durable_and_checks_foreign_keys(store: Store) -> None:
    connections = [store.engine.connect() for _ in range(6)]
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}
    for connection in connections:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
        assert found == wanted
    for connection in connections:
        connection.close()


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_readers_do_not_wait_for_a_writer(store: Store) -> None:
    with store.writing() as session:
        session.add(fact("not yet committed"))
        session.flush()
        assert facts(store) == 0


def test_the_folder_of_a_new_sqlite_store_is_its_owners_alone(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'kept' / 'here' / 'store.db'}")
    assert stat.S_IMODE((tmp_path / "kept" / "here").stat().st_mode) == 0o700
    assert list((tmp_path / "kept" / "here").iterdir()) == []
    engine.dispose()


def test_an_error_of_the_database_shows_no_parameters(store: Store) -> None:
    secret = f"typed in confidence {factories.number()}"
    with store.reading() as session, pytest.raises(SQLAlchemyError, match="SQL parameters hidden") as caught:
        session.execute(text("SELECT * FROM no_such_table WHERE comment = :comment"), {"comment": secret})
    assert secret not in "".join(traceback.format_exception(caught.value))


def test_a_store_that_is_away_is_told_apart(tmp_path: Path) -> None:
    engine = open_engine(f"postgresql+psycopg://nobody@/nothing?host={tmp_path}")
    with pytest.raises(OperationalError), engine.connect():
        pass
