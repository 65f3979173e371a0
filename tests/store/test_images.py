"""Charts as pictures: the release's figures, the words beside them, the sizes, and names that few fonts can write."""

import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from charter.headlines import widest_first
from charter.published.figures import Promise
from charter.reports import images
from charter.reports.contents import Contents
from charter.reports.drawings import KINDS, Drawing
from charter.reports.every_drawing import ChartName, chart_name, chart_names, draw_chart
from charter.reports.images import chart_images, image_of, images_of, make_image, words_of
from charter.reports.lettering import width_of
from charter.reports.picture import Picture, chart_svg, points
from charter.rules.refusals import NotFoundError
from charter.words import MADE_UP_MARK, group_label, signed
from db.types import Breakdown, Side
from tests.office.awkward import awkward
from tests.store.given_out import contents_of, smaller, without_outcomes
from tests.templates import Templates

FOOT = "Source: 2025 review (made up) · release 2025.1 · Framework 2021 and Pact principles. Published on"
NAMES = ("Gŵyl y Môr, Llŷn", "Świetlica „Żółw”, Łódź", "ਪੰਜਾਬੀ ਸਭਾ")


@pytest.fixture(scope="module")
def contents(templates: Templates) -> Contents:
    return contents_of(templates)


def said_in(svg: bytes) -> list[str]:
    """Read the words of a picture, line by line."""
    texts = [each for each in ET.fromstring(svg).iter() if each.tag.endswith("}text")]  # noqa: S314 - our own
    return ["".join(each.itertext()) for each in texts]


def svg_of(contents: Contents, name: str) -> list[str]:
    return said_in(image_of(contents, chart_name(name), kind="svg", size="print"))


def opened(png: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(png))
    found.load()
    return found


def numbers(lines: Sequence[str]) -> list[str]:
    return sorted(line for line in lines if re.fullmatch(r"[+−]?\d+( not clear)?", line))


def gap_labels(promises: Sequence[Promise]) -> list[str]:
    gaps = [each.gap for each in promises if each.gap is not None and each.gap.points is not None]
    apart = [signed(gap.points or 0) + ("" if gap.clear or gap.points == 0 else " not clear") for gap in gaps]
    return [*(f"{each}" for gap in gaps for each in (gap.practice, gap.experience)), *apart]


@pytest.mark.parametrize("name", ["widest_gaps", "gaps"])
def test_every_figure_of_the_gaps_is_the_releases(contents: Contents, name: str) -> None:
    found = widest_first(contents.scored, owing=Side.PUBLIC)[: 6 if name == "widest_gaps" else None]
    lines = svg_of(contents, name)
    ticks = [f"{tick}" for tick in range(0, 101, 20)]
    assert numbers(lines) == sorted([*gap_labels(found), *ticks])
    assert {each.title for each in found} <= set(lines)


def test_every_figure_of_a_themes_reviews_is_the_releases(contents: Contents) -> None:
    for theme in contents.figures.themes:
        lines = svg_of(contents, f"over_periods-{theme.ref}")
        scores = [f"{each.score.score}" for each in theme.history]
        ticks = [f"{tick}" for tick in range(0, 101, 20)]
        periods = {each.period_ref for each in theme.history}
        assert [line for line in numbers(lines) if line not in periods] == sorted([*scores, *ticks])
        assert periods <= set(lines)


def test_every_figure_of_who_answered_is_the_releases(contents: Contents) -> None:
    lines = svg_of(contents, "response_by_income")
    responses = contents.who.by(Breakdown.INCOME)
    assert len(responses) == 4
    for each in responses:
        assert f"{each.submitted} of {each.invited} ({each.percent})" in lines
        assert group_label(each.breakdown, each.group) in lines


def test_every_figure_of_an_outcome_is_the_releases(contents: Contents) -> None:
    found = next(each for each in contents.indicators if each.ref == "demo-lonely")
    lines = svg_of(contents, "outcome-demo-lonely")
    for each in found.history:
        assert f"{each.now.value.normalize()}%" in lines


