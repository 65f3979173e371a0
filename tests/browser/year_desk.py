"""What everybody does in the year: signing in, going to a page, pressing a button, and waiting for what it says."""

import re
from datetime import date

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PATIENCE, settled, turn_to
from tests.running import RunningSite

PASSWORD = "kettle-harbour-lantern"


def go(page: Page, site: RunningSite, address: str) -> None:
    wanted = f"{site.address}/{address}"
    if page.get_by_test_id("stApp").count() and page.url.startswith(site.address) and page.url != wanted:
        turn_to(page, address)
    else:
        page.goto(wanted)
        # The heading comes up in the first run; before that, nothing runs either.
        expect(page.locator("h1").first).to_be_visible(timeout=PATIENCE)
    settled(page)
    whole(page)


def whole(page: Page) -> None:
    """Hold a page to having no mishap on it."""
    expect(page.locator("h1").first).to_be_visible(timeout=PATIENCE)
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.get_by_text("Something went wrong").count() == 0


def press(page: Page, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
    (within or page).get_by_role("button", name=name).first.click()
    settled(page)


def told(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_text(words).first).to_be_visible(timeout=PATIENCE)


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words).first).to_be_visible(timeout=PATIENCE)


def type_in(page: Page, label: str | re.Pattern[str], words: str) -> None:
    """Type into a field and leave it, which is when the page learns of it.

    To fill it is enough where the button that is pressed next reads the field: to press it is to leave the field.
    """
    field = page.get_by_label(label).first
    field.fill(words)
    field.blur()
    settled(page)


def main_words(page: Page) -> str:
    return page.inner_text("[data-testid=stMain]")


def first_password(page: Page, link: str) -> None:
    """Open the link of a letter, and set a password by it."""
    page.goto(link)
    settled(page)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Set password").click()
    told(page, "Your password is set")


def sign_in(page: Page, site: RunningSite, email: str) -> None:
    if "/sign-in" not in page.url:
        go(page, site, "sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    expect(page.get_by_label("Password", exact=True)).to_have_count(0, timeout=PATIENCE)
    # The cookie is fetched by a script of the page's own, and keeps the person signed in at the next address.
    _wait_for_the_cookie(page)


def _wait_for_the_cookie(page: Page) -> None:
    for _ in range(100):
        if any("session" in cookie["name"] for cookie in page.context.cookies()):
            return
        page.wait_for_timeout(100)
    raise AssertionError("no cookie came")


def type_date(page: Page, label: str, day: date) -> None:
    """Type a day into the three parts of a field."""
    page.get_by_role("spinbutton", name=f"day, {label}").first.click()
    page.keyboard.type(f"{day:%d%m%Y}")
    page.keyboard.press("Tab")
    settled(page)
