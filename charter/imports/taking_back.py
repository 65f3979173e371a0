"""Taking an import back: all that it did is undone, from the last to the first, or nothing is."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.imports.grant_sums import keep_sums
from charter.imports.ledger import LOCK
from charter.imports.listing import require_own
from charter.imports.restoring import restore, restore_values
from charter.outcomes.held import require_owner
from charter.outcomes.typed_values import words
from charter.previews import hold_reviews
from charter.rules.access import Viewer
from charter.rules.refusals import NotFoundError, RefusedError
from db.locks import take_turns
from db.models import FileImport, ImportedChange, Indicator, Measurement
from db.types import ImportKind

_VALUE = "measurement"


def take_back(session: Session, *, viewer: Viewer, ref: str, reason: str) -> str:
    """Take an import back, and give the name of its file. The import stays in the list, marked as taken back.

    Args:
        session: a writing session.
        viewer: for grants and the register a coordinator or the operator; for measurements also who brought them.
        ref: the import's reference.
        reason: why, up to 500 letters, for the log.

    Raises:
        NotFoundError: there is no such import.
        NotAllowedError: it is not the viewer's to take back.
        FieldError: the reason is missing or too long.
        RefusedError: it was taken back before, or what it brought was changed since or is in use. Nothing was changed.
    """
    row = session.exec(select(FileImport).where(FileImport.ref == ref)).first()
    if row is None:
        raise NotFoundError("There is no such import. Nothing was changed.")
    require_own(viewer, row)
    why = words("reason", reason, what="why it is taken back", limit=500)
    hold_reviews(session)
    take_turns(session, LOCK)
    session.refresh(row)
    if row.taken_back_at is not None:
        raise RefusedError("This import was taken back already. Nothing was changed.")
    row.taken_back_at = clock.now()
    session.flush()
    changes = session.exec(
        select(ImportedChange)
        .where(ImportedChange.file_import_id == row.id)
        .order_by(col(ImportedChange.number).desc())
    ).all()
    values = [done for done in changes if done.subject == _VALUE]
    _require_owner(session, viewer, values)
    restore_values(session, row, values)
    for done in changes:
        if done.subject != _VALUE:
            restore(session, row, done)
    if row.kind is ImportKind.GRANTS:
        keep_sums(session, viewer=viewer, made_up=row.made_up, file_import_id=None)
    detail = {"file": row.file_name, "reason": why}
    audit.record(session, viewer, act="import_taken_back", subject=f"import {row.ref}", detail=detail)
    return row.file_name


def _require_owner(session: Session, viewer: Viewer, values: Sequence[ImportedChange]) -> None:
    """Refuse to take back measurements of an organisation for which the viewer does not report any more."""
    owners = (
        select(Indicator.organisation_id)
        .join(Measurement, col(Measurement.indicator_id) == col(Indicator.id))
        .where(col(Measurement.id).in_([done.subject_id for done in values]))
        .distinct()
    )
    for owner in session.exec(owners).all():
        require_owner(session, viewer=viewer, organisation_id=owner)
