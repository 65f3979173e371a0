"""What only a real browser shows: the cookie, the policy of the page, and what stands on the screen after a failure."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from charter.sessions import COOKIE
from charter.store import store
from charter.viewers import Ending, see
from tests.browser.conftest import PATIENCE, PHONE, PROJECTOR, OpenPage, dress
from tests.browser.people import sign_in, type_password
from tests.running import RunningSite

pytestmark = pytest.mark.browser
_LONG_NAME = "() => { document.querySelector('.st-key-signed_in p').textContent = 'x'.repeat(120); }"
# A field cuts off what goes beyond its edge, and a ring that is drawn around what stands in it.
_RING = "field => getComputedStyle(field.closest('[data-testid=stTextInputRootElement]')).outline"


def test_signing_in_sets_a_cookie_that_no_script_reads_and_loads_nothing_again(
    watched_site: RunningSite, open_page: OpenPage
) -> None:
    site, page = watched_site, open_page()
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    assert sign_in(page, site, "coordinator").status == 204
    expect(page.get_by_role("heading", name="This week")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Signed in as")).to_be_visible(timeout=PATIENCE)
    cookie = next(cookie for cookie in page.context.cookies() if cookie["name"] == COOKIE)
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert COOKIE not in page.evaluate("() => document.cookie")
    assert len(loads) == 1
    assert page.locator("[data-charter-ticket]").count() == 0

    page.reload()
    expect(page.get_by_text("Signed in as")).to_be_visible(timeout=PATIENCE)
    token = session_token(page)
    dress(page, PHONE, dark=False)
    page.evaluate(_LONG_NAME)
    out = page.get_by_role("button", name="Sign out")
    expect(out).to_be_in_viewport(ratio=1, timeout=PATIENCE)
    out.click()
    page.wait_for_url(f"{site.address}/")
    dress(page, PROJECTOR, dark=False)
    expect(page.get_by_role("link", name="Sign in")).to_be_visible(timeout=PATIENCE)
    assert session_token(page) == ""
    with site.here():
        assert see(token=token).ending is Ending.OVER


def test_nothing_that_the_page_needs_is_kept_out_by_its_policy_and_no_script_that_stands_in_it_runs(
    watched_site: RunningSite, open_page: OpenPage
) -> None:
    site, page = watched_site, open_page()
    complaints: list[str] = []
    elsewhere: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: elsewhere.append(request.url) if site.address not in request.url else None)
    page.goto(f"{site.address}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    page.get_by_role("link", name="Sign in").click()
    expect(page.get_by_role("textbox", name="Password")).to_be_visible(timeout=PATIENCE)
    assert page.evaluate("() => document.fonts.check('17px \"Source Sans\"')")
    assert page.title() == "Sign in"
    width = page.locator("[data-testid=stMainBlockContainer]").evaluate("element => getComputedStyle(element).maxWidth")
    assert width != "none"  # our own style is let in
    assert complaints == []
    assert [url for url in elsewhere if not url.startswith(("data:", "blob:"))] == []

    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
        }"""
    )
    assert page.evaluate("() => window.ran") is None


def test_the_form_stands_in_a_closed_pages_place_and_its_address_stays(
    watched_site: RunningSite, open_page: OpenPage
) -> None:
    page = open_page()
    page.goto(f"{watched_site.address}/self-assessment?ref=SA-12345678")
    expect(page.get_by_text("Sign in to open this page")).to_be_visible(timeout=PATIENCE)
    field = page.get_by_label("E-mail address")
    field.focus()
    assert "solid 3px" in str(field.evaluate(_RING))  # whoever uses the keyboard sees where they are
    type_password(page, watched_site, "reviewer")
    expect(page.get_by_text("This page is not open to you")).to_be_visible(timeout=PATIENCE)
    assert page.url == f"{watched_site.address}/self-assessment?ref=SA-12345678"


def test_a_failed_page_shows_a_code_and_the_log_has_it_without_the_words(
    watched_site: RunningSite, open_page: OpenPage
) -> None:
    page = open_page()
    with broken(watched_site):
        page.goto(watched_site.address)
        said = page.get_by_text("tell the person who runs the review this code")
        expect(said).to_be_visible(timeout=PATIENCE)
    code = re.search(r"this code: ([0-9A-Z]{8})", said.inner_text())
    assert code is not None
    log = watched_site.log.read_text(encoding="utf-8")
    assert f"incident {code[1]}" in log
    assert "no such table" not in log
    assert "no such table" not in page.content()
    assert "Traceback" not in page.content()


def session_token(page: Page) -> str:
    return next((cookie["value"] for cookie in page.context.cookies() if cookie["name"] == COOKIE), "")


@contextmanager
def broken(site: RunningSite) -> Iterator[None]:
    """Have a table that every page reads bear another name for as long as the scope lasts."""

    def rename(now: str, then: str) -> None:
        with site.here(), store().engine.begin() as connection:
            connection.execute(text(f"ALTER TABLE {now} RENAME TO {then}"))

    rename("release", "secret_words")
    try:
        yield
    finally:
        rename("secret_words", "release")
