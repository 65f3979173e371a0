"""The forms for signing in and for setting a password, the guard, and the menu, as a person meets them."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from charter.accounts import add_account, disable_account, withdraw_role
from charter.attempts import PAIR_LIMIT
from charter.passwords import set_password
from charter.rules.access import OPERATOR, PUBLIC, Who
from charter.sessions import end_account_sessions, start_account_session
from charter.store import reading, writing
from charter.typed import JOINER
from db.models import Account, AccountSession, SignInAttempt
from db.types import Role
from pages.ui import keys
from pages.ui.navigation import PLACES, Place, is_open
from pages.ui.plain import plain
from tests.screens.site_under_test import opened_at, session_of, standing_at

SIGN_IN = "public/sign_in.py"
FORM = "partner/self_assessment.py"
EMAIL = "person@example.org"
PASSWORD = "three random words"
pytestmark = pytest.mark.usefixtures("settings_env", "little_work")


def account(role: Role = Role.REVIEWER, *, email: str = EMAIL) -> int:
    """Make an account that can sign in."""
    with writing() as session:
        token = add_account(session, viewer=OPERATOR, email=email, role=role, name="Person *one*")
        set_password(session, token=token, password=PASSWORD, address="")
        return session.exec(select(Account.id).where(Account.email == email)).one() or 0


def opened(page: str = SIGN_IN, **query: str) -> AppTest:
    """Open the site at a page, in a browser that nobody has used."""
    return standing_at(page, query).run()


def type_in(site: AppTest, *, email: str = EMAIL, password: str = PASSWORD) -> AppTest:
    site.text_input(key=keys.SIGN_IN_EMAIL).set_value(email)
    site.text_input(key=keys.SIGN_IN_PASSWORD).set_value(password)
    site.button[0].click()
    return site.run()


def texts(site: AppTest) -> str:
    return "\n".join(str(part.value) for part in [*site.title, *site.markdown, *site.error, *site.warning, *site.info])


def test_a_right_password_signs_in() -> None:
    account_id = account()
    site = type_in(opened())
    assert not site.exception
    assert "You are signed in as Person \\*one\\*" in texts(site)
    with reading() as session:
        row = session.exec(select(AccountSession)).one()
        assert row.account_id == account_id
        assert site.session_state[keys.SESSION_ID] == row.id


def test_the_name_may_be_typed_in_capitals_and_with_spaces() -> None:
    account()
    assert "You are signed in" in texts(type_in(opened(), email="  PERSON@Example.org "))


def test_the_name_may_be_copied_from_a_page_that_shows_it() -> None:
    account()
    assert "You are signed in" in texts(type_in(opened(), email=f"{EMAIL[:7]}{JOINER}{EMAIL[7:]}"))


def test_the_form_tells_password_managers_what_its_fields_are() -> None:
    site = opened()
    assert site.text_input(key=keys.SIGN_IN_EMAIL).proto.autocomplete == "username"
    assert site.text_input(key=keys.SIGN_IN_PASSWORD).proto.autocomplete == "current-password"


def test_nothing_of_the_librarys_own_state_is_kept() -> None:
    account()
    site = type_in(opened())
    assert [key for key in keys.AUTHENTICATOR if key in site.session_state] == []
    site = type_in(opened(), password="wrong password")
    assert [key for key in keys.AUTHENTICATOR if key in site.session_state] == []


def test_an_unknown_name_and_a_wrong_password_get_the_same_words() -> None:
    account()
    wrong = type_in(opened(), password="not the password")
    unknown = type_in(opened(), email="nobody@example.org")
    assert [error.value for error in wrong.error] == [error.value for error in unknown.error]
    assert len(wrong.error) == 1
    assert keys.SESSION_ID not in wrong.session_state
    assert keys.SESSION_ID not in unknown.session_state


@pytest.mark.parametrize(("email", "password"), [("", PASSWORD), (EMAIL, ""), ("   ", PASSWORD)])
def test_an_empty_field_is_said_and_counts_as_no_attempt(email: str, password: str) -> None:
    account()
    site = type_in(opened(), email=email, password=password)
    assert "Type your e-mail address and your password" in texts(site)
    with reading() as session:
        assert session.exec(select(SignInAttempt)).all() == []


@pytest.mark.parametrize("password", ["x" * 73, "é" * 60, PASSWORD + "\x00", PASSWORD.upper(), f"{PASSWORD} and more"])
def test_odd_passwords_are_wrong_and_break_nothing(password: str) -> None:
    account()
    site = type_in(opened(), password=password)
    assert not site.exception
    assert len(site.error) == 1
    assert keys.SESSION_ID not in site.session_state


@pytest.mark.parametrize("email", ["' OR 1=1 --", "<b>x</b>@example.org", "x" * 254, "../../etc/passwd"])
def test_odd_names_are_wrong_and_break_nothing(email: str) -> None:
    account()
    site = type_in(opened(), email=email)
    assert not site.exception
    assert len(site.error) == 1


def test_five_wrong_then_right_is_refused_in_any_window() -> None:
    account()
    for _ in range(PAIR_LIMIT):
        assert "is not right" in texts(type_in(opened(), password="not the password"))
    for _ in range(2):
        refused = type_in(opened())
        assert "Wait 10 minutes" in texts(refused)
        assert keys.SESSION_ID not in refused.session_state


def test_a_disabled_account_gets_the_words_of_a_wrong_password() -> None:
    account()
    with writing() as session:
        disable_account(session, viewer=OPERATOR, email=EMAIL)
    site = type_in(opened())
    assert "is not right" in texts(site)
    assert keys.SESSION_ID not in site.session_state


def test_an_account_without_a_password_cannot_sign_in() -> None:
    with writing() as session:
        add_account(session, viewer=OPERATOR, email=EMAIL, role=Role.REVIEWER)
    assert "is not right" in texts(type_in(opened()))


def test_a_page_that_needs_signing_in_shows_the_form_and_then_itself_with_what_was_asked_for() -> None:
    account(Role.COORDINATOR)
    site = opened(FORM, ref="SA-12345678")
    assert "Sign in to open this page" in texts(site)
    site = type_in(site)
    assert site.query_params["ref"] in ("SA-12345678", ["SA-12345678"])
    assert "This page is not open to you" in texts(site)
    assert not site.text_input


def test_a_role_that_is_taken_away_counts_at_once() -> None:
    account(Role.REVIEWER)
    site = type_in(opened())
    with writing() as session:
        withdraw_role(session, viewer=OPERATOR, email=EMAIL, role=Role.REVIEWER)
    place = next(place for place in PLACES if Who.REVIEWER in place.open_to or place.path == FORM)
    site.switch_page(place.path).run()
    assert "This page is not open to you" in texts(site)


@pytest.mark.parametrize("how", ["disabled", "signed out elsewhere", "new password"])
def test_a_session_that_ended_says_so_and_lets_sign_in_again(how: str) -> None:
    account_id = account()
    site = type_in(opened())
    with writing() as session:
        if how == "disabled":
            disable_account(session, viewer=OPERATOR, email=EMAIL)
        elif how == "new password":
            token = add_account(session, viewer=OPERATOR, email=EMAIL, role=Role.REVIEWER)
            set_password(session, token=token, password="another good password", address="")
        else:
            end_account_sessions(session, account_id=account_id)
    site.switch_page(FORM).run()
    assert "Your session has ended. What you saved is safe." in texts(site)
    assert site.text_input(key=keys.SIGN_IN_EMAIL)
    if how != "disabled":
        password = "another good password" if how == "new password" else PASSWORD
        assert "not open to you" in texts(type_in(site, password=password))


def test_a_session_number_that_somebody_else_has_cannot_be_typed_in() -> None:
    account_id = account()
    with writing() as session:
        start_account_session(session, account_id=account_id)
    site = opened(FORM, **{keys.SESSION_ID: "1"})
    assert "Sign in to open this page" in texts(site)


def test_the_ticket_stands_in_the_page_while_it_is_good() -> None:
    account()
    site = type_in(opened())
    ticket = site.session_state[keys.TICKET]
    drawn = [str(part.value) for part in site.html if "data-charter-ticket" in str(part.value)]
    assert len(drawn) == 1
    assert ticket in drawn[0]
    assert '<script src="/assets/ticket.js"></script>' in drawn[0]


def test_a_password_is_set_by_its_link() -> None:
    with writing() as session:
        token = add_account(session, viewer=OPERATOR, email=EMAIL, role=Role.REVIEWER)
    site = opened(SIGN_IN, set=token)
    assert f"Choose a password for {plain(EMAIL)}." in texts(site)
    field = site.text_input(key=keys.SET_PASSWORD_NEW)
    assert field.proto.autocomplete == "new-password"
    field.set_value("short")
    site.button[0].click()
    site.run()
    assert "12 characters or more" in texts(site)
    site.text_input(key=keys.SET_PASSWORD_NEW).set_value(PASSWORD)
    site.button[0].click()
    site.run()
    assert "Now sign in" in site.success[0].value
    assert "set" not in site.query_params
    assert "You are signed in" in texts(type_in(site))


def test_looking_at_a_password_link_uses_nothing_up() -> None:
    with writing() as session:
        token = add_account(session, viewer=OPERATOR, email=EMAIL, role=Role.REVIEWER)
    for _ in range(3):
        assert "Choose a password" in texts(opened(SIGN_IN, set=token))


@pytest.mark.parametrize("token", ["made-up", "A" * 43])
def test_a_link_that_cannot_be_used_says_what_to_do(token: str) -> None:
    site = opened(SIGN_IN, set=token)
    assert "Ask for a new one" in texts(site)
    assert "If you have set your password already, sign in with it." in texts(site)
    assert not [field for field in site.text_input if field.key == keys.SET_PASSWORD_NEW]
    account()
    next(button for button in site.button if button.label == "Go to sign in").click()
    assert "You are signed in" in texts(type_in(site.run()))


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.path)
def test_every_page_is_registered_for_everybody_and_none_fails(place: Place) -> None:
    site = opened(place.path)
    assert not site.exception
    assert site.title or texts(site)


def test_nobody_opens_a_page_that_is_not_theirs() -> None:
    closed = [place for place in PLACES if not is_open(place, PUBLIC)]
    assert FORM in {place.path for place in closed}
    for place in closed:
        assert "Sign in to open this page" in texts(opened(place.path))


def test_who_asks_for_a_page_that_is_not_theirs_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    session_id = session_of(account())
    site = opened_at("coordinate/audit_log.py", {}, session_id=session_id)
    assert "not open to you" in texts(site)
    assert f"refused: session {session_id}, page coordinate/audit_log.py" in caplog.text
