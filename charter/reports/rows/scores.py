"""What groups said: the scores of themes and promises, for all groups and by kind and income, and in other reviews.

What public bodies say of themselves stands beside the gap alone, as their mean is made for nothing else.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from charter.published.figures import InPeriod, Score, Sides
from charter.published.order import in_order
from charter.reports.columns import Cell, Column, Kind, Missing, Outline, Row
from charter.reports.contents import Contents
from charter.reports.rows.figure_columns import (
    ANSWERED,
    FEW,
    GROUPS,
    INVITED,
    LIKELY,
    MEASURE,
    OUT_OF_100,
    PROMISE,
    REF,
    SCORE,
    SURVEY,
    WHY,
    group_cells,
    missing,
    score_cells,
    why_cells,
)
from charter.words import LEVELS, MEASURES, SIDES
from db.types import Breakdown

_LEVEL_NAMES = tuple(f"level_{number}" for number in range(len(LEVELS)))
_BOUNDS = (
    Column(
        "lowest",
        "Lowest it could be",
        "The score if all groups that did not answer had said “not at all”.",
        Kind.WHOLE,
        OUT_OF_100,
        note="If the silent had spoken",
    ),
    Column(
        "highest",
        "Highest it could be",
        "The score if all groups that did not answer had said “fully”.",
        Kind.WHOLE,
        OUT_OF_100,
        note="If the silent had spoken",
    ),
)
_LEVELS = tuple(
    Column(name, words.capitalize(), f"How many groups said “{words}”.", Kind.WHOLE, "groups")
    for name, words in zip(_LEVEL_NAMES, LEVELS, strict=True)
)
_THEME_SCORE = "A theme’s score"
_OF_A_THEME = (
    Column(
        "promises_shown",
        "From how many promises",
        "How many main promises the score is made from.",
        Kind.WHOLE,
        note=_THEME_SCORE,
    ),
    Column(
        "promises_asked",
        "Of how many",
        "How many main promises of the theme were asked about.",
        Kind.WHOLE,
        note=_THEME_SCORE,
    ),
)


def _theme_rows(contents: Contents) -> Iterator[Row]:
    for theme in contents.figures.themes:
        for score in _of_groups(theme):
            shown = {"promises_shown": score.shown, "promises_asked": score.asked}
            yield {
                "theme": theme.ref,
                "title": theme.title,
                **_figures(score),
                **{name: Missing.NO_DATA if value is None else value for name, value in shown.items()},
            }


def _promise_rows(contents: Contents) -> Iterator[Row]:
    for promise in contents.figures.promises:
        for score in _of_groups(promise):
            gone = missing(score.withheld)
            levels = score.levels or (gone,) * len(LEVELS)
            yield {
                "ref": promise.ref,
                "title": promise.title,
                "measure": score.measure.value,
                **_figures(score),
                **dict(zip(_LEVEL_NAMES, levels, strict=True)),
                "share_high": gone if score.share_high is None else score.share_high,
            }


def _review_rows(contents: Contents) -> Iterator[Row]:
    """Give both sides' scores in every review. Public bodies' mean is left out where no gap is made of it."""
    found: Iterable[Sides] = chain(contents.figures.themes, contents.figures.promises)
    for each in found:
        if each.sector is not None:
            for in_period in each.history:
                yield _in_a_review(each, in_period)


def _in_a_review(each: Sides, found: InPeriod) -> Row:
    score = found.score
    cells = score_cells(score)
    return {
        "scope": score.scope.value,
        "ref": each.ref,
        "title": each.title,
        "review": found.period_ref,
        "review_title": found.period_title,
        "side": score.side.value,
        "measure": score.measure.value,
        **{name: cells[name] for name in ("score", "low", "high")},
        "meaning": found.segment,
        **why_cells(score.withheld, held_back=score.held_back),
    }


def _of_groups(each: Sides) -> list[Score]:
    whole = [] if each.sector is None else [each.sector]
    parts = (Breakdown.KIND, Breakdown.INCOME)
    return [*whole, *(score for part in parts for score in in_order([s for s in each.groups if s.breakdown is part]))]


def _figures(score: Score) -> dict[str, Cell]:
    gone = missing(score.withheld)
    return {
        **group_cells(score.breakdown, score.group),
        **score_cells(score),
        "lowest": gone if score.lowest is None else score.lowest,
        "highest": gone if score.highest is None else score.highest,
    }


_THEME = Column("theme", "Code of the theme", "The theme’s code.", on_sheet=False)
THEME_SCORES = Outline(
    "theme-scores",
    "Scores of the themes",
    "What groups give each theme: all groups, and groups of one kind or yearly income. It is the average of the "
    "theme’s main promises that can be shown.",
    SURVEY,
    ("theme", "breakdown", "group"),
    (
        _THEME,
        Column("title", "Theme", "The theme."),
        *GROUPS,
        INVITED,
        ANSWERED,
        SCORE,
        *LIKELY,
        *_BOUNDS,
        *_OF_A_THEME,
        FEW,
        *WHY,
    ),
    _theme_rows,
)
PROMISE_SCORES = Outline(
    "promise-scores",
    "Scores of the promises",
    "What groups give each promise: all groups, and groups of one kind or yearly income, with how many chose each "
    "answer.",
    SURVEY,
    ("ref", "breakdown", "group"),
    (
        REF,
        PROMISE,
        MEASURE,
        *GROUPS,
        INVITED,
        ANSWERED,
        SCORE,
        *LIKELY,
        *_BOUNDS,
        *_LEVELS,
        Column("share_high", "Mostly or fully", "The share that said “mostly” or “fully”, in whole per cent."),
        FEW,
        *WHY,
    ),
    _promise_rows,
)
_SCOPES = {"theme": "Theme", "commitment": "Promise"}
OVER_REVIEWS = Outline(
    "scores-over-reviews",
    "Scores over the reviews",
    "What each side said of each theme and promise in every published review. Compare two reviews only where the "
    "number in “Meaning” is the same: else the promise meant something else.",
    "The answers to each review, as last published before this file was made",
    ("scope", "ref", "review", "side"),
    (
        Column("scope", "Theme or promise", "Whether the row is of a theme or of a promise.", words=_SCOPES),
        Column("ref", "Reference", "The promise’s reference, or the theme’s code."),
        Column("title", "Name", "What the promise or theme is called."),
        Column("review", "Code of the review", "The review’s reference.", on_sheet=False),
        Column("review_title", "Review", "Which review the row is of."),
        Column("side", "Whose", "Whose answers these are.", words=SIDES),
        Column("measure", "What they rated", MEASURE.means, words=MEASURES),
        SCORE,
        *LIKELY,
        Column("meaning", "Meaning", "Rises by 1 where the meaning changed.", Kind.WHOLE),
        *WHY,
    ),
    _review_rows,
)
