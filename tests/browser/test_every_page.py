"""Every page at three sizes, light and dark: whole, quiet, within its width, and open to assistive technology."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, expect

from charter.viewers import see
from tests.browser.addresses import FORM, PUBLIC, SENT, SIGNED_IN
from tests.browser.conftest import PATIENCE, PHONE, PROJECTOR, TABLET, OpenPage, dress, settled, turn_to
from tests.browser.people import come_back
from tests.browser.watching import Watch
from tests.running import RunningSite

pytestmark = pytest.mark.browser

LIGHT, DARK = False, True
# With PICTURES set to a folder, every look is taken, and a picture of each page is kept there to be looked at.
ALL_LOOKS = tuple((size, dark) for size in (PHONE, TABLET, PROJECTOR) for dark in (LIGHT, DARK))
LOOKS = ALL_LOOKS if os.environ.get("PICTURES") else ((PHONE, LIGHT), (TABLET, DARK))
# Signed in, each role is looked at in one look: on a phone, where pages are narrowest, or wide and in the dark.
SIGNED_IN_LOOKS = (
    dict.fromkeys(SIGNED_IN, ALL_LOOKS)
    if os.environ.get("PICTURES")
    else {
        "coordinator": ((PHONE, LIGHT),),
        "reviewer": ((PROJECTOR, DARK),),
        "administrator": ((PHONE, LIGHT),),
        "council": ((PHONE, LIGHT),),
        "group": ((PHONE, DARK),),
    }
)
# Streamlit's own, and not to be mended from outside: the language of its page is fixed to "en" without a region, and
# a page that is asked for by its address looks for its health under that address too.
HARMLESS = re.compile(r"_stcore/health|_stcore/host-config")
OWN_DEFECTS_OF_STREAMLIT = ("aria-allowed-role", "region", "landmark-unique", "nested-interactive")

MENU = "[data-testid=stSidebarNavItems]"  # on a narrow screen; with sections, its lists are not marked up as lists


def test_every_public_page_is_whole(watched_site: RunningSite, open_page: OpenPage) -> None:
    page = open_page(size=PHONE)
    asked_for, complaints = _listen(page)
    page.goto(f"{watched_site.address}/{SENT}")
    settled(page)
    expect(page.locator("h1").first).to_contain_text(PUBLIC[SENT])
    for size, dark in LOOKS:
        dress(page, size, dark=dark)
        for path, title in PUBLIC.items():
            turn_to(page, path)
            _check(page, title, path.split("?")[0] or "headlines", _look(size, dark=dark))
    assert [url for url in asked_for if not url.startswith((watched_site.address, "data:", "blob:"))] == []
    assert complaints == []


def test_a_link_opens_the_form_after_continue_and_both_are_whole(
    watched_site: RunningSite, open_page: OpenPage
) -> None:
    page = open_page(size=PHONE)
    page.goto(watched_site.link())
    for size, dark in LOOKS:
        dress(page, size, dark=dark)
        _check_plain_page(page, "link", _look(size, dark=dark))
    assert page.context.cookies() == []
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/self-assessment*")
    expect(page.get_by_text("Answering by invitation link")).to_be_visible(timeout=PATIENCE)
    settled(page)
    with watched_site.here():
        assert see(token=page.context.cookies()[0]["value"]).viewer.invited is not None
    for size, dark in reversed(LOOKS):
        dress(page, size, dark=dark)
        for step in FORM:
            turn_to(page, f"self-assessment?{step}")
            _check(page, "", f"form-{step.removeprefix('step=') or 'first'}", _look(size, dark=dark))


@pytest.mark.parametrize("role", SIGNED_IN)
def test_each_role_stays_signed_in_and_its_pages_are_whole(
    watched_site: RunningSite, open_page: OpenPage, role: str
) -> None:
    page = open_page(size=PHONE)
    asked_for, complaints = _listen(page)
    # Somebody who is not signed in would be asked for a password there.
    come_back(page, watched_site, watched_site.password(role)[0], "self-assessment")
    refused = page.get_by_text("This page is not open to you").count()
    assert refused == (0 if role in {"council", "group"} else 1)
    assert page.get_by_label("Password", exact=True).count() == 0
    for size, dark in SIGNED_IN_LOOKS[role]:
        dress(page, size, dark=dark)
        for path in SIGNED_IN[role]:
            turn_to(page, path)
            named = re.sub(r"\W+", "-", path) or "headlines"
            _check(page, "", f"{role}-{named}", _look(size, dark=dark))
            assert page.get_by_text("This page is not open to you").count() == 0, path
    assert [url for url in asked_for if not url.startswith((watched_site.address, "data:", "blob:"))] == []
    assert complaints == []


def test_the_lines_of_code_on_the_page_of_data_read_its_table_from_the_site(
    watched_site: RunningSite, open_page: OpenPage
) -> None:
    page = open_page(size=TABLET)
    page.goto(f"{watched_site.address}/data")
    settled(page)
    shown = page.get_by_test_id("stCode")
    for ref in ("2025.1", "latest"):
        expect(shown.first).to_contain_text(
            f"{watched_site.address}/open-data/{ref}/theme-scores.csv", timeout=PATIENCE
        )
        named: dict[str, Any] = {}
        exec(shown.first.inner_text(), named)  # noqa: S102 - the very lines that a person copies
        whole = named["table"].query("breakdown == 'whole'").set_index("title")["score"]
        assert dict(whole) == {"Engagement": 66, "Empowerment": 38, "Equality": 70}, ref
        page.get_by_text("always the latest").click()


def test_the_watch_sees_a_connection(tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    assert watch.hosts() == []
    code = "import socket; s = socket.socket(); s.settimeout(0.01); s.connect_ex(('192.0.2.1', 9))"
    subprocess.run([sys.executable, "-c", code], env={**os.environ, **watch.settings}, check=True)  # noqa: S603
    assert watch.hosts() == ["192.0.2.1"]


def test_the_site_reaches_for_no_other_machine(watched_site: RunningSite, watch: Watch) -> None:
    """It is asked again when the site has stopped, after everything that this file does with it."""
    assert watched_site.process.poll() is None
    assert watch.hosts() == []


def _look(size: tuple[int, int], *, dark: bool) -> str:
    return f"{size[0]}-{'dark' if dark else 'light'}"


def _listen(page: Page) -> tuple[list[str], list[str]]:
    asked_for: list[str] = []
    complaints: list[str] = []

    def hear(request: Request) -> None:
        asked_for.append(request.url)

    page.on("request", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda line: (
            complaints.append(line.text)
            if line.type == "error" and not HARMLESS.search(str(line.location)) and "404" not in line.text
            else None
        ),
    )
    return asked_for, complaints


def _check(page: Page, title: str, name: str, look: str) -> None:
    settled(page)
    page.wait_for_timeout(600)  # charts are drawn after the run has ended
    expect(page.locator("h1").first).to_be_visible(timeout=PATIENCE)
    if title:
        assert title in page.locator("h1").first.inner_text()
    assert page.get_by_text("Something went wrong").count() == 0
    assert page.locator("[data-testid=stException]").count() == 0
    _check_plain_page(page, name, look)


def _check_plain_page(page: Page, name: str, look: str) -> None:
    """Hold a page to its width; a phone's to all that a machine can tell of its use, and a dark one to its contrast.

    What assistive technology meets is the same at each size, and to go through all of it takes a second a page.
    """
    wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{name}-{look}: {wide} pixels stick out at the side"
    if look.startswith(str(PHONE[0])):
        assert _defects(page) == [], f"{name}-{look}"
    elif look.endswith("dark"):
        assert _defects(page, "color-contrast") == [], f"{name}-{look}"
    if folder := os.environ.get("PICTURES"):
        _keep_picture(page, Path(folder), f"{name}-{look}")


def _defects(page: Page, *rules: str) -> list[str]:
    """Find what keeps assistive technology out, by these rules of axe or by all of them.

    Only what is wrong is asked for: to hand over all that is right as well takes five times as long. The script is
    given to a page once: to make it ready to run takes longer than to run it.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    has_sections = page.locator(f"{MENU} [data-testid=stNavSectionHeader]").count() > 0
    options = {
        "resultTypes": ["violations"],
        "rules": {rule: {"enabled": False} for rule in OWN_DEFECTS_OF_STREAMLIT},
        **({"runOnly": list(rules)} if rules else {}),
    }
    found = page.evaluate(
        "([left_out, options]) => axe.run({exclude: left_out}, options).then(found => found.violations)",
        [[[MENU]] if has_sections else [], options],
    )
    return [
        f"{defect['id']}: {node['html'][:160]}"
        for defect in found
        if defect["impact"] in {"serious", "critical"}
        for node in defect["nodes"]
    ]


def _keep_picture(page: Page, folder: Path, name: str) -> None:
    """Keep a picture of the whole page. Streamlit scrolls inside, so the window is made as high as what it holds."""
    folder.mkdir(parents=True, exist_ok=True)
    size = page.viewport_size or {"width": PHONE[0], "height": PHONE[1]}
    main = "document.querySelector('[data-testid=stMain]')"
    height = int(page.evaluate(f"() => {main} ? {main}.scrollHeight : document.body.scrollHeight"))
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(height + 80, 9000))})
    page.wait_for_timeout(500)
    page.screenshot(path=str(folder / f"{name}.png"))
    page.set_viewport_size(size)
