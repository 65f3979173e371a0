"""The coordinator's part of the year: planning, opening, inviting, helping, reminding and closing."""

import re
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE, settled
from tests.browser.year_desk import go, heading, press, told, type_date, type_in
from tests.running import RunningSite

PERIOD = "2026"
TITLE = "2026 review"


def bring_organisations(page: Page, site: RunningSite, file: Path, *, number: int) -> None:
    go(page, site, "organisations?part=bring")
    page.locator("input[type=file]").set_input_files(file)
    press(page, f"Add {number} organisations")
    told(page, f"{number} organisations were added.")


def invite_person(page: Page, site: RunningSite, *, name: str, email: str, organisation: str) -> None:
    """Invite somebody by e-mail to answer for an organisation."""
    go(page, site, "accounts?part=invite")
    page.get_by_label("Name of the person").fill(name)
    page.get_by_label("E-mail address of the person").fill(email)
    page.get_by_role("combobox", name=re.compile("Organisation that they answer for")).fill(organisation)
    page.get_by_role("option", name=organisation).click()
    press(page, "Invite this person")
    told(page, f"{name}: ")


def plan_and_open(page: Page, site: RunningSite, *, closes_on: date) -> None:
    go(page, site, "periods")
    page.get_by_label("Short name, for addresses").fill(PERIOD)
    page.get_by_label("Title").fill(TITLE)
    type_date(page, "Last day", closes_on)
    page.get_by_label("Where the invitation list comes from").fill("The list of the Council for Voluntary Service")
    press(page, "Plan this period")
    told(page, f"{TITLE} is planned")
    press(page, "Open this period")
    press(page, "Yes, open it")
    told(page, f"{TITLE} is open until")


def invite(page: Page, site: RunningSite, *, number: int) -> None:
    go(page, site, f"responses?period={PERIOD}&part=reminders")
    press(page, f"Send {number} invitations now")
    press(page, "Yes, send them")
    told(page, f"Invited by e-mail: {number}.")


def begin_for_a_group(page: Page, site: RunningSite, *, name: str, person: str) -> None:
    """Open the form of a group that rings, as the coordinator."""
    go(page, site, f"assisted?period={PERIOD}")
    type_in(page, "The group’s name or reference", name)
    press(page, name)
    heading(page, name)
    type_in(page, "Who gives them to you?", person)
    press(page, "Open the form")
    told(page, f"You are typing in for {name}")


def where_it_stands(page: Page, site: RunningSite, *, name: str) -> str:
    """Read how far an organisation is, in the list of who has answered."""
    go(page, site, f"responses?period={PERIOD}&part=list")
    type_in(page, "Search by name or reference", name)
    row = page.get_by_role("row").filter(has_text=name)
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(2, timeout=PATIENCE)
    return row.inner_text()


def close(page: Page, site: RunningSite) -> None:
    go(page, site, f"periods?period={PERIOD}")
    press(page, "Close this period")
    press(page, "Yes, close it")
    told(page, f"{TITLE} is closed")


def open_again(page: Page, site: RunningSite, *, reason: str) -> None:
    go(page, site, f"periods?period={PERIOD}")
    page.get_by_text("Open it again", exact=True).first.click()
    type_in(page, "Why it is opened again", reason)
    press(page, re.compile("^Open it again$"))
    told(page, f"{TITLE} is open again")
    settled(page)
