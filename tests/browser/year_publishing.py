"""From the closed review to its correction: the coordinator's checks, early sharing, and what everybody reads."""

import re

from playwright.sync_api import Page

from tests.browser.year_desk import go, heading, main_words, press, told, whole
from tests.browser.year_running import PERIOD, TITLE
from tests.running import RunningSite


def check(page: Page, site: RunningSite) -> str:
    """Read the figures as they would be published."""
    go(page, site, f"publish?period={PERIOD}&part=check")
    heading(page, "What is hidden, and why")
    for closed in page.get_by_test_id("stExpander").all():
        closed.locator("summary").click()
    page.get_by_role("table").last.wait_for()
    return main_words(page)


def share_early(page: Page, site: RunningSite, *, name: str) -> str:
    """Make a link for a named person, and give it."""
    go(page, site, f"publish?period={PERIOD}&part=share")
    page.get_by_label("Name of the person").fill(name)
    press(page, "Make a link for this person")
    told(page, "The link is shown only once.")
    shown = page.get_by_test_id("stCode").filter(has_text="/preview/")
    found = re.search(r"https?://\S+", shown.inner_text())
    assert found is not None
    return found[0]


def open_early(page: Page, link: str, *, name: str) -> str:
    """Open the link of somebody who is shown the figures early, and read them."""
    page.goto(link)
    told(page, name)
    page.get_by_role("button", name="Continue").click()
    heading(page, f"{TITLE}: an early look")
    return page.inner_text("main")


def write_words(page: Page, site: RunningSite, *, meaning: str, decisions: str) -> None:
    write_meaning(page, site, meaning)
    page.get_by_label("What do you ask the Cabinet and the partners to decide?").fill(decisions)
    press(page, "Save “decisions asked”")
    told(page, "“Decisions asked” is saved.")


def write_meaning(page: Page, site: RunningSite, words: str) -> None:
    go(page, site, f"publish?period={PERIOD}&part=words")
    page.get_by_label("What should a reader take from the figures?").fill(words)
    press(page, "Save “what it means”")
    told(page, "“What it means” is saved.")


def publish(page: Page, site: RunningSite) -> None:
    go(page, site, f"publish?period={PERIOD}&part=publish")
    heading(page, "Before you publish")
    press(page, "Publish this review")
    press(page, "Yes, publish now")
    told(page, f"{TITLE} is published as release {PERIOD}.1")


def correct(page: Page, site: RunningSite, *, reason: str) -> None:
    go(page, site, f"publish?period={PERIOD}&part=correct")
    page.get_by_label("The reason, for everyone to read").fill(reason)
    press(page, "See what will change, then publish…")
    heading(page, "What will change for everyone")
    press(page, "Yes, publish the correction")
    told(page, f"{TITLE} is corrected: release {PERIOD}.2 is published.")


def public_page(page: Page, site: RunningSite, address: str) -> str:
    """Read a public page as anybody reads it."""
    go(page, site, address)
    whole(page)
    return main_words(page)
