"""Every figure of a release at once."""

from collections.abc import Collection
from dataclasses import dataclass

from charter.figures.changes import changes
from charter.figures.counts import body_answers, question_shares, responses
from charter.figures.gaps import gaps
from charter.figures.inputs import FrozenPeriod
from charter.figures.scores import scores
from db.models import (
    ReleaseBodyAnswer,
    ReleaseChange,
    ReleaseGap,
    ReleaseResponse,
    ReleaseScore,
    ReleaseShare,
)

FigureRow = ReleaseScore | ReleaseGap | ReleaseChange | ReleaseResponse | ReleaseBodyAnswer | ReleaseShare
FIGURE_TABLES: tuple[type[FigureRow], ...] = (
    ReleaseScore,
    ReleaseGap,
    ReleaseChange,
    ReleaseResponse,
    ReleaseBodyAnswer,
    ReleaseShare,
)


@dataclass(frozen=True)
class Earlier:
    """The period that a release is compared with, and the commitments that mean the same in both."""

    period: FrozenPeriod
    release_id: int
    comparable: Collection[str]


def all_figures(period: FrozenPeriod, *, release_id: int, earlier: Earlier | None) -> list[FigureRow]:
    """Make every figure of a release from its frozen inputs, in a fixed order, as rows not yet stored."""
    rows: list[FigureRow] = [
        *scores(period),
        *gaps(period),
        *responses(period),
        *body_answers(period),
        *question_shares(period),
    ]
    if earlier is not None:
        rows += changes(earlier.period, period, comparable=earlier.comparable, before_release_id=earlier.release_id)
    for row in rows:
        row.release_id = release_id
    return rows
