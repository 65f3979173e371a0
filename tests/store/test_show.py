"""The show: one file that needs nothing else, with every figure of the release, and nothing typed ever read as code."""

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from charter.charts.theme import TICKS
from charter.reports.contents import Contents
from charter.reports.deck.placing import place
from charter.reports.deck.show import make_show
from charter.reports.deck.show_parts import content_policy
from charter.reports.deck.slide import Slide
from charter.reports.deck.slides import make_slides
from charter.reports.fonts import GURMUKHI_FAMILY
from charter.reports.lettering import wrapped
from charter.words import MADE_UP_MARK
from db.types import Breakdown, SlideKey
from tests.store.given_out import ADDRESS, contents_of, without_outcomes
from tests.store.paper_cases import CODE, LONG, NAMES, awkward, without_figures
from tests.store.shows import ShowRead, SlideRead, read_show
from tests.templates import Templates

POINTS_24 = 48  # in units of which a slide is 1,080 high
HOSTILE = ("</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', *CODE)
ELEMENTS = frozenset(
    {"html", "head", "meta", "link", "title", "style", "body", "main", "section", "h1", "h2", "div", "p", "span", "b"}
    | {"ul", "ol", "li", "nav", "button", "dialog", "script", "svg", "g", "path", "text", "tspan", "rect", "line"}
    | {"defs", "clippath"}
)
ALTERED: dict[str, Callable[[Contents], Contents]] = {
    "as it is": lambda contents: contents,
    "a theme is hidden": lambda contents: without_figures(contents, "empowerment"),
    "without outcomes": without_outcomes,
    "strange names": lambda contents: awkward(contents, (*NAMES, *HOSTILE)),
}
Made = dict[str, tuple[Contents, tuple[Slide, ...], bytes, ShowRead]]


@pytest.fixture(scope="module")
def every(templates: Templates) -> Made:
    """Give the shows of the release as it is, and of each that is altered, and what they were made from."""
    found: Made = {}
    for name, alter in ALTERED.items():
        contents = alter(contents_of(templates))
        slides = make_slides(contents, address=ADDRESS)
        made = make_show(contents, slides, address=ADDRESS)
        found[name] = (contents, slides, made, read_show(made))
    return found


def slide_of(show: ShowRead, key: SlideKey) -> SlideRead:
    return next(slide for slide in show.slides if slide.key == key)


def numbers(words: list[str]) -> list[int]:
    return [int(found) for found in re.findall(r"\d+", " ".join(words))]


@pytest.mark.parametrize("altered", ALTERED)
def test_it_has_every_slide_with_its_words_its_notes_and_its_source(every: Made, altered: str) -> None:
    _, slides, _, show = every[altered]
    assert [each.key for each in show.slides] == [slide.key for slide in slides]
    for number, (slide, read) in enumerate(zip(slides, show.slides, strict=True), start=1):
        assert read.label == f"Slide {number} of {len(slides)}"
        assert read.headline == slide.headline
        assert read.said == list(slide.said)
        assert read.notes == [" ".join(note.split()) if "\n" not in note else note for note in slide.notes]
        assert read.source == slide.source
        assert MADE_UP_MARK in read.source
        assert read.words == ([slide.drawing.words] if slide.drawing else [])
        assert bool(read.light) is bool(read.dark) is bool(slide.drawing)


def test_every_figure_of_its_charts_is_the_releases(every: Made) -> None:
    contents, _, _, show = every["as it is"]
    ticks = list(TICKS)
    expected: dict[SlideKey, list[int | None]] = {
        SlideKey.THEMES: [*ticks, *(theme.score for theme in contents.figures.themes)],
        SlideKey.OUTCOMES: [
            contents.came.counts.on_track,
            contents.came.counts.within_tolerance,
            contents.came.counts.off_track,
            1,  # without a target
            1,  # without a figure
        ],
    }
    promises = {promise.title: promise for promise in contents.scored}
    gap = slide_of(show, SlideKey.GAP)
    titled = [
        promise
        for title, promise in promises.items()
        if squeezed(title) in squeezed("".join(gap.light)) and promise.gap
    ]
    assert len(titled) == 3
    sides = [
        value for each in titled if each.gap for value in (each.gap.practice, each.gap.experience, each.gap.points)
    ]
    expected[SlideKey.GAP] = [*ticks, *sides]
    changed = slide_of(show, SlideKey.CHANGED)
    title = re.findall("“(.*)”", changed.headline)[0]
    history = promises[title].history
    periods = [int(ref) for ref in dict.fromkeys(each.period_ref for each in history)]
    expected[SlideKey.CHANGED] = [0, 50, 100, *periods, *(each.score.score for each in history)]
    for key, figures in expected.items():
        read = slide_of(show, key)
        assert sorted(numbers(read.light)) == sorted(value for value in figures if value is not None), key
        assert read.light == read.dark

    answered = [f"{each.submitted} of {each.invited} ({each.percent})" for each in contents.who.by(Breakdown.INCOME)]
    bars = slide_of(show, SlideKey.ANSWERED).light
    assert sorted(words for words in bars if " of " in words) == sorted(answered)


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def test_a_hidden_theme_has_no_figure_in_its_file(every: Made) -> None:
    show, (whole, *_) = every["a theme is hidden"][3], every["as it is"]
    hidden = whole.figures.theme("empowerment")
    assert hidden is not None
    assert hidden.score is not None
    read = slide_of(show, SlideKey.THEMES)
    assert hidden.score not in numbers(read.light)
    assert "too few of its promises" in " ".join(read.light)


@pytest.mark.parametrize("altered", ALTERED)
def test_no_letter_is_lower_than_24_points(every: Made, altered: str) -> None:
    for read in every[altered][3].slides:
        assert min(read.sizes) >= POINTS_24, read.key


@pytest.mark.parametrize("altered", ALTERED)
def test_it_fetches_nothing_and_runs_its_one_script_alone(every: Made, altered: str) -> None:
    _, _, made, show = every[altered]
    assert len(show.scripts) == len(show.styles) == 1
    (policy,) = [given["content"] for tag, given in show.tags if given.get("http-equiv") == "Content-Security-Policy"]
    assert policy == content_policy()
    assert policy.startswith("default-src 'none'; ")
    for text in (*show.scripts, *show.styles):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    fetching = [
        (tag, name, value)
        for tag, given in show.tags
        for name, value in given.items()
        if name in {"src", "href", "xlink:href", "style", "srcset", "action", "formaction", "poster"}
        or name.startswith("on")
    ]
    assert fetching == [("link", "href", f"{ADDRESS}/deck/2025.1")]
    assert re.findall(r"url\((?!\"data:font/ttf;base64,)", show.styles[0]) == []
    assert "@import" not in show.styles[0]
    assert {tag for tag, _ in show.tags} <= ELEMENTS
    assert len(made) < 1_500_000


def test_what_is_typed_is_text_and_never_markup_or_code(every: Made) -> None:
    show = every["strange names"][3]
    told = " ".join([*slide_of(show, SlideKey.GAP).light, *slide_of(show, SlideKey.OUTCOMES).notes])
    assert any(mark in squeezed(told) for mark in map(squeezed, HOSTILE))
    notes = " ".join(note for slide in show.slides for note in slide.notes)
    assert "</script><script>alert(1)</script>" in notes
    assert len(show.scripts) == 1


def test_punjabi_brings_its_font_and_nothing_else_does(every: Made) -> None:
    for altered, (_, _, _, show) in every.items():
        has_font = f'font-family: "{GURMUKHI_FAMILY}"; font-weight: 400' in show.styles[0]
        assert has_font is (altered == "strange names")


def test_its_codes_lead_to_the_public_page(every: Made) -> None:
    show = every["as it is"][3]
    drawn = segno.make(f"{ADDRESS}/?release=2025.1", error="m", micro=False).svg_inline(border=3)
    (path,) = re.findall(r' d="([^"]+)"', drawn)
    codes = {slide.key: slide.code for slide in show.slides if slide.code}
    assert codes == dict.fromkeys((SlideKey.TITLE, SlideKey.CLOSING), path)


def test_a_show_is_the_same_each_time_it_is_made(every: Made) -> None:
    contents, slides, made, _ = every["as it is"]
    assert make_show(contents, slides, address=ADDRESS) == made


def test_a_picked_slide_stands_alone(every: Made) -> None:
    contents, slides, *_ = every["as it is"]
    picked = tuple(slide for slide in slides if slide.key is SlideKey.GAP)
    read = read_show(make_show(contents, picked, address=ADDRESS))
    assert [slide.label for slide in read.slides] == ["Slide 1 of 1"]


words = st.text(st.sampled_from("abcdefghij    ,.ŵŁਪ"), min_size=1, max_size=300)


@given(headline=words, said=st.lists(words, max_size=6), link=st.booleans(), chart=st.sampled_from([0, 540, 630]))
def test_words_always_fit_their_slide(headline: str, said: list[str], link: bool, chart: int) -> None:
    slide = Slide(SlideKey.ASK, headline.strip() or "a", tuple(each.strip() or "a" for each in said), link="x" * link)
    placed = place(slide, chart_height=chart)
    assert placed.said == slide.said[: len(placed.said)]
    assert placed.said_size >= POINTS_24
    width = 1728 - (480 + 64 if link else 0)
    lines = wrapped(placed.headline, size=placed.headline_size, weight=600, width=width)
    below = sum(len(wrapped(each, size=placed.said_size, width=width)) for each in placed.said)
    assert len(lines) <= 3
    if not chart:
        assert len(lines) * placed.headline_size * 1.14 + below * placed.said_size * 1.24 <= 1080 - 72 - 122


def test_a_title_without_end_is_cut(every: Made) -> None:
    _, slides, *_ = every["as it is"]
    endless = replace(slides[1], headline="W" * 400, drawing=None)
    assert place(endless).headline.endswith("…")
    assert len(place(replace(endless, headline=LONG)).headline) == len(LONG)
