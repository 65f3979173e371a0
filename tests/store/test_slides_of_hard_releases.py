"""Slides of releases that are hard to tell: what is hidden or missing is said, and what is long is cut."""

import re
from dataclasses import replace

import pytest

from charter.reports.contents import Contents
from charter.reports.deck.fitting import shortened
from charter.reports.deck.slide import Shape
from charter.words import MADE_UP_MARK
from db.types import SlideKey
from tests.store.given_out import ADDRESS, contents_of
from tests.store.paper_cases import NAMES, awkward, without_figures
from tests.store.slide_cases import ALTERED, Every, by_key, drawn, values, widest, with_promise
from tests.templates import Templates


@pytest.fixture(scope="module")
def contents(templates: Templates) -> Contents:
    return contents_of(templates)


@pytest.fixture(scope="module")
def every(contents: Contents) -> Every:
    """Give the slides of the release as it is, and of each that is altered: to make them takes half a second."""
    return {name: by_key(alter(contents)) for name, alter in ALTERED.items()}


@pytest.mark.parametrize("altered", ALTERED)
def test_every_slide_is_marked_sourced_and_short(every: Every, altered: str) -> None:
    for slide in every[altered].values():
        assert slide.source == "2025 review (made up) · release 2025.1 · Framework 2021 and Pact principles"
        source = f"Source: {slide.source}. Published on 17 November 2025. Read more: {ADDRESS}"
        assert slide.notes[-1].startswith(source)
        assert 0 < len(slide.headline) <= 250
        assert all(len(said) <= 250 for said in slide.said)
        with_chart = {each is not None for each in (slide.drawing, slide.dark, slide.chart)}
        assert len(with_chart) == 1
        assert slide.table is not None or slide.chart is None


def test_real_figures_are_not_marked(contents: Contents) -> None:
    real = replace(contents, release=replace(contents.release, made_up=False))
    assert not any(MADE_UP_MARK in slide.source for slide in by_key(real).values())


@pytest.mark.parametrize("altered", ALTERED)
def test_the_drawn_chart_and_the_one_to_be_edited_have_the_same_figures(every: Every, altered: str) -> None:
    for slide in every[altered].values():
        if slide.drawing is None or slide.chart is None:
            continue
        edited = {int(value) for series in slide.chart.series for value in series.values if value is not None}
        if slide.chart.shape is Shape.STACKED:  # the part that did not answer is drawn as the whole bar
            first, rest = (series.values for series in slide.chart.series)
            wholes = [(one or 0) + (other or 0) for one, other in zip(first, rest, strict=True)]
            edited = {int(value) for value in (*first, *wholes) if value is not None}
        assert edited <= set(drawn(slide)), slide.key


def test_a_theme_that_is_hidden_is_named_without_a_figure(contents: Contents, every: Every) -> None:
    hidden = contents.figures.theme("empowerment")
    assert hidden is not None
    slide = every["a theme is hidden"][SlideKey.THEMES]
    assert values(slide.chart)["Groups’ experience"]["Empowerment"] is None
    assert hidden.title.lower() not in slide.headline
    assert "Empowerment has no score in this review: none of its 4 main promises can be shown" in slide.notes[1]
    assert slide.drawing is not None
    assert "Without a figure: Empowerment." in slide.drawing.words
    assert str(hidden.score) not in re.findall(r"\d+", str(slide.drawing.specification))


def test_a_first_review_says_that_there_is_nothing_to_compare_it_with(
    every: Every,
) -> None:
    slide = every["the first review"][SlideKey.CHANGED]
    assert slide.headline == "There is no earlier review that these scores can be compared with."
    assert (slide.said, slide.drawing) == ((), None)
    assert not any("review before" in said for said in every["the first review"][SlideKey.YOU_SAID].said)


