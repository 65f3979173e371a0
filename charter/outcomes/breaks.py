"""Breaks: from a day on, values are not compared with those before."""

from datetime import date

from sqlmodel import Session, select

from charter import audit, clock
from charter.outcomes.held import held_indicator
from charter.outcomes.typed_values import words
from charter.rules.access import Viewer
from charter.rules.refusals import FieldError, NotFoundError
from db.models import Indicator, IndicatorBreak
from db.types import BreakKind


def mark_break(
    session: Session, *, viewer: Viewer, indicator_ref: str, starts_on: date, kind: BreakKind, reason: str
) -> None:
    """Mark a break: periods that begin on this day or later are not compared with those that began before.

    Raises:
        NotFoundError: there is no such indicator.
        NotAllowedError: the viewer may not report for its owner.
        FieldError: the reason is missing or too long, or a break is marked on this day already.
    """
    row = held_indicator(session, viewer=viewer, ref=indicator_ref)
    keep_break(session, row, starts_on=starts_on, kind=kind, reason=words("reason", reason, what="what changed"))
    detail = {"starts_on": starts_on, "kind": kind.value, "reason": reason}
    audit.record(session, viewer, act="break_marked", subject=f"indicator {indicator_ref}", detail=detail)


def take_break_away(session: Session, *, viewer: Viewer, indicator_ref: str, starts_on: date, reason: str) -> None:
    """Take away a break that was marked by mistake; the reason stays in the audit log.

    Raises:
        NotFoundError: there is no such indicator, or no break on this day.
        NotAllowedError: the viewer may not report for its owner.
        FieldError: the reason is missing or too long.
    """
    row = held_indicator(session, viewer=viewer, ref=indicator_ref)
    why = words("reason", reason, what="why this is no break")
    found = break_on(session, row, starts_on)
    if found is None:
        raise NotFoundError("There is no break on this day. Nothing was changed.")
    detail = {"starts_on": starts_on, "kind": found.kind.value, "was": found.reason, "reason": why}
    session.delete(found)
    session.flush()
    audit.record(session, viewer, act="break_taken_away", subject=f"indicator {indicator_ref}", detail=detail)


def keep_break(session: Session, row: Indicator, *, starts_on: date, kind: BreakKind, reason: str) -> None:
    """Store a break; the caller has asked for access and records it.

    Raises:
        FieldError: a break is marked on this day already.
    """
    if break_on(session, row, starts_on) is not None:
        raise FieldError("starts_on", "A break is marked on this day already. Nothing was changed.")
    session.add(
        IndicatorBreak(indicator_id=row.id or 0, starts_on=starts_on, kind=kind, reason=reason, marked_at=clock.now())
    )
    session.flush()


def break_on(session: Session, row: Indicator, day: date) -> IndicatorBreak | None:
    """Find the break that is marked on a day, or None."""
    return session.exec(
        select(IndicatorBreak).where(IndicatorBreak.indicator_id == row.id, IndicatorBreak.starts_on == day)
    ).first()
