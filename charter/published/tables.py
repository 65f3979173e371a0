"""Published figures as tables to be read: every cell is text.

They have four columns at most, so that a phone shows them whole: a part that has to be moved sideways is lost to many.
"""

from collections.abc import Iterable, Sequence

import pandas as pd

from charter.published.answers import BodyAnswer, Share, WhoAnswered, shares_of
from charter.published.figures import Gap, InPeriod, Promise, Score, Sides
from charter.published.order import in_order, responses_in_order
from charter.rules.shares import percent_words
from charter.words import (
    AGREEMENTS,
    BREAKDOWNS,
    CONTACTS,
    ENGAGEMENT_LEVELS,
    INFLUENCES,
    LEVELS,
    MEASURES,
    SIDES,
    group_label,
    level_words,
    signed,
    withheld_words,
)
from db.types import Breakdown, Contact, EngagementLevel, Influence, Measure, Question, Withheld

NONE = "–"
_SCORE = "Groups (likely range)"


def score_table(found: Sequence[Sides]) -> pd.DataFrame:
    """Tabulate what groups said of promises, beside what public bodies said."""
    return pd.DataFrame(
        {
            "Promise": [each.title for each in found],
            _SCORE: [with_range(each.sector) for each in found],
            "Mostly or fully": [_share_high(each.sector) for each in found],
            "Public bodies": [_practice(each) for each in found],
        },
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
            "Groups": [_side(each, gap, gap.vcfse, _n(each.sector)) for each, gap in rows],
            "Public bodies": [
                _side(each, gap, gap.public, f"{gap.bodies_answered} of {gap.bodies_asked}") for each, gap in rows
            ],
            "Gap (likely range)": [_gap_words(each, gap) for each, gap in rows],
        },
        dtype=str,
    )


def level_table(promises: Sequence[Promise]) -> pd.DataFrame:
    """Tabulate how groups' answers are spread over the levels, in whole per cent of those who gave one."""
    asked = [promise for promise in promises if promise.sector is not None]
    return pd.DataFrame(
        {
            "Promise": [promise.title for promise in asked],
            "Answers": [_levels(promise.sector) for promise in asked],
            "Groups that answered": [_n(promise.sector) for promise in asked],
        },
        dtype=str,
    )


def group_table(scores: Iterable[Score], breakdown: Breakdown) -> pd.DataFrame:
    """Tabulate what groups of one kind or income said."""
    chosen = in_order([score for score in scores if score.breakdown is breakdown])
    return pd.DataFrame(
        {
            BREAKDOWNS[breakdown]: [group_label(breakdown, score.group) for score in chosen],
            _SCORE: [with_range(score) for score in chosen],
            "Groups that answered": [_n(score) for score in chosen],
        },
        dtype=str,
    )


def history_table(history: Sequence[InPeriod]) -> pd.DataFrame:
    """Tabulate a score over the reviews."""
    return pd.DataFrame(
        {
            "Review": [each.period_title for each in history],
            "Whose": [f"{SIDES[each.score.side].capitalize()}’ {MEASURES[each.score.measure]}" for each in history],
            "Score (likely range)": [with_range(each.score) for each in history],
        },
        dtype=str,
    )


def response_table(who: WhoAnswered, breakdown: Breakdown) -> pd.DataFrame:
    """Tabulate how many answered, of how many that were asked."""
    chosen = responses_in_order(who, breakdown)
    return pd.DataFrame(
        {
            BREAKDOWNS[breakdown]: [group_label(breakdown, each.group) for each in chosen],
            "Answered, of those asked": [f"{each.submitted} of {each.invited}" for each in chosen],
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
            asked: [_given(answer) for answer in answers],
        },
        dtype=str,
    )


