"""Sessions and tickets: who is asking, for how long, and what ends it."""

from datetime import datetime, timedelta

import pytest
import time_machine
from sqlmodel import select

from charter import clock
from charter.rules.access import Grant
from charter.rules.refusals import NotFoundError
from charter.sessions import (
    IDLE_LIMIT,
    LONGEST,
    Started,
    end_session,
    renew_token,
    start_account_session,
    start_link_session,
)
from charter.sign_in import TICKET_LASTS, complete_sign_in, end_own_session, hash_to_check, use_ticket
from charter.tokens import digest
from charter.viewers import Ending, see
from db.engine import Store
from db.models import Account, AccountSession, AuditEntry
from db.types import Role
from tests import factories
from tests.conftest import forget_settings
from tests.signing_in import by_password
from tests.store.databases import one_database

NAME = "person@example.org"
HOUR = timedelta(hours=1)


def signed_in(store: Store, *, made_up: bool = False) -> Started:
    with store.writing() as session:
        account_id = factories.account(session, email=NAME, made_up=made_up)
        factories.grant(session, account_id=account_id, role=Role.REVIEWER)
        return start_account_session(session, account_id=account_id)


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def test_a_session_tells_who_is_asking(site_store: Store) -> None:
    started = signed_in(site_store)
    for found in (see(token=started.token, address="192.0.2.1"), see(session_id=started.session_id)):
        assert found.ending is None
        assert found.viewer.name == "A person"
        assert found.viewer.grants == frozenset({Grant(Role.REVIEWER)})
        assert found.viewer.session_id == started.session_id
        assert not found.viewer.ended
    assert see(token=started.token, address="192.0.2.1").viewer.address == "192.0.2.1"


@one_database
def test_without_a_token_nobody_is_signed_in_and_nothing_has_ended(site_store: Store) -> None:
    signed_in(site_store)
    found = see(address="192.0.2.1")
    assert found.ending is None
    assert found.viewer.account_id is None
    assert not found.viewer.ended
    assert found.viewer.address == "192.0.2.1"


def test_a_forged_token_is_nobody(site_store: Store) -> None:
    signed_in(site_store)
    for token in ("made up", "A" * 43, "' OR 1=1 --", "\x00"):
        found = see(token=token)
        assert found.ending is Ending.OVER
        assert found.viewer.account_id is None


def test_the_store_keeps_no_token(site_store: Store) -> None:
    started = signed_in(site_store)
    with site_store.reading() as session:
        assert session.exec(select(AccountSession)).one().token_digest == digest(started.token) != started.token


@one_database
def test_a_digest_from_the_store_opens_nothing(site_store: Store) -> None:
    started = signed_in(site_store)
    assert see(token=digest(started.token)).viewer.account_id is None


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(site_store: Store) -> None:
    started = signed_in(site_store)
    with site_store.writing() as session:
        end_session(session, token=started.token)
    assert see(token=started.token).ending is Ending.OVER
    assert see(session_id=started.session_id).viewer.ended


@one_database
def test_ending_a_session_that_nobody_has_ends_no_other(site_store: Store) -> None:
    started = signed_in(site_store)
    with site_store.writing() as session:
        end_session(session, token="made up")
    assert see(token=started.token).ending is None


def test_a_session_ends_after_two_hours_unseen(site_store: Store) -> None:
    started = signed_in(site_store)
    begun = clock.now()
    with at(begun + IDLE_LIMIT - timedelta(minutes=1)):
        assert see(token=started.token).ending is None
    with at(begun + IDLE_LIMIT * 2 - timedelta(minutes=2)):
        assert see(token=started.token).ending is None
    with at(begun + IDLE_LIMIT * 3):
        assert see(token=started.token).ending is Ending.OVER


@one_database
def test_a_session_ends_after_twelve_hours_however_often_it_is_seen(site_store: Store) -> None:
    started = signed_in(site_store)
    begun = clock.now()
    for hour in range(1, 12):
        with at(begun + timedelta(hours=hour)):
            assert see(token=started.token).ending is None
    with at(begun + LONGEST):
        found = see(token=started.token)
    assert found.ending is Ending.OVER
    assert found.viewer.ended


def test_a_sighting_is_not_written_at_each_look(site_store: Store) -> None:
    started = signed_in(site_store)
    begun = clock.now()
    for seconds in (10, 200, 299):
        with at(begun + timedelta(seconds=seconds)):
            see(token=started.token)
    with site_store.reading() as session:
        assert session.exec(select(AccountSession.last_seen_at)).one() <= begun
    with at(begun + timedelta(minutes=6)):
        see(token=started.token)
    with site_store.reading() as session:
        assert session.exec(select(AccountSession.last_seen_at)).one() > begun


