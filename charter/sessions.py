"""Sessions: a browser that is signed in, by account or by link. Only a digest of its token is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from charter import clock
from charter.settings import settings
from charter.tokens import digest, new_token
from db.models import AccountSession

COOKIE = "charter_session"  # the browser's name for its token, on a site without https
IDLE_LIMIT = timedelta(hours=2)
LONGEST = timedelta(hours=12)


@dataclass(frozen=True)
class Started:
    """A session that has begun: its number in the store, and the token for the browser's cookie."""

    session_id: int
    token: str


def cookie_name(name: str = COOKIE) -> str:
    """Give the browser's name for its token, or for another cookie of ours.

    Behind https it begins with `__Host-`: a browser then takes it from this host alone, and only over https, so that
    neither another site of the same domain nor anybody on the way can put one of theirs in its place.
    """
    return f"__Host-{name}" if settings().site_address.startswith("https://") else name


def start_account_session(session: Session, *, account_id: int) -> Started:
    """Begin a session of an account. It ends after `LONGEST`, or after `IDLE_LIMIT` without a sight of it."""
    return _start(session, expires_at=clock.now() + LONGEST, account_id=account_id)


def start_link_session(session: Session, *, link_id: int, until: datetime) -> Started:
    """Begin a session of an invitation link, which lasts until the period closes."""
    return _start(session, expires_at=until, invitation_link_id=link_id)


def renew_token(session: Session, *, session_id: int) -> str:
    """Give a session a new token in place of its old one, and return it."""
    token = new_token()
    session.exec(update(AccountSession).where(col(AccountSession.id) == session_id).values(token_digest=digest(token)))
    return token


def end_session(session: Session, *, token: str) -> AccountSession | None:
    """End the session of a token, and give its row. A token of which nothing is known ends nothing."""
    found = session.exec(
        select(AccountSession).where(
            AccountSession.token_digest == digest(token), col(AccountSession.revoked_at).is_(None)
        )
    ).one_or_none()
    if found is not None:
        found.revoked_at = clock.now()
        session.flush()
    return found


def end_account_sessions(session: Session, *, account_id: int) -> None:
    """End every session of an account, on every device."""
    _revoke(session, col(AccountSession.account_id) == account_id)


def account_of_token(session: Session, *, token: str) -> int | None:
    """Tell whose browser holds this token, though its session be over: it shows that the browser is known."""
    if not token:
        return None
    return session.exec(
        select(AccountSession.account_id).where(AccountSession.token_digest == digest(token))
    ).one_or_none()


def _start(
    session: Session, *, expires_at: datetime, account_id: int | None = None, invitation_link_id: int | None = None
) -> Started:
    token, now = new_token(), clock.now()
    row = AccountSession(
        token_digest=digest(token),
        account_id=account_id,
        invitation_link_id=invitation_link_id,
        created_at=now,
        last_seen_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    if row.id is None:
        raise RuntimeError("the store gave the session no number")
    return Started(row.id, token)


def _revoke(session: Session, which: Any) -> None:  # noqa: ANN401 - SQLAlchemy types conditions so
    live = col(AccountSession.revoked_at).is_(None)
    session.exec(update(AccountSession).where(which, live).values(revoked_at=clock.now()))
