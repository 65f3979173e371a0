"""Many measurements at once: kept, revised and taken away, each with what it replaces, in a few statements.

What one person reports goes through `charter/outcomes/measuring.py`, value by value. A file of a thousand values would
hold the store for half a minute that way.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import Session, col, delete, select

from charter import clock
from charter.imports.ledger import Done, change, write_down
from charter.outcomes.measuring import Reported
from charter.rules.access import Viewer
from charter.rules.outcomes import Span
from charter.sources.measurement_rows import MeasurementRow
from db.models import (
    Commentary,
    FileImport,
    Indicator,
    Measurement,
    MeasurementEvidence,
    ReplacedMeasurement,
)

# What an import changes of a value that is there, and what taking it back puts back.
_KEPT = ("value", "qualifier", "finality", "source", "coverage", "file_import_id", "account_id")
_BESIDE = (Commentary, ReplacedMeasurement, MeasurementEvidence)


def keep_values(
    session: Session,
    *,
    viewer: Viewer,
    file_import: FileImport,
    new: Sequence[MeasurementRow],
    revised: Sequence[MeasurementRow],
) -> None:
    """Keep the values of a file that was checked, and write down what each did. The caller has asked for access.

    Args:
        session: a writing session.
        viewer: who reports.
        file_import: the import.
        new: values of periods that have none.
        revised: values that take the place of those of the same periods.
    """
    refs = {row.indicator_ref for row in (*new, *revised)}
    indicators = {row.ref: row for row in session.exec(select(Indicator).where(col(Indicator.ref).in_(refs)))}
    now = clock.now()
    done: list[Done] = [
        (row, change(row, {"on_agenda": False, "revision": row.revision + 1, "changed_at": now}))
        for row in indicators.values()
        if row.on_agenda
    ]
    added = [
        Measurement(
            indicator_id=indicators[each.indicator_ref].id or 0,
            starts_on=each.reported.span.starts_on,
            ends_on=each.reported.span.ends_on,
            **_columns(viewer, file_import, each.reported),
            reported_at=now,
        )
        for each in new
    ]
    session.add_all(added)
    session.flush()
    done += [(row, None) for row in added]
    there = _there(session, {row.id or 0 for row in indicators.values()})
    for each in revised:
        span = each.reported.span
        row = there[indicators[each.indicator_ref].id or 0, span.starts_on, span.ends_on]
        session.add(replaced(row, f"A file was taken in: {file_import.file_name}."))
        done.append((row, change(row, _columns(viewer, file_import, each.reported))))
        row.revision, row.reported_at = row.revision + 1, now
    session.flush()
    write_down(session, file_import, *done)


def reported_of(row: Measurement) -> Reported:
    """Give a value as it was reported."""
    span = Span(row.starts_on, row.ends_on)
    return Reported(span, row.value, row.source, row.coverage, row.qualifier, row.finality)


def replaced(row: Measurement, reason: str) -> ReplacedMeasurement:
    """Give a value as it is kept when another takes its place."""
    return ReplacedMeasurement(
        measurement_id=row.id or 0,
        revision=row.revision,
        reported_at=row.reported_at,
        reason=reason,
        replaced_at=clock.now(),
        **{name: getattr(row, name) for name in _KEPT},
    )


def take_values_away(session: Session, keys: Collection[int]) -> None:
    """Remove measurements that an import brought, with all that stands beside them."""
    for table in _BESIDE:
        session.exec(delete(table).where(col(table.measurement_id).in_(keys)))
    session.exec(delete(Measurement).where(col(Measurement.id).in_(keys)))
    session.flush()


def _columns(viewer: Viewer, file_import: FileImport, reported: Reported) -> dict[str, Any]:
    return {
        "value": reported.value,
        "qualifier": reported.qualifier,
        "finality": reported.finality,
        "source": reported.source,
        "coverage": reported.coverage,
        "file_import_id": file_import.id,
        "account_id": viewer.account_id,
    }


def _there(session: Session, indicators: Collection[int]) -> dict[tuple[int, Any, Any], Measurement]:
    rows = session.exec(select(Measurement).where(col(Measurement.indicator_id).in_(indicators)))
    return {(row.indicator_id, row.starts_on, row.ends_on): row for row in rows}
