"""Signing in: what a password is checked against, and the ticket by which a signed-in page fetches its cookie."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from charter import audit, clock
from charter.attempts import SIGNED_IN, forget_attempts
from charter.rules.access import Invited, Viewer
from charter.rules.refusals import NotFoundError
from charter.sessions import end_session, renew_token, start_account_session
from charter.tokens import digest, new_token
from charter.viewers import may_sign_in
from db.models import Account, AccountSession, Invitation, InvitationLink, SignInTicket

TICKET_LASTS = timedelta(seconds=60)
# The hash of a random password that was thrown away: checking against it takes as long as against a real one.
_NOBODYS_HASH = "$2b$12$lr570X7ftQ9Ntu2i3SSq4.J0WguJ7I7iHBUdB/0cBxwwSeprSnaNe"


class Door(StrEnum):
    """By what somebody signs in."""

    PASSWORD = "password"  # noqa: S105 - no password
    DIRECTORY = "directory"


@dataclass(frozen=True)
class SignedIn:
    """What follows a right password: the session in the store, and the ticket that fetches the browser's cookie."""

    session_id: int
    ticket: str


def hash_to_check(session: Session, *, email: str) -> str:
    """Give the hash that a typed password is checked against. No password fits that of an unknown or shut account."""
    account = session.exec(_by_name(email)).one_or_none()
    if account is None or account.password_hash is None or not may_sign_in(account):
        return _NOBODYS_HASH
    return account.password_hash


def complete_sign_in(session: Session, *, email: str, fitted: str, address: str, token: str = "") -> SignedIn:
    """Begin a session for a name whose password has just been found right.

    Args:
        session: a writing session.
        email: the name as it was typed.
        fitted: the hash that the password was found to fit. To compare takes a moment, in which it may be replaced.
        address: the network address that the person is at.
        token: what the browser's cookie holds, if anything.

    Raises:
        NotFoundError: the account was shut, or its password changed, meanwhile.
    """
    # Held, so that what is changed from now on ends the session that begins here.
    account = session.exec(_by_name(email).with_for_update()).one_or_none()
    if account is None or account.id is None or not may_sign_in(account) or account.password_hash != fitted:
        raise NotFoundError("This account cannot sign in. Nothing was changed.")
    # The right one was counted before it was known to be right.
    failed = forget_attempts(session, email=email, address=address, token=token) - 1
    started = start_account_session(session, account_id=account.id)
    ticket = new_token()
    session.add(
        SignInTicket(
            token_digest=digest(ticket),
            account_session_id=started.session_id,
            expires_at=clock.now() + TICKET_LASTS,
        )
    )
    record_sign_in(session, account=account, address=address, door=Door.PASSWORD, failed_before=failed)
    return SignedIn(started.session_id, ticket)


def record_sign_in(session: Session, *, account: Account, address: str, door: Door, failed_before: int = 0) -> None:
    """Write down that somebody has signed in, by which door, and how many tries of theirs went before it.

    Args:
        session: a writing session.
        account: whose it is.
        address: the network address that they came from.
        door: by what they signed in.
        failed_before: how many wrong passwords there were; only such are told.
    """
    detail: dict[str, object] = {"door": door.value} | ({"failed_before": failed_before} if failed_before > 0 else {})
    viewer = Viewer(account_id=account.id, address=address)
    audit.record(session, viewer, act=SIGNED_IN, subject=f"account {account.id}", detail=detail)


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


def end_own_session(session: Session, *, token: str, address: str) -> None:
    """End the session of a token. A token that nothing is known of ends nothing."""
    ended = end_session(session, token=token)
    if ended is None:
        return
    if ended.account_id is not None:
        viewer, subject = Viewer(account_id=ended.account_id, address=address), f"account {ended.account_id}"
    else:
        link, invitation = session.exec(
            select(InvitationLink, Invitation)
            .join(Invitation, col(Invitation.id) == col(InvitationLink.invitation_id))
            .where(InvitationLink.id == ended.invitation_link_id)
        ).one()
        invited = Invited(link.id or 0, invitation.organisation_id, invitation.period_id)
        viewer, subject = Viewer(invited=invited, address=address), f"invitation {invitation.id}"
    audit.record(session, viewer, act="signed_out", subject=subject)


def _by_name(email: str) -> SelectOfScalar[Account]:
    return select(Account).where(Account.email == email.strip().lower())
