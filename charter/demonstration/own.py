"""What the demonstration's group has of its own: it signed the charter, so that its page shows how one leaves."""

from datetime import date

from sqlmodel import Session, col, select

from db.models import Account, AccountGrant, Charter, Organisation, Signatory
from db.types import VCFSE_KINDS, Role


def add_own(session: Session, *, charter_ref: str, signed_on: date) -> None:
    """Let the groups that the demonstration's accounts answer for sign the charter.

    Args:
        session: a writing session, in which the accounts are.
        charter_ref: the charter.
        signed_on: the day on which they signed.
    """
    charter_id = session.exec(select(Charter.id).where(Charter.ref == charter_ref)).one() or 0
    groups = session.exec(
        select(AccountGrant.organisation_id)
        .join(Account, col(Account.id) == col(AccountGrant.account_id))
        .join(Organisation, col(Organisation.id) == col(AccountGrant.organisation_id))
        .where(col(Account.made_up), AccountGrant.role == Role.PARTNER, col(Organisation.kind).in_(VCFSE_KINDS))
        .distinct()
    ).all()
    session.add_all(
        Signatory(charter_id=charter_id, organisation_id=group, signed_on=signed_on)
        for group in groups
        if group is not None
    )
    session.flush()
