"""A group answers on a phone, comes back on another browser, and sends; the year is closed and published.

The headline afterwards is worked out beforehand in this file, from the stored answers and the group's own, with
nothing of the product's own rules.
"""

import re
import sqlite3
from collections import defaultdict
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE, PHONE, TABLET, OpenPage, reference, settled, turn_to
from tests.browser.watching import Watch
from tests.running import RunningSite, running_site
from tests.templates import Templates

pytestmark = pytest.mark.browser
CORE_QUESTIONS = 15
HALF = 7
OWN_LEVELS = {"engagement": 4, "empowerment": 0, "equality": 4, "how-we-work-together": 3}
LABELS = ("Not at all", "A little", "Partly", "Mostly", "Fully")
THEMES = ("engagement", "empowerment", "equality")


def test_a_group_answers_and_the_headline_changes_by_what_was_worked_out(
    tmp_path: Path, templates: Templates, open_page: OpenPage, watch: Watch
) -> None:
    templates.put_demonstration(tmp_path / "var")
    with running_site(tmp_path, watch.settings) as site:
        phone = open_page(size=PHONE)
        _begin(phone, site)
        assert _answer(phone, site, limit=HALF) == HALF
        before = _headline(phone)
        phone.close()

        tablet = open_page(size=TABLET)
        _begin(tablet, site)
        expect(tablet.get_by_text(f"{HALF} of {CORE_QUESTIONS}", exact=False).first).to_be_visible()
        expected = _expected_scores(site)
        assert _answer(tablet, site, limit=CORE_QUESTIONS) == CORE_QUESTIONS - HALF
        reference = _send(tablet)
        assert _state_of(site, reference) == "submitted"

        for waiting in _waiting_for_review(site):
            site.command("review", "accept", waiting)
        site.command("period", "close", _open_period(site))
        assert "published" in site.command("period", "publish", _open_period(site))
        after = _headline(tablet)
        assert after == expected
        assert after != before
        assert "0 differences" in site.command("verify")
        assert watch.hosts() == []


def _begin(page: Page, site: RunningSite) -> None:
    page.goto(site.link())
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/self-assessment*")
    settled(page)
    page.get_by_role("button", name=re.compile("^(Start|Continue)$")).click()
    expect(page.get_by_role("heading", name="Your answers")).to_be_visible()
    settled(page)


def _answer(page: Page, site: RunningSite, *, limit: int) -> int:
    """Answer main questions that have no answer yet, strand by strand, and give how many were answered."""
    themes = _theme_by_question(site)
    given = 0
    page.locator("[class*=st-key-open_] button").first.click()
    while given < limit:
        page.wait_for_selector("[class*=st-key-card_]")
        settled(page)
        for question in _unanswered(page)[: limit - given]:
            if question not in themes:
                return given
            group = page.get_by_role("radiogroup", name=question, exact=True)
            group.get_by_text(LABELS[OWN_LEVELS[themes[question]]], exact=True).click()
            expect(group.locator("input:checked")).to_have_count(1)
            settled(page)
            given += 1
        if given < limit:
            address = page.url
            page.locator(".st-key-to_next button").click()
            page.wait_for_function("old => window.location.href !== old", arg=address)
    # What the page says is saved is on disk: the store is read by another process.
    assert _answers_of_group(site) >= given
    return given


def _unanswered(page: Page) -> list[str]:
    groups = page.get_by_role("radiogroup")
    return list(
        groups.evaluate_all(
            "all => all.filter(one => !one.querySelector('input:checked')).map(one => one.getAttribute('aria-label'))"
        )
    )


def _send(page: Page) -> str:
    settled(page)
    page.get_by_role("button", name="Back to the list").click()
    settled(page)
    page.get_by_role("button", name="Check your answers").click()
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    settled(page)
    page.get_by_role("checkbox").check(force=True)
    page.get_by_label("Your name").fill("Sam Testperson")
    page.get_by_label("Your name").press("Tab")
    settled(page)
    page.get_by_role("button", name="Send our answers").dblclick()
    expect(page.get_by_role("heading", name="Your answers have arrived")).to_be_visible()
    return reference(page)


def _headline(page: Page) -> tuple[int, ...]:
    """Read the three themes' figures from the first page."""
    turn_to(page, "")
    expect(page.get_by_role("heading", name="Is the charter keeping its promises?")).to_be_visible(timeout=PATIENCE)
    # The figures come up after the heading, and where the machine does other work some time after it.
    expect(page.get_by_test_id("stMain").get_by_text("/ 100")).to_have_count(len(THEMES), timeout=PATIENCE)
    settled(page)
    found = re.findall(r"(\d+)\s*/\s*100", page.inner_text("[data-testid=stMain]"))
    return tuple(int(score) for score in found[: len(THEMES)])


def _read(site: RunningSite, query: str, *values: object) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(f"file:{site.data_dir / 'charter.db'}?mode=ro", uri=True)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def _open_period(site: RunningSite) -> str:
    return str(_read(site, "SELECT ref FROM period WHERE state IN ('open', 'closed')")[0][0])


def _theme_by_question(site: RunningSite) -> dict[str, str]:
    rows = _read(
        site,
        """SELECT coalesce(v.experience_question, v.practice_question), t.ref FROM commitment_version v
        JOIN commitment c ON c.id = v.commitment_id JOIN strand s ON s.id = c.strand_id
        JOIN theme t ON t.id = s.theme_id""",
    )
    return {str(question): str(theme) for question, theme in rows}


def _expected_scores(site: RunningSite) -> tuple[int, ...]:
    """Work the three headline figures out: the mean of each core promise's mean level, with this group's levels."""
    rows = _read(
        site,
        """SELECT t.ref, c.ref, a.level FROM answer a JOIN self_assessment sa ON sa.id = a.self_assessment_id
        JOIN period p ON p.id = sa.period_id JOIN commitment_version v ON v.id = a.commitment_version_id
        JOIN commitment c ON c.id = v.commitment_id JOIN strand s ON s.id = c.strand_id
        JOIN theme t ON t.id = s.theme_id
        WHERE p.state = 'open' AND sa.state = 'submitted' AND v.core AND a.measure = 'experience'
        AND a.level IS NOT NULL""",
    )
    levels: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for theme, commitment, level in rows:
        levels[str(theme)][str(commitment)].append(int(str(level)))
    scores = []
    for theme in THEMES:
        for given in levels[theme].values():
            given.append(OWN_LEVELS[theme])
        means = [sum(given) / len(given) for given in levels[theme].values()]
        scores.append(int(25 * sum(means) / len(means) + 0.5))
    return tuple(scores)


def _answers_of_group(site: RunningSite) -> int:
    """Count the answers of the group whose link it is: the newest form in the store."""
    found = _read(site, "SELECT count(*) FROM answer WHERE self_assessment_id = (SELECT max(id) FROM self_assessment)")
    return int(str(found[0][0]))


def _waiting_for_review(site: RunningSite) -> list[str]:
    rows = _read(
        site,
        """SELECT sa.ref FROM self_assessment sa JOIN organisation o ON o.id = sa.organisation_id
        WHERE o.kind IN ('council', 'nhs', 'police', 'other_public') AND sa.state = 'submitted'""",
    )
    return [str(ref) for (ref,) in rows]


def _state_of(site: RunningSite, reference: str) -> str:
    return str(_read(site, "SELECT state FROM self_assessment WHERE ref = ?", reference)[0][0])
