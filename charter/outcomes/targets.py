"""Targets by period, and what an owner expects: the one is aimed at, the other is judgement, and says why."""

from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session, select

from charter import audit, clock
from charter.outcomes.held import held_indicator, require_seen
from charter.outcomes.typed_values import checked_span, checked_value, told, words
from charter.rules.access import Viewer
from charter.rules.outcomes import Span
from charter.rules.refusals import NotFoundError
from charter.saved import Saved
from db.models import ExpectedValue, Target


@dataclass(frozen=True)
class Expected:
    """What an owner expects for a period, in the indicator's unit, and why."""

    span: Span
    value: Decimal
    reason: str


def set_target(
    session: Session, *, viewer: Viewer, indicator_ref: str, span: Span, value: Decimal, seen_revision: int
) -> Saved:
    """Set what is aimed at for a period, or change it. What was aimed at before stays in the audit log.

    Raises:
        NotFoundError: there is no such indicator.
        NotAllowedError: the viewer may not report for its owner.
        FieldError: the period or the value cannot be taken.
        EditedElsewhereError: it was changed since the page showed it; revision 0 is that of none.
    """
    row = held_indicator(session, viewer=viewer, ref=indicator_ref)
    checked_span(span, may_come=True)
    aimed = checked_value("value", value, row.unit_kind)
    found = _target(session, row.id or 0, span)
    require_seen(found.revision if found else 0, seen=seen_revision)
    before = found.value if found else None
    if found is None:
        found = Target(
            indicator_id=row.id or 0,
            starts_on=span.starts_on,
            ends_on=span.ends_on,
            value=aimed,
            revision=0,
            set_at=clock.now(),
        )
    found.value, found.revision, found.set_at = aimed, found.revision + 1, clock.now()
    session.add(found)
    session.flush()
    detail = {"period": told(span), "before": before, "after": aimed}
    audit.record(session, viewer, act="target_set", subject=f"indicator {indicator_ref}", detail=detail)
    return Saved(found.revision, found.set_at)


def take_target_away(
    session: Session, *, viewer: Viewer, indicator_ref: str, span: Span, reason: str, seen_revision: int
) -> None:
    """Aim at nothing any more for a period. The target and the reason stay in the audit log.

    Raises:
        NotFoundError: there is no such indicator, or no target for this period.
        NotAllowedError: the viewer may not report for its owner.
        FieldError: the reason is missing or too long.
        EditedElsewhereError: it was changed since the page showed it.
    """
    row = held_indicator(session, viewer=viewer, ref=indicator_ref)
    why = words("reason", reason, what="why there is no target any more")
    found = _target(session, row.id or 0, span)
    if found is None:
        raise NotFoundError("There is no target for this period. Nothing was changed.")
    require_seen(found.revision, seen=seen_revision)
    detail = {"period": told(span), "before": found.value, "reason": why}
    session.delete(found)
    session.flush()
    audit.record(session, viewer, act="target_taken_away", subject=f"indicator {indicator_ref}", detail=detail)


def expect_value(
    session: Session, *, viewer: Viewer, indicator_ref: str, expected: Expected, seen_revision: int
) -> Saved:
    """Say what is expected for a period, as judgement, with the reason; or say it anew.

    Raises:
        NotFoundError: there is no such indicator.
        NotAllowedError: the viewer may not report for its owner.
        FieldError: the period or the value cannot be taken, or the reason is missing.
        EditedElsewhereError: it was changed since the page showed it; revision 0 is that of none.
    """
    row = held_indicator(session, viewer=viewer, ref=indicator_ref)
    span = checked_span(expected.span, may_come=True)
    value = checked_value("value", expected.value, row.unit_kind)
    why = words("reason", expected.reason, what="why you expect this")
    found = session.exec(
        select(ExpectedValue).where(
            ExpectedValue.indicator_id == row.id,
            ExpectedValue.starts_on == span.starts_on,
            ExpectedValue.ends_on == span.ends_on,
        )
    ).first() or ExpectedValue(
        indicator_id=row.id or 0,
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        value=value,
        reason=why,
        revision=0,
        saved_at=clock.now(),
    )
    require_seen(found.revision, seen=seen_revision)
    before = {"value": found.value, "reason": found.reason} if found.revision else {}
    changed = audit.changes(before, {"value": value, "reason": why})
    found.value, found.reason, found.revision, found.saved_at = value, why, found.revision + 1, clock.now()
    session.add(found)
    session.flush()
    detail = {"period": told(span), **changed}
    audit.record(session, viewer, act="value_expected", subject=f"indicator {indicator_ref}", detail=detail)
    return Saved(found.revision, found.saved_at)


def _target(session: Session, indicator_id: int, span: Span) -> Target | None:
    return session.exec(
        select(Target).where(
            Target.indicator_id == indicator_id, Target.starts_on == span.starts_on, Target.ends_on == span.ends_on
        )
    ).first()