def influence_table(shares: Sequence[Share]) -> pd.DataFrame:
    """Tabulate the overall question: a row for all groups and one for each amount of contact."""
    found = {contact: shares_of(shares, Question.INFLUENCE, contact) for contact in ["", *Contact]}
    rows = {contact: each for contact, each in found.items() if each}
    return pd.DataFrame(
        {
            "Contact with public bodies": [CONTACTS[Contact(code)] if code else "All groups" for code in rows],
            "Positive (likely range)": [_positive(each) for each in rows.values()],
            "All answers": [_answers(each) for each in rows.values()],
        },
        dtype=str,
    )


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


def _given(answer: BodyAnswer) -> str:
    """Say a public body's answer. One without a level may have come too late to be accepted."""
    if answer.level is None and answer.no_level is None:
        return "no accepted answer"
    return level_words(answer.level, answer.no_level)


def score_words(score: Score | None) -> str:
    """Print a score, or in its place why there is none."""
    if score is None:
        return "not asked"
    if score.score is None:
        return withheld_words(score.withheld or Withheld.NO_DATA, held_back=score.held_back)
    return f"{score.score} (few answers)" if score.few else f"{score.score}"


def with_range(score: Score | None) -> str:
    """Print a score with its 95% interval in brackets, "64 (62 to 66)", and whether few answered."""
    if score is None or score.score is None or score.low is None:
        return score_words(score)
    return f"{score.score} ({range_words(score)}){', few answers' if score.few else ''}"


def range_words(score: Score | None) -> str:
    """Print a 95% interval: "60 to 66"."""
    if score is None or score.low is None or score.high is None:
        return NONE
    return f"{score.low} to {score.high}"


def _n(score: Score | None) -> str:
    return NONE if score is None or score.answered is None else f"{score.answered} of {score.invited}"


def _practice(each: Sides) -> str:
    """Print public bodies' mean, which stands beside the groups' score alone (rule 6): else each body's answer does."""
    if each.public is None:
        return NONE
    if each.gap is None:
        return "see each body’s answer"
    return f"{score_words(each.public)}, from {_n(each.public)}"


def _share_high(score: Score | None) -> str:
    return NONE if score is None or score.share_high is None else f"{score.share_high} of {score.answered}"


def _levels(score: Score | None) -> str:
    if score is None or score.levels is None or not score.answered:
        found = score.withheld if score and score.withheld else Withheld.NO_DATA
        return withheld_words(found, held_back=score is not None and score.held_back)
    shares = zip(LEVELS, score.levels, strict=True)
    return ", ".join(f"{percent_words(count / score.answered)} {label}" for label, count in shares)


def _side(each: Sides, gap: Gap, value: int | None, answered: str) -> str:
    return _why_no_gap(each, gap) if value is None else f"{value}, from {answered}"


def _why_no_gap(each: Sides, gap: Gap) -> str:
    return withheld_words(gap.withheld or Withheld.NO_DATA, held_back=each.gap_held_back)


def _gap_words(each: Sides, gap: Gap) -> str:
    if gap.points is None:
        return _why_no_gap(each, gap)
    chance = "" if gap.low is None or gap.high is None else f" ({signed(gap.low)} to {signed(gap.high)})"
    words = "few answers" if each.few else AGREEMENTS[gap.agreement] if gap.agreement is not None else ""
    return f"{signed(gap.points)}{chance}{f'. {words}' if words else ''}"


def _positive(shares: Sequence[Share]) -> str:
    found = next((share for share in shares if share.sums_up), None)
    if found is None or found.percent is None or found.low is None:
        return _percent_of(found)
    return f"{_percent_of(found)} ({found.low}% to {found.high}%)"


def _answers(shares: Sequence[Share]) -> str:
    shown = [share for share in shares if not share.sums_up]
    if any(share.percent is None for share in shown):
        return _percent_of(shown[0])
    return ", ".join(f"{share.percent} {INFLUENCES[Influence(share.option)].lower()}" for share in shown)


def _percent_of(share: Share | None) -> str:
    """Print a share with how many it is of, "21% of 223", or in its place why it is not shown."""
    if share is None:
        return NONE
    if share.percent is None:
        return withheld_words(share.withheld or Withheld.NO_DATA)
    return f"{share.percent} of {share.answered}"
