"""The order of groups in charts and tables: income bands from the lowest, all others by their code."""

from collections.abc import Iterable

from charter.published.answers import Response, WhoAnswered
from charter.published.figures import Score
from charter.words import INCOMES
from db.types import Breakdown, IncomeBand


def in_order(scores: Iterable[Score]) -> list[Score]:
    """Put the scores of one breakdown's groups in order."""
    return sorted(scores, key=lambda score: _place(score.breakdown, score.group))


def responses_in_order(who: WhoAnswered, breakdown: Breakdown) -> list[Response]:
    """Put one breakdown's groups in order."""
    return sorted(who.by(breakdown), key=lambda each: _place(breakdown, each.group))


def _place(breakdown: Breakdown, code: str) -> tuple[int, str]:
    return (list(INCOMES).index(IncomeBand(code)) if breakdown is Breakdown.INCOME else 0), code
