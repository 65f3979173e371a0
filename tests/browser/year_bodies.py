"""The public body's part of the year, and the monitoring group's: review, right of reply, and promises."""

from playwright.sync_api import Locator, Page

from tests.browser.conftest import settled
from tests.browser.year_desk import go, heading, press, told
from tests.running import RunningSite


def open_paper(page: Page, site: RunningSite, *, body: str) -> None:
    """Open what a public body sent, as a reviewer."""
    go(page, site, "review")
    heading(page, "1 public body waits for review")
    press(page, "Read and decide")
    heading(page, body)


def send_back(page: Page, *, reason: str) -> None:
    """Send the first answer back with a reason."""
    card = page.locator("[class*=st-key-reviewed_]").first
    card.get_by_text("Send this answer back").click()
    card.get_by_role("textbox").fill(reason)
    press(page, "Send back with my reasons")
    told(page, "You sent the answers of")


def reply_and_change(page: Page, site: RunningSite, *, reason: str, reply: str, label: str) -> None:
    """Read why an answer was sent back, reply once, and answer anew."""
    go(page, site, "self-assessment?step=list")
    told(page, "1 answer sent back")
    page.locator("[class*=st-key-open_] button").first.click()
    told(page, reason)
    card = page.locator("[class*=st-key-card_]").first
    card.get_by_text("Reply to this reason").click()
    page.get_by_label("Your reply").fill(reply)
    press(page, "Send this reply")
    told(page, "Your reply, ")
    card.get_by_role("radiogroup").get_by_text(label, exact=True).click()
    settled(page)


def accept(page: Page) -> None:
    press(page, "Accept all answers")
    told(page, "They count now.")


def look_at_own_figures(page: Page, site: RunningSite) -> None:
    go(page, site, "answer-back")
    told(page, "Seeing figures early is published")
    press(page, "Show us our figures")
    heading(page, "Your own figures")


def reply_to_figures(page: Page, words: str) -> None:
    page.get_by_label("What should readers know about these figures?").fill(words)
    press(page, "Save our reply")
    told(page, "Your reply is saved.")


def promise_action(page: Page, *, theme: str, words: str, action: str) -> None:
    """Say what will be done about a theme's lowest promise, with an action that is ongoing."""
    form = _form(page, theme)
    form.get_by_label("We will").fill(words)
    form.get_by_text("Ongoing", exact=True).click()
    settled(page)
    form.get_by_label("The action, in a few words").fill(action)
    press(page, "Save this promise", within=form)
    told(page, f"Your promise on {theme.lower()} is saved.")


def promise_without_action(page: Page, *, theme: str, words: str, reason: str) -> None:
    form = _form(page, theme)
    form.get_by_label("We will").fill(words)
    form.get_by_text("No action", exact=True).click()
    settled(page)
    form.get_by_label("Why there is no action").fill(reason)
    press(page, "Save this promise", within=form)
    told(page, f"Your promise on {theme.lower()} is saved.")


def _form(page: Page, theme: str) -> Locator:
    """Give the box of a theme: the innermost one that holds its heading and the button."""
    holds_heading = page.get_by_role("heading", name=theme, exact=True)
    holds_button = page.get_by_role("button", name="Save this promise")
    return page.get_by_test_id("stVerticalBlock").filter(has=holds_heading).filter(has=holds_button).last