def test_a_picture_has_its_title_unit_source_and_date_on_it_and_its_words_within(contents: Contents) -> None:
    drawing = draw_chart(contents, ChartName("ranked", "engagement"))
    made = make_image(drawing, contents=contents, kind="svg", size="slide")
    root, lines = ET.fromstring(made), said_in(made)  # noqa: S314 - our own
    title, words = (root.find(f"{{http://www.w3.org/2000/svg}}{tag}") for tag in ("title", "desc"))
    assert drawing.title.startswith("Engagement: ")
    assert title is not None
    assert title.text == drawing.title
    assert drawing.title in " ".join(lines)
    assert drawing.subtitle in " ".join(lines)
    assert f"{FOOT} 17 November 2025" in " ".join(lines)
    assert words is not None
    assert drawing.words in (words.text or "")
    assert MADE_UP_MARK in (words.text or "")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title words"


@pytest.mark.parametrize(("size", "wide", "dots"), [("slide", 1920, 96), ("print", 2008, 300)])
def test_a_png_has_the_size_that_it_is_for_and_its_words_in_the_file(
    contents: Contents, size: images.ImageSize, wide: int, dots: int
) -> None:
    drawing = draw_chart(contents, ChartName("over_periods", "equality"))
    made = opened(make_image(drawing, contents=contents, kind="png", size=size))
    assert made.width == wide
    assert made.height == 1080 if size == "slide" else made.height > wide / 2
    assert round(made.info["dpi"][0]) == dots
    assert made.info["Title"] == drawing.title
    assert made.info["Description"] == drawing.words
    assert made.info["Source"].startswith(FOOT)
    assert made.convert("RGB").getpixel((3, 3)) == (255, 255, 255)


def test_beside_each_picture_stand_its_title_source_date_and_words(contents: Contents) -> None:
    made = images_of(contents, ChartName("bounds"))
    assert set(made) == {"bounds-slide.png", "bounds-print.png", "bounds.svg", "bounds.json"}
    told = json.loads(made["bounds.json"])
    drawing = draw_chart(contents, ChartName("bounds"))
    assert (told["title"], told["alternative_text"]) == (drawing.title, drawing.words)
    assert told["source"] == "2025 review (made up) · release 2025.1 · Framework 2021 and Pact principles"
    assert (told["published"], told["release"], told["made_up"]) == ("2025-11-17", "2025.1", True)
    assert words_of(contents, ChartName("bounds")) == made["bounds.json"]


