"""Signing in by the form, and coming back with the cookie that a browser kept."""

from playwright.sync_api import Page, Response, expect
from sqlmodel import select

from charter.sessions import COOKIE, start_account_session
from charter.store import writing
from db.models import Account
from tests.browser.conftest import PATIENCE, settled
from tests.running import RunningSite


def sign_in(page: Page, site: RunningSite, name: str) -> Response:
    """Sign in on the page for it as one of the demonstration's people."""
    page.goto(f"{site.address}/sign-in")
    settled(page)
    return type_password(page, site, name)


def type_password(page: Page, site: RunningSite, name: str) -> Response:
    """Fill in the form for signing in, and wait until the browser holds the cookie; give what it came with."""
    email, password = site.password(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    # The cookie is fetched by a script of the page's own.
    with page.expect_response("**/session", timeout=PATIENCE) as handed_in:
        page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    expect(page.get_by_label("Password", exact=True)).to_have_count(0, timeout=PATIENCE)
    return handed_in.value


def come_back(page: Page, site: RunningSite, email: str, path: str) -> None:
    """Open an address as somebody does whose browser kept the cookie of an earlier day."""
    with site.here(), writing() as session:
        account_id = session.exec(select(Account.id).where(Account.email == email)).one() or 0
        token = start_account_session(session, account_id=account_id).token
    page.context.add_cookies([{"name": COOKIE, "value": token, "url": site.address, "httpOnly": True}])
    page.goto(f"{site.address}/{path}")
    expect(page.locator("h1").first).to_be_visible(timeout=PATIENCE)
    settled(page)
