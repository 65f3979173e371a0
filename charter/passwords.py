"""Passwords: what is taken, how it is kept, and the one-time links by which a person sets one."""

from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import bcrypt
from sqlmodel import Session, col, select

from charter import audit, clock
from charter.attempts import forget_all_attempts
from charter.rules.access import Viewer
from charter.rules.refusals import FieldError, NotFoundError
from charter.sessions import end_account_sessions
from charter.tokens import digest, new_token
from charter.viewers import may_sign_in
from db.models import Account, PasswordLink

SHORTEST = 12  # characters
LONGEST = 72  # bytes: bcrypt takes no more
LINK_LASTS = timedelta(days=3)
_FEWEST_DIFFERENT = 5
_COMMON = Path(__file__).with_name("common_passwords.txt")
_LINK_SPENT = "This link has been used, or is too old. Ask for a new one. Nothing was changed."


def check_password(password: str, *, email: str) -> None:
    """Refuse a password that is too short, too long, or among the first that anyone would try.

    Raises:
        FieldError: the password cannot be taken; the message says why.
    """
    if len(password) < SHORTEST:
        raise FieldError("password", f"Use {SHORTEST} characters or more. Three random words work well.")
    if len(password.encode()) > LONGEST:
        raise FieldError(
            "password", f"That is too long. Use {LONGEST} plain letters or fewer. Emoji and accents need more room."
        )
    if password != password.strip() or not password.isprintable():
        raise FieldError("password", "A password cannot begin or end with a space, or hold hidden characters.")
    if _easily_guessed(password.lower(), email):
        raise FieldError("password", "Too many people use that password. Choose another. Three random words work well.")


def hash_password(password: str) -> str:
    """Give the bcrypt hash of a password that `check_password` has let through."""
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt()).decode()


def issue_password_link(session: Session, *, account: Account) -> str:
    """Make a one-time link's token for an account, and put its earlier links out of use. The caller checks access."""
    take_back_password_links(session, account=account)
    token, now = new_token(), clock.now()
    link = PasswordLink(
        account_id=account.id or 0, token_digest=digest(token), created_at=now, expires_at=now + LINK_LASTS
    )
    session.add(link)
    session.flush()
    return token


def take_back_password_links(session: Session, *, account: Account) -> None:
    """Put every link that sets an account's password out of use. The caller checks access."""
    now = clock.now()
    for link in session.exec(
        select(PasswordLink).where(PasswordLink.account_id == account.id, col(PasswordLink.used_at).is_(None))
    ):
        link.used_at = now


def name_of_password_link(session: Session, *, token: str) -> str:
    """Give the e-mail address of the account whose password this link sets.

    Raises:
        NotFoundError: the link is unknown, used, too old, or its account is disabled.
    """
    return _usable(session, token)[1].email


def set_password(session: Session, *, token: str, password: str, address: str) -> str:
    """Set a password by a one-time link, end every session of the account, and return its e-mail address.

    Raises:
        NotFoundError: the link cannot be used.
        FieldError: the password cannot be taken; the link stays good.
    """
    link, account = _usable(session, token, lock=True)
    check_password(password, email=account.email)
    now = clock.now()
    link.used_at = now
    account.password_hash = hash_password(password)
    account.password_changed_at = now
    end_account_sessions(session, account_id=link.account_id)
    forget_all_attempts(session, email=account.email)
    viewer = Viewer(account_id=account.id, address=address)
    audit.record(session, viewer, act="password_set", subject=f"account {account.id}")
    return account.email


def _usable(session: Session, token: str, *, lock: bool = False) -> tuple[PasswordLink, Account]:
    statement = (
        select(PasswordLink, Account)
        .join(Account, col(PasswordLink.account_id) == col(Account.id))
        .where(PasswordLink.token_digest == digest(token))
    )
    found = session.exec(statement.with_for_update() if lock else statement).one_or_none()
    if found is None or found[0].used_at is not None or found[0].expires_at <= clock.now():
        raise NotFoundError(_LINK_SPENT)
    if not may_sign_in(found[1]):
        raise NotFoundError(_LINK_SPENT)
    return found[0], found[1]


def _easily_guessed(password: str, email: str) -> bool:
    if len(set(password)) < _FEWEST_DIFFERENT or password in _common():
        return True
    return email.lower() in password or password in email.lower()


@lru_cache
def _common() -> frozenset[str]:
    return frozenset(_COMMON.read_text(encoding="utf-8").split())
