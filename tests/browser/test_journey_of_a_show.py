"""Somebody stands in front of a hall with the show on a stick: no server, no network, and a keyboard or a remote."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from charter.reports.deck.show import make_show
from charter.reports.deck.slide import Slide
from charter.reports.deck.slides import make_slides
from db.types import SlideKey
from tests.browser.conftest import PATIENCE, PHONE, PROJECTOR, Devices
from tests.store.given_out import ADDRESS, contents_of
from tests.store.paper_cases import CODE, NAMES, awkward
from tests.templates import Templates

pytestmark = pytest.mark.browser

# What a presenter's remote sends besides: page keys to turn, F5 or Shift and F5 to begin, a full stop for black.
FORWARD = ("ArrowRight", "PageDown", "Space", "ArrowDown", "Enter")
BACK = ("ArrowLeft", "PageUp", "ArrowUp", "Backspace")
# Of each slide that is seen: what does not fit, and the smallest letters in points on a slide 7.5 inches high.
MEASURE = """() => {
    const slide = document.querySelector('#show .slide.current'), box = slide.getBoundingClientRect();
    const words = [...slide.querySelectorAll('h2, li, .source, text')];
    const out = words.filter(each => {
        const {left, right, top, bottom} = each.getBoundingClientRect();
        return left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1;
    });
    const shown = words.filter(each => each.getBoundingClientRect().width > 0);
    const points = shown.map(each => {
        const scale = each.ownerSVGElement ? each.getScreenCTM().a : 1;
        return parseFloat(getComputedStyle(each).fontSize) * scale * 540 / box.height;
    });
    const told = [...slide.querySelectorAll('li, .chart')];
    const bottom = Math.max(...told.map(each => each.getBoundingClientRect().bottom));
    const source = slide.querySelector('.source');
    return {
        out: out.map(each => each.textContent),
        points: Math.min(...points),
        over_source: bottom > source.getBoundingClientRect().top + 1 ? bottom : 0,
        ratio: box.width / box.height,
        font: getComputedStyle(slide).fontFamily,
    };
}"""


class Hall:
    """A browser without any network, which notes what it asks for and what goes wrong in it."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.asked: list[str] = []
        self.complaints: list[str] = []
        context.set_offline(True)
        self._heard: dict[str, Callable[..., None]] = {
            "request": lambda request: self.asked.append(request.url),
            "console": lambda line: self.complaints.append(line.text) if line.type == "error" else None,
            "weberror": lambda error: self.complaints.append(str(error.error)),
        }
        for event, hear in self._heard.items():
            context.on(event, hear)  # type: ignore[call-overload]

    def leave(self) -> None:
        """Let the next person have the browser as it was."""
        for event, hear in self._heard.items():
            self.context.remove_listener(event, hear)
        self.context.set_offline(False)

    def open(self, file: Path, *, size: tuple[int, int] = PROJECTOR) -> Page:
        page = self.context.new_page()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(file.as_uri())
        return page


@pytest.fixture(scope="module")
def slides(templates: Templates) -> tuple[Slide, ...]:
    return make_slides(contents_of(templates), address=ADDRESS)


