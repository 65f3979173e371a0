"""The slides of what came of it: outcomes on and off track, and what public bodies will do about what groups said."""

from collections.abc import Sequence
from itertools import groupby

import pandas as pd

from charter import came_of_it, promising_words
from charter.headlines import quoted
from charter.outcome_words import STATUSES
from charter.outcomes.overview import off_track, other_counts_sentence, overview_table, reported
from charter.published.words import PublishedPromise
from charter.reports.contents import Contents
from charter.reports.deck import editable, hall_drawings
from charter.reports.deck.fitting import LINE_LETTERS, TITLE_LETTERS, shortened
from charter.reports.deck.slide import Slide
from charter.reports.deck.telling import is_first
from db.types import SlideKey

_ANSWERS = 3
_NAME_LETTERS = 45
_NO_ROUTE = "Nobody has said yet how it gets back."


def outcomes_slide(contents: Contents) -> Slide:
    """Tell how many outcomes are on track and off it."""
    found, came = reported(contents.indicators), contents.came
    statuses = [each.stands.status for each in found]
    counted = [(status, count) for status in STATUSES if (count := statuses.count(status))]
    table = overview_table(off_track(found) or found)
    drawn = hall_drawings.statuses(counted, title=came.counted, table=table, dark=False)
    back = [
        f"Off track: {each.title}. {each.how_far} {f'Route to green: {each.route}' if each.route else _NO_ROUTE}"
        for each in came.off_track
    ]
    return Slide(
        key=SlideKey.OUTCOMES,
        headline=came.counted,
        said=tuple(said for said in (came_of_it.off_track_words(came),) if said),
        drawing=drawn,
        dark=hall_drawings.statuses(counted, title=came.counted, table=table, dark=True),
        chart=editable.statuses_chart(counted) if drawn else None,
        table=drawn.table if drawn else None,
        notes=(
            *(said for said in (other_counts_sentence(found), came_of_it.overdue_words(came)) if said),
            *back,
        ),
    )


def you_said_slide(contents: Contents) -> Slide:
    """Tell, theme by theme, what groups scored lowest and what a public body will do about it."""
    now = [each for each in contents.promises if each.own]
    before = [each for each in contents.promises if not each.own]
    kept = () if is_first(contents) else (promising_words.kept_sentence(before),)
    lowest = [_lowest(list(of)) for _, of in groupby(now, key=lambda each: each.theme_ref)][:_ANSWERS]
    return Slide(
        key=SlideKey.YOU_SAID,
        headline=_answering(now, period=contents.release.period_title),
        said=(*(_answer(each) for each in lowest), *kept),
        table=_answers_table(now) if now else None,
        notes=(*(_note(each) for each in now), *kept, *(_done(each) for each in before)),
    )


def _lowest(promises: Sequence[PublishedPromise]) -> PublishedPromise:
    """Choose the promise that groups scored lowest; one whose score is hidden comes last."""
    return min(promises, key=lambda each: (each.score is None, each.score or 0))


def _answering(now: Sequence[PublishedPromise], *, period: str) -> str:
    bodies = len({each.organisation for each in now})
    if not bodies:
        return f"No public body wrote what it will do after the {period}."
    said = "1 public body answers" if bodies == 1 else f"{bodies} public bodies answer"
    return f"You said, we will: {said} what groups scored lowest"


def _answer(promise: PublishedPromise) -> str:
    title = shortened(promise.title, TITLE_LETTERS)
    will = shortened(f"{shortened(promise.organisation, _NAME_LETTERS)} will {promise.we_will}", LINE_LETTERS)
    return f"{quoted(title)}. {promising_words.score_said(promise)} {_sentence(will)}"


def _note(promise: PublishedPromise) -> str:
    said = f"You said: {quoted(promise.title)}. {promising_words.score_said(promise)}"
    will = _sentence(f"{promise.organisation} will {promise.we_will}")
    return f"{said} {will} {_sentence(promising_words.action_words(promise))}"


def _done(promise: PublishedPromise) -> str:
    said = _sentence(f"{promise.organisation} said in the {promise.period_title} that it will {promise.we_will}")
    return f"{said} Now: {promising_words.done_words(promise)}."


def _answers_table(promises: Sequence[PublishedPromise]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "You said": [each.title for each in promises],
            "Groups gave it": ["hidden" if each.score is None else f"{each.score}" for each in promises],
            "We will": [f"{each.organisation}: {each.we_will}" for each in promises],
            "Action": [promising_words.action_words(each) for each in promises],
        },
        dtype=str,
    )


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
