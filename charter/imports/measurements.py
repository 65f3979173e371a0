"""Taking measurements in from a spreadsheet: all rows or none, and a value that is there is revised only when asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from charter import audit
from charter.imports.grant_sums import is_sum_of_grants
from charter.imports.ledger import LOCK, FileBrought, in_force, opened, write_down
from charter.outcomes.held import measurement_of, require_owner
from charter.outcomes.measuring import Reported, report_measurement, revise_measurement
from charter.outcomes.typed_values import checked_span, checked_value, line, told
from charter.rules.access import Act, Viewer, may, require
from charter.rules.outcomes import Span
from charter.rules.refusals import FieldError, RefusedError
from charter.sources.measurement_rows import MeasurementFile, MeasurementRow
from charter.sources.organisation_rows import Problem
from db.locks import take_turns
from db.models import FileImport, Indicator, Measurement
from db.types import ImportKind

_MOST_NAMED = 5  # problems in a refusal
_COLUMN_OF = {"starts_on": "first_day", "ends_on": "last_day"}
_LOST = (" Nothing was lost.", " Nothing was changed.")
_KEPT = ("value", "qualifier", "finality", "source", "coverage", "file_import_id", "account_id")


@dataclass(frozen=True)
class MeasurementPlan:
    """What a file of measurements would do, or did.

    Attributes:
        ref: the import's reference; empty while nothing was done.
        problems: what is wrong; while there is anything, nothing is taken.
        new: rows with a value for a period that had none.
        revised: rows that say something else than the value that is there.
        already: how many rows say what is there already.
    """

    ref: str
    problems: tuple[Problem, ...]
    new: tuple[MeasurementRow, ...]
    revised: tuple[MeasurementRow, ...]
    already: int


def addresses_to_report(session: Session, *, viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """Give the indicators whose values a viewer may bring: address and title, in the order of the titles.

    Raises:
        NotAllowedError: the viewer reports for nobody.
    """
    _require_somebody(viewer)
    rows = select(Indicator)
    if not may(viewer, Act.REPORT_OUTCOMES):
        rows = rows.where(col(Indicator.organisation_id).in_(viewer.organisations()))
    found = session.exec(rows.order_by(col(Indicator.title), col(Indicator.ref)))
    return tuple((row.ref, row.title) for row in found if not is_sum_of_grants(row.ref))


def preview_measurements(session: Session, *, viewer: Viewer, read: MeasurementFile) -> MeasurementPlan:
    """Say what taking a file in would do, and change nothing.

    Raises:
        NotAllowedError: the viewer reports for nobody.
    """
    _require_somebody(viewer)
    return _plan(session, viewer, read)


def import_measurements(
    session: Session, *, viewer: Viewer, read: MeasurementFile, file: FileBrought, revise: bool = False
) -> MeasurementPlan:
    """Report every measurement of a file, or nothing where a row is wrong.

    Args:
        session: a writing session.
        viewer: who reports; every indicator of the file must be theirs to report.
        read: what was read of the file.
        file: which file it is.
        revise: whether values that are there and differ are revised; else they stay.

    Raises:
        NotAllowedError: the viewer reports for nobody.
        FieldError: something in the file is wrong: it names the first places.
        RefusedError: the file was taken in before, or brings nothing that is not there already.
    """
    _require_somebody(viewer)
    take_turns(session, LOCK)
    if in_force(session, viewer=viewer, kind=ImportKind.MEASUREMENTS, file=file) is not None:
        raise RefusedError("This very file was taken in already. Nothing was changed.")
    plan = _plan(session, viewer, read)
    if plan.problems:
        said = "; ".join(str(problem) for problem in plan.problems[:_MOST_NAMED])
        raise FieldError("file", f"{said} Nothing was taken in.")
    revised = plan.revised if revise else ()
    if not plan.new and not revised:
        raise RefusedError("This file brings nothing that is not here already. Nothing was changed.")
    row = opened(session, viewer=viewer, kind=ImportKind.MEASUREMENTS, file=file)
    for each in (*plan.new, *revised):
        _take(session, viewer, row, each)
    row.rows_taken = len(plan.new) + len(revised) + plan.already
    row.rows_left = len(plan.revised) - len(revised)
    detail = {"new": len(plan.new), "revised": len(revised), "file": row.file_name}
    audit.record(session, viewer, act="measurements_imported", subject=f"import {row.ref}", detail=detail)
    return replace(plan, ref=row.ref)


def _require_somebody(viewer: Viewer) -> None:
    require(viewer, Act.REPORT_OUTCOMES, organisation_id=next(iter(viewer.organisations()), None))


def _plan(session: Session, viewer: Viewer, read: MeasurementFile) -> MeasurementPlan:
    refs = {row.indicator_ref for row in read.rows}
    indicators = {row.ref: row for row in session.exec(select(Indicator).where(col(Indicator.ref).in_(refs)))}
    problems = [*read.problems]
    new, revised, already = [], [], 0
    seen: dict[str, list[MeasurementRow]] = {}
    for row in read.rows:
        try:
            indicator = _indicator(session, viewer, indicators.get(row.indicator_ref))
            checked = replace(row, reported=_checked(indicator, row.reported))
            before = _before(session, indicator, checked, seen.setdefault(indicator.ref, []))
        except FieldError as wrong:
            problems.append(_problem(row.number, _COLUMN_OF.get(wrong.field, wrong.field), wrong))
            continue
        except RefusedError as refusal:
            problems.append(_problem(row.number, "indicator", refusal))
            continue
        seen[indicator.ref].append(checked)
        if before is None:
            new.append(checked)
        elif _reported(before) == checked.reported:
            already += 1
        else:
            revised.append(checked)
    return MeasurementPlan(
        ref="",
        problems=tuple(sorted(problems, key=lambda problem: problem.row)),
        new=tuple(new),
        revised=tuple(revised),
        already=already,
    )


def _indicator(session: Session, viewer: Viewer, row: Indicator | None) -> Indicator:
    """Give an indicator that is the viewer's to report. Of others it is not said whether they are there."""
    if row is not None:
        try:
            require_owner(session, viewer=viewer, organisation_id=row.organisation_id)
        except RefusedError:
            row = None
    if row is None:
        raise FieldError("indicator", "You report for no indicator of this address.")
    if is_sum_of_grants(row.ref):
        raise FieldError("indicator", "This one is added up from grants. Bring a file of grants instead.")
    return row


