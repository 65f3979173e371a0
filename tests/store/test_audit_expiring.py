"""Old entries of the audit log go, and what is left is checked as before: `verify` knows a checkpoint from a cut."""

from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import text
from sqlmodel import Session, col, delete, select

from charter import audit, clock
from charter.audit_chain import EXPIRED, checkpoint_subject, verify_chain
from charter.audit_newest import keep, kept_entries, newest_entry, remember_newest
from charter.retention.audit_log import expire_entries
from charter.retention.rules import RULES, What
from charter.rules.access import OPERATOR
from charter.store import reading, writing
from db.engine import Store
from db.errors import ConstraintViolatedError
from db.models import AuditDetail, AuditEntry
from tests.store.databases import one_database
from tests.store.files_held import without_triggers
from tests.store.test_audit_chain import by_hand, found, removing

DAY = timedelta(days=1)
KEPT = RULES[What.AUDIT_ENTRIES].kept
OLD, YOUNG = 6, 3


def record(at: datetime, act: str = "period_opened", subject: str = "period 2019") -> None:
    with time_machine.travel(at, tick=False), writing() as session:
        audit.record(session, OPERATOR, act=act, subject=subject, detail={"place": "here"})


@pytest.fixture
def log(site_store: Store) -> Store:
    """Give a store whose log has six old entries, and three young ones."""
    now = clock.now()
    for number in range(OLD):
        record(now - KEPT - timedelta(days=90 - number))
    for number in range(YOUNG):
        record(now - timedelta(days=30 - number))
    return site_store


def numbers(store: Store) -> list[int]:
    with store.reading() as session:
        return list(session.exec(select(AuditEntry.number).order_by(col(AuditEntry.number))))


def details(store: Store) -> list[int]:
    with store.reading() as session:
        return list(session.exec(select(AuditDetail.number).order_by(col(AuditDetail.number))))


def expire() -> int:
    return expire_entries(before=clock.now() - KEPT)


def test_old_entries_go_but_the_last_and_the_rest_is_whole(log: Store) -> None:
    assert expire() == OLD - 1
    assert numbers(log) == [6, 7, 8, 9, 10]
    assert found(log) == []
    with log.reading() as session:
        last = session.get_one(AuditEntry, 10)
        assert (last.act, last.subject, last.actor) == (EXPIRED, "audit_entry 6", "operator")
        assert kept_entries()[0].number == 9


def test_a_second_time_nothing_more_goes_and_nothing_is_written(log: Store) -> None:
    expire()
    assert [expire(), expire()] == [0, 0]
    assert numbers(log) == [6, 7, 8, 9, 10]


def test_a_run_that_was_broken_off_is_taken_up(log: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("charter.retention.audit_log._take_away", lambda: 0)
        expire()
    assert len(numbers(log)) == OLD + YOUNG + 1
    assert found(log) == []
    monkeypatch.setattr("charter.retention.audit_log._AT_ONCE", 2)
    assert expire() == OLD - 1
    assert found(log) == []


@one_database
def test_years_later_a_later_checkpoint_takes_the_place_of_the_first(log: Store) -> None:
    expire()
    without_triggers(log)  # the store's own clock cannot be set forward
    with time_machine.travel(clock.now() + KEPT + timedelta(days=100), tick=False):
        assert expire() == 4
        assert numbers(log) == [10, 11]
        assert found(log) == []
        record(clock.now())
        assert found(log) == []


@one_database
def test_one_old_entry_waits_until_there_is_a_month_of_them(site_store: Store) -> None:
    now = clock.now()
    for age in (29, 20, 1):
        record(now - KEPT - age * DAY)
    assert expire() == 0
    assert numbers(site_store) == [1, 2, 3]


@one_database
def test_a_log_in_which_something_is_found_stays_as_it_is(log: Store) -> None:
    without_triggers(log)
    by_hand(log, removing(2))
    assert expire() == 0
    assert numbers(log) == [1, 3, 4, 5, 6, 7, 8, 9]


@one_database
def test_a_log_that_is_not_the_one_that_was_kept_outside_stays_as_it_is(log: Store) -> None:
    with log.reading() as session:
        newest = newest_entry(session)
    assert newest is not None
    keep(type(newest)(newest.number, "0" * 64))
    assert expire() == 0
    assert len(numbers(log)) == OLD + YOUNG


def test_the_store_lets_no_young_entry_go_whatever_the_log_says(log: Store) -> None:
    record(clock.now(), act=EXPIRED, subject=checkpoint_subject(9))
    with pytest.raises(ConstraintViolatedError, match="audit_entry_only_grows"):
        by_hand(log, removing(8))
    with pytest.raises(ConstraintViolatedError, match="audit_entry_only_grows"):
        by_hand(log, removing(1, 2, 8))
    assert len(numbers(log)) == OLD + YOUNG + 1


def test_the_store_lets_no_entry_go_that_no_later_one_speaks_of(log: Store) -> None:
    with pytest.raises(ConstraintViolatedError, match="audit_entry_only_grows"):
        by_hand(log, removing(1))
    record(clock.now(), act=EXPIRED, subject=checkpoint_subject(3))
    with pytest.raises(ConstraintViolatedError, match="audit_entry_only_grows"):
        by_hand(log, removing(3))
    by_hand(log, removing(1, 2))
    assert found(log) == []


@one_database
@pytest.mark.parametrize(
    ("subject", "gone"), [(checkpoint_subject(8), range(1, 8)), ("audit_entry 6 or so", range(1, 6)), ("", range(1, 6))]
)
def test_a_beginning_that_is_no_checkpoint_or_a_young_one_is_a_cut(log: Store, subject: str, gone: range) -> None:
    """Somebody holds the files, and writes what an expiry writes."""
    without_triggers(log)
    record(clock.now(), act=EXPIRED, subject=subject)
    by_hand(log, removing(*gone))
    assert (1, f"entries 1 to {gone[-1]} are missing") in found(log)


@one_database
def test_what_goes_after_the_checkpoint_is_found(log: Store) -> None:
    expire()
    without_triggers(log)
    by_hand(log, removing(6))
    assert found(log)[0] == (1, "entries 1 to 6 are missing")
    by_hand(log, removing(8))
    assert (8, "it is missing") in found(log)


@one_database
def test_the_end_of_a_shortened_log_is_still_held_outside(log: Store) -> None:
    expire()
    with reading() as session:
        assert remember_newest(session)
    without_triggers(log)
    by_hand(log, removing(10))
    assert any("cut off" in what for _, what in found(log))


@one_database
def test_an_altered_checkpoint_is_found(log: Store) -> None:
    expire()
    without_triggers(log)

    def alter(session: Session) -> None:
        session.execute(text("UPDATE audit_entry SET subject = 'period 2018' WHERE number = 6"))

    by_hand(log, alter)
    assert found(log) == [(6, "it was altered")]


@one_database
def test_details_go_before_their_entries_and_the_chain_holds(log: Store) -> None:
    by_hand(log, lambda session: session.execute(delete(AuditDetail).where(col(AuditDetail.number) < 8)))
    assert details(log) == [8, 9]
    with log.reading() as session:
        assert verify_chain(session, viewer=OPERATOR) == (OLD + YOUNG, ())
