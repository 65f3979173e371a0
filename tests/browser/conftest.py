"""A real browser, and a site of its own for the journeys."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.find_chromium import find_or_install
from tests.browser.watching import Watch
from tests.running import RunningSite, running_site
from tests.templates import Templates

PHONE = (360, 740)
TABLET = (820, 1180)
PROJECTOR = (1920, 1080)
PATIENCE = 30_000  # milliseconds: the machine may do other work
OpenPage = Callable[..., Page]
# Before it is connected, nothing runs either.
_AT_REST = "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
_TURN = """async path => {
    const app = document.querySelector('[data-testid=stApp]');
    const begun = new Promise(begin => {
        const seen = new MutationObserver(() => { seen.disconnect(); begin(); });
        seen.observe(app, {attributes: true, attributeFilter: ['data-test-script-state']});
        setTimeout(begin, 5000);
    });
    history.pushState({}, '', '/' + path);
    dispatchEvent(new PopStateEvent('popstate'));
    await begun;
}"""


class Devices:
    """Browser profiles, each used by one person at a time, and emptied before the next.

    A profile keeps the site's scripts as the browser has made them ready to run: in a new one that takes seconds.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: dict[bool, list[BrowserContext]] = {False: [], True: []}

    def take(self, *, touch: bool) -> BrowserContext:
        """Give a profile that nobody uses, with a screen to touch or without."""
        idle = self._idle[touch]
        return idle.pop() if idle else self._browser.new_context(locale="en-GB", has_touch=touch)

    def give_back(self, context: BrowserContext, *, touch: bool) -> None:
        """Let the next person have a profile, without anything that this one left in it."""
        if context not in self._browser.contexts:
            return  # its person closed it
        for page in context.pages:
            page.evaluate("() => { try { localStorage.clear(); } catch {} }")
            page.close()
        context.clear_cookies()
        context.clear_permissions()
        self._idle[touch].append(context)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give the browser that `make test` found. None of its own services is reached.

    While it is there, nothing else can run a loop of events in this process, so it ends with its module.
    """
    flags = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(find_or_install()), args=flags)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def watch(tmp_path_factory: pytest.TempPathFactory) -> Watch:
    """Give a way to learn what a process reaches for on the network."""
    return Watch(tmp_path_factory.mktemp("watch"))


@pytest.fixture(scope="module")
def watched_site(tmp_path_factory: pytest.TempPathFactory, templates: Templates, watch: Watch) -> Iterator[RunningSite]:
    """Give a site with the demonstration, which a module's tests share; it must reach for no other machine."""
    folder = tmp_path_factory.mktemp("site")
    templates.put_demonstration(folder / "var")
    with running_site(folder, **watch.settings) as site:
        yield site
        assert watch.hosts() == []


@pytest.fixture(scope="module")
def devices(browser: Browser) -> Devices:
    """Give the browser profiles of a module's tests."""
    return Devices(browser)


@pytest.fixture
def open_page(devices: Devices) -> Iterator[OpenPage]:
    """Give a way to open a page in a browser profile of its own: another person, or another device."""
    taken: list[tuple[bool, BrowserContext]] = []

    def open_one(*, size: tuple[int, int] = PROJECTOR, dark: bool = False) -> Page:
        touch = size == PHONE
        context = devices.take(touch=touch)
        taken.append((touch, context))
        page = context.new_page()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme="dark" if dark else "light")
        return page

    yield open_one
    for touch, context in taken:
        devices.give_back(context, touch=touch)


def settled(page: Page) -> None:
    """Wait until Streamlit has finished a run: what stands on the page then is what it means to show."""
    for _ in range(2):
        # What was pressed last needs a moment to start a run, and one run may start another.
        page.wait_for_timeout(100)
        page.wait_for_selector(_AT_REST, timeout=PATIENCE)


def turn_to(page: Page, path: str) -> None:
    """Turn to another address of the site as the back button does: to load its scripts anew takes seconds.

    It has turned when the page has begun a run: before that, what stands there is still the page before.
    """
    page.evaluate(_TURN, path)


def reference(page: Page) -> str:
    """Read the number under which answers have arrived; the heading comes up before what stands below it."""
    number = re.compile("SA-[0-9A-HJKMNP-TV-Z]{8}")  # without the letters that are easily misread
    arrived = page.get_by_test_id("stMain").get_by_text(number).first
    expect(arrived).to_be_visible(timeout=PATIENCE)
    return str(number.findall(arrived.inner_text())[0])


def screenshot(page: Page, path: Path) -> None:
    """Keep a picture of the whole page."""
    page.screenshot(path=str(path), full_page=True)
