"""The newest digest is kept outside the store too: a cut-off end, and a log written anew, are found by it."""

import itertools
import stat
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from charter import audit
from charter.audit_chain import Finding
from charter.audit_newest import keep, kept_entries, kept_file, newest_entry, remember_newest
from db.engine import Store
from db.models import AuditEntry
from tests.store.databases import one_database
from tests.store.test_audit_chain import ALTERED, LENGTH, altering, by_hand, found, log, record, removing
from tests.store.test_commands import Run, run

__all__ = ["log", "run"]  # fixtures


def written_anew(session: Session, first: int) -> None:
    """Make every digest from an entry on anew, as somebody would who knows how they are made."""
    entries = session.exec(select(AuditEntry).order_by(col(AuditEntry.number))).all()
    for before, entry in itertools.pairwise(entries):
        if entry.number >= first:
            entry.previous_digest = before.digest
            entry.digest = audit.entry_digest(entry)
            session.add(entry)
            session.flush()


def test_a_cut_off_end_is_found_by_what_is_kept_outside_the_store(log: Store) -> None:
    with log.reading() as session:
        assert remember_newest(session)
    by_hand(log, removing(7, 8))
    assert found(log) == [(7, f"the log was cut off here: {kept_file()} remembers entry 8")]


def test_a_log_that_was_emptied_is_found(log: Store) -> None:
    with log.reading() as session:
        remember_newest(session)
    by_hand(log, removing(*range(1, LENGTH + 1)))
    assert found(log) == [(1, f"the log was cut off here: {kept_file()} remembers entry 8")]


def test_a_log_whose_digests_were_all_made_anew_is_found(log: Store) -> None:
    """The chain alone cannot show it: it is whole."""
    with log.reading() as session:
        remember_newest(session)
    record(9)

    def forge(session: Session) -> None:
        altering(3, {"subject": "2099"})(session)
        session.expire_all()
        entry = session.get_one(AuditEntry, 3)
        entry.digest = audit.entry_digest(entry)
        session.add(entry)
        session.flush()
        written_anew(session, 4)

    by_hand(log, forge)
    assert found(log) == [(8, f"it is not the one that {kept_file()} remembers: the log was written anew")]


def test_what_is_kept_outside_moves_on_with_the_log_and_never_back(log: Store) -> None:
    with log.reading() as session:
        assert remember_newest(session)
        assert kept_entries() == (newest_entry(session),)
    record()
    with log.reading() as session:
        assert remember_newest(session)
    kept = kept_entries()
    assert [entry.number for entry in kept] == [9]
    by_hand(log, removing(8, 9))
    with log.reading() as session:
        assert not remember_newest(session)
    assert kept_entries() == kept
    assert found(log) != []


@one_database
@pytest.mark.usefixtures("log")
def test_what_is_kept_outside_is_its_owners_alone(log: Store) -> None:
    with log.reading() as session:
        remember_newest(session)
    assert stat.S_IMODE(kept_file().stat().st_mode) == 0o600
    assert [path.name for path in kept_file().parent.glob("*audit-newest*")] == ["audit-newest"]


@one_database
@pytest.mark.parametrize("content", [b"", b"8\n", b"x " + b"1" * 64, b"\xff\xfe", b"8 " + b"1" * 63])
def test_what_is_kept_outside_is_not_taken_when_it_was_altered(log: Store, content: bytes) -> None:
    kept_file().write_bytes(content)
    assert found(log) == [(8, f"{kept_file()}, which remembers the newest one, was altered")]
    with log.reading() as session:
        assert not remember_newest(session)
    assert kept_file().read_bytes() == content


@one_database
def test_one_of_two_kept_entries_is_enough_while_a_restore_is_under_way(log: Store) -> None:
    with log.reading() as session:
        newest = newest_entry(session)
    assert newest is not None
    keep(type(newest)(40, "1" * 64), newest)
    assert found(log) == []
    with log.reading() as session:
        assert remember_newest(session)
    assert kept_entries() == (newest,)


@one_database
def test_the_command_says_that_nothing_was_found_and_keeps_the_newest_digest(run: Run, log: Store) -> None:
    done = run("audit", "verify")
    assert (done.code, done.error) == (0, "")
    assert done.out == f"8 entries checked, 0 findings. {kept_file()} was not there to compare with.\n"
    with log.reading() as session:
        assert kept_entries() == (newest_entry(session),)
    assert run("audit", "verify").out == "8 entries checked, 0 findings.\n"


@one_database
def test_the_command_says_each_finding_in_a_line_with_exit_code_1(run: Run, log: Store) -> None:
    run("audit", "verify")
    by_hand(log, altering(2, {"act": "nothing_done"}), removing(8))
    done = run("audit", "verify")
    assert (done.code, done.error) == (1, "")
    assert done.out.splitlines() == [
        str(Finding(2, ALTERED)),
        str(Finding(8, f"the log was cut off here: {kept_file()} remembers entry 8")),
        "7 entries checked, 2 findings.",
    ]
    assert Path(kept_file()).read_text(encoding="utf-8").startswith("8 ")
