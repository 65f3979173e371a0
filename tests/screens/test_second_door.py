"""The button of the second door, as it stands below the form for signing in."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from charter.store import writing
from db.types import Role
from pages.ui import keys
from pages.ui.reviewing.unsent import reason_key
from tests import factories
from tests.screens.site_under_test import session_of, standing_at
from tests.second_door import open_door

ISSUER = "https://login.example.org"
pytestmark = pytest.mark.usefixtures("settings_env")


@pytest.fixture
def door(settings_env: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the settings name a directory, which nothing here asks."""
    assert settings_env.is_dir()
    monkeypatch.setenv("CHARTER_OPENID_BUTTON", "Sign in with <b>us</b>")
    open_door(monkeypatch, ISSUER)


def doors(site: AppTest) -> list[str]:
    """Give the HTML of each button."""
    found = [str(part.proto.body) for part in site.get("html")]
    return [html for html in found if "charter-door" in html and html.startswith("<a")]


def test_there_is_none_where_no_directory_is_set() -> None:
    assert doors(standing_at("public/sign_in.py", {}).run()) == []


@pytest.mark.usefixtures("door")
def test_it_says_what_is_set_and_leads_back_to_the_page_that_it_stands_on() -> None:
    (html,) = doors(standing_at("public/sign_in.py", {}).run())
    assert html == (
        '<a class="charter-door" href="/sign-in/openid?back=%2Fsign-in%3Fby%3Ddirectory">'
        "Sign in with &lt;b&gt;us&lt;/b&gt;</a>"
    )
    (html,) = doors(standing_at("coordinate/audit_log.py", {"act": 'x"><script>', "page": "2"}).run())
    assert 'href="/sign-in/openid?back=%2Faudit%3Fact%3Dx%2522%253E%253Cscript%253E%26page%3D2"' in html


@pytest.mark.usefixtures("door")
def test_it_warns_where_it_would_leave_behind_what_was_typed() -> None:
    site = standing_at("review/review.py", {})
    site.run()
    assert not site.warning
    site.session_state[reason_key("SA-1", 1)] = "A reason that I typed"
    site.run()
    assert ["is lost" in warning.value for warning in site.warning] == [True]


def test_a_coordinator_who_comes_back_by_it_lands_on_what_waits_this_week() -> None:
    with writing() as session:
        account_id = factories.account(session)
        factories.grant(session, account_id=account_id, role=Role.COORDINATOR)
    site = standing_at("public/sign_in.py", {"by": "directory"}, session_id=session_of(account_id)).run()
    assert site.session_state[keys.PAGE] == "this-week"
    assert "by" not in site.query_params
