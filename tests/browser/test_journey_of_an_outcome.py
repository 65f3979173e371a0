"""A partner reports an outcome that is off track, is asked for the route to green, and writes it; everybody reads it.

What stands in the store afterwards is read with nothing of the product's own.
"""

import re
import sqlite3
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenPage, settled
from tests.browser.people import come_back
from tests.running import RunningSite

pytestmark = pytest.mark.browser
REF = "demo-grant-forms"
# No made-up period reaches as far: those end some weeks ago.
DAY = date.today() - timedelta(days=1)  # noqa: DTZ011 - over in every time zone nearby
DAY_SAID = f"{DAY.day} {DAY:%B %Y}"
ROUTE = "From May on a person helps each group with its form."


def test_a_partner_reports_what_is_off_track_and_writes_the_route_to_green(
    watched_site: RunningSite, open_page: OpenPage
) -> None:
    site, page = watched_site, open_page(size=PHONE)
    come_back(page, site, site.password("council")[0], "my-organisation?part=outcomes")
    page.get_by_role("link", name="Groups that found the grant form easy").first.click()
    page.wait_for_url(f"**/indicator?ref={REF}*")
    settled(page)
    _report(page, period=DAY_SAID, figure="140", says="A percentage lies between 0 and 100")
    _report(page, period=DAY_SAID, figure="31.5", says=f"The figure on {DAY_SAID} is reported")
    assert _stored(site) == [(DAY.isoformat(), 31.5, None)]
    _aim(page, period=DAY_SAID, target="60")
    _write_the_route(page)
    assert _stored(site) == [(DAY.isoformat(), 31.5, ROUTE)]
    page.get_by_text("What it shows", exact=True).click()
    settled(page)
    expect(page.get_by_text("so it is off track")).to_be_visible()
    expect(page.get_by_text(ROUTE)).to_be_visible()
    # Everybody else reads it with the next release, and what was published until then.
    other = open_page(size=PHONE)
    other.goto(f"{site.address}/indicator?ref={REF}")
    settled(other)
    expect(other.get_by_role("heading", name="Groups that found the grant form easy")).to_be_visible()
    assert other.get_by_text(ROUTE).count() == 0


def _report(page: Page, *, period: str, figure: str, says: str) -> None:
    page.get_by_text("Report a figure", exact=True).click()
    settled(page)
    page.get_by_role("textbox", name="Which period is it for?").fill(period)
    page.get_by_role("textbox", name=re.compile("^The figure")).fill(figure)
    page.get_by_role("button", name="Report this figure").click()
    expect(page.get_by_text(says).first).to_be_visible()
    settled(page)


def _aim(page: Page, *, period: str, target: str) -> None:
    page.get_by_text("Targets", exact=True).click()
    settled(page)
    page.get_by_role("textbox", name="For which period?").first.fill(period)
    page.get_by_role("textbox", name=re.compile("^The target")).fill(target)
    page.get_by_role("button", name="Set this target").click()
    expect(page.get_by_text(f"The target on {DAY_SAID} is set").first).to_be_visible()
    settled(page)


def _write_the_route(page: Page) -> None:
    page.get_by_text("Words", exact=True).click()
    settled(page)
    expect(page.get_by_text("Please write what brings it back on track")).to_be_visible()
    page.get_by_role("textbox", name="What happened?").fill("The form became longer.")
    page.get_by_role("button", name="Save these words").click()
    expect(page.get_by_text("Please type what will bring it back on track").first).to_be_visible()
    page.get_by_role("textbox", name=re.compile("^The route to green")).fill(ROUTE)
    page.get_by_role("button", name="Save these words").click()
    expect(page.get_by_text("are saved").first).to_be_visible()
    settled(page)


def _stored(site: RunningSite) -> list[tuple[object, ...]]:
    """Read what was reported for the newest day, with its route to green."""
    connection = sqlite3.connect(f"file:{site.data_dir / 'charter.db'}?mode=ro", uri=True)
    try:
        return connection.execute(
            """SELECT m.ends_on, CAST(m.value AS REAL), c.route_to_green FROM measurement m
            JOIN indicator i ON i.id = m.indicator_id LEFT JOIN commentary c ON c.measurement_id = m.id
            WHERE i.ref = ? AND m.starts_on = m.ends_on""",
            (REF,),
        ).fetchall()
    finally:
        connection.close()
