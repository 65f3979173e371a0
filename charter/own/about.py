"""Which entries of the audit log are about an organisation."""

import sqlalchemy as sa
from sqlmodel import Session, col, select

from charter.own.data_concerns import refs_of_concerns
from charter.own.people import people_with_addresses
from db.models import Action, AuditEntry, Evidence, Invitation, Organisation, SelfAssessment

_BY_LINK = ("invitation link", "anyone")  # who acted without an account


def entries_about(session: Session, *, organisation_id: int) -> sa.ColumnElement[bool]:
    """Give the condition for entries about an organisation: itself, its people, and what is its own.

    Of people whose account is used elsewhere too, nothing is about this organisation but what they did to the rest.
    """
    return col(AuditEntry.subject).in_(_subjects(session, organisation_id))


def entries_by_own_people(session: Session, *, organisation_id: int) -> sa.ColumnElement[bool]:
    """Give the condition for those of them that the organisation's own people made, signed in or by their link."""
    people = [person.account_id for person in people_with_addresses(session, organisation_id)]
    own = col(AuditEntry.account_id).in_(people) | col(AuditEntry.actor).in_(_BY_LINK)
    return entries_about(session, organisation_id=organisation_id) & own


def _subjects(session: Session, organisation_id: int) -> list[str]:
    ref = session.exec(select(Organisation.ref).where(Organisation.id == organisation_id)).one()
    forms = session.exec(select(SelfAssessment.ref).where(SelfAssessment.organisation_id == organisation_id))
    invitations = session.exec(select(Invitation.id).where(Invitation.organisation_id == organisation_id))
    evidence = session.exec(select(Evidence.id).where(Evidence.organisation_id == organisation_id))
    actions = session.exec(select(Action.ref).where(Action.organisation_id == organisation_id))
    people = people_with_addresses(session, organisation_id)
    return [
        f"organisation {ref}",
        *(f"self_assessment {form}" for form in forms),
        *(f"invitation {invitation}" for invitation in invitations),
        *(f"evidence {item}" for item in evidence),
        *(f"action {action}" for action in actions),
        *(f"concern {concern}" for concern in refs_of_concerns(session, organisation_id)),
        *(f"account {person.account_id}" for person in people if not person.elsewhere),
    ]
