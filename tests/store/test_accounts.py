"""Accounts: added, given a link, and shut."""

from datetime import timedelta

import bcrypt
import pytest
import time_machine
from sqlmodel import Session, select

from charter import clock
from charter.accounts import add_account, disable_account, put_account, reset_account, withdraw_role
from charter.passwords import LINK_LASTS, issue_password_link, name_of_password_link, set_password
from charter.rules.access import OPERATOR, PUBLIC, Grant, Viewer
from charter.rules.refusals import FieldError, NotAllowedError, NotFoundError, RefusedError
from charter.sessions import start_account_session
from charter.tokens import digest
from charter.viewers import Ending, see
from db.engine import Store
from db.models import Account, AccountGrant, AuditEntry, PasswordLink
from db.types import OrganisationKind, Role
from tests import factories
from tests.store.databases import one_database

GOOD = "three random words"


def add(session: Session, email: str = "person@example.org", role: Role = Role.REVIEWER) -> str:
    return add_account(session, viewer=OPERATOR, email=email, role=role, name="A person")


def test_an_account_sets_its_password_by_its_link_and_only_the_digests_are_kept(site_store: Store) -> None:
    with site_store.writing() as session:
        token = add(session, email=" Person@Example.org ")
    with site_store.reading() as session:
        assert name_of_password_link(session, token=token) == "person@example.org"
    with site_store.writing() as session:
        assert set_password(session, token=token, password=GOOD, address="192.0.2.1") == "person@example.org"
    with site_store.reading() as session:
        account = session.exec(select(Account)).one()
        assert account.password_hash is not None
        assert bcrypt.checkpw(GOOD.encode(), account.password_hash.encode())
        link = session.exec(select(PasswordLink)).one()
        assert link.token_digest == digest(token) != token
        assert [entry.act for entry in session.exec(select(AuditEntry).order_by("number"))] == [
            "account_added",
            "password_set",
        ]


def test_a_link_works_once(site_store: Store) -> None:
    with site_store.writing() as session:
        token = add(session)
    with site_store.writing() as session:
        set_password(session, token=token, password=GOOD, address="")
    with pytest.raises(NotFoundError, match="used, or is too old"), site_store.writing() as session:
        set_password(session, token=token, password="another good one", address="")
    with site_store.reading() as session:
        found = session.exec(select(Account)).one().password_hash
        assert found is not None
        assert bcrypt.checkpw(GOOD.encode(), found.encode())


def test_a_link_gets_too_old(site_store: Store) -> None:
    with site_store.writing() as session:
        token = add(session)
    with (
        time_machine.travel(clock.now() + LINK_LASTS, tick=False),
        pytest.raises(NotFoundError, match="too old"),
        site_store.reading() as session,
    ):
        name_of_password_link(session, token=token)


def test_a_made_up_link_opens_nothing(site_store: Store) -> None:
    with site_store.writing() as session:
        add(session)
    for token in ("", "x", "A" * 43):
        with pytest.raises(NotFoundError), site_store.writing() as session:
            set_password(session, token=token, password=GOOD, address="")


def test_a_new_link_puts_the_earlier_one_out_of_use(site_store: Store) -> None:
    with site_store.writing() as session:
        first = add(session)
        second = reset_account(session, viewer=OPERATOR, email="person@example.org")
    with site_store.writing() as session:
        with pytest.raises(NotFoundError):
            set_password(session, token=first, password=GOOD, address="")
        set_password(session, token=second, password=GOOD, address="")


@one_database
def test_a_link_of_a_disabled_account_opens_nothing(site_store: Store) -> None:
    with site_store.writing() as session:
        token = add(session)
        disable_account(session, viewer=OPERATOR, email="person@example.org")
    with pytest.raises(NotFoundError), site_store.writing() as session:
        set_password(session, token=token, password=GOOD, address="")


