"""The PowerPoint file, read back: every figure is the release's, charts can be edited, each slide says its source."""

import io
import re
import zipfile
from dataclasses import replace

import pptx
import pytest
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Pt

from charter.headlines import widest_first
from charter.outcome_words import STATUSES
from charter.outcomes.overview import reported
from charter.reports.contents import Contents
from charter.reports.deck.native_charts import written_names
from charter.reports.deck.presentation import make_presentation
from charter.reports.deck.slide import EditableChart, Series, Shape, Slide
from charter.reports.deck.slides import make_slides
from charter.reports.deck.telling import source_line
from charter.rules.refusals import FieldError
from charter.words import MADE_UP_MARK, group_label
from db.types import Breakdown, Side, SlideKey
from tests.office.awkward import NAMES, awkward
from tests.store.given_out import ADDRESS, TYPED, contents_of, without_outcomes
from tests.store.paper_cases import first_review, without_figures
from tests.store.slide_files import OLD, ChartRead, SlideRead, slides_read, template
from tests.templates import Templates


@pytest.fixture(scope="module")
def contents(templates: Templates) -> Contents:
    return contents_of(templates)


@pytest.fixture(scope="module")
def slides(contents: Contents) -> tuple[Slide, ...]:
    return make_slides(contents, address=ADDRESS)


@pytest.fixture(scope="module")
def made(contents: Contents, slides: tuple[Slide, ...]) -> bytes:
    return make_presentation(contents, slides)


@pytest.fixture(scope="module")
def read(made: bytes, slides: tuple[Slide, ...]) -> dict[SlideKey, SlideRead]:
    return {slide.key: found for slide, found in zip(slides, slides_read(made), strict=True)}


def chart_of(read: dict[SlideKey, SlideRead], key: SlideKey) -> ChartRead:
    (found,) = read[key].charts
    return found


