"""An organisation's history as the frames that charts draw, the tables that people read, and the words above them."""

from collections.abc import Sequence

import pandas as pd

from charter.headlines import OUT_OF
from charter.own.history import Beside, OwnAnswers, beside_promise
from charter.published.figures import Promise, Score
from charter.published.tables import score_words, with_range
from charter.words import FEW_ANSWERS, hidden_words, listed
from db.types import Measure, Side

# In both charts the organisation's own score takes the place of practice, and is named for what it is.
_OWN, _ALL = Measure.PRACTICE, Measure.EXPERIENCE
_NO_ANSWER = "no answer of yours"


def periods_frame(found: Sequence[Beside]) -> pd.DataFrame:
    """Give what `over_periods` draws: two rows a review, the organisation's own and all groups'."""
    rows: list[dict[str, object]] = []
    for each in found:
        score = each.sector
        base = {"period": each.period_ref, "segment": each.segment}
        shown = {"score": score.score, "low": score.low, "high": score.high, "hidden": score.hidden}
        rows.append({**base, "series": _ALL, **shown, "reason": _why_hidden(score)})
        own = {"score": each.own, "low": None, "high": None, "hidden": False, "reason": _NO_ANSWER}
        rows.append({**base, "series": _OWN, **own})
    return pd.DataFrame(rows)


def promises_frame(promises: Sequence[Promise], own: OwnAnswers, *, period_ref: str) -> pd.DataFrame:
    """Give what `ranked_dots` draws of one review: the core promises that groups rate public bodies by."""
    rows = []
    for promise, each in in_review(promises, own, period_ref=period_ref):
        score = each.sector
        if score.measure is not Measure.EXPERIENCE or not promise.asked.core:
            continue
        rows.append(
            {
                "title": promise.title,
                "experience": score.score,
                "low": score.low,
                "high": score.high,
                "practice": each.own,
                "n": score.answered or 0,
                "invited": score.invited,
                "hidden": score.hidden,
                "reason": _why_hidden(score) or (FEW_ANSWERS if score.few else ""),
                "few": score.few,
            }
        )
    return pd.DataFrame(rows)


def in_review(promises: Sequence[Promise], own: OwnAnswers, *, period_ref: str) -> list[tuple[Promise, Beside]]:
    """Give what the organisation and all groups said of each promise in one review."""
    return [
        (promise, each)
        for promise in promises
        for each in beside_promise(promise, own)
        if each.period_ref == period_ref
    ]


def periods_table(found: Sequence[Beside]) -> pd.DataFrame:
    """Tabulate a theme over the reviews."""
    return pd.DataFrame(
        {
            "Review": [each.period_title for each in found],
            "You": [each.own_words for each in found],
            "All groups (likely range)": [with_range(each.sector) for each in found],
        },
        dtype=str,
    )


def promises_table(promises: Sequence[Promise], own: OwnAnswers, *, period_ref: str) -> pd.DataFrame:
    """Tabulate the promises in one review: the organisation's own answer, its score, and all groups' score."""
    rows = in_review(promises, own, period_ref=period_ref)
    return pd.DataFrame(
        {
            "Promise": [promise.title for promise, _ in rows],
            "You": [_own_words(each) for _, each in rows],
            "All groups": [score_words(each.sector) for _, each in rows],
        },
        dtype=str,
    )


def periods_title(found: Sequence[Beside], *, side: Side) -> str:
    """Say the newest review in which both scores are there: "in 2025 you gave 63 and all groups 65"."""
    both = [each for each in found if each.own is not None and each.sector.score is not None]
    if not both:
        return "no review has both scores"
    last = both[-1]
    gave = "you gave" if side is Side.VCFSE else "you gave yourselves"
    return f"in {last.period_ref} {gave} {last.own}, all groups {last.sector.score}"


def promises_words(promises: Sequence[Promise], own: OwnAnswers, *, period_ref: str) -> str:
    """Say in how many promises the organisation's own score lies above, at or below all groups'."""
    scores = [
        (each.own, each.sector.score)
        for _, each in in_review(promises, own, period_ref=period_ref)
        if each.own is not None and each.sector.score is not None
    ]
    if not scores:
        return "There is no promise in this review that has both your score and all groups’."
    above = sum(mine > theirs for mine, theirs in scores)
    level = sum(mine == theirs for mine, theirs in scores)
    parts = [(above, "higher than"), (level, "the same as"), (len(scores) - above - level, "lower than")]
    said = [f"{count} {word} all groups" for count, word in parts if count]
    return f"Of {len(scores)} scores of yours {OUT_OF}: {listed(said)}."


def _why_hidden(score: Score) -> str:
    return hidden_words(score.withheld, held_back=score.held_back) if score.withheld else ""


def _own_words(each: Beside) -> str:
    return each.own_words if each.own is None else f"{each.own}: {each.own_words.partition(' (')[0]}"
