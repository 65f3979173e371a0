"""Published figures as tables to be read: every cell is text, and the index holds the promise's reference."""

from collections.abc import Iterable, Sequence

import pandas as pd

from charter.published.answers import BodyAnswer, Share, WhoAnswered
from charter.published.figures import Gap, InPeriod, Promise, Score, Sides
from charter.published.order import in_order, responses_in_order
from charter.rules.shares import percent_words
from charter.words import (
    AGREEMENTS,
    BREAKDOWNS,
    CONTACTS,
    ENGAGEMENT_LEVELS,
    HIDDEN_MARK,
    INFLUENCES,
    LEVELS,
    MEASURES,
    SIDES,
    WITHHELD,
    group_label,
    level_words,
    signed,
    withheld_words,
)
from db.types import Breakdown, Contact, EngagementLevel, Influence, Measure, Question, Withheld

NONE = "–"


def score_table(found: Sequence[Sides]) -> pd.DataFrame:
    """Tabulate what groups said of promises, beside what public bodies said."""
    return pd.DataFrame(
        {
            "Promise": [each.title for each in found],
            "Groups": [score_words(each.sector) for each in found],
            "Likely range": [range_words(each.sector) for each in found],
            "Mostly or fully": [_share_high(each.sector) for each in found],
            "Groups that answered": [_n(each.sector) for each in found],
            "Public bodies": [_practice(each) for each in found],
            "Bodies that answered": [_n(each.public) for each in found],
        },
        index=[each.ref for each in found],
        dtype=str,
    )


def gap_table(found: Sequence[Sides], *, of: str = "Promise") -> pd.DataFrame:
    """Tabulate gaps, the widest first: both sides, the gap with its range, and what the two say together.

    Args:
        found: promises, or themes.
        of: what they are, as the name of the first column.
    """
    rows = [(each, each.gap) for each in found if each.gap is not None]
    rows.sort(key=lambda row: (row[1].points is None or row[0].few, -abs(row[1].points or 0), row[0].title))
    return pd.DataFrame(
        {
            of: [each.title for each, _ in rows],
            "Public bodies": [_points(gap, gap.public) for _, gap in rows],
            "Groups": [_points(gap, gap.vcfse) for _, gap in rows],
            "Gap": [_points(gap, gap.points, with_sign=True) for _, gap in rows],
            "Likely range": [_gap_range(gap) for _, gap in rows],
            "In words": [_agreement(each, gap) for each, gap in rows],
            "Groups that answered": [_n(each.sector) for each, _ in rows],
            "Bodies that answered": [f"{gap.bodies_answered} of {gap.bodies_asked}" for _, gap in rows],
        },
        index=[each.ref for each, _ in rows],
        dtype=str,
    )


def level_table(promises: Sequence[Promise]) -> pd.DataFrame:
    """Tabulate how groups' answers are spread over the levels, in whole per cent of those who gave one."""
    asked = [promise for promise in promises if promise.sector is not None]
    columns: dict[str, list[str]] = {"Promise": [promise.title for promise in asked]}
    for level, label in enumerate(LEVELS):
        columns[label.capitalize()] = [_level_share(promise.sector, level) for promise in asked]
    columns["Groups that answered"] = [_n(promise.sector) for promise in asked]
    return pd.DataFrame(columns, index=[promise.ref for promise in asked], dtype=str)


def group_table(scores: Iterable[Score], breakdown: Breakdown) -> pd.DataFrame:
    """Tabulate what groups of one kind or income said."""
    chosen = in_order([score for score in scores if score.breakdown is breakdown])
    return pd.DataFrame(
        {
            BREAKDOWNS[breakdown]: [group_label(breakdown, score.group) for score in chosen],
            "Score": [score_words(score) for score in chosen],
            "Likely range": [range_words(score) for score in chosen],
            "Groups that answered": [_n(score) for score in chosen],
        },
        dtype=str,
    )


def history_table(history: Sequence[InPeriod]) -> pd.DataFrame:
    """Tabulate a score over the reviews, side by side."""
    return pd.DataFrame(
        {
            "Review": [each.period_title for each in history],
            "Whose": [f"{SIDES[each.score.side]}’ {MEASURES[each.score.measure]}" for each in history],
            "Score": [score_words(each.score) for each in history],
            "Likely range": [range_words(each.score) for each in history],
            "Answered": [_n(each.score) for each in history],
        },
        dtype=str,
    )


def response_table(who: WhoAnswered, breakdown: Breakdown) -> pd.DataFrame:
    """Tabulate how many answered, of how many that were asked."""
    chosen = responses_in_order(who, breakdown)
    return pd.DataFrame(
        {
            BREAKDOWNS[breakdown]: [group_label(breakdown, each.group) for each in chosen],
            "Asked": [f"{each.invited}" for each in chosen],
            "Answered": [f"{each.submitted}" for each in chosen],
            "Share": [each.percent for each in chosen],
        },
        dtype=str,
    )


