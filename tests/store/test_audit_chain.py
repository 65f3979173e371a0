"""`audit verify`: whatever is done to the log by hand is found, on both databases, and nothing else is."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, delete, update

from charter import audit, audit_chain
from charter.audit_chain import verify_chain
from charter.rules.access import OPERATOR, PUBLIC, Grant, Viewer
from charter.rules.refusals import NotAllowedError
from charter.store import writing
from db.engine import Store
from db.models import AuditDetail, AuditEntry
from db.types import Role
from tests.store.databases import one_database
from tests.store.files_held import files_held, without_triggers

LENGTH = 8
WRITERS, RECORDS = 10, 50
ALTERED = "it was altered"
NOT_FOLLOWING = "it does not follow the one before: one of them was put in, removed or altered"


def record(number: int = 1) -> None:
    with writing() as session:
        audit.record(session, OPERATOR, act="period_opened", subject=str(2020 + number), detail={"place": number})


@pytest.fixture
def log(site_store: Store) -> Store:
    """Give a store with eight entries in its log, whose triggers are gone: somebody holds the files."""
    for number in range(LENGTH):
        record(number)
    without_triggers(site_store)
    return site_store


def found(store: Store) -> list[tuple[int, str]]:
    with store.reading() as session:
        _, findings = verify_chain(session, viewer=OPERATOR)
    return [(finding.number, finding.what) for finding in findings]


def by_hand(store: Store, *change: Callable[[Session], object]) -> None:
    with files_held(store) as held, held.writing() as session:
        for one in change:
            one(session)


def altering(number: int, values: Mapping[str, object]) -> Callable[[Session], object]:
    return lambda session: session.execute(update(AuditEntry).where(col(AuditEntry.number) == number).values(**values))


def removing(*numbers: int) -> Callable[[Session], object]:
    def remove(session: Session) -> None:
        session.execute(delete(AuditDetail).where(col(AuditDetail.number).in_(numbers)))
        session.execute(delete(AuditEntry).where(col(AuditEntry.number).in_(numbers)))

    return remove


def test_an_untouched_log_has_no_findings(site_store: Store) -> None:
    for number in range(LENGTH):
        record(number)
    with site_store.reading() as session:
        assert verify_chain(session, viewer=OPERATOR) == (LENGTH, ())


@one_database
def test_an_empty_log_has_no_findings(site_store: Store) -> None:
    with site_store.reading() as session:
        assert verify_chain(session, viewer=OPERATOR) == (0, ())


def test_an_altered_entry_is_found(log: Store) -> None:
    with log.reading() as session:
        as_it_was = session.get_one(AuditEntry, 3).model_dump()
    for name, value in {
        "act": "nothing_done",
        "subject": "2099",
        "actor": "account 8",
        "account_id": 8,
        "at": datetime(2020, 1, 1, tzinfo=UTC),
        "detail_digest": "1" * 64,
    }.items():
        by_hand(log, altering(3, {name: value}))
        of_detail = [(3, "its detail was altered")] if name == "detail_digest" else []
        assert found(log) == [(3, ALTERED), *of_detail], name
        by_hand(log, altering(3, {name: as_it_was[name]}))
    assert found(log) == []


@one_database
def test_an_altered_entry_with_a_digest_made_anew_is_found_at_the_next(log: Store) -> None:
    def alter(session: Session) -> None:
        entry = session.get_one(AuditEntry, 3)
        entry.act = "nothing_done"
        entry.digest = audit.entry_digest(entry)
        session.add(entry)

    by_hand(log, alter)
    assert found(log) == [(4, NOT_FOLLOWING)]


@one_database
@pytest.mark.parametrize("number", [1, 3, LENGTH])
@pytest.mark.parametrize(
    "broken", ["at = 'yesterday'", "subject = x'ff00'", "subject = CAST(x'ff00' AS TEXT)"], ids=["at", "blob", "bytes"]
)
def test_an_entry_that_cannot_be_read_is_found_and_the_others_are_checked(log: Store, broken: str, number: int) -> None:
    """SQLite keeps in a column what is of another kind."""
    by_hand(log, lambda s: s.execute(text(f"UPDATE audit_entry SET {broken} WHERE number = {number}")))  # noqa: S608
    by_hand(log, altering(5, {"act": "nothing_done"}))
    findings = found(log)
    assert [where for where, _ in findings] == sorted([number, 5])
    assert all(what.startswith(ALTERED) for _, what in findings)


@pytest.mark.parametrize(
    ("numbers", "findings"),
    [
        ((1,), [(1, "it is missing"), (2, NOT_FOLLOWING)]),
        ((4,), [(4, "it is missing"), (5, NOT_FOLLOWING)]),
        ((4, 5, 6), [(4, "entries 4 to 6 are missing"), (7, NOT_FOLLOWING)]),
    ],
)
def test_a_removed_entry_is_found(log: Store, numbers: tuple[int, ...], findings: list[tuple[int, str]]) -> None:
    by_hand(log, removing(*numbers))
    assert found(log) == findings


@one_database
def test_a_removed_entry_is_found_where_the_others_moved_up(log: Store) -> None:
    def move_up(session: Session) -> None:
        session.execute(delete(AuditDetail))
        removing(4)(session)
        for number in range(5, LENGTH + 1):
            altering(number, {"number": number - 1})(session)

    by_hand(log, move_up)
    assert [where for where, _ in found(log)] == [4, 4, 5, 6, 7]


def put_in(number: int, previous: str) -> Callable[[Session], object]:
    def put(session: Session) -> None:
        known = session.get_one(AuditEntry, 1).model_dump()
        entry = AuditEntry(**known | {"number": number, "act": "forged", "previous_digest": previous})
        entry.digest = audit.entry_digest(entry)
        session.add(entry)

    return put


def test_an_entry_put_in_between_is_found(log: Store) -> None:
    def between(session: Session) -> None:
        session.execute(delete(AuditDetail))
        for number in range(LENGTH, 3, -1):
            altering(number, {"number": number + 1})(session)
        put_in(4, session.get_one(AuditEntry, 3).digest)(session)

    by_hand(log, between)
    assert [where for where, _ in found(log)] == [5, 5, 6, 7, 8, 9]


@one_database
@pytest.mark.parametrize("number", [0, -5])
def test_an_entry_put_in_before_the_first_is_found(log: Store, number: int) -> None:
    by_hand(log, put_in(number, "0" * 64))
    assert (number, "it was put in: the log begins at 1") in found(log)


@one_database
def test_an_entry_put_in_at_the_end_is_found_unless_it_follows(log: Store) -> None:
    by_hand(log, put_in(LENGTH + 1, "0" * 64))
    assert found(log) == [(LENGTH + 1, NOT_FOLLOWING)]


def test_an_altered_detail_is_found(log: Store) -> None:
    by_hand(log, lambda s: s.execute(update(AuditDetail).where(col(AuditDetail.number) == 6).values(detail="{}")))
    by_hand(log, lambda s: s.execute(update(AuditDetail).where(col(AuditDetail.number) == 7).values(salt="1" * 32)))
    assert found(log) == [(6, "its detail was altered"), (7, "its detail was altered")]


@one_database
def test_an_erased_detail_is_no_finding(log: Store) -> None:
    by_hand(log, lambda s: s.execute(delete(AuditDetail).where(col(AuditDetail.number) <= 4)))
    assert found(log) == []


def test_a_detail_without_its_entry_is_found(log: Store) -> None:
    by_hand(log, lambda s: s.execute(text("INSERT INTO audit_detail VALUES (20, 'salt', '{}')")))
    assert found(log) == [(20, "there is a detail, and no entry that it belongs to")]


def test_a_long_log_is_read_in_parts(log: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_chain, "_AT_ONCE", 3)
    assert found(log) == []
    by_hand(log, removing(3, 4))
    assert found(log) == [(3, "entries 3 to 4 are missing"), (5, NOT_FOLLOWING)]


def test_fifty_records_from_many_threads_keep_one_chain(site_store: Store) -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(record, range(RECORDS)))
    with site_store.reading() as session:
        assert verify_chain(session, viewer=OPERATOR) == (RECORDS, ())


@one_database
@pytest.mark.parametrize("viewer", [PUBLIC, Viewer(account_id=1, grants=frozenset({Grant(Role.REVIEWER)}))])
def test_only_those_who_may_verify_do(log: Store, viewer: Viewer) -> None:
    with log.reading() as session, pytest.raises(NotAllowedError):
        verify_chain(session, viewer=viewer)
