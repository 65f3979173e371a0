"""A real browser, and a site of its own for the journeys."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.find_chromium import find_or_install
from tests.running import RunningSite, running_site

PHONE = (360, 740)
TABLET = (820, 1180)
PROJECTOR = (1920, 1080)
OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give the browser that `make test` found. None of its own services is reached."""
    flags = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(find_or_install()), args=flags)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def demonstration_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """Give a site with the demonstration in it, which a module's tests share."""
    with running_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Give a way to open a page in a browser profile of its own: another person, or another device."""
    opened: list[BrowserContext] = []

    def open_one(*, size: tuple[int, int] = PROJECTOR, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            locale="en-GB",
            has_touch=size == PHONE,
        )
        opened.append(context)
        return context.new_page()

    yield open_one
    for context in opened:
        context.close()


def settled(page: Page) -> None:
    """Wait until Streamlit has finished a run: what stands on the page then is what it means to show."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=30_000)
    page.wait_for_timeout(150)


def screenshot(page: Page, path: Path) -> None:
    """Keep a picture of the whole page."""
    page.screenshot(path=str(path), full_page=True)
