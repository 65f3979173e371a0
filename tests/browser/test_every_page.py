"""Every page at three sizes, light and dark: whole, quiet, within its width, and open to assistive technology."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import PHONE, PROJECTOR, TABLET, OpenPage, settled
from tests.browser.watching import Watch
from tests.running import RunningSite

pytestmark = pytest.mark.browser

PUBLIC = {
    "": "Is the charter keeping its promises?",
    "engagement": "Engagement",
    "empowerment": "Empowerment",
    "equality": "Equality",
    "commitment?ref=EMP-SEC-4": "Fair share of outside funding",
    "gap": "",
    "charter": "",
    "method": "",
    "sign-in": "Sign in",
}
# With PICTURES set to a folder, every look is taken, and a picture of each page is kept there to be looked at.
ALL_LOOKS = ((PHONE, False), (PHONE, True), (TABLET, False), (TABLET, True), (PROJECTOR, False), (PROJECTOR, True))
LOOKS = ALL_LOOKS if os.environ.get("PICTURES") else ((PHONE, False), (TABLET, True), (PROJECTOR, False))
# Streamlit's own, and not to be mended from outside: the language of its page is fixed to "en" without a region, and
# a page that is asked for by its address looks for its health under that address too.
HARMLESS = re.compile(r"_stcore/health|_stcore/host-config")
OWN_DEFECTS_OF_STREAMLIT = {"aria-allowed-role", "region", "landmark-unique", "nested-interactive"}


@pytest.mark.parametrize(("size", "dark"), LOOKS, ids=lambda value: str(value).replace(" ", ""))
def test_every_public_page_is_whole(
    watched_site: RunningSite, open_page: OpenPage, size: tuple[int, int], *, dark: bool
) -> None:
    page = open_page(size=size, dark=dark)
    asked_for, complaints = _listen(page)
    for path, title in PUBLIC.items():
        page.goto(f"{watched_site.address}/{path}")
        _check(page, title, f"{path.split('?')[0] or 'headlines'}-{size[0]}-{'dark' if dark else 'light'}")
    assert [url for url in asked_for if not url.startswith((watched_site.address, "data:", "blob:"))] == []
    assert complaints == []


@pytest.mark.parametrize(("size", "dark"), [(PHONE, False), (TABLET, True), (PROJECTOR, False)], ids=str)
def test_the_form_is_whole(
    watched_site: RunningSite, open_page: OpenPage, size: tuple[int, int], *, dark: bool
) -> None:
    page = open_page(size=size, dark=dark)
    look = f"{size[0]}-{'dark' if dark else 'light'}"
    page.goto(watched_site.link())
    _check_plain_page(page, f"link-{look}")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/self-assessment*")
    for step in ("", "?step=list", "?step=dialogue", "?step=last-questions", "?step=check"):
        page.goto(f"{watched_site.address}/self-assessment{step}")
        _check(page, "", f"form{step.replace('?step=', '-')}-{look}")


@pytest.mark.parametrize("role", ["coordinator", "reviewer", "administrator", "council", "group"])
def test_each_role_signs_in_and_stays_signed_in(watched_site: RunningSite, open_page: OpenPage, role: str) -> None:
    page = open_page(size=TABLET)
    email, password = watched_site.password(role)
    page.goto(f"{watched_site.address}/sign-in")
    settled(page)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    landed = (
        page.get_by_role("heading", name="This week")
        if role == "coordinator"
        else page.get_by_text("You are signed in as")
    )
    expect(landed).to_be_visible()
    page.wait_for_function("() => true")
    page.wait_for_timeout(1000)
    page.reload()
    expect(landed).to_be_visible()
    cookies = [cookie for cookie in page.context.cookies() if "session" in cookie["name"]]
    assert [cookie["httpOnly"] for cookie in cookies] == [True]
    _check(page, "", f"signed-in-{role}-820-light")
    page.goto(f"{watched_site.address}/self-assessment")
    settled(page)
    refused = page.get_by_text("This page is not open to you").count()
    assert refused == (0 if role in {"council", "group"} else 1)


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


def _check(page: Page, title: str, picture: str) -> None:
    settled(page)
    page.wait_for_timeout(600)  # charts are drawn after the run has ended
    expect(page.locator("h1").first).to_be_visible()
    if title:
        assert title in page.locator("h1").first.inner_text()
    assert page.get_by_text("Something went wrong").count() == 0
    assert page.locator("[data-testid=stException]").count() == 0
    _check_plain_page(page, picture)


def _check_plain_page(page: Page, picture: str) -> None:
    wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{picture}: {wide} pixels stick out at the side"
    found = Axe().run(page).response["violations"]
    defects = [
        f"{defect['id']}: {node['html'][:160]}"
        for defect in found
        if defect["id"] not in OWN_DEFECTS_OF_STREAMLIT and defect["impact"] in {"serious", "critical"}
        for node in defect["nodes"]
    ]
    assert defects == [], picture
    if folder := os.environ.get("PICTURES"):
        _keep_picture(page, Path(folder), picture)


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
