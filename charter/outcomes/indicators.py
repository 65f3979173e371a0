"""Defining an indicator, and putting its fields right as long as that changes no meaning of a value."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, delete, select

from charter import audit, clock
from charter.assessments import organisation_row
from charter.made_up import is_made_up
from charter.outcomes.held import held_indicator, is_measured, require_owner, require_seen
from charter.outcomes.sheets import Sheet, checked_sheet, keep_sheet
from charter.outcomes.typed_values import checked_span, checked_value, line
from charter.rules.access import Viewer
from charter.rules.outcomes import Span
from charter.rules.refusals import FieldError, NotFoundError, RefusedError
from charter.saved import Saved
from db.models import Commitment, Indicator, IndicatorCommitment, Theme
from db.types import Frequency, IndicatorKind, PerformanceKind, Polarity, UnitKind

REF_LIMIT, TITLE_LIMIT, UNIT_LIMIT = 60, 200, 60  # letters
_REF = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# What a value means; a change would make every value that is there say something else.
_MEANING = ("kind", "performance_kind", "polarity", "frequency", "unit_kind", "unit")


@dataclass(frozen=True)
class Baseline:
    """Where an indicator stood when counting began."""

    value: Decimal
    span: Span


@dataclass(frozen=True)
class IndicatorFields:
    """What an indicator is, but for its definition sheet.

    Attributes:
        title: its name, up to 200 letters.
        kind: population or performance.
        performance_kind: for performance how much, how well or better off; else None.
        polarity: which way is better.
        frequency: how often it is measured.
        unit_kind: what sort of number a value is.
        unit: the unit's own name, such as *volunteers*, up to 60 letters.
        tolerance: by how much a target may be missed, in the unit, from 0.
        floor: the worst that is put up with, or None.
        baseline: where it stood when counting began, or None.
        theme_id: the theme that it belongs to, or None.
        commitments: references of the commitments that it speaks to.
        on_agenda: whether it would be worth having and has no data yet.
    """

    title: str
    kind: IndicatorKind
    polarity: Polarity
    frequency: Frequency
    unit_kind: UnitKind
    unit: str
    performance_kind: PerformanceKind | None = None
    tolerance: Decimal = Decimal(0)
    floor: Decimal | None = None
    baseline: Baseline | None = None
    theme_id: int | None = None
    commitments: frozenset[str] = frozenset()
    on_agenda: bool = False


def define_indicator(
    session: Session,
    *,
    viewer: Viewer,
    ref: str,
    organisation_id: int | None,
    fields: IndicatorFields,
    sheet: Sheet,
    made_up: bool = False,
) -> Saved:
    """Define an indicator, with the first definition sheet.

    Args:
        session: a writing session.
        viewer: who asks.
        ref: its address, in small letters and figures joined by single hyphens, up to 60 letters.
        organisation_id: whose it is, or None for one that all partners share.
        fields: what it is.
        sheet: what it means.
        made_up: whether it belongs to a demonstration. An organisation that does makes its indicators do so, and so do
            the demonstration's people with what all share.

    Raises:
        NotAllowedError: the viewer may not report for this owner.
        RefusedError: the viewer drafts a part of the owner's answers only.
        NotFoundError: there is no such organisation, theme or commitment.
        FieldError: a field cannot be taken, or the address is another indicator's.
    """
    require_owner(session, viewer=viewer, organisation_id=organisation_id)
    wanted, words = _checked(fields), checked_sheet(sheet)
    if len(ref) > REF_LIMIT or not _REF.fullmatch(ref):
        raise FieldError("ref", "An address has small letters, figures and single hyphens. Nothing was lost.")
    if session.exec(select(Indicator.id).where(Indicator.ref == ref)).first() is not None:
        raise FieldError("ref", "Another indicator has this address already. Nothing was lost.")
    if organisation_id is not None:
        made_up = organisation_row(session, organisation_id).made_up
    else:
        made_up = made_up or is_made_up(session, viewer)
    commitments = _found_links(session, wanted)
    now = clock.now()
    values = _columns(wanted)
    row = Indicator(ref=ref, organisation_id=organisation_id, created_at=now, changed_at=now, made_up=made_up, **values)
    session.add(row)
    session.flush()
    _keep_links(session, row, commitments)
    keep_sheet(session, row, words)
    audit.record(session, viewer, act="indicator_defined", subject=f"indicator {ref}")
    return Saved(row.revision, row.changed_at)


def change_indicator(
    session: Session, *, viewer: Viewer, ref: str, fields: IndicatorFields, seen_revision: int
) -> Saved:
    """Put an indicator's fields right. What a value means stays as it is once there are values.

    Raises:
        NotFoundError: there is no such indicator, theme or commitment.
        NotAllowedError: the viewer may not report for its owner.
        RefusedError: it would change what the values mean that are there, or put a measured one on the agenda.
        FieldError: a field cannot be taken.
        EditedElsewhereError: it was changed since the page showed it.
    """
    row = held_indicator(session, viewer=viewer, ref=ref)
    wanted = _checked(fields)
    commitments = _found_links(session, wanted)
    require_seen(row.revision, seen=seen_revision)
    if is_measured(session, indicator_id=row.id or 0):
        _require_same_meaning(row, wanted)
    values = _columns(wanted)
    before = {**{name: getattr(row, name) for name in values}, "commitments": _linked(session, row)}
    for name, value in values.items():
        setattr(row, name, value)
    row.revision, row.changed_at = row.revision + 1, clock.now()
    session.flush()
    _keep_links(session, row, commitments)
    detail = audit.changes(before, {**values, "commitments": _linked(session, row)})
    audit.record(session, viewer, act="indicator_changed", subject=f"indicator {ref}", detail=detail)
    return Saved(row.revision, row.changed_at)


def _require_same_meaning(row: Indicator, wanted: IndicatorFields) -> None:
    if any(getattr(row, name) != getattr(wanted, name) for name in _MEANING):
        raise RefusedError(
            "This indicator has values, and they would mean something else. Please define a new indicator. "
            "Nothing was changed."
        )
    if wanted.on_agenda:
        raise RefusedError("This indicator has values, so it is not on the list of those without. Nothing was changed.")


def _checked(fields: IndicatorFields) -> IndicatorFields:
    if (fields.kind is IndicatorKind.PERFORMANCE) != (fields.performance_kind is not None):
        raise FieldError("performance_kind", "Please say how much, how well or better off. Nothing was lost.")
    if fields.tolerance < 0:
        raise FieldError("tolerance", "A tolerance is not below zero. Nothing was lost.")
    checked_value("tolerance", fields.tolerance, fields.unit_kind)
    if fields.floor is not None:
        checked_value("floor", fields.floor, fields.unit_kind)
    if fields.baseline is not None:
        checked_value("baseline", fields.baseline.value, fields.unit_kind)
        checked_span(fields.baseline.span)
    title = line("title", fields.title, what="what the indicator is called", limit=TITLE_LIMIT)
    return replace(fields, title=title, unit=line("unit", fields.unit, what="the unit", limit=UNIT_LIMIT))


def _columns(fields: IndicatorFields) -> dict[str, Any]:
    start = fields.baseline
    return {
        **{name: getattr(fields, name) for name in ("title", *_MEANING, "tolerance", "floor", "theme_id", "on_agenda")},
        "baseline": start.value if start else None,
        "baseline_starts_on": start.span.starts_on if start else None,
        "baseline_ends_on": start.span.ends_on if start else None,
    }


def _found_links(session: Session, fields: IndicatorFields) -> tuple[int, ...]:
    """Give the keys of the commitments, and refuse what is not there before anything points to it."""
    if fields.theme_id is not None and session.get(Theme, fields.theme_id) is None:
        raise NotFoundError("There is no such theme. Nothing was changed.")
    found = session.exec(select(Commitment.id).where(col(Commitment.ref).in_(fields.commitments))).all()
    if len(found) != len(fields.commitments):
        raise NotFoundError("There is no such promise in the charter. Nothing was changed.")
    return tuple(key or 0 for key in found)


def _linked(session: Session, row: Indicator) -> list[str]:
    linked = select(IndicatorCommitment.commitment_id).where(IndicatorCommitment.indicator_id == row.id)
    return sorted(session.exec(select(Commitment.ref).where(col(Commitment.id).in_(linked))))


def _keep_links(session: Session, row: Indicator, commitments: tuple[int, ...]) -> None:
    session.exec(delete(IndicatorCommitment).where(col(IndicatorCommitment.indicator_id) == row.id))
    session.add_all(IndicatorCommitment(indicator_id=row.id or 0, commitment_id=key) for key in commitments)
    session.flush()
