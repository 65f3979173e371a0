"""The audit log: a chain that shows what was altered, that never forks, and in which nobody is named."""

from concurrent.futures import ThreadPoolExecutor
from operator import methodcaller

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, delete, select, update

from charter import audit
from charter.rules.access import OPERATOR, PUBLIC, Grant, Invited, Viewer
from db.engine import Store
from db.models import AuditDetail, AuditEntry
from db.types import Role
from tests import factories
from tests.store.files_held import files_held, without_triggers
from tests.store.refusals import refused

COORDINATOR = Viewer(account_id=7, name="Sam Person", grants=frozenset({Grant(Role.COORDINATOR)}), address="192.0.2.7")
BY_LINK = Viewer(invited=Invited(link_id=3, organisation_id=12, period_id=1), address="192.0.2.8")
WRITERS = 20


def record(store: Store, viewer: Viewer = COORDINATOR, act: str = "period_opened", **detail: object) -> None:
    with store.writing() as session:
        audit.record(session, viewer, act=act, subject="2026", detail=detail)


def entries(session: Session) -> list[AuditEntry]:
    """Give the log, to be looked at after the session too."""
    found = list(session.exec(select(AuditEntry).order_by(col(AuditEntry.number))))
    session.expunge_all()
    return found


def broken_links(store: Store) -> list[int]:
    """Recompute the chain, and give the numbers of the entries that do not follow from what they say."""
    with store.reading() as session:
        found = entries(session)
    before = ["0" * 64, *(entry.digest for entry in found)]
    return [
        entry.number
        for entry, previous in zip(found, before, strict=False)
        if entry.digest != audit.entry_digest(entry) or entry.previous_digest != previous
    ]


def test_entries_follow_each_other(store: Store) -> None:
    for act in ("period_opened", "period_closed", "period_published"):
        record(store, act=act)
    with store.reading() as session:
        found = entries(session)
    assert [(entry.number, entry.act) for entry in found] == [
        (1, "period_opened"),
        (2, "period_closed"),
        (3, "period_published"),
    ]
    assert broken_links(store) == []


def test_an_entry_says_who_without_a_name(store: Store) -> None:
    for viewer in (OPERATOR, COORDINATOR, BY_LINK, PUBLIC):
        record(store, viewer)
    with store.reading() as session:
        assert [(entry.actor, entry.account_id) for entry in entries(session)] == [
            ("operator", None),
            ("account 7", 7),
            ("invitation link", None),
            ("anyone", None),
        ]


def test_nothing_personal_is_in_an_entry(store: Store) -> None:
    record(store, COORDINATOR, email="sam@example.org")
    with store.reading() as session:
        (entry,) = entries(session)
        detail = session.get_one(AuditDetail, 1).detail
    said = str(entry.model_dump())
    for personal in ("Sam", "sam@example.org", "192.0.2.7"):
        assert personal not in said
    assert "sam@example.org" in detail
    assert "192.0.2.7" in detail


def test_equal_details_cannot_be_told_by_their_digests(store: Store) -> None:
    """Without a salt, whoever guesses a detail could prove the guess after the detail was erased."""
    record(store, email="sam@example.org")
    record(store, email="sam@example.org")
    with store.reading() as session:
        first, second = entries(session)
    assert first.detail_digest != second.detail_digest


def test_erasing_a_detail_leaves_the_chain_whole(store: Store) -> None:
    record(store, email="sam@example.org")
    record(store)
    with store.writing() as session:
        session.exec(delete(AuditDetail).where(col(AuditDetail.number) == 1))
    with store.reading() as session:
        assert list(session.exec(select(AuditDetail.number))) == [2]
    assert broken_links(store) == []


def test_many_at_once_do_not_fork_the_chain(store: Store) -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda _: record(store), range(WRITERS)))
    with store.reading() as session:
        assert [entry.number for entry in entries(session)] == list(range(1, WRITERS + 1))
    assert broken_links(store) == []


def test_an_entry_is_undone_with_what_it_speaks_of(store: Store) -> None:
    def half_way() -> None:
        with store.writing() as session:
            factories.organisation(session)
            audit.record(session, COORDINATOR, act="organisation_added", subject="OWN-1")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        half_way()
    with store.reading() as session:
        assert entries(session) == []


ATTEMPTS = {
    "an entry changed": (update(AuditEntry).values(act="nothing_done"), "audit_entry_only_grows"),
    "an entry removed": (delete(AuditEntry).where(col(AuditEntry.number) == 2), "audit_entry_only_grows"),
    "a detail changed": (update(AuditDetail).values(detail="{}"), "audit_detail_not_changed"),
}


def test_the_log_only_grows(store: Store) -> None:
    record(store)
    record(store)
    for attempt, (statement, rule) in ATTEMPTS.items():
        with files_held(store) as held:
            assert refused(held, methodcaller("execute", statement)).constraint == rule, attempt
        with store.reading() as session:
            assert len(entries(session)) == 2
        assert broken_links(store) == []


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_the_log_is_not_emptied_on_postgresql(store: Store) -> None:
    record(store)
    empty = text("TRUNCATE audit_entry CASCADE")
    assert refused(store, lambda session: session.execute(empty)).constraint == "audit_entry_only_grows"


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("column", "rule"), [("number", "pk_audit_entry"), ("digest", "uq_audit_entry_digest")])
def test_an_entry_is_not_replaced_on_sqlite(store: Store, column: str, rule: str) -> None:
    record(store)
    with store.reading() as session:
        (entry,) = entries(session)
    values = entry.model_dump() | ({"digest": "1" * 64} if column == "number" else {"number": 2})
    replace = AuditEntry.__table__.insert().prefix_with("OR REPLACE").values(values)  # type: ignore[attr-defined]
    assert refused(store, lambda session: session.execute(replace)).constraint == rule
    assert broken_links(store) == []


def test_an_altered_entry_is_noticed_and_so_is_a_removed_one(store: Store) -> None:
    """Whoever holds the files can get past the triggers, but not past the chain."""
    for _ in range(3):
        record(store)
    without_triggers(store)
    with files_held(store) as held:
        alter_and_remove(held)


def alter_and_remove(store: Store) -> None:
    for altered in ({"act": "nothing_done"}, {"subject": "2027"}, {"actor": "account 8"}):
        with store.writing() as session:
            as_it_was = session.get_one(AuditEntry, 2).model_dump(include=set(altered))
            session.exec(update(AuditEntry).where(col(AuditEntry.number) == 2).values(altered))
        assert broken_links(store) == [2], altered
        with store.writing() as session:
            session.exec(update(AuditEntry).where(col(AuditEntry.number) == 2).values(as_it_was))
    assert broken_links(store) == []
    with store.writing() as session:
        session.exec(delete(AuditDetail).where(col(AuditDetail.number) == 2))
        session.exec(delete(AuditEntry).where(col(AuditEntry.number) == 2))
    assert broken_links(store) == [3]
