"""What only a real browser shows: the cookie, the policy of the page, and what stands on the screen after a failure."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlalchemy import text

from charter.sessions import COOKIE
from charter.viewers import Ending, see
from db.engine import open_engine
from tests.browser.find_chromium import find_or_install
from tests.http.conftest import Site
from tests.http.people import PASSWORD, link_to, person
from tests.http.serving import serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=20_000)  # the machine may be busy with other tests
        started = playwright.chromium.launch(executable_path=find_or_install(), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context()
    yield made
    made.close()


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.get_by_role("textbox", name="E-mail address").fill(email)
    page.get_by_role("textbox", name="Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def session_token(context: BrowserContext) -> str:
    return next((cookie["value"] for cookie in context.cookies() if cookie["name"] == COOKIE), "")


def test_signing_in_sets_a_cookie_that_no_script_reads_and_loads_nothing_again(
    site: Site, context: BrowserContext
) -> None:
    email = person(site.store, password=PASSWORD, name="Co Ordinator")
    page = context.new_page()
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    page.goto(f"{site.address}/sign-in")
    with page.expect_response("**/session") as handed_in:
        sign_in(page, email)
    assert handed_in.value.status == 204
    expect(page.get_by_text("Signed in as Co Ordinator")).to_be_visible()
    cookie = next(cookie for cookie in context.cookies() if cookie["name"] == COOKIE)
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert COOKIE not in page.evaluate("() => document.cookie")
    assert len(loads) == 1
    assert page.locator("[data-charter-ticket]").count() == 0

    page.reload()
    expect(page.get_by_text("Signed in as Co Ordinator")).to_be_visible()
    token = session_token(context)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{site.address}/")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    assert session_token(context) == ""
    assert see(token=token).ending is Ending.OVER


def test_nothing_that_the_page_needs_is_kept_out_by_its_policy(site: Site, context: BrowserContext) -> None:
    page = context.new_page()
    complaints: list[str] = []
    elsewhere: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: elsewhere.append(request.url) if site.address not in request.url else None)
    page.goto(f"{site.address}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("link", name="Sign in").click()
    expect(page.get_by_role("textbox", name="Password")).to_be_visible()
    assert page.evaluate("() => document.fonts.check('17px \"Source Sans\"')")
    assert page.title() == "Sign in"
    width = page.locator("[data-testid=stMainBlockContainer]").evaluate("element => getComputedStyle(element).maxWidth")
    assert width != "none"  # our own style is let in
    assert complaints == []
    assert [url for url in elsewhere if not url.startswith(("data:", "blob:"))] == []


def test_scripts_that_stand_in_a_page_do_not_run(site: Site, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{site.address}/")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
        }"""
    )
    assert page.evaluate("() => window.ran") is None


def test_the_form_stands_in_a_closed_pages_place_and_its_address_stays(site: Site, context: BrowserContext) -> None:
    email = person(site.store, password=PASSWORD)
    page = context.new_page()
    page.goto(f"{site.address}/self-assessment?ref=SA-12345678")
    expect(page.get_by_text("Sign in to open this page")).to_be_visible()
    sign_in(page, email)
    expect(page.get_by_text("This page is not open to you")).to_be_visible()
    assert page.url == f"{site.address}/self-assessment?ref=SA-12345678"


def test_a_link_opens_the_form_after_continue_on_a_phone(site: Site, browser: Browser) -> None:
    token, _ = link_to(site.store, organisation="Grays Gardeners")
    phone = browser.new_context(viewport={"width": 360, "height": 740})
    page = phone.new_page()
    page.goto(f"{site.address}/link/{token}")
    expect(page.get_by_role("heading", name="Grays Gardeners")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    assert session_token(phone) == ""
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/self-assessment")
    expect(page.get_by_text("Answering by invitation link")).to_be_visible()
    assert see(token=session_token(phone)).viewer.invited is not None
    phone.close()


def test_a_failed_page_shows_a_code_and_the_log_has_it_without_the_words(tmp_path: Path, browser: Browser) -> None:
    with serving(tmp_path, {}) as server:
        engine = open_engine(f"sqlite:///{tmp_path / 'var' / 'charter.db'}")
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE organisation RENAME TO secret_words"))
        engine.dispose()
        page = browser.new_page()
        page.goto(server.address)
        said = page.get_by_text("tell the person who runs the review this code")
        expect(said).to_be_visible()
        code = re.search(r"this code: ([0-9A-Z]{8})", said.inner_text())
        assert code is not None
        assert f"incident {code[1]}" in server.log()
        assert "no such table" not in server.log()
        assert "no such table" not in page.content()
        assert "Traceback" not in page.content()
        page.close()