def squeezed(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def test_every_slide_says_what_it_is_to_say_in_its_order(
    read: dict[SlideKey, SlideRead], slides: tuple[Slide, ...]
) -> None:
    for slide in slides:
        found = read[slide.key]
        assert (found.title, found.said) == (slide.headline, slide.said), slide.key
        assert found.notes == slide.notes
        assert found.empty == 0


def test_every_slide_has_its_source_on_it_and_in_its_notes_and_says_that_it_is_made_up(
    read: dict[SlideKey, SlideRead], contents: Contents
) -> None:
    for found in read.values():
        assert found.source == source_line(contents)
        assert MADE_UP_MARK in found.source
        assert f"Source: {found.source}" in found.notes[-1]
        assert ADDRESS in found.notes[-1]


def test_the_themes_have_the_scores_of_the_release(read: dict[SlideKey, SlideRead], contents: Contents) -> None:
    themes = contents.figures.themes
    chart = chart_of(read, SlideKey.THEMES)
    assert chart.names == tuple(theme.title for theme in themes)
    assert list(chart.series.values()) == [tuple(theme.score for theme in themes)]
    for theme in themes:
        assert f"{theme.score}" in read[SlideKey.THEMES].title


def test_the_gaps_are_those_of_the_release(read: dict[SlideKey, SlideRead], contents: Contents) -> None:
    chart = chart_of(read, SlideKey.GAP)
    widest = widest_first(contents.scored, owing=Side.PUBLIC)[: len(chart.names)]
    gaps = [each.gap for each in widest if each.gap is not None]
    assert chart.names == tuple(each.title for each in widest)
    practice, experience = chart.series.values()
    assert practice == tuple(gap.practice for gap in gaps)
    assert experience == tuple(gap.experience for gap in gaps)
    notes = " ".join(read[SlideKey.GAP].notes)
    assert all(f"{gap.practice} out of 100" in notes and f"{gap.points} points" in notes for gap in gaps)


def test_what_changed_most_has_its_score_in_every_review(read: dict[SlideKey, SlideRead], contents: Contents) -> None:
    title = read[SlideKey.CHANGED].title
    promise = next(each for each in contents.scored if each.title in title)
    chart = chart_of(read, SlideKey.CHANGED)
    for side, values in zip((Side.PUBLIC, Side.VCFSE), chart.series.values(), strict=True):
        assert values == tuple(each.score.score for each in promise.history if each.score.side is side)


def test_who_answered_is_counted_as_in_the_release(read: dict[SlideKey, SlideRead], contents: Contents) -> None:
    chart = chart_of(read, SlideKey.ANSWERED)
    wanted = {group_label(each.breakdown, each.group): each for each in contents.who.by(Breakdown.INCOME)}
    assert set(chart.names) == set(wanted)
    answered, silent = chart.series.values()
    for name, did, did_not in zip(chart.names, answered, silent, strict=True):
        assert (did, did_not) == (wanted[name].submitted, wanted[name].invited - wanted[name].submitted)


def test_outcomes_are_counted_as_in_the_release(read: dict[SlideKey, SlideRead], contents: Contents) -> None:
    chart = chart_of(read, SlideKey.OUTCOMES)
    statuses = [STATUSES[each.stands.status] for each in reported(contents.indicators) if each.stands.status]
    (counts,) = chart.series.values()
    assert dict(zip(chart.names, counts, strict=True)) == {name: statuses.count(name) for name in chart.names}
    assert sum(filter(None, counts)) == len(statuses)


def test_charts_are_powerpoints_own_with_their_figures_behind_them(
    read: dict[SlideKey, SlideRead], slides: tuple[Slide, ...]
) -> None:
    charted = [slide for slide in slides if slide.chart is not None]
    assert len(charted) == 5
    for slide in charted:
        assert slide.chart is not None
        chart = chart_of(read, slide.key)
        assert chart.series == {each.name: each.values for each in slide.chart.series}
        corner, *heads = chart.sheet[0]
        assert corner == slide.source
        assert heads == list(chart.series)
        assert [row[0] for row in chart.sheet[1:]] == list(chart.names)
        assert [tuple(row[1:]) for row in chart.sheet[1:]] == list(zip(*chart.series.values(), strict=True))


def test_charts_and_codes_have_a_text_alternative(read: dict[SlideKey, SlideRead], slides: tuple[Slide, ...]) -> None:
    for slide in slides:
        for chart in read[slide.key].charts:
            assert slide.drawing is not None
            assert chart.words == slide.drawing.words
        if slide.link:
            assert read[slide.key].pictures == (f"QR code that leads to {slide.link}",)


def test_it_is_wide_and_says_its_title_and_its_language(made: bytes) -> None:
    opened = pptx.Presentation(io.BytesIO(made))
    assert (opened.slide_width, opened.slide_height) == (Pt(960), Pt(540))
    about = opened.core_properties
    assert about.title == "Framework 2021 and Pact principles: 2025 review (made up)"
    assert (about.language, about.author, about.subject) == ("en-GB", "", "Release 2025.1")
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        parts = [
            package.read(name) for name in package.namelist() if re.match(r"ppt/(slides|notesSlides)/\w+\.xml", name)
        ]
        assert not [name for name in package.namelist() if "printer" in name or "thumbnail" in name]
    assert {lang for part in parts for lang in re.findall(rb'lang="([^"]+)"', part)} == {b"en-GB"}


def test_every_slide_is_numbered_and_no_two_of_its_shapes_have_one_id(made: bytes) -> None:
    for number, slide in enumerate(pptx.Presentation(io.BytesIO(made)).slides, start=1):
        shapes = slide.shapes.element.xpath(".//p:cNvPr/@id")
        assert len(shapes) == len(set(shapes))
        numbered = slide.shapes.element.xpath(".//a:fld[@type='slidenum']")
        assert len(numbered) == (0 if number == 1 else 1)


def test_nothing_on_a_slide_is_smaller_than_twenty_four_points(made: bytes) -> None:
    part = re.compile(r"ppt/(?:slides/slide|charts/chart|slideLayouts/slideLayout)\d+\.xml")
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        sizes = {
            name: re.findall(rb' sz="(\d+)"', package.read(name)) for name in package.namelist() if part.match(name)
        }
        master = package.read("ppt/slideMasters/slideMaster1.xml").partition(b"<p:otherStyle>")[0]
    found = {int(size) for each in (*sizes.values(), re.findall(rb' sz="(\d+)"', master)) for size in each}
    assert sum(bool(each) for name, each in sizes.items() if "charts" in name) == 5
    assert min(found) == 2400
    assert max(found) > 3000


def test_titles_of_two_hundred_letters_and_names_in_three_languages_fit(contents: Contents) -> None:
    hard = awkward(contents)
    slides = make_slides(hard, address=ADDRESS)
    read = slides_read(make_presentation(hard, slides))
    for slide, found in zip(slides, read, strict=True):
        cut = "…" in found.title and "…" not in slide.headline
        assert squeezed(found.title) == squeezed(slide.headline) or cut
        # What is cut stands in full in the notes.
        assert slide.headline in found.notes or not cut
        assert set(slide.notes) <= set(found.notes)
    everything = "\n".join(line for found in read for line in (*found.said, *found.notes))
    assert all(name in everything for name in NAMES)
    assert min(size for found in read for size in found.sizes) == 24


def test_a_theme_that_is_hidden_has_no_bar_and_its_name_says_so(contents: Contents) -> None:
    hidden = without_figures(contents, "empowerment")
    read = slides_read(make_presentation(hidden, make_slides(hidden, address=ADDRESS)))
    chart = next(found.charts[0] for found in read if found.charts)
    assert chart.names == ("Engagement", "Empowerment: not shown", "Equality")
    assert list(chart.series.values()) == [(66.0, None, 70.0)]
    assert chart.sheet[2] == ("Empowerment: not shown", None)


@pytest.mark.parametrize("change", [first_review, without_outcomes])
def test_what_a_release_lacks_leaves_slides_that_say_so(contents: Contents, change: object) -> None:
    assert callable(change)
    less = change(contents)
    slides = make_slides(less, address=ADDRESS)
    read = slides_read(make_presentation(less, slides))
    assert [found.title for found in read] == [slide.headline for slide in slides]
    assert all(found.empty == 0 for found in read)


def test_a_slide_with_nothing_but_a_headline_has_it_in_the_middle(contents: Contents) -> None:
    slides = make_slides(first_review(contents), address=ADDRESS)
    (place,) = (at for at, slide in enumerate(slides) if slide.key is SlideKey.CHANGED)
    title = pptx.Presentation(io.BytesIO(make_presentation(contents, slides))).slides[place].shapes.title
    assert title is not None
    assert title.text_frame.vertical_anchor is MSO_ANCHOR.MIDDLE
    assert title.height > Pt(400)


def test_what_people_typed_is_never_a_formula(contents: Contents) -> None:
    names = tuple(f"{typed}{place}" if typed.isspace() else typed for place, typed in enumerate(TYPED))
    chart = EditableChart(Shape.BARS, names, (Series("=1+1", (1.0,) * len(names)),), unit="=2")
    slide = Slide(SlideKey.THEMES, "=1+1", said=("{=1}", "<b>"), chart=chart, notes=("=1",), source="=SUM(A1)")
    (found,) = slides_read(make_presentation(contents, [slide]))
    assert (found.title, found.said, found.notes, found.source) == ("=1+1", ("{=1}", "<b>"), ("=1",), "=SUM(A1)")
    (read,) = found.charts
    assert read.formulas == 0
    assert [row[0] for row in read.sheet] == ["=SUM(A1)", *names]


def test_a_category_without_figures_is_named_as_not_shown() -> None:
    chart = EditableChart(Shape.BARS, ("a", "b"), (Series("x", (None, 0.0)), Series("y", (None, None))), unit="u")
    assert written_names(chart) == ["a: not shown", "b"]


@pytest.mark.parametrize("wide", [False, True])
def test_a_template_gives_its_layouts_and_its_size_and_none_of_its_slides(
    contents: Contents, slides: tuple[Slide, ...], read: dict[SlideKey, SlideRead], *, wide: bool
) -> None:
    look = template(slides=2, wide=wide)
    made = make_presentation(contents, slides, template=look)
    found = slides_read(made)
    assert [each.layout for each in found] == ["Title Slide"] + ["Title and Content"] * (len(slides) - 1)
    assert [each.title for each in found] == [slide.headline for slide in slides]
    assert [[chart.series for chart in each.charts] for each in found] == [
        [chart.series for chart in each.charts] for each in read.values()
    ]
    assert all(each.source == slides[0].source for each in found)
    opened, original = (pptx.Presentation(io.BytesIO(each)) for each in (made, look))
    assert (opened.slide_width, opened.slide_height) == (original.slide_width, original.slide_height)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert not any(OLD.encode() in package.read(name) for name in package.namelist())
        assert len([name for name in package.namelist() if re.match(r"ppt/slides/slide\d+\.xml", name)]) == len(slides)


def test_a_template_without_a_layout_to_open_with_opens_with_the_other(
    contents: Contents, slides: tuple[Slide, ...]
) -> None:
    found = slides_read(make_presentation(contents, slides, template=template(only=(1, 6), slides=0)))
    assert {each.layout for each in found} == {"Title and Content"}
    assert found[0].said == slides[0].said


@pytest.mark.parametrize("look", [template(only=(6,), slides=0), template(only=(0, 5), slides=0), b"PK\x03\x04 no"])
def test_a_template_that_slides_cannot_be_made_with_is_refused(
    contents: Contents, slides: tuple[Slide, ...], look: bytes
) -> None:
    with pytest.raises(FieldError, match=r"no layout with a title|is damaged"):
        make_presentation(contents, slides, template=look)


def test_a_real_release_is_not_said_to_be_made_up(contents: Contents) -> None:
    real = replace(contents, release=replace(contents.release, made_up=False))
    slide = next(each for each in make_slides(real, address=ADDRESS) if each.key is SlideKey.SOURCES)
    (found,) = slides_read(make_presentation(real, [slide]))
    assert MADE_UP_MARK not in found.source
