"""The second door and the accounts behind it: who is whose, from the first time on, and what ends it."""

from collections.abc import Mapping

import pytest
from sqlmodel import select

from charter.accounts import disable_account, enable_account, reset_account, withdraw_role
from charter.own.forgetting import forget_account
from charter.people import SignIn, find_person
from charter.rules.access import OPERATOR
from charter.sessions import COOKIE, IDLE_LIMIT, end_account_sessions
from charter.store import reading, writing
from db.models import Account, AccountSession, AuditEntry, DirectoryIdentity
from db.types import Role
from tests import factories
from tests.conftest import forget_settings
from tests.second_door import Browser
from tests.signed_statements import Liar
from tests.torture.attacking import later

EMAIL = "person@example.org"
LOG = "/files/audit.csv?act=none"  # for an administrator alone
SAM, ANOTHER = {"sub": "sam", "email": "Person@Example.ORG "}, {"sub": "another", "email": EMAIL}
STRANGER = {"sub": "stranger", "email": "stranger@example.org"}
UNSURE = {"sub": "sam", "email": EMAIL, "email_verified": False}


def account(*, email: str = EMAIL, role: Role = Role.ADMINISTRATOR) -> int:
    """Make an account that has no password."""
    with writing() as session:
        key = factories.account(session, email=email, password_hash=None)
        factories.grant(session, account_id=key, role=role)
        return key


def gets_in(liar: Liar, who: Mapping[str, object]) -> bool:
    """Tell whether somebody gets in, in a browser of their own."""
    browser = Browser()
    answer = browser.arrives(liar, **who)
    assert answer.status_code in {303, 403}, answer.text
    return browser.viewer.account_id is not None


@pytest.mark.parametrize("ending", ["shut", "idle", "revoked", "reset", "role"])
def test_what_ends_a_session_after_a_password_ends_this_one(liar: Liar, ending: str) -> None:
    account_id = account()
    browser = Browser()
    browser.arrives(liar, **SAM)
    assert browser.asks(LOG).status_code == 200
    if ending == "idle":
        with later(IDLE_LIMIT):
            assert browser.asks(LOG).status_code == 403
        return
    with writing() as session:
        match ending:
            case "shut":
                disable_account(session, viewer=OPERATOR, email=EMAIL)
            case "revoked":
                end_account_sessions(session, account_id=account_id)
            case "reset":
                reset_account(session, viewer=OPERATOR, email=EMAIL)
            case _:
                withdraw_role(session, viewer=OPERATOR, email=EMAIL, role=Role.ADMINISTRATOR)
    assert browser.asks(LOG).status_code == 403


@pytest.mark.parametrize("said", [True, 1, "1", "true"])
def test_microsofts_own_word_for_a_verified_address_is_taken_where_the_standards_is_missing(
    liar: Liar, said: object
) -> None:
    account()
    assert gets_in(liar, {**SAM, "email_verified": None, "xms_edov": said})


def test_nobody_gets_an_account_by_the_directory_nor_one_by_an_address_that_it_is_not_sure_of(liar: Liar) -> None:
    account()
    assert [who for who in (STRANGER, UNSURE) if gets_in(liar, who)] == []
    with reading() as session:
        assert session.exec(select(DirectoryIdentity)).all() == []
        assert len(session.exec(select(Account)).all()) == 1


def test_those_who_do_not_get_in_are_told_the_same_whether_or_not_they_have_an_account(liar: Liar) -> None:
    account()
    with writing() as session:
        disable_account(session, viewer=OPERATOR, email=EMAIL)
    shut, none, unsure = (Browser().arrives(liar, **who) for who in (SAM, STRANGER, UNSURE))
    assert {answer.status_code for answer in (shut, none, unsure)} == {403}
    assert shut.text == none.text == unsure.text
    assert "Nothing was changed" in shut.text


def test_another_subject_with_the_same_address_does_not_come_by_the_account(liar: Liar) -> None:
    account()
    assert gets_in(liar, SAM)
    assert not gets_in(liar, ANOTHER)
    assert gets_in(liar, SAM)


def test_the_subject_decides_and_not_its_address_from_the_second_time_on(liar: Liar) -> None:
    first, second = account(), account(email="other@example.org", role=Role.REVIEWER)
    assert gets_in(liar, SAM)
    for told in ({"email": "other@example.org"}, {"email": None}, {"email_verified": None}):
        browser = Browser()
        browser.arrives(liar, **SAM | told)
        assert browser.viewer.account_id == first != second
    with reading() as session:
        acts = list(session.exec(select(AuditEntry.act)))
    assert (acts.count("directory_bound"), acts.count("signed_in")) == (1, 4)


def test_an_account_that_was_shut_and_opened_is_bound_as_before(liar: Liar) -> None:
    account()
    assert gets_in(liar, SAM)
    with writing() as session:
        disable_account(session, viewer=OPERATOR, email=EMAIL)
    assert not gets_in(liar, SAM)
    with writing() as session:
        enable_account(session, viewer=OPERATOR, email=EMAIL)
    assert not gets_in(liar, ANOTHER)
    assert gets_in(liar, SAM)


def test_an_account_that_was_reset_begins_anew(liar: Liar) -> None:
    account()
    assert gets_in(liar, SAM)
    with writing() as session:
        reset_account(session, viewer=OPERATOR, email=EMAIL)
    assert gets_in(liar, ANOTHER)
    assert not gets_in(liar, SAM)


def test_a_person_who_is_forgotten_is_forgotten_here_too(liar: Liar) -> None:
    account_id = account()
    assert gets_in(liar, SAM)
    with writing() as session:
        organisation = factories.organisation(session)
        forget_account(session, session.get_one(Account, account_id), organisation_id=organisation)
    with reading() as session:
        assert session.exec(select(DirectoryIdentity)).all() == []
    assert not gets_in(liar, SAM)


def test_whoever_came_by_the_directory_can_sign_in_without_a_password(
    liar: Liar, monkeypatch: pytest.MonkeyPatch
) -> None:
    account_id = account()
    assert gets_in(liar, SAM)

    def stands() -> SignIn:
        with reading() as session:
            return find_person(session, viewer=OPERATOR, account_id=account_id).sign_in

    assert stands() is SignIn.CAN
    monkeypatch.setenv("CHARTER_OPENID_ISSUER", "https://another.example.org")
    forget_settings()
    assert stands() is SignIn.LINK_OVER


def test_a_session_is_a_new_one_each_time_in_place_of_the_one_that_the_browser_had(liar: Liar) -> None:
    account()
    browser = Browser()
    browser.arrives(liar, **SAM)
    before = browser.cookies[COOKIE]
    browser.arrives(liar, **SAM)
    assert browser.cookies[COOKIE] != before
    with reading() as session:
        live = session.exec(select(AccountSession).where(AccountSession.revoked_at == None)).all()  # noqa: E711
        assert len(live) == 1


def test_whoever_is_refused_keeps_the_session_that_they_had(liar: Liar) -> None:
    account()
    browser = Browser()
    browser.arrives(liar, **SAM)
    assert browser.arrives(liar, **STRANGER).status_code == 403
    assert browser.viewer.account_id is not None
