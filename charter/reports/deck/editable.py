"""The figures of a slide's chart, for a program in which a colleague can edit it."""

from collections.abc import Sequence

from charter.charts.sides import GROUPS_OWE
from charter.charts.sides import Sides as Names
from charter.outcome_words import STATUSES
from charter.published.answers import Response
from charter.published.figures import InPeriod, Sides
from charter.reports.deck.fitting import NAME_LETTERS, shortened
from charter.reports.deck.slide import EditableChart, Look, Series, Shape
from charter.rules.outcomes import IndicatorStatus
from charter.words import group_label
from db.types import Side

_SCORES = "score out of 100"
_MOST = 100.0


def scores_chart(found: Sequence[Sides], *, names: Names) -> EditableChart:
    """Chart what groups give each theme or promise. What is hidden, or rests on nothing, has no value."""
    return EditableChart(
        shape=Shape.BARS,
        categories=_titles(found),
        series=(Series(names.experience, tuple(_value(each.score) for each in found), Look.EXPERIENCE),),
        unit=_SCORES,
        most=_MOST,
    )


def gaps_chart(found: Sequence[Sides], *, names: Names) -> EditableChart:
    """Chart both sides of promises whose gap is shown."""
    gaps = [each.gap for each in found if each.gap is not None]
    return EditableChart(
        shape=Shape.BARS,
        categories=_titles(found),
        series=(
            Series(names.practice, tuple(_value(gap.practice) for gap in gaps), Look.PRACTICE),
            Series(names.experience, tuple(_value(gap.experience) for gap in gaps), Look.EXPERIENCE),
        ),
        unit=_SCORES,
        most=_MOST,
    )


def reviews_chart(history: Sequence[InPeriod], *, names: Names) -> EditableChart:
    """Chart both sides' scores over reviews between which the meaning stayed the same."""
    titles = {each.period_ref: each.period_title for each in history}
    owing = Side.VCFSE if names is GROUPS_OWE else Side.PUBLIC
    sides = ((True, names.practice, Look.PRACTICE), (False, names.experience, Look.EXPERIENCE))
    return EditableChart(
        shape=Shape.LINES,
        categories=tuple(titles.values()),
        series=tuple(
            Series(name, tuple(_in_period(own, ref) for ref in titles), look)
            for owes, name, look in sides
            if (own := [each for each in history if (each.score.side is owing) is owes])
        ),
        unit=_SCORES,
        most=_MOST,
    )


def response_chart(found: Sequence[Response]) -> EditableChart:
    """Chart how many groups answered and how many did not."""
    return EditableChart(
        shape=Shape.STACKED,
        categories=tuple(group_label(each.breakdown, each.group) for each in found),
        series=(
            Series("Answered", tuple(float(each.submitted) for each in found), Look.PLAIN),
            Series("Did not answer", tuple(float(each.invited - each.submitted) for each in found), Look.REST),
        ),
        unit="groups",
    )


def statuses_chart(counted: Sequence[tuple[IndicatorStatus, int]]) -> EditableChart:
    """Chart how many outcomes stand at each status."""
    return EditableChart(
        shape=Shape.BARS,
        categories=tuple(STATUSES[status] for status, _ in counted),
        series=(Series("Outcomes", tuple(float(count) for _, count in counted), Look.PLAIN),),
        unit="outcomes",
    )


def _titles(found: Sequence[Sides]) -> tuple[str, ...]:
    return tuple(shortened(each.title, NAME_LETTERS) for each in found)


def _in_period(own: Sequence[InPeriod], ref: str) -> float | None:
    found = [each.score.score for each in own if each.period_ref == ref]
    return _value(found[0]) if found else None


def _value(points: int | None) -> float | None:
    return None if points is None else float(points)
