"""Published figures as the tidy frames that charts and tables are made from. What is hidden has no figure in them."""

from collections.abc import Iterable, Sequence

import pandas as pd

from charter.published.answers import WhoAnswered
from charter.published.figures import Gap, InPeriod, Promise, Score, Sides
from charter.published.order import in_order, responses_in_order
from charter.words import FEW_ANSWERS, group_label, hidden_words
from db.types import Breakdown, Measure, Side


def ranked_frame(found: Sequence[Sides]) -> pd.DataFrame:
    """Give what `ranked_dots` draws: what groups said beside what public bodies said, a row a promise."""
    return pd.DataFrame(
        [
            {
                "title": each.title,
                "experience": each.sector.score,
                "low": each.sector.low,
                "high": each.sector.high,
                "practice": each.public.score if each.public else None,
                "n": each.sector.answered or 0,
                "invited": each.sector.invited,
                "hidden": each.sector.hidden,
                "reason": _reason(each.sector),
                "few": each.sector.few,
            }
            for each in found
            if each.sector is not None
        ],
    )


def gap_frame(found: Sequence[Sides]) -> pd.DataFrame:
    """Give what `dumbbell` draws. A gap that rests on few answers has no place in the order, so that it says so."""
    return pd.DataFrame([_gap_row(each) for each in found if each.gap is not None])


def spread_frame(promises: Sequence[Promise]) -> pd.DataFrame:
    """Give what `level_spread` draws: a row a promise and level, from the highest score to the lowest."""
    asked = [promise for promise in promises if promise.sector is not None]
    ordered = sorted(asked, key=lambda promise: (promise.score is None, -(promise.score or 0), promise.title))
    return pd.DataFrame([row for promise in ordered for row in _level_rows(promise)])


def breakdown_frame(scores: Iterable[Score], breakdown: Breakdown) -> pd.DataFrame:
    """Give what `breakdown_dots` draws: a row a group, income bands in their own order."""
    chosen = in_order([score for score in scores if score.breakdown is breakdown])
    return pd.DataFrame(
        [
            {
                "group": group_label(breakdown, score.group),
                "score": score.score,
                "low": score.low,
                "high": score.high,
                "n": score.answered,
                "hidden": score.hidden,
                "reason": _reason(score),
            }
            for score in chosen
        ],
    )


def periods_frame(history: Sequence[InPeriod]) -> pd.DataFrame:
    """Give what `over_periods` draws: a row a review and side, the oldest first."""
    practising = {each.score.side for each in history if each.score.measure is Measure.PRACTICE}
    both_practice = practising == set(Side)
    return pd.DataFrame(
        [
            {
                "period": each.period_ref,
                "series": _series(each.score, both_practice=both_practice),
                "score": each.score.score,
                "low": each.score.low,
                "high": each.score.high,
                "segment": each.segment,
                "hidden": each.score.hidden,
                "reason": _reason(each.score),
            }
            for each in history
        ],
    )


def response_frame(found: WhoAnswered, breakdown: Breakdown) -> pd.DataFrame:
    """Give what `response_bars` draws: a row a group, income bands in their own order."""
    chosen = responses_in_order(found, breakdown)
    return pd.DataFrame(
        [
            {"group": group_label(breakdown, each.group), "submitted": each.submitted, "invited": each.invited}
            for each in chosen
        ],
    )


def _gap_row(each: Sides) -> dict[str, object]:
    gap = each.gap
    if gap is None:
        raise ValueError(f"{each.ref} has no gap to be drawn.")
    shown = gap.points is not None and not each.few
    return {
        "title": each.title,
        "practice": gap.practice if shown else None,
        "experience": gap.experience if shown else None,
        "gap": gap.points if shown else None,
        "clear": gap.clear and shown,
        "hidden": gap.hidden,
        "reason": FEW_ANSWERS if each.few and not gap.hidden else _gap_reason(each, gap),
    }


def _level_rows(promise: Promise) -> list[dict[str, object]]:
    score = promise.sector
    if score is None:
        return []
    levels: Sequence[int | None] = score.levels or (None,) * 5
    return [
        {
            "title": promise.title,
            "level": level,
            "count": count,
            "n": score.answered if score.levels else None,
            "hidden": score.hidden,
            "reason": _reason(score),
        }
        for level, count in enumerate(levels)
    ]


def _series(score: Score, *, both_practice: bool) -> Measure:
    """Where all owe the promise, the groups' own practice takes the place of experience, and is named so."""
    if both_practice and score.side is Side.VCFSE:
        return Measure.EXPERIENCE
    return score.measure


def _gap_reason(each: Sides, gap: Gap) -> str:
    if gap.withheld is None:
        return ""
    return hidden_words(gap.withheld, held_back=each.gap_held_back)


def _reason(score: Score) -> str:
    return "" if score.withheld is None else hidden_words(score.withheld, held_back=score.held_back)
