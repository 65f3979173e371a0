"""Attempts to sign in: counted in the store, locked for a while, and never so that strangers can lock a person out."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlmodel import select

from charter import clock
from charter.accounts import reset_account
from charter.attempts import (
    ACCOUNT_LIMIT,
    ADDRESS_LIMIT,
    COUNTED_FOR,
    LOCKED_FOR,
    MOST_NOTED,
    PAIR_LIMIT,
    forget_all_attempts,
    note_failure,
)
from charter.passwords import set_password
from charter.rules.access import OPERATOR
from db.engine import Store, open_engine
from db.models import AuditDetail, SignInAttempt
from tests import factories
from tests.signing_in import by_password
from tests.store.attempting import HOME, NAME, at, attempt, fail, locks
from tests.store.databases import one_database


def test_the_sixth_try_is_refused_unseen(site_store: Store) -> None:
    fail(site_store, PAIR_LIMIT)
    assert not attempt(site_store)
    assert not attempt(site_store, email="  PERSON@example.org ")


def test_the_count_survives_a_restart_and_is_shared_by_servers(site_store: Store) -> None:
    url = site_store.engine.url.render_as_string(hide_password=False)
    for _ in range(PAIR_LIMIT):
        server = Store(open_engine(url))
        assert attempt(server)
        server.engine.dispose()
    another = Store(open_engine(url))
    assert not attempt(another)
    another.engine.dispose()


@one_database
def test_an_unknown_name_is_locked_like_a_known_one(site_store: Store) -> None:
    with site_store.writing() as session:
        factories.account(session, email=NAME)
    for name in (NAME, "nobody@example.org"):
        fail(site_store, PAIR_LIMIT, email=name)
        assert not attempt(site_store, email=name)


def test_many_at_once_share_one_count(site_store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        seen = list(threads.map(lambda _: attempt(site_store), range(20)))
    assert seen.count(True) == PAIR_LIMIT


def test_the_lock_opens_after_ten_minutes(site_store: Store) -> None:
    start = clock.now()
    with at(start):
        fail(site_store, PAIR_LIMIT)
    with at(start + LOCKED_FOR - timedelta(seconds=1)):
        assert not attempt(site_store)
    with at(start + LOCKED_FOR):
        assert attempt(site_store)
        assert not attempt(site_store)


@one_database
def test_refused_tries_do_not_lengthen_the_lock(site_store: Store) -> None:
    start = clock.now()
    with at(start):
        fail(site_store, PAIR_LIMIT)
    for minute in range(1, 10):
        with at(start + timedelta(minutes=minute)):
            assert not attempt(site_store)
    with at(start + LOCKED_FOR):
        assert attempt(site_store)


def test_failures_are_forgotten_after_a_quarter_of_an_hour(site_store: Store) -> None:
    start = clock.now()
    with at(start):
        fail(site_store, PAIR_LIMIT - 1)
    with at(start + COUNTED_FOR):
        fail(site_store, PAIR_LIMIT)


def test_failures_elsewhere_do_not_lock_this_address(site_store: Store) -> None:
    fail(site_store, PAIR_LIMIT, address="198.51.100.7")
    assert not attempt(site_store, address="198.51.100.7")
    assert attempt(site_store)


def test_guessing_spread_over_addresses_is_locked(site_store: Store) -> None:
    for number in range(ACCOUNT_LIMIT):
        fail(site_store, 1, address=f"198.51.100.{number}")
    assert not attempt(site_store)
    assert attempt(site_store, email="other@example.org")


@one_database
def test_guessing_spread_over_names_is_locked(site_store: Store) -> None:
    for number in range(ADDRESS_LIMIT):
        fail(site_store, 1, email=f"person{number}@example.org")
    assert not attempt(site_store)
    assert attempt(site_store, address="198.51.100.7")


@one_database
def test_who_is_kept_out_in_a_new_place_gets_in_by_a_link_that_sets_a_password(site_store: Store) -> None:
    with site_store.writing() as session:
        factories.account(session, email=NAME)
    for number in range(ACCOUNT_LIMIT):
        fail(site_store, 1, address=f"198.51.100.{number}")
    assert not attempt(site_store)
    with site_store.writing() as session:
        token = reset_account(session, viewer=OPERATOR, email=NAME)
        set_password(session, token=token, password="three random words", address=HOME)
    assert attempt(site_store)


def test_all_addresses_of_one_customer_are_counted_as_one(site_store: Store) -> None:
    for number in range(PAIR_LIMIT):
        fail(site_store, 1, address=f"2001:db8:1:2::{number:x}")
    assert not attempt(site_store, address="2001:db8:1:2:ffff::1")
    assert attempt(site_store, address="2001:db8:1:3::1")


def wrong(store: Store, times: int, *, email: str = NAME, address: str = HOME) -> None:
    """Fail as the form for signing in does."""
    for _ in range(times):
        if attempt(store, email=email, address=address):
            with store.writing() as session:
                note_failure(session, email=email, address=address)


def test_the_failure_that_leads_to_a_lock_is_in_the_audit_log_without_the_name(site_store: Store) -> None:
    wrong(site_store, PAIR_LIMIT - 1)
    assert locks(site_store) == []
    wrong(site_store, 20)
    ((actor, subject, detail),) = locks(site_store)
    assert (actor, subject) == ("anyone", "sign-in")
    assert json.loads(detail) == {"failed": {"one name from one address": PAIR_LIMIT}, "address": HOME}
    assert "person" not in detail


@one_database
def test_a_flood_of_guesses_does_not_fill_the_audit_log(site_store: Store) -> None:
    for number in range(30):
        wrong(site_store, PAIR_LIMIT + 1, email=f"name{number % 5}@example.org", address=f"198.51.100.{number}")
        wrong(site_store, PAIR_LIMIT + 1, email=f"other{number}@example.org", address=f"203.0.113.{number}")
        wrong(site_store, PAIR_LIMIT + 1, email=f"third{number}@example.org", address=f"192.0.2.{number}")
    assert len(locks(site_store)) == MOST_NOTED
    with at(clock.now() + timedelta(hours=2)):
        wrong(site_store, PAIR_LIMIT)
    assert len(locks(site_store)) == MOST_NOTED + 1


@one_database
def test_a_right_password_tells_how_many_wrong_ones_went_before(site_store: Store) -> None:
    with site_store.writing() as session:
        factories.account(session, email=NAME)
    fail(site_store, 3)
    with site_store.writing() as session:
        by_password(session, email=NAME, address=HOME)
    with site_store.reading() as session:
        assert json.loads(session.exec(select(AuditDetail.detail)).one()) == {
            "door": "password",
            "failed_before": 2,
            "address": HOME,
        }


def test_a_right_password_forgets_the_failures_from_there_only(site_store: Store) -> None:
    with site_store.writing() as session:
        factories.account(session, email=NAME)
    fail(site_store, PAIR_LIMIT - 1)
    fail(site_store, PAIR_LIMIT, address="198.51.100.7")
    with site_store.writing() as session:
        by_password(session, email=NAME, address=HOME)
    fail(site_store, PAIR_LIMIT)
    assert not attempt(site_store, address="198.51.100.7")


def test_forgetting_by_name_opens_every_address(site_store: Store) -> None:
    fail(site_store, PAIR_LIMIT)
    with site_store.writing() as session:
        forget_all_attempts(session, email=NAME.upper())
    assert attempt(site_store)


@one_database
def test_no_name_is_kept_as_it_was_typed(site_store: Store) -> None:
    fail(site_store, 1)
    with site_store.reading() as session:
        row = session.exec(select(SignInAttempt)).one()
        assert "person" not in row.email_digest
        assert row.address == HOME


@one_database
def test_odd_addresses_are_counted_too(site_store: Store) -> None:
    for address in ("", "x" * 500):
        fail(site_store, PAIR_LIMIT, address=address)
        assert not attempt(site_store, address=address)