@pytest.fixture(scope="module")
def stick(templates: Templates, slides: tuple[Slide, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Save two shows on a stick: the release's, and one of a release with the worst names."""
    folder = tmp_path_factory.mktemp("stick")
    contents = contents_of(templates)
    (folder / "show.html").write_bytes(make_show(contents, slides, address=ADDRESS))
    strange = awkward(contents, (*NAMES, *CODE))
    worst = make_show(strange, make_slides(strange, address=ADDRESS), address=ADDRESS)
    (folder / "worst.html").write_bytes(worst)
    return folder


@pytest.fixture
def hall(devices: Devices) -> Iterator[Hall]:
    context = devices.take()
    opened = Hall(context)
    yield opened
    opened.leave()
    devices.give_back(context)


def current(page: Page) -> str | None:
    return page.locator("#show .slide.current").get_attribute("data-key")


def test_the_whole_deck_is_presented_by_keyboard_without_a_network(
    hall: Hall, stick: Path, slides: tuple[Slide, ...]
) -> None:
    page = hall.open(stick / "show.html")
    seen = []
    for number, slide in enumerate(slides, start=1):
        shown = page.locator("#show .slide.current")
        expect(shown).to_have_count(1)
        expect(shown.get_by_role("heading")).to_have_text(slide.headline)
        expect(page.locator("#told")).to_contain_text(f"Slide {number} of {len(slides)}")
        for said in slide.said:
            expect(shown.locator(".said").get_by_text(said, exact=True)).to_be_visible()
        expect(shown.locator(".source")).to_be_visible()
        expect(shown.locator(".source")).to_contain_text("2025 review (made up)")
        measured = page.evaluate(MEASURE)
        assert measured["out"] == []
        assert measured["over_source"] == 0
        assert measured["points"] >= 23.9
        assert measured["ratio"] == pytest.approx(16 / 9, abs=0.01)
        seen.append(current(page))
        page.keyboard.press(FORWARD[number % len(FORWARD)])
    assert seen == list(SlideKey)
    assert current(page) == SlideKey.CLOSING, "the last slide is the end"
    for number, slide in enumerate(reversed(slides)):
        assert current(page) == slide.key
        page.keyboard.press(BACK[number % len(BACK)])
    assert current(page) == SlideKey.TITLE
    page.keyboard.press("End")
    assert current(page) == SlideKey.CLOSING
    page.keyboard.press("Home")
    expect(page.locator("#controls")).to_have_css("opacity", "0")  # whoever uses keys needs no buttons before a slide
    assert hall.asked == [page.url.split("#")[0]], "nothing but the file itself is asked for"
    assert hall.complaints == []


def test_a_click_the_picker_dark_black_and_full_screen(hall: Hall, stick: Path, slides: tuple[Slide, ...]) -> None:
    page = hall.open(stick / "show.html")
    page.mouse.click(500, 900)
    assert current(page) == SlideKey.THEMES
    assert page.locator("#show .slide.current .on-light").is_visible()
    page.keyboard.press("d")
    assert page.locator("#show .slide.current .on-dark").is_visible()
    assert not page.locator("#show .slide.current .on-light").is_visible()

    page.keyboard.press("s")
    expect(page.locator("#picker li")).to_have_count(len(slides))
    page.keyboard.press("ArrowRight")
    assert current(page) == SlideKey.THEMES, "while the list is open, no key turns a slide"
    page.get_by_role("button", name=slides[4].headline).press("Enter")
    expect(page.locator("#picker")).not_to_be_visible()
    assert current(page) == slides[4].key
    page.keyboard.press("s")
    page.keyboard.press("Escape")
    expect(page.locator("#picker")).not_to_be_visible()

    page.keyboard.press(".")
    expect(page.locator("#black")).to_be_visible()
    page.keyboard.press("PageDown")
    expect(page.locator("#black")).not_to_be_visible()
    for key in ("f", "Shift+F5"):
        page.keyboard.press(key)
        page.wait_for_function("want => !!document.fullscreenElement === want", arg=key == "f", timeout=PATIENCE)
    assert current(page) == slides[5].key
    page.reload()
    assert current(page) == slides[5].key, "a reload, or a browser that was closed, comes back to the same slide"
    assert hall.complaints == []


def test_the_presenters_window_has_notes_and_a_clock_and_turns_the_halls(
    hall: Hall, stick: Path, slides: tuple[Slide, ...]
) -> None:
    page = hall.open(stick / "show.html")
    page.keyboard.press("ArrowRight")
    with hall.context.expect_page() as opening:
        page.keyboard.press("n")
    beside = opening.value
    expect(beside.locator("#place")).to_have_text(f"Slide 2 of {len(slides)}", timeout=PATIENCE)
    assert beside.locator(".speak p").all_inner_texts() == list(slides[1].notes)
    expect(beside.locator(".now .headline")).to_have_text(slides[1].headline)
    expect(beside.locator(".next .headline")).to_have_text(slides[2].headline)
    expect(beside.locator("#time")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    expect(beside.locator("#since")).to_have_text(re.compile(r"^0:0[1-9]$"), timeout=PATIENCE)

    beside.keyboard.press("PageDown")
    expect(page.locator("#show .slide.current .headline")).to_have_text(slides[2].headline)
    page.keyboard.press("PageDown")
    expect(beside.locator("#place")).to_have_text(f"Slide 4 of {len(slides)}")
    beside.keyboard.press("d")
    expect(page.locator("html")).to_have_attribute("data-paper", "dark")
    beside.keyboard.press("b")
    expect(page.locator("#black")).to_be_visible()
    expect(beside.locator("#black")).not_to_be_visible()
    beside.keyboard.press("End")
    expect(page.locator("#black")).not_to_be_visible()
    expect(beside.locator(".next .name")).to_have_text("This is the last slide")
    assert hall.complaints == []


def test_where_no_window_opens_the_notes_are_shown_in_the_same_one(hall: Hall, stick: Path) -> None:
    page = hall.open(stick / "show.html", size=PHONE)
    page.evaluate("() => { window.open = () => null; }")
    page.keyboard.press("n")
    expect(page.locator(".speak")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#place")).to_contain_text("Slide 2 of")
    page.keyboard.press("n")
    expect(page.locator(".speak")).not_to_be_visible()
    assert current(page) == SlideKey.THEMES


@pytest.mark.parametrize("size", [PROJECTOR, (1280, 720), PHONE])
def test_nothing_of_the_presenters_view_stands_over_another_part(
    hall: Hall, stick: Path, size: tuple[int, int]
) -> None:
    page = hall.open(stick / "worst.html", size=size)
    page.evaluate("() => { window.open = () => null; }")
    page.keyboard.press("PageDown")
    page.keyboard.press("n")
    expect(page.locator("#controls")).to_have_css("opacity", "1")
    parts = page.locator("#presenter > .now > .slide, #presenter > .next, #presenter .next .slide, #presenter > .speak")
    boxes = [box for box in (part.bounding_box() for part in parts.all()) if box is not None]
    clock, buttons = (page.locator(each).bounding_box() for each in ("#presenter .clock", "#controls"))
    assert clock is not None
    assert buttons is not None
    assert len(boxes) >= 2
    assert max(box["y"] + box["height"] for box in boxes) <= clock["y"] + 1
    assert clock["y"] + clock["height"] <= buttons["y"] + 1
    assert buttons["y"] + buttons["height"] <= size[1]


def test_the_worst_names_fit_too(hall: Hall, stick: Path) -> None:
    page = hall.open(stick / "worst.html")
    for _ in SlideKey:
        measured = page.evaluate(MEASURE)
        assert measured["out"] == [], current(page)
        assert measured["over_source"] == 0, current(page)
        assert measured["points"] >= 23.9
        page.keyboard.press("PageDown")
    assert hall.complaints == []


def test_it_is_open_to_assistive_technology_in_light_and_dark(hall: Hall, stick: Path) -> None:
    page = hall.open(stick / "show.html")
    for key in SlideKey:
        assert current(page) == key
        for _ in range(2):
            found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
            assert [each["id"] for each in found.response["violations"]] == [], key
            page.keyboard.press("d")
        page.keyboard.press("PageDown")
