"""Making the demonstration's outcomes: indicators with targets, and what was measured by the end of each round."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, delete, select

from charter import clock
from charter.demonstration.measured import MadeUpIndicator, made_up_indicators
from charter.outcomes.sheets import Sheet, keep_sheet
from charter.records import freeze_records
from charter.rules.outcomes import MONTHS, Span
from charter.words import MADE_UP_MARK
from db.models import (
    Commentary,
    Commitment,
    ExpectedValue,
    Indicator,
    IndicatorBreak,
    IndicatorCommitment,
    IndicatorStory,
    Measurement,
    Organisation,
    Release,
    ReleaseRecord,
    ReplacedMeasurement,
    Target,
    Theme,
)
from db.types import Finality, Frequency, IndicatorKind

_REPORTED_AFTER = timedelta(days=20)  # from the end of a period to its report
_APRIL = 4


def define_made_up(session: Session, *, charter_id: int) -> None:
    """Define the made-up indicators, with their targets and the words beside them. Nothing is measured yet."""
    owners = dict(session.exec(select(Organisation.ref, Organisation.id).where(Organisation.made_up)).all())
    themes = dict(session.exec(select(Theme.ref, Theme.id).where(Theme.charter_id == charter_id)).all())
    for told in made_up_indicators():
        row = _indicator(told, themes.get(told.theme), owners[told.owner] if told.owner else None)
        session.add(row)
        session.flush()
        _keep_beside(session, told, row)
    session.flush()


def report_made_up(session: Session, *, until: date) -> None:
    """Report what was measured in periods that ended some weeks before a day, as far as it is not there yet."""
    rows = {row.ref: row for row in session.exec(select(Indicator).where(Indicator.made_up))}
    there = {(row.indicator_id, row.ends_on) for row in session.exec(select(Measurement))}
    for told in made_up_indicators():
        key = rows[told.ref].id or 0
        spans = spans_back(told.frequency, len(told.values))
        for place, (span, value) in enumerate(zip(spans, told.values, strict=True)):
            if span.ends_on + _REPORTED_AFTER <= until and (key, span.ends_on) not in there:
                _report(session, told, key, span, value, from_end=len(told.values) - place)
    session.flush()


def freeze_as_then(session: Session, *, release: Release) -> None:
    """Freeze the records of a release anew once it has the day of its own year: what is overdue rests on the day."""
    session.exec(delete(ReleaseRecord).where(col(ReleaseRecord.release_id) == release.id))
    freeze_records(session, release=release)


def spans_back(frequency: Frequency, count: int) -> tuple[Span, ...]:
    """Give the last periods that are over today, the earliest first. Years begin in April, as councils count them."""
    months = MONTHS[frequency]
    today = clock.today() - _REPORTED_AFTER
    over = today.year * 12 + today.month - 1  # the months before this one
    over -= (over - (_APRIL - 1)) % months
    return tuple(_span(over - months * back, months) for back in range(count, 0, -1))


def _span(first: int, months: int) -> Span:
    return Span(_first_day(first), _first_day(first + months) - timedelta(days=1))


def _first_day(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)


def _indicator(told: MadeUpIndicator, theme_id: int | None, owner: int | None) -> Indicator:
    now = clock.now()
    same = ("ref", "title", "polarity", "frequency", "unit_kind", "unit", "tolerance", "floor")
    return Indicator(
        **{name: getattr(told, name) for name in same},
        organisation_id=owner,
        theme_id=theme_id,
        kind=IndicatorKind.PERFORMANCE if told.question else IndicatorKind.POPULATION,
        performance_kind=told.question,
        on_agenda=not told.values and told.aim is None,
        created_at=now,
        changed_at=now,
        made_up=True,
    )


def _keep_beside(session: Session, told: MadeUpIndicator, row: Indicator) -> None:
    key, now = row.id or 0, clock.now()
    keep_sheet(session, row, Sheet(told.definition, source=_source(told), coverage=told.coverage))
    keys = session.exec(select(Commitment.id).where(col(Commitment.ref).in_(told.commitments))).all()
    session.add_all(IndicatorCommitment(indicator_id=key, commitment_id=each or 0) for each in keys)
    session.add_all(
        IndicatorStory(indicator_id=key, kind=each.kind, words=each.words, saved_at=now) for each in told.stories
    )
    spans = spans_back(told.frequency, max(len(told.values), 1))
    aimed = list(zip(spans[-len(told.targets) :], told.targets, strict=True)) if told.targets else []
    after = next_span(spans, told.frequency)
    aimed += [(after, told.aim)] if told.aim is not None else []
    session.add_all(Target(indicator_id=key, **_days(span), value=value, set_at=now) for span, value in aimed)
    if told.expected is not None:
        given: dict[str, Any] = {"value": told.expected.value, "reason": told.expected.reason}
        session.add(ExpectedValue(indicator_id=key, **_days(after), **given, saved_at=now))
    session.add_all(
        IndicatorBreak(
            indicator_id=key, starts_on=spans[-each.place].starts_on, kind=each.kind, reason=each.reason, marked_at=now
        )
        for each in told.breaks
    )


def next_span(spans: Sequence[Span], frequency: Frequency) -> Span:
    """Give the period after the last of some."""
    after = spans[-1].ends_on + timedelta(days=1)
    return _span(after.year * 12 + after.month - 1, MONTHS[frequency])


def _report(session: Session, told: MadeUpIndicator, key: int, span: Span, value: Decimal, *, from_end: int) -> None:
    last = from_end == 1
    reported_at = clock.end_of(span.ends_on) + _REPORTED_AFTER
    row = Measurement(
        indicator_id=key,
        **_days(span),
        value=value,
        finality=Finality.PROVISIONAL if last and told.provisional else Finality.FINAL,
        source=_source(told),
        coverage=told.coverage,
        reported_at=reported_at,
    )
    session.add(row)
    session.flush()
    for revision in told.revised:
        if revision.place == from_end:
            _revise(session, row, first=revision.first, reason=revision.reason)
    for comment in told.comments:
        if comment.place == from_end:
            words: dict[str, Any] = {"words": comment.words, "route_to_green": comment.route}
            session.add(Commentary(measurement_id=row.id or 0, **words, saved_at=reported_at))


def _revise(session: Session, row: Measurement, *, first: Decimal, reason: str) -> None:
    """Keep what was reported first, a month before the value that holds."""
    same = ("qualifier", "finality", "source", "coverage", "reported_at", "revision")
    held = {name: getattr(row, name) for name in same}
    row.revision, row.reported_at = 2, row.reported_at + timedelta(days=30)
    session.add(
        ReplacedMeasurement(measurement_id=row.id or 0, value=first, reason=reason, replaced_at=row.reported_at, **held)
    )


def _days(span: Span) -> dict[str, Any]:
    return {"starts_on": span.starts_on, "ends_on": span.ends_on}


def _source(told: MadeUpIndicator) -> str:
    return f"Records of the demonstration {MADE_UP_MARK}: {told.coverage}"
