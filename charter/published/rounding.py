"""From stored figures to whole points and whole per cent: rule 11 of the method."""

from typing import overload

from charter.published.figures import Change, Gap, Score
from charter.published.stored import StoredFigure
from charter.rules.gaps import is_clear
from charter.rules.scoring import Interval
from charter.rules.shares import percent_words, rate, whole
from charter.rules.trends import few_answers, mostly_carried_over
from db.models import ReleaseGap, ReleaseScore
from db.types import GapKind, Side


@overload
def score_of(found: StoredFigure) -> Score: ...
@overload
def score_of(found: StoredFigure | None) -> Score | None: ...
def score_of(found: StoredFigure | None) -> Score | None:
    """Give a stored score in whole points."""
    if found is None:
        return None
    row = found.score
    return Score(
        scope=row.scope,
        ref=row.ref,
        side=row.side,
        measure=row.measure,
        breakdown=row.breakdown,
        group=row.group_code,
        invited=row.invited,
        answered=row.answered,
        levels=_levels(row),
        score=_points(row.score),
        low=_points(row.low),
        high=_points(row.high),
        lowest=_points(row.lowest),
        highest=_points(row.highest),
        share_high=None if row.share_high is None else percent_words(row.share_high),
        shown=row.commitments_shown,
        asked=row.commitments_asked,
        few=_few(found),
        withheld=row.withheld,
        held_back=found.held_back,
    )


def gap_of(found: StoredFigure | None) -> Gap | None:
    """Give the gap beside a stored score, in whole points."""
    if found is None or found.gap is None:
        return None
    row = found.gap
    practice, experience = _sides(row)
    return Gap(
        kind=row.kind,
        owing_side=row.owing_side,
        practice=_points(practice),
        experience=_points(experience),
        points=_points(row.gap),
        low=_points(row.low),
        high=_points(row.high),
        clear=_clear(row),
        agreement=row.agreement,
        bodies_answered=row.bodies_answered,
        bodies_asked=row.bodies_asked,
        promises=row.commitments,
        withheld=row.withheld,
    )


def change_of(found: StoredFigure | None) -> Change | None:
    """Give the change beside a stored score, in whole points."""
    if found is None or found.change is None:
        return None
    row = found.change
    return Change(
        since=found.since,
        matched=row.matched,
        before=_points(row.before),
        after=_points(row.after),
        points=_points(row.difference),
        low=_points(row.low),
        high=_points(row.high),
        carried_over=None if row.carried_share is None else percent_words(row.carried_share),
        mostly_carried_over=mostly_carried_over(row.carried_share),
        direction=row.direction,
        listed_direction=row.listed_direction,
        withheld=row.withheld,
    )


def _points(value: float | None) -> int | None:
    return None if value is None else whole(value)


def _levels(row: ReleaseScore) -> tuple[int, ...] | None:
    levels = (row.level_0, row.level_1, row.level_2, row.level_3, row.level_4)
    given = tuple(level for level in levels if level is not None)
    return given if len(given) == len(levels) else None


def _few(found: StoredFigure) -> bool:
    """Tell whether a shown score of the groups rests on few answers. Public bodies are a full count."""
    row, response = found.score, found.response
    if row.side is Side.PUBLIC or row.answered is None:
        return False
    answered_rate = None if response is None else rate(response.submitted, response.invited)
    return few_answers(answered=row.answered, response=answered_rate)


def _clear(row: ReleaseGap) -> bool:
    """Tell whether a gap is clear. A difference between the sides is called so by the same rule (rule 7)."""
    if row.kind is GapKind.PERCEPTION_GAP or row.gap is None or row.low is None or row.high is None:
        return bool(row.clear)
    return is_clear(row.gap, Interval(row.low, row.high))


def _sides(row: ReleaseGap) -> tuple[float | None, float | None]:
    if row.kind is GapKind.PERCEPTION_GAP and row.owing_side is Side.VCFSE:
        return row.vcfse_score, row.public_score
    return row.public_score, row.vcfse_score