def test_the_first_review_is_the_first_also_when_others_came_after_it(templates: Templates) -> None:
    slides = by_key(contents_of(templates, "2023.1"))
    said = "There is no earlier review that these scores can be compared with."
    assert slides[SlideKey.CHANGED].headline == said
    assert len(slides[SlideKey.YOU_SAID].said) == 3


def test_where_nothing_moved_clearly_that_is_said(contents: Contents) -> None:
    still = contents
    for promise in contents.scored:
        still = with_promise(still, replace(promise, change=promise.change and replace(promise.change, points=None)))
    slide = by_key(still)[SlideKey.CHANGED]
    assert slide.headline.startswith("Since the 2024 review, groups say that promises are kept better")
    assert slide.said == ("No promise got clearly better. No promise got clearly worse.",)


def test_without_outcomes_and_promises_the_slides_say_so(every: Every) -> None:
    slides = every["without outcomes"]
    assert slides[SlideKey.OUTCOMES].headline == "Nobody has reported an outcome yet."
    assert slides[SlideKey.OUTCOMES].drawing is None
    assert slides[SlideKey.YOU_SAID].headline == "No public body wrote what it will do after the 2025 review."


def test_long_and_strange_names_are_cut_on_the_slide_and_whole_in_its_notes(contents: Contents) -> None:
    told = awkward(contents, NAMES)
    slides = by_key(told)
    (promise,) = widest(told, 1)
    assert len(promise.title) > 150
    assert shortened(promise.title, 70) in slides[SlideKey.GAP].headline
    (answer, *_) = [each for each in told.promises if each.own]
    assert any(answer.we_will in note for note in slides[SlideKey.YOU_SAID].notes)
    assert any(NAMES[2] in note for note in slides[SlideKey.OUTCOMES].notes)


def test_a_correction_says_why(contents: Contents) -> None:
    corrected = replace(contents, release=replace(contents.release, number=2, reason="A list was wrong."))
    assert by_key(corrected)[SlideKey.TITLE].said[-1] == "Corrected on 17 November 2025: A list was wrong."


def test_where_every_theme_is_hidden_each_says_why_and_no_review_is_called_the_first(every: Every) -> None:
    slides = every["every theme is hidden"]
    themes, changed = slides[SlideKey.THEMES], slides[SlideKey.CHANGED]
    assert themes.headline == "No theme has a score in this review, because too few answers can be shown."
    named = ("Engagement", "Empowerment", "Equality")
    why = "has no score in this review: none of its 4 main promises can be shown."
    assert themes.said == tuple(f"{name} {why}" for name in named)
    assert changed.headline == "No theme has a score that can be compared with an earlier review."


def test_long_titles_of_themes_are_cut_in_headlines_and_whole_in_notes(contents: Contents, every: Every) -> None:
    slides = every["long themes"]
    slide = slides[SlideKey.THEMES]
    for theme, note in zip(contents.figures.themes, slide.notes, strict=False):
        assert re.search(
            rf"{theme.title} and to say in plain words[^,.]*… {theme.score}\b", slide.headline, re.IGNORECASE
        )
        assert len(note) > 200
    assert all("…." not in said for said in slides[SlideKey.CHANGED].said)


def test_one_is_counted_in_words_that_fit_one(contents: Contents) -> None:
    hidden = without_figures(contents, "empowerment").figures.themes[1]
    promise = next(each for each in hidden.promises if each.sector is not None)
    alone = replace(hidden, sector=None, promises=(promise,))
    one = replace(
        contents,
        figures=replace(contents.figures, themes=(alone,), together=()),
        who=replace(contents.who, bodies=contents.who.bodies[:1]),
    )
    assert by_key(one)[SlideKey.SOURCES].said[1:3] == (
        "1 of 1 public body answered, by name.",
        "1 score is hidden ([c]), so that no group’s answers can be worked out.",
    )
    silent = tuple(replace(body, answered=False) for body in contents.who.bodies)
    nobody = replace(contents, who=replace(contents.who, bodies=silent))
    assert "No public body answered." in by_key(nobody)[SlideKey.SOURCES].said
