"""Accounts and what they are granted: added, given a new password link, and disabled."""

import re

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.passwords import issue_password_link
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError, NotFoundError
from charter.sessions import end_account_sessions
from db.models import Account, AccountGrant, Organisation
from db.types import Role

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_EMAIL_LIMIT = 254  # characters: the longest address that mail can be sent to
_NAME_LIMIT = 120  # characters


def add_account(
    session: Session, *, viewer: Viewer, email: str, role: Role, organisation_ref: str = "", name: str = ""
) -> str:
    """Add an account, or grant an existing one another role, and return a token of a link that sets its password.

    Args:
        session: a writing session.
        viewer: an administrator or the operator.
        email: the person's e-mail address, which they sign in with.
        role: what the account may do.
        organisation_ref: the organisation that a partner answers for; empty for the other roles.
        name: how the person is called on the screen; their e-mail address if empty.

    Raises:
        NotAllowedError: the viewer may not keep accounts.
        FieldError: the address, the name or the organisation cannot be taken.
    """
    require(viewer, Act.KEEP_ACCOUNTS)
    address = _checked_email(email)
    organisation_id = _organisation_of(session, role=role, ref=organisation_ref)
    account = session.exec(select(Account).where(Account.email == address)).one_or_none()
    if account is None:
        account = Account(email=address, name=(name.strip() or address)[:_NAME_LIMIT], created_at=clock.now())
        session.add(account)
        session.flush()
    _grant(session, account=account, role=role, organisation_id=organisation_id)
    token = issue_password_link(session, account=account)
    detail = {"role": role.value, "organisation": organisation_ref}
    audit.record(session, viewer, act="account_added", subject=f"account {account.id}", detail=detail)
    return token


def reset_account(session: Session, *, viewer: Viewer, email: str) -> str:
    """Let an account in again: return a token of a link that sets its password. The old one stops working at once.

    Whoever asks for this has lost the password, or fears that somebody else has it: so every session ends too.

    Raises:
        NotAllowedError: the viewer may not keep accounts.
        NotFoundError: there is no such account.
    """
    require(viewer, Act.KEEP_ACCOUNTS)
    account = _account(session, email)
    account.disabled_at = None
    account.password_hash = None
    end_account_sessions(session, account_id=account.id or 0)
    token = issue_password_link(session, account=account)
    audit.record(session, viewer, act="account_reset", subject=f"account {account.id}")
    return token


def disable_account(session: Session, *, viewer: Viewer, email: str) -> None:
    """Shut an account and end its sessions at once. What it did stays.

    Raises:
        NotAllowedError: the viewer may not keep accounts.
        NotFoundError: there is no such account.
    """
    require(viewer, Act.KEEP_ACCOUNTS)
    account = _account(session, email)
    account.disabled_at = account.disabled_at or clock.now()
    end_account_sessions(session, account_id=account.id or 0)
    audit.record(session, viewer, act="account_disabled", subject=f"account {account.id}")


def withdraw_role(session: Session, *, viewer: Viewer, email: str, role: Role) -> None:
    """Take a role away from an account, for every organisation that it was held for. It counts at once.

    Raises:
        NotAllowedError: the viewer may not keep accounts.
        NotFoundError: there is no such account, or it does not hold the role.
    """
    require(viewer, Act.KEEP_ACCOUNTS)
    account = _account(session, email)
    held = session.exec(
        select(AccountGrant).where(AccountGrant.account_id == account.id, col(AccountGrant.role) == role)
    ).all()
    if not held:
        raise NotFoundError(f"This account is not a {role.value}. Nothing was changed.")
    for grant in held:
        session.delete(grant)
    audit.record(session, viewer, act="role_withdrawn", subject=f"account {account.id}", detail={"role": role.value})


def _account(session: Session, email: str) -> Account:
    found = session.exec(select(Account).where(Account.email == email.strip().lower())).one_or_none()
    if found is None:
        raise NotFoundError("There is no account with this e-mail address. Nothing was changed.")
    return found


def _checked_email(email: str) -> str:
    address = email.strip().lower()
    if len(address) > _EMAIL_LIMIT or not _EMAIL.fullmatch(address):
        raise FieldError("email", "That is not an e-mail address. It should look like name@example.org.")
    return address


def _organisation_of(session: Session, *, role: Role, ref: str) -> int | None:
    if role is not Role.PARTNER:
        if ref:
            raise FieldError("organisation", "Only a partner answers for an organisation. Leave it out.")
        return None
    found = session.exec(select(Organisation.id).where(Organisation.ref == ref)).one_or_none()
    if found is None:
        raise FieldError("organisation", "A partner needs an organisation that is in the list, by its reference.")
    return found


def _grant(session: Session, *, account: Account, role: Role, organisation_id: int | None) -> None:
    held = session.exec(
        select(AccountGrant).where(
            AccountGrant.account_id == account.id,
            col(AccountGrant.role) == role,
            col(AccountGrant.organisation_id).is_not_distinct_from(organisation_id),
        )
    ).one_or_none()
    if held is None:
        session.add(
            AccountGrant(account_id=account.id or 0, role=role, organisation_id=organisation_id, created_at=clock.now())
        )
        session.flush()
