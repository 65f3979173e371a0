"""A group raises a concern on a phone, passes it on, and the monitoring group agrees on an action that comes of it."""

import re
import sqlite3

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE, PHONE, TABLET, OpenPage, settled, turn_to
from tests.browser.people import sign_in
from tests.running import RunningSite

pytestmark = pytest.mark.browser
WORDS = "Nobody told us of the meeting until it was over."
HEADING = "Tell groups of each meeting a month before"


def test_a_group_raises_a_concern_that_becomes_an_action(watched_site: RunningSite, open_page: OpenPage) -> None:
    phone, desk, council = open_page(size=PHONE), open_page(size=TABLET), open_page(size=TABLET)
    sign_in(phone, watched_site, "group")
    ref = _raise(phone, watched_site)

    sign_in(council, watched_site, "council")
    _reply(council, ref, "We will tell you earlier next time.")
    _pass_on(phone, ref)
    _reply(council, ref, "We are ready to talk about it.")

    sign_in(desk, watched_site, "reviewer")
    _agree(desk, ref)
    assert _states(watched_site, ref) == ["with_champion", "with_monitoring_group", "agreed"]
    assert _actions(watched_site, ref) == [HEADING]

    turn_to(phone, f"concerns?ref={ref}")
    expect(phone.get_by_role("heading", name="What came of it")).to_be_visible(timeout=PATIENCE)
    expect(phone.get_by_text(HEADING)).to_be_visible()


def _raise(page: Page, site: RunningSite) -> str:
    turn_to(page, "concerns?part=raise")
    settled(page)
    _choose(page, "Which public body is it about?", "Riverbank Council")
    _choose(page, "Which promise is not kept?", "")
    page.get_by_label("What is your concern?").fill(WORDS)
    page.get_by_role("button", name="Raise this concern").click()
    expect(page.get_by_role("heading", name="A concern about Riverbank Council")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("paragraph").filter(has_text=WORDS)).to_be_visible()
    rows = _read(site, "SELECT ref FROM concern WHERE words = ?", WORDS)
    return str(rows[0][0])


def _choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a list, or the first of them."""
    page.get_by_label(label).click()
    page.get_by_role("option", name=re.compile(option)).first.click()
    settled(page)


def _reply(page: Page, ref: str, words: str) -> None:
    turn_to(page, f"concerns?ref={ref}")
    expect(page.get_by_role("heading", name="Your reply")).to_be_visible(timeout=PATIENCE)
    settled(page)
    page.get_by_label("Your answer").fill(words)
    page.get_by_role("button", name="Send this answer").click()
    # Not the same words in the corner of the screen: those of the answer before may still stand there.
    expect(page.get_by_test_id("stAlert").get_by_text("What you wrote is sent.")).to_be_visible(timeout=PATIENCE)
    turn_to(page, "concerns")
    settled(page)


def _pass_on(page: Page, ref: str) -> None:
    turn_to(page, "concerns")
    settled(page)
    turn_to(page, f"concerns?ref={ref}")
    settled(page)
    page.get_by_text("Pass it on to the monitoring group").click()
    settled(page)  # what opens moves the button for a moment, and a press goes where it was
    page.get_by_role("button", name="Pass it on", exact=True).click()
    expect(page.get_by_text("The concern is with the monitoring group now.").first).to_be_visible(timeout=PATIENCE)


def _agree(page: Page, ref: str) -> None:
    turn_to(page, f"concerns?ref={ref}")
    expect(page.get_by_role("heading", name="Your decision")).to_be_visible(timeout=PATIENCE)
    settled(page)
    page.get_by_text("A way forward was agreed", exact=True).click()
    settled(page)
    page.get_by_label("What was agreed?").fill("Groups hear of each meeting in good time.")
    page.get_by_text("A new action of the public body", exact=True).click()
    settled(page)
    page.get_by_label("What is to be done?").fill(HEADING)
    page.get_by_text("Ongoing", exact=True).click()
    settled(page)
    page.get_by_role("button", name="Save our decision").click()
    expect(page.get_by_text("Your decision is saved.").first).to_be_visible(timeout=PATIENCE)


def _states(site: RunningSite, ref: str) -> list[str]:
    query = """SELECT s.state FROM concern_step s JOIN concern c ON c.id = s.concern_id
        WHERE c.ref = ? ORDER BY s.number"""
    return [str(state) for (state,) in _read(site, query, ref)]


def _actions(site: RunningSite, ref: str) -> list[str]:
    query = """SELECT a.heading FROM action a JOIN action_source s ON s.action_id = a.id
        JOIN concern c ON c.id = s.concern_id WHERE c.ref = ?"""
    return [str(heading) for (heading,) in _read(site, query, ref)]


def _read(site: RunningSite, query: str, *values: object) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(f"file:{site.data_dir / 'charter.db'}?mode=ro", uri=True)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()
