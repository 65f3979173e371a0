"""How indicators stand: each with its latest value, status and direction of travel, read in five queries for all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, select

from charter.outcomes.held import reader
from charter.rules.access import Viewer
from charter.rules.outcomes import (
    Counts,
    IndicatorStatus,
    Movement,
    Point,
    Span,
    Standing,
    breaks_floor,
    counts,
    latest_status,
    long_travel,
    needs_route,
    short_travel,
    since_last_year,
)
from charter.rules.outcomes import latest as latest_of
from db.models import Commentary, Indicator, IndicatorBreak, Measurement, Target
from db.types import Finality, Frequency, IndicatorKind, PerformanceKind, Polarity, Qualifier, UnitKind


@dataclass(frozen=True)
class Latest:
    """The latest value of an indicator, as it was reported."""

    span: Span
    value: Decimal
    qualifier: Qualifier
    finality: Finality
    source: str
    coverage: str
    revision: int


@dataclass(frozen=True)
class IndicatorStanding:
    """An indicator and how it stands.

    Attributes:
        status: towards the target of the latest value's own period; None for context.
        target: that target, or None.
        breaks_floor: whether the latest value is beyond the floor.
        short: the direction since the last period.
        long: the direction since the same period last year; None where it is measured once a year or less.
        route_missing: whether it is off track and nobody has written the route to green.
    """

    ref: str
    title: str
    organisation_id: int | None
    theme_id: int | None
    kind: IndicatorKind
    performance_kind: PerformanceKind | None
    polarity: Polarity
    frequency: Frequency
    unit_kind: UnitKind
    unit: str
    on_agenda: bool
    made_up: bool
    latest: Latest | None
    target: Decimal | None
    status: IndicatorStatus | None
    breaks_floor: bool
    short: Movement
    long: Movement | None
    route_missing: bool


@dataclass(frozen=True)
class _Rows:
    """What the standings of several indicators are made of, by the indicator's key."""

    measured: Mapping[int, Sequence[Measurement]]
    targets: Mapping[int, Mapping[Span, Decimal]]
    breaks: Mapping[int, Sequence[date]]
    routes: frozenset[int]


def list_standings(session: Session, *, viewer: Viewer) -> tuple[IndicatorStanding, ...]:
    """Read how every indicator stands that the viewer may read before it is published, by title.

    Raises:
        NotAllowedError: the viewer may read none.
    """
    asked = reader(viewer)
    found = session.exec(select(Indicator).order_by(col(Indicator.title), col(Indicator.ref))).all()
    mine = [row for row in found if asked.may_read(row)]
    rows = _rows(session, [row.id or 0 for row in mine])
    return tuple(_standing(row, rows) for row in mine)


def count_standings(found: Sequence[IndicatorStanding]) -> Counts:
    """Count how indicators stand: x of y on track, z better than last year."""
    return counts([Standing(one.status, since_last_year(one.short, one.long)) for one in found])


def _rows(session: Session, keys: Sequence[int]) -> _Rows:
    measured: dict[int, list[Measurement]] = defaultdict(list)
    for row in session.exec(select(Measurement).where(col(Measurement.indicator_id).in_(keys))):
        measured[row.indicator_id].append(row)
    targets: dict[int, dict[Span, Decimal]] = defaultdict(dict)
    for target in session.exec(select(Target).where(col(Target.indicator_id).in_(keys))):
        targets[target.indicator_id][Span(target.starts_on, target.ends_on)] = target.value
    breaks: dict[int, list[date]] = defaultdict(list)
    for one in session.exec(select(IndicatorBreak).where(col(IndicatorBreak.indicator_id).in_(keys))):
        breaks[one.indicator_id].append(one.starts_on)
    with_route = session.exec(select(Commentary.measurement_id).where(col(Commentary.route_to_green) != ""))
    return _Rows(measured, targets, breaks, frozenset(with_route))


def _standing(row: Indicator, rows: _Rows) -> IndicatorStanding:
    key = row.id or 0
    measured, targets, breaks = rows.measured.get(key, ()), rows.targets.get(key, {}), rows.breaks.get(key, ())
    by_span = {Span(one.starts_on, one.ends_on): one for one in measured}
    points = [Point(span, one.value, one.coverage) for span, one in by_span.items()]
    last = latest_of(points)
    newest = by_span[last.span] if last else None
    stands = latest_status(points, polarity=row.polarity, targets=targets, tolerance=row.tolerance)
    return IndicatorStanding(
        ref=row.ref,
        title=row.title,
        organisation_id=row.organisation_id,
        theme_id=row.theme_id,
        kind=row.kind,
        performance_kind=row.performance_kind,
        polarity=row.polarity,
        frequency=row.frequency,
        unit_kind=row.unit_kind,
        unit=row.unit,
        on_agenda=row.on_agenda,
        made_up=row.made_up,
        latest=_latest(newest) if newest else None,
        target=targets.get(last.span) if last else None,
        status=stands,
        breaks_floor=newest is not None and breaks_floor(newest.value, floor=row.floor, polarity=row.polarity),
        short=short_travel(points, breaks=breaks, polarity=row.polarity, frequency=row.frequency),
        long=long_travel(points, breaks=breaks, polarity=row.polarity, frequency=row.frequency),
        route_missing=needs_route(stands) and newest is not None and newest.id not in rows.routes,
    )


def _latest(row: Measurement) -> Latest:
    span = Span(row.starts_on, row.ends_on)
    return Latest(span, row.value, row.qualifier, row.finality, row.source, row.coverage, row.revision)
