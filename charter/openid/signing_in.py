"""Whose account it is that the directory speaks of, and its session.

Nobody gets an account by the directory: an administrator has made it before. The first time, it is found by the e-mail
address, which the directory must have made sure of, and bound to the subject; from then on the subject alone decides.
So a changed address moves no account, and whoever is given somebody's old address does not come by their account.

An account stays bound when it is shut and opened again, as its password stays. Whoever is let in anew
(`charter.accounts.reset_account`) begins anew: the account is bound to nobody, and its password is gone.
"""

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.openid.claims import Identity
from charter.rules.access import Viewer
from charter.rules.refusals import NotFoundError
from charter.sessions import start_account_session
from charter.sign_in import Door, record_sign_in
from charter.viewers import may_sign_in
from db.models import Account, DirectoryIdentity


def sign_in_by_directory(session: Session, *, identity: Identity, address: str) -> str:
    """Begin a session of the account that goes with somebody in the directory, and give the token for the cookie.

    Args:
        session: a writing session.
        identity: who it is, as the directory has signed it.
        address: the network address that the browser is at.

    Raises:
        NotFoundError: no account goes with them that can sign in. Which of the reasons it is, is told to nobody.
    """
    account = _bound(session, identity) or _bind(session, identity, address)
    if account is None or not may_sign_in(account):
        raise NotFoundError("No account that can sign in goes with this. Nothing was changed.")
    started = start_account_session(session, account_id=account.id or 0)
    record_sign_in(session, account=account, address=address, door=Door.DIRECTORY)
    return started.token


def _bound(session: Session, identity: Identity) -> Account | None:
    return session.exec(
        select(Account)
        .join(DirectoryIdentity, col(DirectoryIdentity.account_id) == col(Account.id))
        .where(DirectoryIdentity.issuer == identity.issuer, DirectoryIdentity.subject == identity.subject)
        # Held, so that what shuts the account from now on ends the session that begins here.
        .with_for_update(of=Account)
    ).one_or_none()


def _bind(session: Session, identity: Identity, address: str) -> Account | None:
    """Bind the account with this e-mail address, unless it is bound to somebody else in the same directory."""
    # Held, so that of two at once the second sees what the first has bound.
    account = session.exec(select(Account).where(Account.email == identity.email).with_for_update()).one_or_none()
    if account is None or account.id is None or not identity.email or not may_sign_in(account):
        return None
    held = session.exec(
        select(DirectoryIdentity.subject).where(
            DirectoryIdentity.account_id == account.id, DirectoryIdentity.issuer == identity.issuer
        )
    ).one_or_none()
    if held is None:
        session.add(
            DirectoryIdentity(
                account_id=account.id, issuer=identity.issuer, subject=identity.subject, bound_at=clock.now()
            )
        )
        viewer = Viewer(account_id=account.id, address=address)
        audit.record(session, viewer, act="directory_bound", subject=f"account {account.id}")
    return account if held in {None, identity.subject} else None
