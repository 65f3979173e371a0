"""Who signed which charter, as the coordinator writes it down: by itself, or through another; and who left it."""

from datetime import date

from sqlmodel import Session, select

from charter import audit, clock
from charter.organisations.keeping import locked
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError, NotFoundError, RefusedError
from charter.signatures import REASON_LIMIT as REASON_LIMIT  # of the reason that `leave` takes
from charter.signatures import Signed as Signed  # what `list_signed` gives
from charter.signatures import end_signature, held_signature, read_signed
from charter.typed import clean_text
from db.models import Charter, Organisation, Signatory


def list_signed(session: Session, *, viewer: Viewer, organisation_id: int) -> tuple[Signed, ...]:
    """Read every charter and whether an organisation has signed it, the newest charter first.

    Raises:
        NotAllowedError: the viewer may not keep the list.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    return read_signed(session, organisation_id=organisation_id)


def sign(
    session: Session,
    *,
    viewer: Viewer,
    organisation_id: int,
    charter_ref: str,
    signed_on: date,
    through_id: int | None = None,
) -> None:
    """Write down that an organisation signed a charter. One that left it may sign it again.

    Args:
        session: a writing session.
        viewer: a coordinator or the operator.
        organisation_id: who is bound by it.
        charter_ref: the charter.
        signed_on: the day of signing; not in the future.
        through_id: the organisation that signed on its behalf, or None where it signed itself.

    Raises:
        NotAllowedError: the viewer may not keep the list.
        NotFoundError: there is no such organisation or charter.
        RefusedError: it has signed already, or was merged into another one.
        FieldError: the day or the other organisation cannot be taken.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    organisation = locked(session, organisation_id)
    charter = _charter(session, charter_ref)
    _check_signing(session, organisation_id, signed_on, through_id)
    row = held_signature(session, organisation_id=organisation_id, charter_ref=charter_ref)
    if row is None:
        row = Signatory(charter_id=charter.id or 0, organisation_id=organisation_id, signed_on=signed_on)
    elif row.left_on is None:
        raise RefusedError(f"It signed {charter.title} already. Nothing was changed.")
    before = {"signed_on": row.signed_on, "through": row.through_id, "left_on": row.left_on} if row.id else {}
    row.signed_on, row.through_id, row.left_on, row.left_reason = signed_on, through_id, None, None
    session.add(row)
    session.flush()
    after = {"signed_on": signed_on, "through": through_id, "left_on": None}
    detail = {"charter": charter_ref, **audit.changes(before, after)}
    audit.record(session, viewer, act="charter_signed", subject=f"organisation {organisation.ref}", detail=detail)


def leave(
    session: Session, *, viewer: Viewer, organisation_id: int, charter_ref: str, left_on: date, reason: str
) -> None:
    """Write down that an organisation left a charter. What it answered and what was published stays.

    Raises:
        NotAllowedError: the viewer may not keep the list.
        NotFoundError: there is no such organisation or charter.
        RefusedError: it is no signatory, or was merged into another organisation.
        FieldError: the reason or the day cannot be taken.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    locked(session, organisation_id)
    charter = _charter(session, charter_ref)
    why = clean_text(reason)
    if not 0 < len(why) <= REASON_LIMIT:
        raise FieldError("reason", f"Say in up to {REASON_LIMIT} letters why it leaves. Nothing was changed.")
    row = held_signature(session, organisation_id=organisation_id, charter_ref=charter_ref)
    if row is None or row.left_on is not None:
        raise RefusedError(f"It is no signatory of {charter.title}. Nothing was changed.")
    if not row.signed_on <= left_on <= clock.today():
        raise FieldError("left_on", "Choose a day from the day of signing until today. Nothing was changed.")
    end_signature(session, row, viewer=viewer, left_on=left_on, reason=why)


def _check_signing(session: Session, organisation_id: int, signed_on: date, through_id: int | None) -> None:
    if signed_on > clock.today():
        raise FieldError("signed_on", "That day has not come yet. Nothing was changed.")
    if through_id is not None and (through_id == organisation_id or session.get(Organisation, through_id) is None):
        raise FieldError("through_id", "Choose another organisation of the list. Nothing was changed.")


def _charter(session: Session, ref: str) -> Charter:
    found = session.exec(select(Charter).where(Charter.ref == ref)).one_or_none()
    if found is None:
        raise NotFoundError(f"There is no charter {ref}. Nothing was changed.")
    return found
