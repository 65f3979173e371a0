"""Signing in by a password that is right, as the form does once it has been looked at."""

from sqlmodel import Session, select

from charter.sign_in import SignedIn, complete_sign_in
from db.models import Account


def by_password(session: Session, *, email: str, address: str = "", token: str = "") -> SignedIn:
    """Sign in whoever has an account, from a place, in a browser. Who has no password yet gets one."""
    account = session.exec(select(Account).where(Account.email == email)).one()
    account.password_hash = account.password_hash or "what a password of theirs fits"
    return complete_sign_in(session, email=email, fitted=account.password_hash, address=address, token=token)
