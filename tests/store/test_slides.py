"""The slides of a release: each tells its finding, and its figures are the release's."""

from dataclasses import replace

import pytest

from charter import findings, headlines
from charter.charts.theme import LIGHT
from charter.outcomes.overview import reported
from charter.reports.contents import Contents
from charter.reports.deck.fitting import lines_of
from charter.reports.deck.slide import Look, Slide
from charter.rules.outcomes import IndicatorStatus
from db.types import Breakdown, IncomeBand, ReleaseTextKind, Side, SlideKey
from tests.store.given_out import ADDRESS, contents_of
from tests.store.paper_cases import with_text
from tests.store.slide_cases import by_key, series_of, values, widest, with_promise
from tests.templates import Templates


@pytest.fixture(scope="module")
def contents(templates: Templates) -> Contents:
    return contents_of(templates)


@pytest.fixture(scope="module")
def slides(contents: Contents) -> dict[SlideKey, Slide]:
    return by_key(contents)


def plain(figures: dict[str, int | None]) -> dict[str, float | None]:
    return {name: None if value is None else float(value) for name, value in figures.items()}


def test_there_is_a_slide_for_each_thing_in_the_order_in_which_it_is_told(slides: dict[SlideKey, Slide]) -> None:
    assert list(slides) == list(SlideKey)


def test_the_themes_have_the_scores_of_the_release(contents: Contents, slides: dict[SlideKey, Slide]) -> None:
    slide, themes = slides[SlideKey.THEMES], contents.figures.themes
    assert values(slide.chart) == {"Groups’ experience": plain({theme.title: theme.score for theme in themes})}
    assert slide.headline == headlines.levels_sentence(themes)
    for theme, note in zip(themes, slide.notes, strict=False):
        assert theme.sector is not None
        assert findings.from_groups(theme.sector) in note
        assert f"{theme.sector.low} to {theme.sector.high}" in note
        assert theme.gap is not None
        assert f"Public bodies give themselves {theme.gap.practice}" in note


def test_what_changed_most_has_the_change_and_the_scores_behind_it(
    contents: Contents, slides: dict[SlideKey, Slide]
) -> None:
    slide, (better, _) = slides[SlideKey.CHANGED], headlines.movers(contents.scored)
    assert better is not None
    assert better.change is not None
    assert slide.headline == f"“{better.title}” improved most: up {better.change.points} points."
    told = {
        (side, each.period_title): each.score.score
        for each in better.history
        for side in Side
        if each.score.side is side
    }
    titles = list(dict.fromkeys(each.period_title for each in better.history))
    assert values(slide.chart) == {
        "Public bodies’ practice": plain({title: told[Side.PUBLIC, title] for title in titles}),
        "Groups’ experience": plain({title: told[Side.VCFSE, title] for title in titles}),
    }
    assert f"the {better.change.matched} groups that answered both times" in slide.notes[0]
    assert f"was {better.change.before} then and is {better.change.after} now" in slide.notes[0]


def test_a_line_never_joins_scores_of_another_meaning(contents: Contents) -> None:
    better, _ = headlines.movers(contents.scored)
    assert better is not None
    old = tuple(replace(each, segment=int(each.period_ref != "2023")) for each in better.history)
    slide = by_key(with_promise(contents, replace(better, history=old)))[SlideKey.CHANGED]
    assert slide.chart is not None
    assert slide.chart.categories == ("2024 review", "2025 review")


def test_the_widest_gaps_have_both_sides(contents: Contents, slides: dict[SlideKey, Slide]) -> None:
    slide, found = slides[SlideKey.GAP], widest(contents, 3)
    gaps = {promise.title: promise.gap for promise in found}
    assert values(slide.chart) == {
        "Public bodies’ practice": plain({title: gap.practice for title, gap in gaps.items() if gap}),
        "Groups’ experience": plain({title: gap.experience for title, gap in gaps.items() if gap}),
    }
    assert slide.headline == headlines.widest_gap_sentence(contents.scored)
    for promise, note in zip(found, slide.notes[1:], strict=False):
        assert promise.gap is not None
        assert promise.sector is not None
        assert promise.title in note
        assert f"gap of {promise.gap.points} points" in note
        assert findings.from_groups(promise.sector) in note