def _checked(indicator: Indicator, reported: Reported) -> Reported:
    return replace(
        reported,
        span=checked_span(reported.span),
        value=checked_value("value", reported.value, indicator.unit_kind),
        source=line("source", reported.source, what="where the figure comes from"),
        coverage=line("coverage", reported.coverage, what="whom or what the figure covers"),
    )


def _before(
    session: Session, indicator: Indicator, row: MeasurementRow, seen: Sequence[MeasurementRow]
) -> Measurement | None:
    """Give the value that is there for the very period, and refuse a period that overlaps another."""
    span = row.reported.span
    for other in seen:
        if _overlap(other.reported.span, span):
            days = told(other.reported.span)
            raise FieldError("first_day", f"Row {other.number} has a value for {days}, and the two overlap.")
    found = measurement_of(session, indicator_id=indicator.id or 0, span=span)
    if found is not None:
        return found
    there = session.exec(
        select(Measurement).where(
            Measurement.indicator_id == indicator.id,
            Measurement.starts_on <= span.ends_on,
            Measurement.ends_on >= span.starts_on,
        )
    ).first()
    if there is not None:
        days = told(Span(there.starts_on, there.ends_on))
        raise FieldError("first_day", f"There is a value for {days} already, and the two overlap.")
    return None


def _overlap(one: Span, other: Span) -> bool:
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def _problem(number: int, column: str, refusal: RefusedError) -> Problem:
    said = str(refusal)
    for ending in _LOST:
        said = said.removesuffix(ending)
    return Problem(number, column, said)


def _reported(row: Measurement) -> Reported:
    span = Span(row.starts_on, row.ends_on)
    return Reported(span, row.value, row.source, row.coverage, row.qualifier, row.finality)


def _take(session: Session, viewer: Viewer, row: FileImport, each: MeasurementRow) -> None:
    """Report or revise one value, and write down what the row of the store held before."""
    indicator = session.exec(select(Indicator).where(Indicator.ref == each.indicator_ref)).one()
    found = measurement_of(session, indicator_id=indicator.id or 0, span=each.reported.span)
    before = {name: getattr(found, name) for name in _KEPT} if found else None
    agenda = indicator.on_agenda
    if found is None:
        report_measurement(session, viewer=viewer, indicator_ref=each.indicator_ref, reported=each.reported)
    else:
        revise_measurement(
            session,
            viewer=viewer,
            indicator_ref=each.indicator_ref,
            reported=each.reported,
            reason=f"A file was taken in: {row.file_name}.",
            seen_revision=found.revision,
        )
    kept = measurement_of(session, indicator_id=indicator.id or 0, span=each.reported.span)
    if kept is None:
        return
    kept.file_import_id = row.id
    session.flush()
    if agenda:
        write_down(session, row, indicator, {"on_agenda": (True, False)})
    changes = {name: (value, getattr(kept, name)) for name, value in before.items()} if before else None
    write_down(session, row, kept, changes)
