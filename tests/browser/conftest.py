"""A real browser and a running site, which the tests of this folder share."""

import re
from collections.abc import Callable, Iterator

import pytest
from oidc_provider_mock import run_server_in_thread
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.browser.find_chromium import find_or_install
from tests.browser.watching import Watch
from tests.running import RunningSite, running_site
from tests.templates import Templates

PHONE = (360, 740)
TABLET = (820, 1180)
PROJECTOR = (1920, 1080)
BUTTON = "Sign in with Thurrock Council"
PATIENCE = 30_000  # milliseconds: the machine may do other work
OpenPage = Callable[..., Page]
_FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"]
# Before it is connected, nothing runs either.
_AT_REST = "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
# Nothing fades or slides: what is waited for is there at once, and no step on the way has to be drawn.
_STILL = """(() => {
    const still = new CSSStyleSheet();
    const short = 'transition-duration: 0.01ms !important; transition-delay: 0s !important;'
        + 'animation-duration: 0.01ms !important; animation-delay: 0s !important;';
    still.replaceSync(`*, *::before, *::after { ${short} }`);
    document.adoptedStyleSheets = [still];
})()"""
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

    The first keeps the site's scripts as the browser has made them ready to run, on disk: loading a page takes half as
    long there. Of the profiles that stand beside it for further people, a browser keeps nothing on disk.
    """

    def __init__(self, first: BrowserContext) -> None:
        self._first = first
        self._idle = [first]

    def take(self) -> BrowserContext:
        """Give a profile that nobody uses."""
        if self._idle:
            return self._idle.pop(0)
        browser = self._first.browser
        assert browser is not None
        return browser.new_context(locale="en-GB")

    def give_back(self, context: BrowserContext) -> None:
        """Let the next person have a profile, without anything that this one left in it."""
        for page in context.pages:
            page.evaluate("() => { try { localStorage.clear(); } catch {} }")
            page.close()
        context.clear_cookies()
        context.clear_permissions()
        self._idle.insert(0 if context is self._first else len(self._idle), context)


@pytest.fixture(scope="package")
def devices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Devices]:
    """Give the profiles of the browser that `make test` found. None of the browser's own services is reached.

    While it is there, nothing else can run a loop of events in this process, so it ends with this folder's tests.
    """
    with sync_playwright() as playwright:
        folder = tmp_path_factory.mktemp("profile")
        first = playwright.chromium.launch_persistent_context(
            folder, executable_path=find_or_install(), args=_FLAGS, locale="en-GB"
        )
        yield Devices(first)
        first.close()


@pytest.fixture(scope="package")
def watch(tmp_path_factory: pytest.TempPathFactory) -> Watch:
    """Give a way to learn what a process reaches for on the network."""
    return Watch(tmp_path_factory.mktemp("watch"))


@pytest.fixture(scope="package")
def provider() -> Iterator[str]:
    """Give the address of a provider by which people of the shared site may sign in too."""
    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="package")
def watched_site(
    tmp_path_factory: pytest.TempPathFactory, templates: Templates, watch: Watch, provider: str
) -> Iterator[RunningSite]:
    """Give a site with the demonstration, which tests share; it must reach for no other machine."""
    folder = tmp_path_factory.mktemp("site")
    templates.put_demonstration(folder / "var")
    door = {
        "CHARTER_OPENID_ISSUER": provider,
        "CHARTER_OPENID_CLIENT_ID": "charter-site",
        "CHARTER_OPENID_CLIENT_SECRET": "a secret of the tests",
        "CHARTER_OPENID_BUTTON": BUTTON,
    }
    with running_site(folder, {**watch.settings, **door}, by_command=True) as site:
        yield site
        assert watch.hosts() == []


@pytest.fixture
def open_page(devices: Devices) -> Iterator[OpenPage]:
    """Give a way to open a page in a browser profile of its own: another person, or another device."""
    taken: list[BrowserContext] = []

    def open_one(*, size: tuple[int, int] = PROJECTOR, dark: bool = False) -> Page:
        context = devices.take()
        taken.append(context)
        page = context.new_page()
        page.add_init_script(_STILL)
        if size == PHONE:
            has_touch = {"enabled": True, "maxTouchPoints": 1}
            context.new_cdp_session(page).send("Emulation.setTouchEmulationEnabled", has_touch)
        dress(page, size, dark=dark)
        return page

    yield open_one
    for context in reversed(taken):
        devices.give_back(context)


def dress(page: Page, size: tuple[int, int], *, dark: bool) -> None:
    """Give a page the size of a device, and the person's wish for light or dark."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme="dark" if dark else "light")


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