def test_who_answered_is_told_by_income(contents: Contents, slides: dict[SlideKey, Slide]) -> None:
    slide, groups = slides[SlideKey.ANSWERED], contents.who.groups
    assert groups is not None
    assert slide.headline == f"{groups.submitted} of {groups.invited} groups answered ({groups.percent})."
    responses = {each.group: each for each in contents.who.by(Breakdown.INCOME)}
    told = [responses[band] for band in IncomeBand if band in responses]
    figures = values(slide.chart)
    assert list(figures["Answered"].values()) == [each.submitted for each in told]
    assert list(figures["Did not answer"].values()) == [each.invited - each.submitted for each in told]
    for each in told:
        assert any(f"{each.submitted} of {each.invited} ({each.percent})" in note for note in slide.notes)
    assert all(any(body.name in note for note in slide.notes) for body in contents.who.bodies)


def test_outcomes_are_counted_and_each_that_is_off_track_is_in_the_notes(
    contents: Contents, slides: dict[SlideKey, Slide]
) -> None:
    slide, came = slides[SlideKey.OUTCOMES], contents.came
    assert slide.headline == came.counted
    figures = values(slide.chart)["Outcomes"]
    counts = came.counts
    shown = [figures[name] for name in ("● on track", "▲ within tolerance", "■ off track")]
    assert shown == [counts.on_track, counts.within_tolerance, counts.off_track]
    with_status = [each for each in reported(contents.indicators) if each.stands.status is not None]
    assert sum(value or 0 for value in figures.values()) == len(with_status)
    assert any(each.stands.status is IndicatorStatus.NO_DATA_YET for each in with_status)
    for off in came.off_track:
        (note,) = [note for note in slide.notes if off.title in note]
        assert off.how_far in note
        assert (off.route or "Nobody has said yet how it gets back.") in note


def test_you_said_tells_the_lowest_of_each_theme_with_its_score_and_the_rest_in_the_notes(
    contents: Contents, slides: dict[SlideKey, Slide]
) -> None:
    slide = slides[SlideKey.YOU_SAID]
    now = [each for each in contents.promises if each.own]
    themes = list(dict.fromkeys(each.theme_ref for each in now))
    assert len(slide.said) == len(themes) + 1
    for said, theme in zip(slide.said, themes, strict=False):
        lowest = min((each for each in now if each.theme_ref == theme), key=lambda each: each.score or 0)
        assert lowest.title in said
        assert f"{lowest.score} out of 100" in said
        assert lowest.we_will in said
    told = "\n".join(slide.notes)
    for each in contents.promises:
        assert f"{each.organisation} will {each.we_will}" in told or each.we_will in told


def test_what_is_asked_is_the_published_text_and_without_one_there_is_no_such_slide(
    contents: Contents, slides: dict[SlideKey, Slide]
) -> None:
    assert slides[SlideKey.ASK].said == tuple(lines_of(contents.text(ReleaseTextKind.DECISIONS_ASKED)))
    asked = "\n\n".join(f"{number}. Decide something" for number in range(1, 8))
    many = by_key(with_text(contents, ReleaseTextKind.DECISIONS_ASKED, asked))[SlideKey.ASK]
    assert len(many.said) == 5
    assert many.said[-1] == "And 3 more."
    assert "7. Decide something" in many.notes
    silent = replace(contents, who=replace(contents.who, texts=()))
    assert list(by_key(silent)) == [key for key in SlideKey if key is not SlideKey.ASK]


def test_the_codes_on_the_first_and_last_slide_lead_to_this_release(slides: dict[SlideKey, Slide]) -> None:
    links = {key: slide.link for key, slide in slides.items() if slide.link}
    assert links == dict.fromkeys((SlideKey.TITLE, SlideKey.CLOSING), f"{ADDRESS}/?release=2025.1")
    assert slides[SlideKey.CLOSING].said[0] == "charter.example.org"


def test_sources_say_what_the_figures_rest_on(contents: Contents, slides: dict[SlideKey, Slide]) -> None:
    slide, groups = slides[SlideKey.SOURCES], contents.who.groups
    assert groups is not None
    assert slide.said[0] == headlines.response_sentence(groups)
    assert slide.said[2].startswith(f"{contents.figures.hidden} scores are hidden ([c])")
    assert any("We do not hold the text of this charter" in note for note in slide.notes)


def test_series_keep_their_looks(slides: dict[SlideKey, Slide]) -> None:
    looks = {series.look for key in (SlideKey.GAP, SlideKey.CHANGED) for series in series_of(slides[key])}
    assert looks == {Look.PRACTICE, Look.EXPERIENCE}
    assert {series.look for series in series_of(slides[SlideKey.ANSWERED])} == {Look.PLAIN, Look.REST}
    drawing = slides[SlideKey.ANSWERED].drawing
    assert drawing is not None
    assert LIGHT.practice not in str(drawing.specification)
