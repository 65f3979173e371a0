"""Reporting a measurement, and revising it without losing what was said before."""

from dataclasses import dataclass, replace
from decimal import Decimal

from sqlmodel import Session, select

from charter import audit, clock
from charter.outcomes.held import held_indicator, measurement_of, require_seen
from charter.outcomes.typed_values import checked_span, checked_value, line, told, words
from charter.rules.access import Viewer
from charter.rules.outcomes import Span
from charter.rules.refusals import FieldError, NotFoundError
from charter.saved import Saved
from db.models import Indicator, Measurement, ReplacedMeasurement
from db.types import Finality, Qualifier


@dataclass(frozen=True)
class Reported:
    """A reported outcome.

    Attributes:
        span: the period that it speaks of; a count on one day begins and ends on it.
        value: the value, in the indicator's unit, unrounded, with up to four places.
        source: where the figure comes from, up to 500 letters.
        coverage: whom or what it covers, up to 500 letters; other words than before make a break.
        qualifier: how the source words the figure.
        finality: whether the source may still put it right.
    """

    span: Span
    value: Decimal
    source: str
    coverage: str
    qualifier: Qualifier = Qualifier.EXACT
    finality: Finality = Finality.FINAL


def report_measurement(session: Session, *, viewer: Viewer, indicator_ref: str, reported: Reported) -> Saved:
    """Report the value of an indicator for a period. An indicator on the agenda leaves it with its first value.

    Raises:
        NotFoundError: there is no such indicator.
        NotAllowedError: the viewer may not report for its owner.
        RefusedError: the viewer drafts a part of the owner's answers only.
        FieldError: a field cannot be taken, or there is a value for some of these days already.
    """
    row = held_indicator(session, viewer=viewer, ref=indicator_ref)
    wanted = _checked(row, reported)
    _require_free(session, row, wanted.span)
    saved = Measurement(
        indicator_id=row.id or 0,
        starts_on=wanted.span.starts_on,
        ends_on=wanted.span.ends_on,
        value=wanted.value,
        qualifier=wanted.qualifier,
        finality=wanted.finality,
        source=wanted.source,
        coverage=wanted.coverage,
        account_id=viewer.account_id,
        reported_at=clock.now(),
    )
    session.add(saved)
    if row.on_agenda:
        row.on_agenda, row.revision, row.changed_at = False, row.revision + 1, clock.now()
    session.flush()
    detail = {"period": told(wanted.span), **audit.changes({}, _values(wanted))}
    audit.record(session, viewer, act="measurement_reported", subject=f"indicator {indicator_ref}", detail=detail)
    return Saved(saved.revision, saved.reported_at)


def revise_measurement(
    session: Session, *, viewer: Viewer, indicator_ref: str, reported: Reported, reason: str, seen_revision: int
) -> Saved:
    """Revise the value of a period. What it replaces is kept, with the reason.

    Args:
        session: a writing session.
        viewer: who asks.
        indicator_ref: the indicator.
        reported: what holds from now on; its period says which value is revised.
        reason: why, up to 500 letters.
        seen_revision: the revision that the page showed.

    Raises:
        NotFoundError: there is no such indicator, or no value for this period.
        NotAllowedError: the viewer may not report for its owner.
        RefusedError: the viewer drafts a part of the owner's answers only.
        FieldError: a field cannot be taken, or the reason is missing.
        EditedElsewhereError: it was revised since the page showed it.
    """
    row = held_indicator(session, viewer=viewer, ref=indicator_ref)
    found = measurement_of(session, indicator_id=row.id or 0, span=reported.span)
    if found is None:
        raise NotFoundError("There is no value for this period. Nothing was changed.")
    wanted, why = _checked(row, reported), words("reason", reason, what="why the figure changes", limit=500)
    if _told_of(found) == wanted:
        return Saved(found.revision, found.reported_at)
    require_seen(found.revision, seen=seen_revision)
    changed = audit.changes(_values(_told_of(found)), _values(wanted))
    session.add(_replaced(found, why))
    found.value, found.qualifier, found.finality = wanted.value, wanted.qualifier, wanted.finality
    found.source, found.coverage = wanted.source, wanted.coverage
    found.account_id, found.file_import_id = viewer.account_id, None
    found.revision, found.reported_at = found.revision + 1, clock.now()
    session.flush()
    detail = {"period": told(wanted.span), "revision": found.revision, "reason": why, **changed}
    audit.record(session, viewer, act="measurement_revised", subject=f"indicator {indicator_ref}", detail=detail)
    return Saved(found.revision, found.reported_at)


def _checked(row: Indicator, reported: Reported) -> Reported:
    return replace(
        reported,
        span=checked_span(reported.span),
        value=checked_value("value", reported.value, row.unit_kind),
        source=line("source", reported.source, what="where the figure comes from"),
        coverage=line("coverage", reported.coverage, what="whom or what the figure covers"),
    )


def _require_free(session: Session, row: Indicator, span: Span) -> None:
    """Refuse a second value for a period, or for a part of one: only one of the two could be right."""
    there = session.exec(
        select(Measurement).where(
            Measurement.indicator_id == row.id,
            Measurement.starts_on <= span.ends_on,
            Measurement.ends_on >= span.starts_on,
        )
    ).first()
    if there is None:
        return
    days = told(Span(there.starts_on, there.ends_on))
    if (there.starts_on, there.ends_on) == (span.starts_on, span.ends_on):
        raise FieldError("value", f"There is a value for {days} already. Please revise it instead. Nothing was lost.")
    raise FieldError("starts_on", f"There is a value for {days} already, and the two overlap. Nothing was lost.")


def _told_of(row: Measurement) -> Reported:
    span = Span(row.starts_on, row.ends_on)
    return Reported(span, row.value, row.source, row.coverage, row.qualifier, row.finality)


def _values(reported: Reported) -> dict[str, object]:
    """Give what was reported for a period, for the audit log."""
    return {name: value for name, value in vars(reported).items() if name != "span"}


def _replaced(row: Measurement, reason: str) -> ReplacedMeasurement:
    return ReplacedMeasurement(
        measurement_id=row.id or 0,
        revision=row.revision,
        value=row.value,
        qualifier=row.qualifier,
        finality=row.finality,
        source=row.source,
        coverage=row.coverage,
        file_import_id=row.file_import_id,
        account_id=row.account_id,
        reported_at=row.reported_at,
        reason=reason,
        replaced_at=clock.now(),
    )