@one_database
def test_a_refused_password_leaves_the_link_good(site_store: Store) -> None:
    with site_store.writing() as session:
        token = add(session)
    with pytest.raises(FieldError), site_store.writing() as session:
        set_password(session, token=token, password="short", address="")
    with site_store.writing() as session:
        set_password(session, token=token, password=GOOD, address="")


@one_database
def test_a_new_password_ends_every_session(site_store: Store) -> None:
    with site_store.writing() as session:
        token = add(session)
        account_id = session.exec(select(Account.id)).one()
        started = [start_account_session(session, account_id=account_id or 0) for _ in range(2)]
        set_password(session, token=token, password=GOOD, address="")
    assert [see(token=one.token).ending for one in started] == [Ending.OVER, Ending.OVER]


def test_disabling_ends_every_session_and_resetting_lets_in_again(site_store: Store) -> None:
    with site_store.writing() as session:
        add(session)
        account = session.exec(select(Account)).one()
        started = start_account_session(session, account_id=account.id or 0)
    assert see(token=started.token).viewer.account_id is not None
    with site_store.writing() as session:
        disable_account(session, viewer=OPERATOR, email="PERSON@example.org")
    assert see(token=started.token).ending is Ending.OVER
    with site_store.writing() as session:
        token = reset_account(session, viewer=OPERATOR, email="person@example.org")
        set_password(session, token=token, password=GOOD, address="")
        again = start_account_session(session, account_id=session.exec(select(Account.id)).one() or 0)
    assert see(token=started.token).ending is Ending.OVER
    assert see(token=again.token).viewer.grants == {Grant(Role.REVIEWER)}


def test_a_second_role_goes_to_the_same_account_and_none_is_granted_twice(site_store: Store) -> None:
    with site_store.writing() as session:
        organisation_id = factories.organisation(session, ref="GB-CHC-1")
        add(session)
        add(session)
        for _ in range(2):
            add_account(
                session, viewer=OPERATOR, email="person@example.org", role=Role.PARTNER, organisation_ref="GB-CHC-1"
            )
    with site_store.reading() as session:
        grants = {Grant(row.role, row.organisation_id) for row in session.exec(select(AccountGrant))}
        assert grants == {Grant(Role.REVIEWER), Grant(Role.PARTNER, organisation_id)}
        assert len(session.exec(select(AccountGrant)).all()) == len(grants)
        assert len(session.exec(select(Account)).all()) == 1


@one_database
def test_nobody_comes_to_read_what_groups_answered_by_their_own_hand(site_store: Store) -> None:
    with site_store.writing() as session:
        own = factories.account(session, email="admin@example.org")
        factories.grant(session, account_id=own, role=Role.ADMINISTRATOR)
        factories.organisation(session, ref="G-1")
        factories.organisation(session, ref="NHS-1", kind=OrganisationKind.NHS)
    viewer = Viewer(account_id=own, grants=frozenset({Grant(Role.ADMINISTRATOR)}))
    for role, ref in ((Role.COORDINATOR, ""), (Role.PARTNER, "G-1")):
        with pytest.raises(RefusedError, match="by their own hand"), site_store.writing() as session:
            put_account(session, viewer=viewer, email="Admin@example.org", role=role, organisation_ref=ref)
    with site_store.writing() as session:
        put_account(session, viewer=viewer, email="admin@example.org", role=Role.PARTNER, organisation_ref="NHS-1")
    with site_store.writing() as session:
        other = put_account(session, viewer=viewer, email="other@example.org", role=Role.COORDINATOR)
        put_account(session, viewer=viewer, email="admin@example.org", role=Role.REVIEWER)
        held = session.exec(select(AccountGrant.account_id).where(AccountGrant.role == Role.COORDINATOR)).all()
        assert held == [other.id]


def test_a_role_is_withdrawn_at_once(site_store: Store) -> None:
    with site_store.writing() as session:
        add(session, role=Role.COORDINATOR)
        account_id = session.exec(select(Account.id)).one() or 0
        started = start_account_session(session, account_id=account_id)
    assert see(token=started.token).viewer.grants == {Grant(Role.COORDINATOR)}
    with site_store.writing() as session:
        withdraw_role(session, viewer=OPERATOR, email="person@example.org", role=Role.COORDINATOR)
    found = see(token=started.token)
    assert found.ending is None
    assert found.viewer.grants == frozenset()


