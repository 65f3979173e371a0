"""What is known of an organisation's signatures, and ending one: for the organisation itself and for the coordinator.

Who may is asked by the verbs that call this: `charter/own/leaving.py` and `charter/organisations/signing.py`.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.rules.access import Viewer
from db.models import Charter, Organisation, Signatory

REASON_LIMIT = 300  # letters


@dataclass(frozen=True)
class Signed:
    """A charter that an organisation has signed, or has not.

    Attributes:
        signed_on: the day on which it was signed, or None.
        through: the name of the organisation that signed on its behalf; empty where it signed itself.
        left_on: the day on which it left, or None.
    """

    charter_ref: str
    charter_title: str
    signed_on: date | None = None
    through: str = ""
    left_on: date | None = None
    left_reason: str = ""

    @property
    def is_signatory(self) -> bool:
        """Whether it has signed and not left."""
        return self.signed_on is not None and self.left_on is None

    @property
    def signed_in_words(self) -> str:
        """The day of signing, in words; empty where it has not signed."""
        return clock.day_in_words(self.signed_on) if self.signed_on else ""


def read_signed(session: Session, *, organisation_id: int) -> tuple[Signed, ...]:
    """Read every charter and whether an organisation has signed it, the newest charter first."""
    rows = session.exec(
        select(Charter, Signatory, Organisation.name)
        .outerjoin(
            Signatory,
            (col(Signatory.charter_id) == col(Charter.id)) & (col(Signatory.organisation_id) == organisation_id),
        )
        .outerjoin(Organisation, col(Organisation.id) == col(Signatory.through_id))
        .order_by(col(Charter.adopted_on).desc(), col(Charter.id))
    )
    return tuple(
        Signed(charter.ref, charter.title, row.signed_on, through or "", row.left_on, row.left_reason or "")
        if row is not None
        else Signed(charter.ref, charter.title)
        for charter, row, through in rows
    )


def held_signature(session: Session, *, organisation_id: int, charter_ref: str) -> Signatory | None:
    """Read the row of a signature for a change, and hold it; None where the organisation never signed."""
    return session.exec(
        select(Signatory)
        .join(Charter, col(Charter.id) == col(Signatory.charter_id))
        .where(Charter.ref == charter_ref, Signatory.organisation_id == organisation_id)
        .with_for_update(of=Signatory)
    ).one_or_none()


def end_signature(session: Session, row: Signatory, *, viewer: Viewer, left_on: date, reason: str) -> None:
    """Write down that an organisation left. The reason is its own words, and stays out of the log.

    Args:
        session: a writing session.
        row: the signature, held.
        viewer: who writes it down.
        left_on: the day on which it left.
        reason: why, in up to 300 letters; empty where it was not said.
    """
    changed = audit.changes({"left_on": row.left_on}, {"left_on": left_on})
    row.left_on, row.left_reason = left_on, reason or None
    organisation = session.get_one(Organisation, row.organisation_id)
    charter = session.get_one(Charter, row.charter_id)
    detail = {"charter": charter.ref, **changed}
    audit.record(session, viewer, act="charter_left", subject=f"organisation {organisation.ref}", detail=detail)
