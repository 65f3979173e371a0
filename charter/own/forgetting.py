"""Forgetting a person, or the people of an organisation. What was counted and published stays as it is."""

from dataclasses import replace

import sqlalchemy as sa
from sqlmodel import Session, col, delete, select, update

from charter import clock
from charter.mail.outbox_folder import take_out
from charter.rules.access import Viewer
from charter.sessions import end_account_sessions
from charter.tokens import digest
from db.models import (
    Account,
    Assistance,
    AuditDetail,
    AuditEntry,
    Champion,
    Deck,
    DeckSlide,
    DirectoryIdentity,
    EarlyAccess,
    Invitation,
    Mail,
    Organisation,
    PasswordLink,
    SelfAssessment,
    SignInAttempt,
)
from db.types import MailState

NAME = "(name removed)"
MAIL_ADDRESS = "removed@removed.invalid"  # a domain that no one can own
_NOT_SENT = "The address was taken away before this was sent."


def forget_account(session: Session, account: Account, *, organisation_id: int) -> None:
    """Make an account nobody's: its name, address, password, sessions, links, decks and what the log says of it go.

    The account itself stays, as do the entries of the audit log, so that the chain of digests is whole.
    """
    key, name, email = account.id or 0, account.name, account.email
    end_account_sessions(session, account_id=key)
    session.exec(delete(PasswordLink).where(col(PasswordLink.account_id) == key))
    session.exec(delete(DirectoryIdentity).where(col(DirectoryIdentity.account_id) == key))
    # What a person arranged for a talk is their own words.
    decks = select(Deck.id).where(Deck.account_id == key)
    session.exec(delete(DeckSlide).where(col(DeckSlide.deck_id).in_(decks)))
    session.exec(delete(Deck).where(col(Deck.account_id) == key))
    session.exec(delete(SignInAttempt).where(col(SignInAttempt.email_digest) == digest(email)))
    take_names_away(session, organisation_id=organisation_id, name=name)
    session.exec(
        delete(Champion).where(
            col(Champion.organisation_id) == organisation_id,
            (sa.func.lower(col(Champion.email)) == email) | (col(Champion.name) == name),
        )
    )
    theirs = col(Mail.invitation_id).in_(invitations_of(organisation_id)) & (sa.func.lower(col(Mail.address)) == email)
    take_addresses_away(session, (col(Mail.account_id) == key) | theirs)
    # A small group's address is often one person's own.
    contact = (col(Organisation.id) == organisation_id) & (sa.func.lower(col(Organisation.email)) == email)
    session.exec(update(Organisation).where(contact).values(email=None))
    # The name of who looked before the others is published with the figures, and stays; the address never was.
    session.exec(update(EarlyAccess).where(col(EarlyAccess.email) == email).values(email=None))
    own = (col(AuditEntry.account_id) == key) | (col(AuditEntry.subject) == f"account {key}")
    erase_details(session, own)
    account.email = f"removed-{key}@removed.invalid"
    account.name = NAME
    account.password_hash, account.password_changed_at = None, None
    account.disabled_at = account.disabled_at or clock.now()
    session.flush()


def invitations_of(organisation_id: int) -> sa.Select[int | None]:
    """Give the query for the keys of an organisation's invitations."""
    return sa.select(col(Invitation.id)).where(col(Invitation.organisation_id) == organisation_id)


def take_names_away(session: Session, *, organisation_id: int, name: str | None = None) -> None:
    """Take a name, or all names, out of what an organisation sent: who declared it, and who was spoken to."""
    own = select(SelfAssessment.id).where(col(SelfAssessment.organisation_id) == organisation_id)
    declared, spoke = col(SelfAssessment.declared_by), col(Assistance.spoke_to)
    session.exec(
        update(SelfAssessment)
        .where(
            col(SelfAssessment.organisation_id) == organisation_id, declared != "" if name is None else declared == name
        )
        .values(declared_by=NAME)
    )
    said = [col(Assistance.self_assessment_id).in_(own)] + ([] if name is None else [spoke == name])
    session.exec(update(Assistance).where(*said).values(spoke_to=NAME))


def take_addresses_away(session: Session, which: sa.ColumnElement[bool]) -> None:
    """Take the address out of e-mails. One that was not sent yet is not sent any more, and its letter goes."""
    unsent = col(Mail.state).in_({MailState.WAITING, MailState.WRITTEN})
    for message_id in session.exec(select(Mail.message_id).where(which, unsent)).all():
        take_out(message_id)
    session.exec(
        update(Mail)
        .where(which, col(Mail.state) == MailState.WAITING)
        .values(state=MailState.FAILED, failure=_NOT_SENT, changed_at=clock.now())
    )
    session.exec(update(Mail).where(which).values(address=MAIL_ADDRESS))


def erase_details(session: Session, entries: sa.ColumnElement[bool]) -> None:
    """Erase what some entries of the audit log say of people. Their digests stay, so that the chain is whole."""
    session.exec(delete(AuditDetail).where(col(AuditDetail.number).in_(select(AuditEntry.number).where(entries))))


def without_address(viewer: Viewer) -> Viewer:
    """Give the same viewer, of whose network address nothing is known."""
    return replace(viewer, address="")