@one_database
def test_a_role_that_is_not_held_cannot_be_withdrawn(site_store: Store) -> None:
    with site_store.writing() as session:
        add(session)
        with pytest.raises(NotFoundError, match="not a coordinator"):
            withdraw_role(session, viewer=OPERATOR, email="person@example.org", role=Role.COORDINATOR)


NO_ADDRESSES = (
    "",
    "person",
    "a@b",
    "two words@example.org",
    "a@b@c.org",
    "x" * 250 + "@a.org",
    "a\0b@a.org",
    "josé@a.org",
)


@one_database
def test_what_is_no_address_is_refused(site_store: Store) -> None:
    for email in NO_ADDRESSES:
        with site_store.writing() as session, pytest.raises(FieldError) as refused:
            add(session, email=email)
        assert refused.value.field == "email", email


@one_database
def test_a_partner_has_an_organisation_and_nobody_else_has(site_store: Store) -> None:
    with site_store.writing() as session:
        factories.organisation(session, ref="GB-CHC-1")
        for role, ref in ((Role.PARTNER, ""), (Role.PARTNER, "NO-SUCH"), (Role.REVIEWER, "GB-CHC-1")):
            with pytest.raises(FieldError) as refused:
                add_account(session, viewer=OPERATOR, email="person@example.org", role=role, organisation_ref=ref)
            assert refused.value.field == "organisation"
    with site_store.reading() as session:
        assert session.exec(select(Account)).all() == []


NOBODY = [PUBLIC, *(Viewer(account_id=1, grants=frozenset({Grant(role)})) for role in Role if role != "administrator")]


@one_database
def test_only_administrators_and_the_operator_keep_accounts(site_store: Store) -> None:
    with site_store.writing() as session:
        add(session)
        for viewer in NOBODY:
            with pytest.raises(NotAllowedError):
                add_account(session, viewer=viewer, email="b@example.org", role=Role.REVIEWER)
            with pytest.raises(NotAllowedError):
                reset_account(session, viewer=viewer, email="person@example.org")
            with pytest.raises(NotAllowedError):
                disable_account(session, viewer=viewer, email="person@example.org")
            with pytest.raises(NotAllowedError):
                withdraw_role(session, viewer=viewer, email="person@example.org", role=Role.REVIEWER)
    with site_store.reading() as session:
        assert session.exec(select(Account)).one().disabled_at is None


@one_database
def test_an_unknown_account_is_said_to_be_unknown(site_store: Store) -> None:
    with site_store.writing() as session:
        with pytest.raises(NotFoundError):
            reset_account(session, viewer=OPERATOR, email="nobody@example.org")
        with pytest.raises(NotFoundError):
            disable_account(session, viewer=OPERATOR, email="nobody@example.org")


@one_database
def test_an_old_link_of_another_account_is_not_touched(site_store: Store) -> None:
    with site_store.writing() as session:
        first = add(session)
        add(session, email="other@example.org")
        other = session.exec(select(Account).where(Account.email == "other@example.org")).one()
        issue_password_link(session, account=other)
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False), site_store.reading() as session:
        assert name_of_password_link(session, token=first) == "person@example.org"


def test_a_reset_ends_the_old_password_and_every_session(site_store: Store) -> None:
    with site_store.writing() as session:
        token = add(session)
        set_password(session, token=token, password=GOOD, address="")
        account = session.exec(select(Account)).one()
        started = start_account_session(session, account_id=account.id or 0)
        reset_account(session, viewer=OPERATOR, email="person@example.org")
    assert see(token=started.token).ending is Ending.OVER
    with site_store.reading() as session:
        assert session.exec(select(Account)).one().password_hash is None
