"""Accounts, sessions and links in the store of a running server."""

import secrets
from datetime import timedelta

from sqlmodel import select

from charter import clock
from charter.links import issue_link
from charter.passwords import hash_password
from charter.rules.access import OPERATOR
from charter.sessions import Started, start_account_session
from charter.sign_in import SignedIn
from db.engine import Store
from db.models import Account, Invitation, Period
from db.types import PeriodState, Role
from tests import factories
from tests.signing_in import by_password

PASSWORD = "three random words"


def person(store: Store, *, role: Role = Role.COORDINATOR, password: str = "", name: str = "A person") -> str:
    """Make an account with a role, and give its e-mail address."""
    with store.writing() as session:
        email = f"person{secrets.token_hex(6)}@example.org"
        hashed = hash_password(password) if password else None
        account_id = factories.account(session, email=email, name=name, password_hash=hashed)
        factories.grant(session, account_id=account_id, role=role)
        return email


def ticket_for(store: Store, email: str) -> SignedIn:
    """Do what a page does when a password was right."""
    with store.writing() as session:
        return by_password(session, email=email)


def session_of(store: Store, email: str) -> Started:
    """Give a session of an account, as if its browser had been signed in."""
    with store.writing() as session:
        account_id = session.exec(select(Account.id).where(Account.email == email)).one()
        return start_account_session(session, account_id=account_id or 0)


def link_to(store: Store, *, organisation: str = "Grays Gardeners") -> tuple[str, int]:
    """Invite a group to a period that is open, and give its link's token and the invitation's number."""
    with store.writing() as session:
        today = clock.today()
        period_id = factories.period(session, title="Review", opens_on=today, closes_on=today + timedelta(days=9))
        organisation_id = factories.organisation(session, name=organisation)
        invitation_id = factories.invitation(session, period_id=period_id, organisation_id=organisation_id)
        return issue_link(session, viewer=OPERATOR, invitation_id=invitation_id), invitation_id


def close_period_of(store: Store, invitation_id: int) -> None:
    """Close the period that an invitation is to."""
    with store.writing() as session:
        period_id = session.get_one(Invitation, invitation_id).period_id
        session.get_one(Period, period_id).state = PeriodState.CLOSED
