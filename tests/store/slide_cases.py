"""Slides for tests: a release's slides by their keys, the releases that are hard to tell, and what a chart holds."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from charter.published.figures import Promise
from charter.reports.contents import Contents
from charter.reports.deck.slide import EditableChart, Series, Slide
from charter.reports.deck.slides import make_slides
from db.types import GapKind, Side, SlideKey
from tests.office.awkward import awkward as with_long_themes
from tests.store.given_out import ADDRESS, without_outcomes
from tests.store.paper_cases import awkward, first_review, without_figures

Every = dict[str, dict[SlideKey, Slide]]


def without_any_score(contents: Contents) -> Contents:
    """Hide all that groups said."""
    for theme in contents.figures.themes:
        contents = without_figures(contents, theme.ref)
    return contents


ALTERED: dict[str, Callable[[Contents], Contents]] = {
    "as it is": lambda contents: contents,
    "a theme is hidden": lambda contents: without_figures(contents, "empowerment"),
    "every theme is hidden": without_any_score,
    "the first review": first_review,
    "without outcomes": without_outcomes,
    "strange names": awkward,
    "long themes": with_long_themes,
}


def by_key(contents: Contents) -> dict[SlideKey, Slide]:
    """Make a release's slides."""
    return {slide.key: slide for slide in make_slides(contents, address=ADDRESS)}


def values(chart: EditableChart | None) -> dict[str, dict[str, float | None]]:
    """Give a chart's values by series and category."""
    assert chart is not None
    return {series.name: dict(zip(chart.categories, series.values, strict=True)) for series in chart.series}


def widest(contents: Contents, most: int) -> list[Promise]:
    """Sort what public bodies owe by its gap, as the page of gaps does."""
    found = [
        (abs(promise.gap.points), promise)
        for promise in contents.scored
        if promise.gap is not None
        and promise.gap.points is not None
        and promise.gap.kind is GapKind.PERCEPTION_GAP
        and promise.gap.owing_side is Side.PUBLIC
        and not promise.few
    ]
    return [promise for _, promise in sorted(found, key=lambda each: (-each[0], each[1].title))][:most]


def with_promise(contents: Contents, changed: Promise) -> Contents:
    """Put a promise in the place of the one that it was."""
    themes = tuple(
        replace(theme, promises=tuple(changed if each.ref == changed.ref else each for each in theme.promises))
        for theme in contents.figures.themes
    )
    return replace(contents, figures=replace(contents.figures, themes=themes))


def series_of(slide: Slide) -> Sequence[Series]:
    """Give the series of a slide's chart."""
    assert slide.chart is not None
    return slide.chart.series


def drawn(slide: Slide) -> list[int]:
    """Give every number that a drawn chart holds."""
    assert slide.drawing is not None
    assert slide.drawing.specification is not None
    rows = [row for rows in slide.drawing.specification["datasets"].values() for row in rows]
    return [int(value) for row in rows for value in row.values() if isinstance(value, int | float)]
