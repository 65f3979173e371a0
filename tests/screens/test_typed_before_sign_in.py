"""A session that ends while a form of the lists or of a plan is filled in: what was typed is there after signing in."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from charter.sessions import end_account_sessions
from charter.store import reading, writing
from db.models import Account, Organisation
from db.types import Role
from pages.ui import keys
from tests import factories
from tests.screens.site_under_test import ran, session_of
from tests.screens.test_keeping import group, opened, press, said, type_in

FORMS = [
    ("coordinate/organisations.py", "add", "Name", "Add this organisation", "is on the list now"),
    ("coordinate/organisations.py", "wards", "Name of the ward", "Add this ward", "What you typed is still here"),
    ("coordinate/accounts.py", "invite", "Name of the person", "Invite this person", "What you typed is still here"),
]


@pytest.mark.usefixtures("settings_env")
@pytest.mark.parametrize(("page", "part", "label", "button", "after"), FORMS)
def test_a_form_that_the_session_ends_in_keeps_what_was_typed(
    page: str, part: str, label: str, button: str, after: str
) -> None:
    site = opened(page, Role.COORDINATOR, part=part)
    _end_every_session()
    type_in(site, label, "Typed *once*")
    press(site, button)
    assert "Your session has ended" in said(site)
    _sign_in(site)
    assert "Typed *once*" in [field.value for field in site.text_input if field.label == label]
    assert after in said(press(site, button)), "the form goes on from there: nothing was sent by signing in"


@pytest.mark.usefixtures("settings_env")
def test_a_change_that_the_session_ends_in_is_kept_and_what_nobody_typed_in_follows_the_store() -> None:
    number = group("Tea Club", ref="G-1")
    site = opened("coordinate/organisations.py", Role.COORDINATOR, ref="G-1")
    _end_every_session()
    type_in(site, "Name", "Tea *Club*")
    press(site, "Save these changes")
    _sign_in(site)
    assert "Tea *Club*" in [field.value for field in site.text_input if field.label == "Name"]
    assert "The changes are saved." in said(press(site, "Save these changes"))
    with writing() as session:
        session.get_one(Organisation, number).name = "Coffee Club"
    assert "Coffee Club" in [field.value for field in ran(site).text_input if field.label == "Name"]


@pytest.mark.usefixtures("demo")
def test_a_plan_that_the_session_ends_in_keeps_what_was_typed_and_begins_anew_once_saved() -> None:
    site = opened("coordinate/periods.py", part="plan")
    _end_every_session()
    type_in(site, "Short name, for addresses", "2040")
    type_in(site, "Title", "A *typed* title")
    press(site, "Plan this period")
    assert "Your session has ended" in said(site)
    _sign_in(site)
    assert site.text_input(key="plan_0_title").value == "A *typed* title"
    assert "A *typed* title is planned" in said(press(site, "Plan this period"))
    site.query_params["part"] = "plan"
    assert ran(site).text_input(key="plan_1_title").value == ""


def _end_every_session() -> None:
    with reading() as session:
        accounts = session.exec(select(Account.id)).all()
    with writing() as session:
        for account in accounts:
            end_account_sessions(session, account_id=account or 0)


def _sign_in(site: AppTest) -> None:
    """Sign in as a coordinator, as the form for it does."""
    with writing() as session:
        account = factories.account(session)
        factories.grant(session, account_id=account, role=Role.COORDINATOR)
    site.session_state[keys.SESSION_ID] = session_of(account)
    ran(site)
