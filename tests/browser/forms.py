"""Filling in a self-assessment in a real browser, in the words that a person sees."""

import re
from collections.abc import Sequence

from playwright.sync_api import Page, expect

from tests.browser.conftest import settled

_SAVED = re.compile("^Saved")


def open_by_link(page: Page, link: str) -> None:
    """Open an invitation link and go on to the form's first screen."""
    page.goto(link)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Who will see your answers")).to_be_visible()
    settled(page)


def begin(page: Page) -> None:
    """Go from the first screen to the task list."""
    page.get_by_role("button", name="Start").or_(page.get_by_role("button", name="Continue")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers")


def go_to(page: Page, task: str) -> None:
    """Go from the task list to a task, by its name in its row."""
    page.get_by_role("button", name=task, exact=True).click()
    expect(page.get_by_role("radiogroup").first).to_be_visible()
    settled(page)


def answer_page(page: Page, labels: Sequence[str]) -> None:
    """Choose one answer for each question of the page, in their order, and wait until each is saved."""
    cards = page.locator("[class*=st-key-card_]")
    for number, label in enumerate(labels):
        cards.nth(number).get_by_role("radiogroup").get_by_text(label, exact=True).click()
        expect(cards.nth(number).get_by_text(_SAVED).first).to_be_visible()
    settled(page)


def next_page(page: Page) -> None:
    """Go on to the page that comes next, and wait until its title stands there."""
    before = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="Next:").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(before)
    settled(page)


def comment(page: Page, number: int, words: str) -> None:
    """Type a comment on a question, by its number in the form, and leave the box."""
    card = page.locator("[class*=st-key-card_]").filter(has=page.get_by_role("heading", name=f"{number}. "))
    card.get_by_text("Comment (optional)").click()
    box = page.get_by_role("textbox", name=f"Comment or example for question {number},")
    box.fill(words)
    box.blur()
    settled(page)


def send(page: Page, name: str) -> str:
    """Send from the page that checks the answers, and give the reference."""
    page.get_by_text("I answer for", exact=False).click()
    page.get_by_role("textbox", name="Your name").fill(name)
    page.get_by_role("button", name="Send our answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers have arrived")
    return page.get_by_text("Your reference is").locator("strong").inner_text()
