"""People who have accounts: listed, invited by letter, and kept by a coordinator within limits."""

import re

import pytest
from sqlmodel import select

from charter.account_letters import invite_person, send_password_link
from charter.accounts import disable_account, enable_account, withdraw_role
from charter.passwords import hash_password, name_of_password_link, set_password
from charter.people import SignIn, find_person, list_people
from charter.rules.access import OPERATOR, Grant, Viewer
from charter.rules.refusals import FieldError, NotAllowedError, NotFoundError, RefusedError
from db.engine import Store
from db.models import Account, AccountGrant, AuditEntry, DraftingPart, Mail
from db.types import MailKind, OrganisationKind, Role
from tests import factories
from tests.store.databases import one_database

COORDINATOR = Viewer(account_id=900, grants=frozenset({Grant(Role.COORDINATOR)}))
ADMINISTRATOR = Viewer(account_id=901, grants=frozenset({Grant(Role.ADMINISTRATOR)}))
GOOD = "three random words"
_LINK = re.compile(r"/sign-in\?set=([\w-]+)")


def invite(
    store: Store, email: str, *, viewer: Viewer = COORDINATOR, role: Role = Role.PARTNER, ref: str = "G-1"
) -> str:
    with store.writing() as session:
        ref = ref if role is Role.PARTNER else ""
        return invite_person(session, viewer=viewer, email=email, role=role, organisation_ref=ref, name="Ana")


@pytest.fixture
def people_store(site_store: Store) -> Store:
    with site_store.writing() as session:
        factories.organisation(session, ref="G-1", name="Tea Club")
        factories.organisation(session, ref="G-2", name="Chess Club")
    return site_store


def test_several_people_of_one_organisation_are_invited_by_letters_with_links_that_set_a_password(
    people_store: Store,
) -> None:
    links = [invite(people_store, f"{name}@x.example") for name in ("ana", "ben")]
    with people_store.reading() as session:
        mails = session.exec(select(Mail)).all()
        assert [mail.kind for mail in mails] == [MailKind.SET_PASSWORD] * 2
        assert {mail.address for mail in mails} == {"ana@x.example", "ben@x.example"}
        found = list_people(session, viewer=COORDINATOR, search="tea club").rows
        assert [(one.email, one.sign_in) for one in found] == [
            ("ana@x.example", SignIn.INVITED),
            ("ben@x.example", SignIn.INVITED),
        ]
        assert found[0].held[0].organisation == "Tea Club"
        token = _LINK.search(links[0])
        assert token is not None
        assert name_of_password_link(session, token=token[1]) == "ana@x.example"
    with people_store.writing() as session:
        set_password(session, token=token[1], password=GOOD, address="")
    with people_store.reading() as session:
        assert list_people(session, viewer=COORDINATOR, search="ana@").rows[0].sign_in is SignIn.CAN


@one_database
def test_whoever_has_a_password_is_sent_no_link_that_sets_one(people_store: Store) -> None:
    with people_store.writing() as session:
        factories.account(session, email="ana@x.example", password_hash=hash_password(GOOD))
    assert invite(people_store, "ana@x.example") == ""
    with people_store.reading() as session:
        assert len(session.exec(select(Mail)).all()) == 1
        assert session.exec(select(Account)).one().password_hash is not None


