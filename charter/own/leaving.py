"""The charters that an organisation signed, and leaving one. Nothing that was published changes by it."""

from datetime import date

from sqlmodel import Session

from charter import clock
from charter.drafting import require_lead
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError, NotFoundError, RefusedError
from charter.signatures import REASON_LIMIT, Signed, end_signature, held_signature, read_signed
from charter.typed import clean_text


def list_signed(session: Session, *, viewer: Viewer, organisation_id: int) -> tuple[Signed, ...]:
    """Read the charters that an organisation signed, those that it left among them, the last signed first.

    Raises:
        NotAllowedError: the organisation is not the viewer's.
    """
    require(viewer, Act.READ_OWN, organisation_id=organisation_id)
    signed = [one for one in read_signed(session, organisation_id=organisation_id) if one.signed_on]
    return tuple(sorted(signed, key=lambda one: one.signed_on or date.min, reverse=True))


def leave_charter(
    session: Session, *, viewer: Viewer, organisation_id: int, charter_ref: str, reason: str = ""
) -> date:
    """Leave a charter from today on, and give the day.

    Args:
        session: a writing session.
        viewer: who asks; for a public body, one of its leads.
        organisation_id: who leaves.
        charter_ref: the charter.
        reason: why, up to 300 letters; it may be left out.

    Raises:
        NotAllowedError: the organisation is not the viewer's.
        RefusedError: the viewer drafts a part of its answers only, or it has left already.
        FieldError: the reason is too long.
        NotFoundError: the organisation did not sign this charter.
    """
    require(viewer, Act.LEAVE_CHARTER, organisation_id=organisation_id)
    require_lead(session, viewer=viewer, organisation_id=organisation_id)
    why = clean_text(reason)
    if len(why) > REASON_LIMIT:
        raise FieldError("reason", f"A reason can have up to {REASON_LIMIT} letters. Yours has {len(why):,}.")
    row = held_signature(session, organisation_id=organisation_id, charter_ref=charter_ref)
    if row is None:
        raise NotFoundError("Your organisation did not sign this charter. Nothing was changed.")
    if row.left_on is not None:
        raise RefusedError(f"Your organisation left on {clock.day_in_words(row.left_on)} already. Nothing was changed.")
    today = clock.today()
    end_signature(session, row, viewer=viewer, left_on=today, reason=why)
    return today
