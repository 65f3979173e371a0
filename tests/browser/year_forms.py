"""Filling in a form in the year: by a link, signed in, or for a group that rings."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE, reference, settled
from tests.browser.year_desk import heading, press, told, whole


def follow_link(page: Page, link: str, *, name: str) -> None:
    """Open the link of an invitation, which shows whose form it is, and begin."""
    page.goto(link)
    told(page, name)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/self-assessment*")
    settled(page)
    whole(page)
    begin(page)


def begin(page: Page) -> None:
    press(page, re.compile("^(Start|Continue)$"))
    heading(page, "Your answers")


def answer(page: Page, label: str, *, limit: int) -> int:
    """Answer main questions with one label, strand by strand, and give how many were answered."""
    page.locator("[class*=st-key-open_] button").first.click()
    given = 0
    while given < limit:
        page.wait_for_selector("[class*=st-key-card_]")
        settled(page)
        given += _answer_here(page, label, limit=limit - given)
        following = page.locator(".st-key-to_next button")
        if given >= limit or "last questions" in following.inner_text():
            break
        address = page.url
        following.click()
        page.wait_for_function("old => window.location.href !== old", arg=address)
    return given


def comment_on_first(page: Page, words: str) -> None:
    """Write a comment on the first question of a part, and leave its box, which is when it is saved."""
    page.get_by_text("Comment (optional)").first.click()
    box = page.get_by_label(re.compile("^Comment or example")).first
    box.fill(words)
    box.blur()
    settled(page)
    told(page, re.compile("with a comment"))


def send(page: Page, *, person: str) -> str:
    """Check the answers, declare and send them, and give the reference that they arrived under."""
    settled(page)
    press(page, "Back to the list")
    press(page, "Check your answers")
    heading(page, "Check your answers")
    settled(page)
    page.get_by_role("checkbox").check(force=True)
    name = page.get_by_label(re.compile("^(Your name|Name of the person who answers for the group)$"))
    name.fill(person)
    press(page, "Send our answers")
    heading(page, "Your answers have arrived")
    return reference(page)


def _answer_here(page: Page, label: str, *, limit: int) -> int:
    groups = page.get_by_role("radiogroup")
    unanswered: list[str] = groups.evaluate_all(
        "all => all.filter(one => !one.querySelector('input:checked')).map(one => one.getAttribute('aria-label'))"
    )
    for question in unanswered[:limit]:
        group = page.get_by_role("radiogroup", name=question, exact=True)
        group.get_by_text(label, exact=True).click()
        expect(group.locator("input:checked")).to_have_count(1, timeout=PATIENCE)
        settled(page)
    return len(unanswered[:limit])
