"""The charts of slides: a release's figures drawn for a hall, each with its words and its table."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from charter import findings, headlines
from charter.charts import breakdown, dumbbell, periods, response
from charter.charts.hall import PART
from charter.charts.hall_reviews import hall_reviews
from charter.charts.hall_rows import HOLLOW, hall_counts, hall_gaps, hall_scores
from charter.charts.theme import specification
from charter.outcome_words import STATUSES
from charter.published import frames, tables
from charter.published.answers import WhoAnswered
from charter.published.figures import InPeriod, Promise, Theme
from charter.reports.drawings import Drawing, names_of
from charter.rules.outcomes import IndicatorStatus
from charter.words import listed
from db.types import Breakdown

_STATUS_NAMES = 500
# The signs of `STATUSES`, drawn.
_SIGNS = {
    IndicatorStatus.ON_TRACK: "circle",
    IndicatorStatus.WITHIN_TOLERANCE: "triangle-up",
    IndicatorStatus.OFF_TRACK: "square",
    IndicatorStatus.NO_TARGET: "stroke",
    IndicatorStatus.NO_DATA_YET: f"{HOLLOW}circle",
}


def scores(themes: Sequence[Theme], *, period: str, dark: bool) -> Drawing | None:
    """Draw what groups give each theme, or give None where there is no theme.

    Args:
        themes: the themes, in the charter's order.
        period: the title of the review.
        dark: for dark paper.
    """
    frame = frames.ranked_frame(themes)
    if frame.empty:
        return None
    named = frame.rename(columns={"experience": "score"})
    return _drawing(
        hall_scores(named, dark=dark),
        title=headlines.levels_sentence(themes),
        subtitle=findings.score_subtitle(None, period=period),
        words=breakdown.breakdown_words(named.rename(columns={"title": "group"})),
        table=tables.score_table(themes).rename(columns={"Promise": "Theme"}),
    )


def gaps(found: Sequence[Promise], *, period: str, dark: bool) -> Drawing | None:
    """Draw promises' gaps, all of them shown and from enough answers, or give None where there is none.

    Args:
        found: the promises, the widest gap first.
        period: the title of the review.
        dark: for dark paper.
    """
    frame = frames.gap_frame(found)
    if frame.empty:
        return None
    return _drawing(
        hall_gaps(frame, dark=dark),
        title=findings.gap_title(found),
        subtitle=findings.gap_subtitle(period=period),
        words=dumbbell.dumbbell_words(frame),
        table=tables.gap_table(found),
    )


def reviews(promise: Promise, history: Sequence[InPeriod], *, dark: bool) -> Drawing:
    """Draw what both sides said of a promise in the reviews between which its meaning stayed the same.

    Args:
        promise: the promise.
        history: those of its scores that may be compared.
        dark: for dark paper.
    """
    frame, names = frames.periods_frame(history), names_of(promise)
    return _drawing(
        hall_reviews(frame, sides=names, dark=dark),
        title=findings.periods_title(history),
        subtitle=f"Scores {headlines.OUT_OF} in each review",
        words=periods.over_periods_words(frame, sides=names),
        table=tables.history_table(history),
    )


def responses(who: WhoAnswered, *, period: str, dark: bool) -> Drawing | None:
    """Draw who answered of those asked, by yearly income, or give None where nobody was asked.

    Args:
        who: who answered.
        period: the title of the review.
        dark: for dark paper.
    """
    frame = frames.response_frame(who, Breakdown.INCOME)
    if frame.empty:
        return None
    table = tables.response_table(who, Breakdown.INCOME)
    counts = pd.DataFrame(
        {
            "title": frame["group"],
            "sign": "",
            "count": frame["submitted"],
            "of": frame["invited"],
            "label": [f"{said} ({share})" for said, share in zip(table.iloc[:, 1], table.iloc[:, 2], strict=True)],
        }
    )
    return _drawing(
        hall_counts(counts, dark=dark),
        title=findings.response_title(who, Breakdown.INCOME),
        subtitle=f"Groups that answered, of those asked, {period}",
        words=response.response_words(frame, keep_order=True),
        table=table,
    )


def statuses(
    counted: Sequence[tuple[IndicatorStatus, int]], *, title: str, table: pd.DataFrame, dark: bool
) -> Drawing | None:
    """Draw how many outcomes stand at each status, or give None where there is none.

    Args:
        counted: each status that an outcome has, with how many have it.
        title: the finding.
        table: the outcomes, to be read.
        dark: for dark paper.
    """
    if not counted:
        return None
    frame = pd.DataFrame(
        [
            {"title": _named(status), "sign": _SIGNS[status], "count": count, "of": count, "label": f"{count}"}
            for status, count in counted
        ]
    )
    said = listed([f"{count} {_named(status)}" for status, count in counted])
    return _drawing(
        hall_counts(frame, width=PART, names=_STATUS_NAMES, dark=dark),
        title=title,
        subtitle="Outcomes that partners report",
        words=f"Outcomes that partners report: {said}.",
        table=table,
    )


def _named(status: IndicatorStatus) -> str:
    """Name a status without its sign."""
    return STATUSES[status].partition(" ")[2]


def _drawing(chart: alt.LayerChart, *, title: str, subtitle: str, words: str, table: pd.DataFrame) -> Drawing:
    return Drawing(title=title, subtitle=subtitle, specification=specification(chart), words=words, table=table)