def body_table(answers: Sequence[BodyAnswer]) -> pd.DataFrame:
    """Tabulate what each public body answered to one promise, by name."""
    rated = {answer.measure for answer in answers}
    asked = "How far it saw this" if rated == {Measure.EXPERIENCE} else "How far it says that it did this"
    return pd.DataFrame(
        {
            "Public body": [answer.name for answer in answers],
            asked: [level_words(answer.level, answer.no_level) for answer in answers],
        },
        dtype=str,
    )


def influence_table(shares: Sequence[Share]) -> pd.DataFrame:
    """Tabulate the overall question: a row for all groups and one for each amount of contact."""
    rows = {contact: [each for each in shares if each.contact == contact] for contact in ["", *Contact]}
    found = {contact: each for contact, each in rows.items() if each}
    columns: dict[str, list[str]] = {
        "Contact with public bodies": [CONTACTS[Contact(code)] if code else "All groups" for code in found],
        "Positive in all": [_percent_of(next((s for s in each if s.sums_up), None)) for each in found.values()],
        "Likely range": [_percent_range(next((s for s in each if s.sums_up), None)) for each in found.values()],
    }
    for option in Influence:
        columns[INFLUENCES[option]] = [
            _percent(next((s for s in each if s.option == option), None)) for each in found.values()
        ]
    return pd.DataFrame(columns, dtype=str)


def engagement_table(shares: Sequence[Share], who: WhoAnswered) -> pd.DataFrame:
    """Tabulate the levels of engagement: the share of groups at each, and the public bodies that claim it by name."""
    chosen = [share for share in shares if share.question is Question.ENGAGEMENT_LEVEL and not share.contact]
    levels = [EngagementLevel(share.option) for share in chosen]
    return pd.DataFrame(
        {
            "Level": [ENGAGEMENT_LEVELS[level] for level in levels],
            "Groups that say so": [_percent_of(share) for share in chosen],
            "Public bodies that say so": [
                "; ".join(body.name for body in who.bodies if body.engagement_level is level) or NONE
                for level in levels
            ],
        },
        dtype=str,
    )


def score_words(score: Score | None) -> str:
    """Print a score, or in its place why there is none."""
    if score is None:
        return "not asked"
    if score.score is None:
        return withheld_words(score.withheld or Withheld.NO_DATA)
    return f"{score.score} (few answers)" if score.few else f"{score.score}"


def range_words(score: Score | None) -> str:
    """Print a 95% interval: "60 to 66"."""
    if score is None or score.low is None or score.high is None:
        return NONE
    return f"{score.low} to {score.high}"


def _practice(each: Sides) -> str:
    """Print public bodies' mean, which stands beside the groups' score alone (rule 6): else each body's answer does."""
    return score_words(each.public) if each.gap is not None else "see each body’s answer" if each.public else NONE


def _n(score: Score | None) -> str:
    if score is None:
        return NONE
    return NONE if score.answered is None else f"{score.answered} of {score.invited}"


def _level_share(score: Score | None, level: int) -> str:
    if score is None or score.levels is None or not score.answered:
        return withheld_words(score.withheld if score and score.withheld else Withheld.NO_DATA)
    return percent_words(score.levels[level] / score.answered)


def _share_high(score: Score | None) -> str:
    return NONE if score is None or score.share_high is None else score.share_high


def _points(gap: Gap, value: int | None, *, with_sign: bool = False) -> str:
    if value is None:
        return withheld_words(gap.withheld or Withheld.NO_DATA)
    return signed(value) if with_sign else f"{value}"


def _gap_range(gap: Gap) -> str:
    return NONE if gap.low is None or gap.high is None else f"{signed(gap.low)} to {signed(gap.high)}"


def _agreement(each: Sides, gap: Gap) -> str:
    if each.few:
        return "few answers"
    return AGREEMENTS[gap.agreement] if gap.agreement is not None else NONE


def _percent(share: Share | None) -> str:
    if share is None or share.percent is None:
        return (HIDDEN_MARK if share.hidden else WITHHELD[Withheld.NO_DATA]) if share is not None else NONE
    return share.percent


def _percent_of(share: Share | None) -> str:
    """Print a share with how many it is of: "21% of 223"."""
    shown = share is not None and share.percent is not None and share.answered is not None
    return f"{_percent(share)} of {share.answered}" if share is not None and shown else _percent(share)


def _percent_range(share: Share | None) -> str:
    return NONE if share is None or share.low is None else f"{share.low}% to {share.high}%"
