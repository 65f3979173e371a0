"""The second door in a real browser: by the button to a real provider, back signed in, and out again."""

import httpx
import pytest
from playwright.sync_api import expect

from charter.sessions import COOKIE
from charter.viewers import Ending, see
from tests.browser.conftest import BUTTON, PATIENCE, OpenPage, settled
from tests.running import RunningSite

pytestmark = pytest.mark.browser


def test_there_and_back_by_the_button_and_out_again(
    watched_site: RunningSite, open_page: OpenPage, provider: str
) -> None:
    site, page = watched_site, open_page()
    who = {"email": "coordinator@demonstration.example", "email_verified": True}
    httpx.put(f"{provider}/users/staff-7", json=who).raise_for_status()
    page.goto(f"{site.address}/sign-in")
    settled(page)
    page.get_by_role("link", name=BUTTON).click()
    page.wait_for_url(f"{provider}/**", timeout=PATIENCE)
    assert page.evaluate("() => document.referrer") == ""
    page.locator("input[name=sub]").fill("staff-7")
    page.get_by_role("button", name="Authorize").click()
    expect(page.get_by_role("heading", name="This week")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Signed in as")).to_be_visible(timeout=PATIENCE)
    settled(page)
    assert page.url == f"{site.address}/this-week"
    cookies = {str(cookie.get("name")): cookie for cookie in page.context.cookies(site.address)}
    assert "charter_directory" not in cookies
    assert (cookies[COOKIE].get("httpOnly"), cookies[COOKIE].get("sameSite")) == (True, "Lax")

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{site.address}/")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible(timeout=PATIENCE)
    with site.here():
        assert see(token=str(cookies[COOKIE].get("value"))).ending is Ending.OVER
