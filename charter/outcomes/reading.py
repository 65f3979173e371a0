"""One indicator with all that its page tells: history and what was replaced, targets, forecast, words beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from charter.outcomes.held import reader
from charter.outcomes.sheets import Sheet
from charter.outcomes.targets import Expected
from charter.rules.access import Viewer
from charter.rules.forecasting import Forecast, comparable_history, forecast
from charter.rules.outcomes import Point, Span, comparable_runs
from charter.rules.refusals import NotFoundError
from db.models import (
    Commentary,
    DefinitionSheet,
    ExpectedValue,
    Indicator,
    IndicatorBreak,
    IndicatorStory,
    Measurement,
    ReplacedMeasurement,
    Target,
)
from db.types import BreakKind, Finality, Qualifier, StoryKind, UnitKind

_LIMITS = {UnitKind.PERCENT: (0.0, 100.0)}


@dataclass(frozen=True)
class Said:
    """A value as it was reported at one time; `reason` is why it was replaced, empty of the one in force."""

    revision: int
    value: Decimal
    qualifier: Qualifier
    finality: Finality
    source: str
    coverage: str
    reported_at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Measured:
    """The value of one period, what it replaced (the first one first), and the commentary on it."""

    span: Span
    now: Said
    before: tuple[Said, ...]
    commentary: str
    route_to_green: str
    commentary_revision: int


@dataclass(frozen=True)
class BreakFound:
    """A break, with what changed."""

    starts_on: date
    kind: BreakKind
    reason: str


@dataclass(frozen=True)
class Story:
    """Words beside an indicator, with the revision to show with the next change."""

    words: str
    revision: int


@dataclass(frozen=True)
class IndicatorPage:
    """All that is told of an indicator beside its standing.

    Attributes:
        revision: the indicator's, to show with the next change.
        sheets: its definition sheets, the one in force first, each with its number.
        history: its values, the earliest first.
        lines: the periods of the values that a line may join, run by run; between runs there is a break.
        targets: what is aimed at, by period, with the revision of each.
        expected: what the owner expects: judgement, each with its reason.
        breaks: its breaks, the earliest first.
        stories: the words beside it, by kind.
        forecast: for as many periods as were asked for, or None with fewer than eight comparable values.
    """

    ref: str
    revision: int
    sheets: tuple[tuple[int, Sheet], ...]
    history: tuple[Measured, ...]
    lines: tuple[tuple[Span, ...], ...]
    targets: dict[Span, tuple[Decimal, int]]
    expected: tuple[Expected, ...]
    breaks: tuple[BreakFound, ...]
    stories: dict[StoryKind, Story]
    forecast: Forecast | None


def read_indicator(session: Session, *, viewer: Viewer, ref: str, ahead: int = 1) -> IndicatorPage:
    """Read one indicator, before it is published.

    Args:
        session: a session.
        viewer: who asks.
        ref: the indicator.
        ahead: for how many periods a forecast is wanted, from 1 to 4.

    Raises:
        NotAllowedError: the viewer may read no indicators.
        NotFoundError: there is no such indicator among those that the viewer may read.
    """
    asked = reader(viewer)
    row = session.exec(select(Indicator).where(Indicator.ref == ref)).first()
    if row is None or not asked.may_read(row):
        raise NotFoundError("There is no such indicator.")
    key = row.id or 0
    history, breaks = _history(session, key), _breaks(session, key)
    points = [Point(each.span, each.now.value, each.now.coverage) for each in history]
    cuts = [each.starts_on for each in breaks]
    lowest, highest = _LIMITS.get(row.unit_kind, (None, None))
    known = comparable_history(points, breaks=cuts, frequency=row.frequency)
    runs = comparable_runs(points, breaks=cuts)
    return IndicatorPage(
        ref=row.ref,
        revision=row.revision,
        sheets=_sheets(session, key),
        history=history,
        lines=tuple(tuple(point.span for point in run) for run in runs),
        targets=_targets(session, key),
        expected=_expected(session, key),
        breaks=breaks,
        stories=_stories(session, key),
        forecast=forecast(known, ahead=ahead, lowest=lowest, highest=highest),
    )


def _history(session: Session, key: int) -> tuple[Measured, ...]:
    rows = session.exec(
        select(Measurement, Commentary)
        .outerjoin(Commentary, col(Commentary.measurement_id) == col(Measurement.id))
        .where(Measurement.indicator_id == key)
        .order_by(col(Measurement.ends_on), col(Measurement.starts_on))
    ).all()
    replaced = session.exec(
        select(ReplacedMeasurement)
        .where(col(ReplacedMeasurement.measurement_id).in_([row.id for row, _ in rows]))
        .order_by(col(ReplacedMeasurement.revision))
    ).all()
    return tuple(
        _measured(row, comment, [old for old in replaced if old.measurement_id == row.id]) for row, comment in rows
    )


def _measured(row: Measurement, comment: Commentary | None, replaced: Sequence[ReplacedMeasurement]) -> Measured:
    return Measured(
        span=Span(row.starts_on, row.ends_on),
        now=_said(row),
        before=tuple(_said(old, old.reason) for old in replaced),
        commentary=comment.words if comment else "",
        route_to_green=comment.route_to_green if comment else "",
        commentary_revision=comment.revision if comment else 0,
    )


def _said(row: Measurement | ReplacedMeasurement, reason: str = "") -> Said:
    return Said(row.revision, row.value, row.qualifier, row.finality, row.source, row.coverage, row.reported_at, reason)


def _sheets(session: Session, key: int) -> tuple[tuple[int, Sheet], ...]:
    rows = session.exec(
        select(DefinitionSheet).where(DefinitionSheet.indicator_id == key).order_by(col(DefinitionSheet.number).desc())
    )
    return tuple((row.number, Sheet(row.definition, row.source, row.coverage, row.limits, row.why)) for row in rows)


def _targets(session: Session, key: int) -> dict[Span, tuple[Decimal, int]]:
    rows = session.exec(select(Target).where(Target.indicator_id == key).order_by(col(Target.ends_on)))
    return {Span(row.starts_on, row.ends_on): (row.value, row.revision) for row in rows}


def _expected(session: Session, key: int) -> tuple[Expected, ...]:
    rows = session.exec(
        select(ExpectedValue).where(ExpectedValue.indicator_id == key).order_by(col(ExpectedValue.ends_on))
    )
    return tuple(Expected(Span(row.starts_on, row.ends_on), row.value, row.reason) for row in rows)


def _breaks(session: Session, key: int) -> tuple[BreakFound, ...]:
    rows = session.exec(
        select(IndicatorBreak).where(IndicatorBreak.indicator_id == key).order_by(col(IndicatorBreak.starts_on))
    )
    return tuple(BreakFound(row.starts_on, row.kind, row.reason) for row in rows)


def _stories(session: Session, key: int) -> dict[StoryKind, Story]:
    rows = session.exec(select(IndicatorStory).where(IndicatorStory.indicator_id == key))
    return {row.kind: Story(row.words, row.revision) for row in rows}
