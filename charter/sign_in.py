"""Signing in: what a password is checked against, and the ticket by which a signed-in page fetches its cookie."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from charter import audit, clock
from charter.attempts import forget_attempts
from charter.rules.access import Viewer
from charter.rules.refusals import NotFoundError
from charter.sessions import renew_token, start_account_session
from charter.tokens import digest, new_token
from charter.viewers import may_sign_in
from db.models import Account, AccountSession, SignInTicket

TICKET_LASTS = timedelta(seconds=60)
# An old session's row tells that its browser is known; after this long it tells nothing and goes.
_SESSION_KEPT = timedelta(days=30)
# The hash of a random password that was thrown away: checking against it takes as long as against a real one.
_NOBODYS_HASH = "$2b$12$lr570X7ftQ9Ntu2i3SSq4.J0WguJ7I7iHBUdB/0cBxwwSeprSnaNe"


@dataclass(frozen=True)
class SignedIn:
    """What follows a right password: the session in the store, and the ticket that fetches the browser's cookie."""

    session_id: int
    ticket: str


def hash_to_check(session: Session, *, email: str) -> str:
    """Give the hash that a typed password is checked against. No password fits that of an unknown or shut account."""
    account = _account(session, email)
    if account is None or account.password_hash is None or not may_sign_in(account):
        return _NOBODYS_HASH
    return account.password_hash


def complete_sign_in(session: Session, *, email: str, address: str) -> SignedIn:
    """Begin a session for a name whose password has just been found right.

    Raises:
        NotFoundError: the account was shut meanwhile.
    """
    account = _account(session, email)
    if account is None or account.id is None or not may_sign_in(account):
        raise NotFoundError("This account cannot sign in. Nothing was changed.")
    _clear_away(session)
    forget_attempts(session, email=email, address=address)
    started = start_account_session(session, account_id=account.id)
    ticket = new_token()
    session.add(
        SignInTicket(
            token_digest=digest(ticket),
            account_session_id=started.session_id,
            expires_at=clock.now() + TICKET_LASTS,
        )
    )
    viewer = Viewer(account_id=account.id, address=address)
    audit.record(session, viewer, act="signed_in", subject=f"account {account.id}")
    return SignedIn(started.session_id, ticket)


def use_ticket(session: Session, *, ticket: str) -> str:
    """Take a ticket, once, and return the token that the browser's cookie is to hold.

    Raises:
        NotFoundError: the ticket is unknown, too old, or used, or its session has ended.
    """
    now = clock.now()
    taken = session.exec(
        update(SignInTicket)
        .where(
            col(SignInTicket.token_digest) == digest(ticket),
            col(SignInTicket.used_at).is_(None),
            col(SignInTicket.expires_at) > now,
        )
        .values(used_at=now)
        .returning(col(SignInTicket.account_session_id))
    ).scalar_one_or_none()
    row = session.get(AccountSession, taken) if taken is not None else None
    if row is None or row.id is None or row.revoked_at is not None:
        raise NotFoundError("This ticket cannot be used.")
    return renew_token(session, session_id=row.id)


def _account(session: Session, email: str) -> Account | None:
    return session.exec(select(Account).where(Account.email == email.strip().lower())).one_or_none()


def _clear_away(session: Session) -> None:
    """Delete tickets that are too old to be used, and sessions that ended long ago."""
    now = clock.now()
    session.exec(delete(SignInTicket).where(col(SignInTicket.expires_at) < now))
    session.exec(delete(AccountSession).where(col(AccountSession.expires_at) < now - _SESSION_KEPT))
