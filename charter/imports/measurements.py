"""Taking measurements in from a spreadsheet: all rows or none, and a value that is there is revised only when asked."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlmodel import Session, col, select

from charter import audit
from charter.imports.grant_sums import is_sum_of_grants
from charter.imports.ledger import LOCK, FileBrought, in_force, opened
from charter.imports.values import keep_values, reported_of
from charter.outcomes.held import require_owner
from charter.outcomes.measuring import Reported
from charter.outcomes.typed_values import checked_span, checked_value, line, told
from charter.rules.access import Act, Viewer, may, require
from charter.rules.outcomes import Span
from charter.rules.refusals import FieldError, RefusedError
from charter.sources.measurement_rows import MOST_ROWS, MeasurementFile, MeasurementRow
from charter.sources.organisation_rows import Problem
from db.locks import take_turns
from db.models import Indicator, Measurement
from db.types import ImportKind

_MOST_NAMED = 5  # problems in a refusal
_COLUMN_OF = {"starts_on": "first_day", "ends_on": "last_day"}
_LOST = (" Nothing was lost.", " Nothing was changed.")


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
    keep_values(session, viewer=viewer, file_import=row, new=plan.new, revised=revised)
    row.rows_taken = len(plan.new) + len(revised) + plan.already
    row.rows_left = len(plan.revised) - len(revised)
    # The log names what came in on a page; what a larger file did, row by row, is kept with the import.
    periods = [f"{each.indicator_ref} {told(each.reported.span)}" for each in (*plan.new, *revised)[:MOST_ROWS]]
    detail = {"new": len(plan.new), "revised": len(revised), "file": row.file_name, "values": periods}
    audit.record(session, viewer, act="measurements_imported", subject=f"import {row.ref}", detail=detail)
    return replace(plan, ref=row.ref)


def _require_somebody(viewer: Viewer) -> None:
    require(viewer, Act.REPORT_OUTCOMES, organisation_id=next(iter(viewer.organisations()), None))


@dataclass
class _Spans:
    """Periods of which none overlaps another, in their order, each with a number that says where it comes from."""

    starts: list[date] = field(default_factory=list)
    held: list[tuple[Span, int]] = field(default_factory=list)

    def add(self, span: Span, number: int) -> None:
        """Put a period in its place."""
        at = bisect_right(self.starts, span.starts_on)
        self.starts.insert(at, span.starts_on)
        self.held.insert(at, (span, number))

    def overlapping(self, span: Span) -> tuple[Span, int] | None:
        """Give the last period that has a day in common with this one."""
        at = bisect_right(self.starts, span.ends_on) - 1
        return self.held[at] if at >= 0 and self.held[at][0].ends_on >= span.starts_on else None


class _Known:
    """An indicator with the values that it has, and the rows of the file that were read for it."""

    def __init__(self, indicator: Indicator, values: Sequence[Measurement]) -> None:
        self.indicator = indicator
        self.values = {Span(each.starts_on, each.ends_on): each for each in values}
        self.there, self.rows = _Spans(), _Spans()
        for span in self.values:
            self.there.add(span, 0)


def _plan(session: Session, viewer: Viewer, read: MeasurementFile) -> MeasurementPlan:
    known = _known(session, {row.indicator_ref for row in read.rows})
    problems = [*read.problems]
    new, revised, already = [], [], 0
    for row in read.rows:
        try:
            found = _own(session, viewer, known.get(row.indicator_ref))
            checked = replace(row, reported=_checked(found.indicator, row.reported))
            before = _before(found, checked)
        except FieldError as wrong:
            problems.append(_problem(row.number, _COLUMN_OF.get(wrong.field, wrong.field), wrong))
            continue
        found.rows.add(checked.reported.span, row.number)
        if before is None:
            new.append(checked)
        elif reported_of(before) == checked.reported:
            already += 1
        else:
            revised.append(checked)
    in_order = tuple(sorted(problems, key=lambda problem: problem.row))
    return MeasurementPlan("", in_order, tuple(new), tuple(revised), already)


def _known(session: Session, refs: Collection[str]) -> dict[str, _Known]:
    indicators = session.exec(select(Indicator).where(col(Indicator.ref).in_(refs))).all()
    rows = select(Measurement).where(col(Measurement.indicator_id).in_([row.id for row in indicators]))
    values = session.exec(rows.order_by(col(Measurement.starts_on))).all()
    of_indicator = defaultdict[int, list[Measurement]](list)
    for each in values:
        of_indicator[each.indicator_id].append(each)
    return {row.ref: _Known(row, of_indicator[row.id or 0]) for row in indicators}


def _own(session: Session, viewer: Viewer, found: _Known | None) -> _Known:
    """Give an indicator that is the viewer's to report. Of others it is not said whether they are there."""
    if found is not None and not found.rows.held:
        try:
            require_owner(session, viewer=viewer, organisation_id=found.indicator.organisation_id)
        except RefusedError:
            found = None
    if found is None:
        raise FieldError("indicator", "You report for no indicator of this address.")
    if is_sum_of_grants(found.indicator.ref):
        raise FieldError("indicator", "This one is added up from grants. Bring a file of grants instead.")
    return found


def _checked(indicator: Indicator, reported: Reported) -> Reported:
    return replace(
        reported,
        span=checked_span(reported.span),
        value=checked_value("value", reported.value, indicator.unit_kind),
        source=line("source", reported.source, what="where the figure comes from"),
        coverage=line("coverage", reported.coverage, what="whom or what the figure covers"),
    )


def _before(found: _Known, row: MeasurementRow) -> Measurement | None:
    """Give the value that is there for the very period, and refuse a period that overlaps another."""
    span = row.reported.span
    if (other := found.rows.overlapping(span)) is not None:
        days, number = told(other[0]), other[1]
        raise FieldError("first_day", f"Row {number} has a value for {days}, and the two overlap.")
    if span in found.values:
        return found.values[span]
    if (held := found.there.overlapping(span)) is not None:
        raise FieldError("first_day", f"There is a value for {told(held[0])} already, and the two overlap.")
    return None


def _problem(number: int, column: str, refusal: RefusedError) -> Problem:
    said = str(refusal)
    for ending in _LOST:
        said = said.removesuffix(ending)
    return Problem(number, column, said)
