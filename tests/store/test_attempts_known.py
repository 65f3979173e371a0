"""Strangers cannot keep a person out: neither of a browser that is known, nor of where they signed in of late."""

import json
from datetime import timedelta

from charter import clock
from charter.attempts import ACCOUNT_LIMIT, PAIR_LIMIT, note_failure
from charter.sessions import start_account_session
from db.engine import Store
from tests import factories
from tests.signing_in import by_password
from tests.store.attempting import HOME, NAME, at, attempt, fail, locks
from tests.store.databases import one_database


@one_database
def test_strangers_cannot_keep_a_person_out_of_a_browser_that_is_known(site_store: Store) -> None:
    with site_store.writing() as session:
        mine = start_account_session(session, account_id=factories.account(session, email=NAME))
        other = start_account_session(session, account_id=factories.account(session))
    for number in range(ACCOUNT_LIMIT):
        fail(site_store, 1, address=f"198.51.100.{number}")
    assert not attempt(site_store)
    assert not attempt(site_store, token="made up")
    assert not attempt(site_store, token=other.token)
    assert attempt(site_store, token=mine.token)


@one_database
def test_strangers_cannot_keep_a_person_out_of_where_they_signed_in_of_late(site_store: Store) -> None:
    with site_store.writing() as session:
        factories.account(session, email=NAME)
    with site_store.writing() as session:
        by_password(session, email=NAME, address=HOME)
    for number in range(ACCOUNT_LIMIT):
        fail(site_store, 1, address=f"198.51.100.{number}")
    assert not attempt(site_store, address="203.0.113.77")
    assert attempt(site_store)
    with at(clock.now() + timedelta(days=31)):
        for number in range(ACCOUNT_LIMIT):
            fail(site_store, 1, address=f"198.51.100.{number}")
        assert not attempt(site_store)


@one_database
def test_whoever_shares_an_address_cannot_keep_a_person_out_of_a_browser_that_is_known(site_store: Store) -> None:
    with site_store.writing() as session:
        mine = start_account_session(session, account_id=factories.account(session, email=NAME))
    for _ in range(3):
        fail(site_store, PAIR_LIMIT - 1)
        assert attempt(site_store)
        assert not attempt(site_store)
        assert attempt(site_store, token=mine.token)
        with site_store.writing() as session:
            by_password(session, email=NAME, address=HOME)


@one_database
def test_a_known_browser_is_still_held_to_five_of_its_own_wherever_it_is(site_store: Store) -> None:
    with site_store.writing() as session:
        mine = start_account_session(session, account_id=factories.account(session, email=NAME))
    for number in range(PAIR_LIMIT):
        fail(site_store, 1, address=f"198.51.100.{number}", token=mine.token)
    assert not attempt(site_store, token=mine.token)
    assert attempt(site_store)
    with site_store.writing() as session:
        note_failure(session, email=NAME, address=HOME, token=mine.token)
    ((_, _, detail),) = locks(site_store)
    assert json.loads(detail)["failed"] == {"one name from a browser that was signed in with it": PAIR_LIMIT}
    with site_store.writing() as session:
        by_password(session, email=NAME, address=HOME)
    assert not attempt(site_store, token=mine.token), "another browser of the person's knows nothing of this one"
    with site_store.writing() as session:
        by_password(session, email=NAME, address=HOME, token=mine.token)
    assert attempt(site_store, token=mine.token)