def test_the_day_beside_a_picture_is_the_day_here(contents: Contents) -> None:
    after_midnight = datetime(2025, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight in summer
    late = replace(contents, release=replace(contents.release, published_at=after_midnight))
    assert json.loads(words_of(late, ChartName("bounds")))["published"] == "2025-07-02"


def test_every_chart_is_there_but_those_for_which_the_release_has_nothing(
    contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What each looks like is looked at elsewhere: only which there are is at stake."""

    def small(drawing: Drawing, **_sizes: object) -> Picture:
        return Picture(f"<svg>{drawing.title}</svg>", 100, 50)

    monkeypatch.setattr(images, "framed", small)
    monkeypatch.setattr(images, "_png", lambda *_args, **_kwargs: b"")
    few = smaller(contents)
    made = {name.removesuffix(".json") for name in chart_images(few) if name.endswith(".json")}
    assert {chart_name(each).kind for each in made} == {*KINDS, "outcomes", "outcome", "due"} - {"own_gaps"}
    assert {str(each) for each in chart_names(few)} - made == {"own_gaps"}
    left = {chart_name(name).kind for name in chart_images(without_outcomes(few)) if name.endswith(".svg")}
    assert left & {"outcomes", "outcome", "due"} == set()


def test_a_single_promise_has_charts_of_its_own(contents: Contents) -> None:
    promise = contents.scored[0]
    drawing = draw_chart(contents, ChartName("over_periods", promise.ref))
    assert drawing.title.startswith(f"{promise.title}: Groups’ experience: ")
    assert chart_name(f"over_periods-{promise.ref}") == ChartName("over_periods", promise.ref)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "x",
        "ranked",
        "ranked-x",
        "ranked-ENG-DIA-1",
        "gaps-x",
        "own_gaps",
        "due-x",
        "outcomes",
        "outcome",
        "outcome-x",
    ],
)
def test_what_there_is_not_is_refused_in_words(contents: Contents, name: str) -> None:
    with pytest.raises(NotFoundError, match=re.escape(f"Release 2025.1 has no chart {name}")):
        draw_chart(contents, chart_name(name))


def test_a_drawing_without_a_chart_makes_no_picture(contents: Contents) -> None:
    empty = replace(draw_chart(contents, ChartName("gaps")), specification=None)
    with pytest.raises(ValueError, match="nothing to draw"):
        make_image(empty, contents=contents, kind="svg", size="print")


def with_titles(contents: Contents, *titles: str) -> Drawing:
    """Give the chart of the widest gaps with other titles for its promises."""
    themes = contents.figures.themes
    named = [replace(promise, title=title) for promise, title in zip(themes[0].promises, titles, strict=False)]
    figures = replace(contents.figures, themes=(replace(themes[0], promises=tuple(named)),))
    found = replace(contents, figures=figures).drawing("widest_gaps")
    assert found is not None
    return found


def test_names_in_welsh_polish_and_punjabi_are_written_in_fonts_that_have_them(contents: Contents) -> None:
    drawing = with_titles(contents, *NAMES)
    assert set(NAMES) <= set(said_in(make_image(drawing, contents=contents, kind="svg", size="print")))
    drawn = ET.fromstring(chart_svg(drawing, width=700).svg)  # noqa: S314 - our own
    fonts = {each.text: str(each.get("font-family")) for each in drawn.iter() if each.text}
    assert fonts["ਜਾ"] == "'Noto Sans Gurmukhi'"
    assert fonts[NAMES[0]].startswith("'Source Sans Pro'")


def test_a_name_in_punjabi_takes_up_the_room_of_its_letters() -> None:
    """The converter once wrote letters over one another, and left out spaces."""
    line = "<text transform='translate(0,60)' font-size='40px'>{}</text>".replace("'", '"')
    paper = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100">{}</svg>'
    drawn = points(Picture(paper.format(line.format("ਪੰਜਾਬੀ ਸਭਾ")), 400, 100), pixels=400)
    left, _, right, _ = opened(drawn).getbbox() or (0, 0, 0, 0)
    assert right - left == pytest.approx(width_of("ਪੰਜਾਬੀ ਸਭਾ", size=40), abs=4)


def test_words_that_people_typed_are_neither_markup_nor_a_reason_to_break_down(contents: Contents) -> None:
    drawing = replace(with_titles(contents, "<b>Bold</b> & \x07bell", "${1}"), title="A\x00title <script>x</script>")
    made = make_image(drawing, contents=contents, kind="svg", size="print")
    assert b"<script" not in made
    assert b"<b>" not in made
    assert {"<b>Bold</b> &  bell", "A title <script>x</script>"} <= set(said_in(made))
    assert opened(make_image(drawing, contents=contents, kind="png", size="print")).width == 2008


def test_titles_of_two_hundred_letters_are_broken_into_lines_and_stay_within_the_picture(contents: Contents) -> None:
    drawing = draw_chart(awkward(contents), ChartName("ranked", "engagement"))
    made = make_image(drawing, contents=contents, kind="svg", size="print")
    lines = said_in(made)
    assert drawing.title in " ".join(lines)
    assert max(map(len, lines)) < 110
    png = opened(make_image(drawing, contents=contents, kind="png", size="print")).convert("L")
    edge = png.crop((png.width - 20, 0, png.width, png.height))
    assert edge.getextrema() == (255, 255), "nothing runs over the edge"


def test_nothing_is_fetched_from_anywhere(contents: Contents) -> None:
    drawing = draw_chart(contents, ChartName("gaps"))
    elsewhere = {"mark": "point", "data": {"url": "http://127.0.0.1:9/figures.csv"}, "encoding": {}}
    with pytest.raises(ValueError, match=r"127\.0\.0\.1"):
        make_image(replace(drawing, specification=elsewhere), contents=contents, kind="svg", size="print")


def test_the_same_release_gives_the_same_bytes(contents: Contents) -> None:
    name = ChartName("bounds")
    for kind in ("png", "svg"):
        first, second = (image_of(contents, name, kind=kind, size="print") for _ in range(2))
        assert first == second
