"""Undoing what an import did to one row: what it added goes, and what it changed is put back as it was.

Only what still says what the import said is undone. What a person or a later file has changed since stays theirs.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlmodel import Session, SQLModel, col, select

from charter import clock
from charter.imports.ledger import change
from charter.imports.values import replaced, take_values_away
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
)

_NOTHING = "Nothing was changed."


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
    before = _before_all(session, type(row), done)
    for name, value in before.items():
        setattr(row, name, value)
    if not before:
        session.delete(row)
    session.flush()


def _before_all(session: Session, table: type[SQLModel], done: ImportedChange) -> Mapping[str, Any]:
    """Give what a row's columns held when the last file that still counts had spoken of it; empty where none does."""
    found: dict[str, Any] = {}
    step: ImportedChange | None = done
    while step is not None and (before := _before(table, step)):
        found |= before
        earlier = session.get_one(FileImport, before.get("file_import_id", step.file_import_id))
        if earlier.taken_back_at is None:
            return found
        # That file was taken back and left the row alone, as a later one spoke of it: what it did is undone here too.
        step = session.exec(
            select(ImportedChange)
            .where(
                ImportedChange.file_import_id == earlier.id,
                ImportedChange.subject == done.subject,
                ImportedChange.subject_id == done.subject_id,
                col(ImportedChange.id) < step.id,
            )
            .order_by(col(ImportedChange.id).desc())
        ).first()
    return {}


def restore_values(session: Session, file_import: FileImport, changes: Sequence[ImportedChange]) -> None:
    """Undo what an import did to measurements: new ones go, and revised ones say what they said before.

    Raises:
        RefusedError: one was revised since, or somebody wrote about a new one: the message says which.
    """
    keys = [done.subject_id for done in changes]
    rows = {row.id: row for row in session.exec(select(Measurement).where(col(Measurement.id).in_(keys)))}
    cited = _cited(session, keys)
    new = []
    for done in changes:
        row = rows.get(done.subject_id)
        if row is None:
            continue
        if row.file_import_id != file_import.id:
            raise RefusedError(f"{_told(session, row)} was revised since, so it cannot be taken back. {_NOTHING}")
        before = _before(Measurement, done)
        if before:
            session.add(replaced(row, f"An import was taken back: {file_import.file_name}."))
            change(row, before)
            row.revision, row.reported_at = row.revision + 1, clock.now()
        elif row.id in cited:
            why = "Somebody wrote about it, or cited evidence for it"
            raise RefusedError(f"{_told(session, row)} cannot be taken back. {why}: revise it instead. {_NOTHING}")
        else:
            new.append(done.subject_id)
    session.flush()
    if new:
        take_values_away(session, new)


def _told(session: Session, row: Measurement) -> str:
    title = session.get_one(Indicator, row.indicator_id).title
    return f"The value of {title}, {row.starts_on} to {row.ends_on},"


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


def _cited(session: Session, keys: Collection[int]) -> set[int]:
    """Give the measurements that somebody wrote about, or cited evidence for."""
    found: set[int] = set()
    for table in (Commentary, MeasurementEvidence):
        found |= set(session.exec(select(table.measurement_id).where(col(table.measurement_id).in_(keys))))
    return found


def _before(table: type[SQLModel], done: ImportedChange) -> Mapping[str, Any]:
    """Give what the changed columns held before, as the row holds them."""
    changes = json.loads(done.before) if done.before else {}
    kinds: Mapping[str, Any] = {name: field.annotation for name, field in table.model_fields.items()}
    return {name: TypeAdapter(kinds[name]).validate_python(before) for name, (before, _) in changes.items()}


_RESTORERS: Mapping[str, Callable[[Session, FileImport, ImportedChange], None]] = {
    "awarded_grant": _restore_told,
    "register_entry": _restore_told,
    "indicator": _restore_indicator,
    "organisation": _restore_organisation,
}
