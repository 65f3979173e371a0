"""The charters that an organisation signed, and leaving one. Nothing that was published changes by it."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from charter import audit, clock
from charter.drafting import require_lead
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError, NotFoundError, RefusedError
from charter.typed import clean_text
from db.models import Charter, Organisation, Signatory

REASON_LIMIT = 300  # letters


@dataclass(frozen=True)
class Signed:
    """A charter that an organisation signed.

    Attributes:
        through: the organisation that signed on its behalf; empty where it signed itself.
        left_on: the day on which it left, or None.
    """

    charter_ref: str
    charter_title: str
    signed_on: date
    through: str
    left_on: date | None
    left_reason: str


def list_signed(session: Session, *, viewer: Viewer, organisation_id: int) -> tuple[Signed, ...]:
    """Read the charters that an organisation signed, those that it left among them, the newest first.

    Raises:
        NotAllowedError: the organisation is not the viewer's.
    """
    require(viewer, Act.READ_OWN, organisation_id=organisation_id)
    through = aliased(Organisation)
    rows = session.execute(
        sa.select(Signatory, Charter, col(through.name))
        .join(Charter, col(Charter.id) == col(Signatory.charter_id))
        .outerjoin(through, col(through.id) == col(Signatory.through_id))
        .where(col(Signatory.organisation_id) == organisation_id)
        .order_by(col(Signatory.signed_on).desc(), col(Charter.id))
    )
    return tuple(
        Signed(charter.ref, charter.title, row.signed_on, name or "", row.left_on, row.left_reason or "")
        for row, charter, name in rows
    )


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
    words = clean_text(reason)
    if len(words) > REASON_LIMIT:
        raise FieldError("reason", f"A reason can have up to {REASON_LIMIT} letters. Yours has {len(words):,}.")
    row = session.exec(
        select(Signatory)
        .join(Charter, col(Charter.id) == col(Signatory.charter_id))
        .where(Charter.ref == charter_ref, Signatory.organisation_id == organisation_id)
        .with_for_update(of=Signatory)
    ).first()
    if row is None:
        raise NotFoundError("Your organisation did not sign this charter. Nothing was changed.")
    if row.left_on is not None:
        raise RefusedError(f"Your organisation left on {clock.day_in_words(row.left_on)} already. Nothing was changed.")
    row.left_on, row.left_reason = clock.today(), words or None
    ref = session.get_one(Organisation, organisation_id).ref
    # The reason is the organisation's own words, and stays out of the log.
    audit.record(session, viewer, act="charter_left", subject=f"organisation {ref}", detail={"charter": charter_ref})
    return row.left_on
