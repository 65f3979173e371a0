"""Undoing what an import did to one row: what it added goes, and what it changed is put back as it was.

Only what still says what the import said is undone. What a person or a later file has changed since stays theirs.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlmodel import Session, SQLModel, col, select

from charter import clock
from charter.imports.grant_sums import take_measurement_away
from charter.previews import refuse_if_in_shared
from charter.rules.refusals import RefusedError
from db.models import (
    AwardedGrant,
    Commentary,
    FileImport,
    ImportedChange,
    Indicator,
    Measurement,
    MeasurementEvidence,
    Organisation,
    RegisterEntry,
    ReplacedMeasurement,
)

_REASON = "An import was taken back"


def restore(session: Session, file_import: FileImport, done: ImportedChange) -> None:
    """Undo one change of an import.

    Raises:
        RefusedError: somebody has changed the row since, or it is needed: the message says which.
    """
    _RESTORERS[done.subject](session, file_import, done)


def _restore_told(session: Session, file_import: FileImport, done: ImportedChange) -> None:
    """Undo a grant, or an entry of the register. One that a later file speaks of stays as that file has it."""
    grant = done.subject == "awarded_grant"
    row = session.get(AwardedGrant, done.subject_id) if grant else session.get(RegisterEntry, done.subject_id)
    if row is None or row.file_import_id != file_import.id:
        return
    before = _before(type(row), done)
    earlier = session.get(FileImport, before["file_import_id"]) if before else None
    if earlier is None or earlier.taken_back_at is not None:
        session.delete(row)
    else:
        for name, value in before.items():
            setattr(row, name, value)
    session.flush()


def _restore_measurement(session: Session, file_import: FileImport, done: ImportedChange) -> None:
    row = session.get(Measurement, done.subject_id)
    if row is None:
        return
    indicator = session.get_one(Indicator, row.indicator_id)
    where = f"{indicator.title}, {row.starts_on} to {row.ends_on}"
    if row.file_import_id != file_import.id:
        raise RefusedError(f"The value of {where} was revised since, so it cannot be taken back. Nothing was changed.")
    before = _before(Measurement, done)
    if not before:
        if _is_cited(session, row.id or 0):
            raise RefusedError(
                f"Somebody wrote about the value of {where}, or cited evidence for it. Revise the value instead. "
                "Nothing was changed."
            )
        take_measurement_away(session, row.id or 0)
        return
    session.add(_replaced(row, file_import))
    for name, value in before.items():
        setattr(row, name, value)
    row.revision, row.reported_at = row.revision + 1, clock.now()
    session.flush()


def _restore_indicator(session: Session, file_import: FileImport, done: ImportedChange) -> None:  # noqa: ARG001
    """Put an indicator back that left the list of those without data when its first value came, where none is left."""
    row = session.get(Indicator, done.subject_id)
    if row is None or session.exec(select(Measurement.id).where(Measurement.indicator_id == row.id)).first():
        return
    row.on_agenda, row.revision, row.changed_at = True, row.revision + 1, clock.now()
    session.flush()


def _restore_organisation(session: Session, file_import: FileImport, done: ImportedChange) -> None:  # noqa: ARG001
    row = session.get(Organisation, done.subject_id)
    if row is None:
        return
    changes = json.loads(done.before) if done.before else {}
    if not changes:
        _take_organisation_away(session, row)
        return
    if all(getattr(row, name) == after for name, (_, after) in changes.items()):
        refuse_if_in_shared(session, organisation_id=row.id or 0)
        for name, value in _before(Organisation, done).items():
            setattr(row, name, value)
        session.flush()


def _take_organisation_away(session: Session, row: Organisation) -> None:
    own = SQLModel.metadata.tables["organisation"]
    for table in SQLModel.metadata.sorted_tables:
        pointing = [key.parent == row.id for key in table.foreign_keys if key.column.table is own]
        if (
            pointing
            and session.execute(sa.select(sa.func.count()).select_from(table).where(sa.or_(*pointing))).scalar()
        ):
            raise RefusedError(
                f"{row.name} came with this file and is in use since. Give it a last day instead. Nothing was changed."
            )
    session.delete(row)
    session.flush()


def _is_cited(session: Session, measurement_id: int) -> bool:
    tables = (Commentary, MeasurementEvidence)
    return any(
        session.exec(select(table.id).where(col(table.measurement_id) == measurement_id)).first() is not None
        for table in tables
    )


def _replaced(row: Measurement, file_import: FileImport) -> ReplacedMeasurement:
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
        reason=f"{_REASON}: {file_import.file_name}.",
        replaced_at=clock.now(),
    )


def _before(table: type[SQLModel], done: ImportedChange) -> Mapping[str, Any]:
    """Give what the changed columns held before, as the row holds them."""
    changes = json.loads(done.before) if done.before else {}
    kinds: Mapping[str, Any] = {name: field.annotation for name, field in table.model_fields.items()}
    return {name: TypeAdapter(kinds[name]).validate_python(before) for name, (before, _) in changes.items()}


_RESTORERS: Mapping[str, Callable[[Session, FileImport, ImportedChange], None]] = {
    "awarded_grant": _restore_told,
    "register_entry": _restore_told,
    "measurement": _restore_measurement,
    "indicator": _restore_indicator,
    "organisation": _restore_organisation,
}