@one_database
def test_made_up_accounts_are_nobody_outside_a_demonstration(
    site_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = signed_in(site_store, made_up=True)
    assert see(token=started.token).ending is None
    monkeypatch.setenv("CHARTER_DEMONSTRATION", "0")
    forget_settings()
    assert see(token=started.token).ending is Ending.OVER
    with pytest.raises(NotFoundError), site_store.writing() as session:
        by_password(session, email=NAME)


@one_database
def test_an_account_that_is_shut_in_the_store_is_nobody_even_with_its_session_left(site_store: Store) -> None:
    started = signed_in(site_store)
    with site_store.writing() as session:
        session.exec(select(Account)).one().disabled_at = clock.now()
    assert see(token=started.token).ending is Ending.OVER


def test_a_ticket_gives_the_cookies_token_once(site_store: Store) -> None:
    signed_in(site_store)
    with site_store.writing() as session:
        done = by_password(session, email=NAME)
    with site_store.writing() as session:
        token = use_ticket(session, ticket=done.ticket)
    assert see(token=token).viewer.session_id == done.session_id
    with pytest.raises(NotFoundError), site_store.writing() as session:
        use_ticket(session, ticket=done.ticket)
    assert see(token=token).ending is None
    assert done.ticket not in token


def test_a_ticket_lasts_seconds(site_store: Store) -> None:
    signed_in(site_store)
    with site_store.writing() as session:
        done = by_password(session, email=NAME)
    with (
        at(clock.now() + TICKET_LASTS + timedelta(seconds=1)),
        pytest.raises(NotFoundError),
        site_store.writing() as session,
    ):
        use_ticket(session, ticket=done.ticket)


@one_database
def test_a_ticket_of_a_session_that_ended_gives_nothing(site_store: Store) -> None:
    signed_in(site_store)
    with site_store.writing() as session:
        done = by_password(session, email=NAME)
        session.get_one(AccountSession, done.session_id).revoked_at = clock.now()
    with pytest.raises(NotFoundError), site_store.writing() as session:
        use_ticket(session, ticket=done.ticket)


def test_a_forged_ticket_gives_nothing(site_store: Store) -> None:
    signed_in(site_store)
    for ticket in ("", "made up", "A" * 43):
        with pytest.raises(NotFoundError), site_store.writing() as session:
            use_ticket(session, ticket=ticket)


def test_a_renewed_token_replaces_the_old_one(site_store: Store) -> None:
    started = signed_in(site_store)
    with site_store.writing() as session:
        renewed = renew_token(session, session_id=started.session_id)
    assert see(token=started.token).ending is Ending.OVER
    assert see(token=renewed).viewer.session_id == started.session_id


def test_signing_out_is_in_the_audit_log_once_and_says_who_it_was(site_store: Store) -> None:
    started = signed_in(site_store)
    with site_store.writing() as session:
        invited = start_link_session(session, link_id=factories.invitation_link(session), until=clock.now() + HOUR)
    for token in (started.token, started.token, invited.token, "made up"):
        with site_store.writing() as session:
            end_own_session(session, token=token, address="192.0.2.1")
    with site_store.reading() as session:
        said = session.exec(select(AuditEntry).where(AuditEntry.act == "signed_out").order_by("number")).all()
        assert [entry.actor.split()[0] for entry in said] == ["account", "invitation"]
        assert [entry.subject.split()[0] for entry in said] == ["account", "invitation"]
        assert see(token=started.token).ending is see(token=invited.token).ending is Ending.OVER


def test_the_key_of_a_session_never_comes_again(store: Store) -> None:
    with store.writing() as session:
        first = factories.account_session(session, account_id=factories.account(session))
        session.delete(session.get_one(AccountSession, first))
    with store.writing() as session:
        assert factories.account_session(session, account_id=factories.account(session)) > first


@pytest.mark.parametrize("meanwhile", ["changed", "ended"])
def test_a_password_that_is_replaced_while_it_is_compared_opens_nothing(site_store: Store, meanwhile: str) -> None:
    with site_store.writing() as session:
        factories.account(session, email=NAME, password_hash="the old one")
    with site_store.reading() as session:
        fitted = hash_to_check(session, email=NAME)
    with site_store.writing() as session:
        session.exec(select(Account)).one().password_hash = "a new one" if meanwhile == "changed" else None
    with pytest.raises(NotFoundError), site_store.writing() as session:
        complete_sign_in(session, email=NAME, fitted=fitted, address="")
    with site_store.reading() as session:
        assert session.exec(select(AccountSession)).all() == []