@one_database
@pytest.mark.parametrize("role", [Role.REVIEWER, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_a_coordinator_keeps_people_of_organisations_and_nobody_with_a_further_role(
    people_store: Store, role: Role
) -> None:
    with pytest.raises(NotAllowedError):
        invite(people_store, "new@x.example", role=role)
    invite(people_store, "both@x.example", viewer=ADMINISTRATOR, role=role)
    invite(people_store, "both@x.example", viewer=ADMINISTRATOR)
    with people_store.writing() as session:
        number = session.exec(select(Account.id)).one() or 0
        assert list_people(session, viewer=COORDINATOR).total == 0
        with pytest.raises(NotFoundError):
            find_person(session, viewer=COORDINATOR, account_id=number)
        who = {"viewer": COORDINATOR, "email": "Both@x.example"}
        for verb in (send_password_link, disable_account, enable_account):
            with pytest.raises(NotAllowedError):
                verb(session, viewer=COORDINATOR, email="Both@x.example")
        with pytest.raises(NotAllowedError):
            withdraw_role(session, role=role, **who)  # type: ignore[arg-type]
        with pytest.raises(NotAllowedError):
            invite_person(session, role=Role.PARTNER, organisation_ref="G-2", **who)  # type: ignore[arg-type]
        assert list_people(session, viewer=ADMINISTRATOR, role=role).total == 1


def test_a_coordinator_shuts_and_opens_a_partners_account_and_takes_one_organisation_away(people_store: Store) -> None:
    invite(people_store, "ana@x.example")
    invite(people_store, "ana@x.example", ref="G-2")
    with people_store.writing() as session:
        disable_account(session, viewer=COORDINATOR, email="ana@x.example")
        assert list_people(session, viewer=COORDINATOR).rows[0].sign_in is SignIn.DISABLED
        enable_account(session, viewer=COORDINATOR, email="ana@x.example")
        assert list_people(session, viewer=COORDINATOR).rows[0].sign_in is SignIn.INVITED
        withdraw_role(session, viewer=COORDINATOR, email="ana@x.example", role=Role.PARTNER, organisation_ref="G-1")
        (held,) = list_people(session, viewer=COORDINATOR).rows[0].held
        assert held.organisation_ref == "G-2"
        acts = set(session.exec(select(AuditEntry.act)))
        assert {"account_added", "account_disabled", "account_enabled", "role_withdrawn"} <= acts


def test_whoever_is_given_a_role_again_begins_without_the_parts_that_they_drafted(people_store: Store) -> None:
    with people_store.writing() as session:
        bodies = [factories.organisation(session, ref=ref, kind=OrganisationKind.NHS) for ref in ("NHS-1", "NHS-2")]
    invite(people_store, "ana@x.example", ref="NHS-1")
    invite(people_store, "ana@x.example", ref="NHS-2")
    with people_store.writing() as session:
        drafts = {"account_id": session.exec(select(Account.id)).one(), "strand_id": factories.strand(session)}
        for body in bodies:
            factories.add(session, DraftingPart, {**drafts, "organisation_id": body})
        withdraw_role(session, viewer=COORDINATOR, email="ana@x.example", role=Role.PARTNER, organisation_ref="NHS-1")
        assert session.exec(select(DraftingPart.organisation_id)).all() == [bodies[1]]


def test_a_new_link_ends_the_old_password_and_is_sent(people_store: Store) -> None:
    invite(people_store, "ana@x.example")
    with people_store.writing() as session:
        assert _LINK.search(send_password_link(session, viewer=COORDINATOR, email="ana@x.example"))
        assert len(session.exec(select(Mail)).all()) == 2


@one_database
def test_an_administrator_cannot_lock_themselves_out(people_store: Store) -> None:
    invite(people_store, "admin@x.example", viewer=OPERATOR, role=Role.ADMINISTRATOR)
    with people_store.writing() as session:
        number = session.exec(select(Account.id)).one()
        own = Viewer(account_id=number, grants=ADMINISTRATOR.grants)
        with pytest.raises(RefusedError, match="your own account"):
            disable_account(session, viewer=own, email="admin@x.example")
        with pytest.raises(RefusedError, match="your own account"):
            withdraw_role(session, viewer=own, email="admin@x.example", role=Role.ADMINISTRATOR)
        assert session.exec(select(AccountGrant)).one().role is Role.ADMINISTRATOR


@one_database
def test_a_wrong_address_or_organisation_invites_nobody(people_store: Store) -> None:
    for email, ref in (("nobody", "G-1"), ("ana@x.example", "NOWHERE"), ("ana@x.example", "")):
        with pytest.raises(FieldError):
            invite(people_store, email, ref=ref)
    with people_store.reading() as session:
        assert session.exec(select(Account)).all() == []
        assert session.exec(select(Mail)).all() == []


@one_database
def test_others_see_no_accounts(people_store: Store) -> None:
    for role in (Role.PARTNER, Role.REVIEWER):
        with people_store.reading() as session, pytest.raises(NotAllowedError):
            list_people(session, viewer=Viewer(account_id=1, grants=frozenset({Grant(role, 1)})))
