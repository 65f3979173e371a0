"""Accounts and what they are granted: added, given a new password link, and disabled."""

from sqlmodel import Session, col, delete, select

from charter import audit, clock
from charter.mail.addresses import usable_address
from charter.passwords import issue_password_link, take_back_password_links
from charter.rules.access import Act, Viewer, may, require
from charter.rules.refusals import FieldError, NotAllowedError, NotFoundError, RefusedError
from charter.sessions import end_account_sessions
from charter.typed import clean_text
from db.models import Account, AccountGrant, DirectoryIdentity, DraftingPart, Organisation
from db.types import VCFSE_KINDS, Role

_NAME_LIMIT = 120  # characters


def add_account(
    session: Session, *, viewer: Viewer, email: str, role: Role, organisation_ref: str = "", name: str = ""
) -> str:
    """Add an account, or grant an existing one another role, and return a token of a link that sets its password.

    Args:
        session: a writing session.
        viewer: an administrator or the operator; for a partner also a coordinator.
        email: the person's e-mail address, which they sign in with.
        role: what the account may do.
        organisation_ref: the organisation that a partner answers for; empty for the other roles.
        name: how the person is called on the screen; their e-mail address if empty.

    Raises:
        NotAllowedError: the viewer may not keep accounts.
        FieldError: the address, the name or the organisation cannot be taken.
    """
    account = put_account(session, viewer=viewer, email=email, role=role, organisation_ref=organisation_ref, name=name)
    return issue_password_link(session, account=account)


def put_account(
    session: Session, *, viewer: Viewer, email: str, role: Role, organisation_ref: str = "", name: str = ""
) -> Account:
    """Add an account, or grant an existing one another role, without a link. See `add_account`.

    With the first role beyond an organisation's, the password ends: a coordinator, who keeps people of organisations,
    may have read the link by which it was set, and would come by the new role.

    Raises:
        NotAllowedError: the viewer may not keep this person's account, or not grant this role.
        FieldError: the address, the name or the organisation cannot be taken.
        RefusedError: an administrator would come to read groups' answers by their own hand.
    """
    _require_keeping(session, viewer, email=email, role=role)
    address = _checked_email(email)
    organisation_id = _organisation_of(session, role=role, ref=organisation_ref)
    account = session.exec(select(Account).where(Account.email == address)).one_or_none()
    if account is None:
        called = " ".join(clean_text(name).split())
        account = Account(email=address, name=(called or address)[:_NAME_LIMIT], created_at=clock.now())
        session.add(account)
        session.flush()
    elif account.id == viewer.account_id and _reads_groups(session, role, organisation_id):
        raise RefusedError(
            "Whoever has this role reads what groups answered, so nobody takes it by their own hand. Ask another "
            "administrator. Nothing was changed."
        )
    before, ended = roles_of(session, account), {}
    if role is not Role.PARTNER and not _holds_further_role(session, account):
        ended = {"password": "ended"} if account.password_hash else {}
        _end_password(session, account)
    _grant(session, account=account, role=role, organisation_id=organisation_id)
    detail = audit.changes({"roles": before}, {"roles": roles_of(session, account)}) | ended
    audit.record(session, viewer, act="account_added", subject=f"account {account.id}", detail=detail)
    return account


def reset_account(session: Session, *, viewer: Viewer, email: str) -> str:
    """Let an account in again: return a token of a link that sets its password. The old one stops working at once.

    Whoever asks for this has lost the password, or fears that somebody else has it: so every session ends too, and the
    account is bound to nobody in a directory any more. Whoever signs in by one with its e-mail address is bound anew.

    Raises:
        NotAllowedError: the viewer may not keep accounts.
        NotFoundError: there is no such account.
    """
    _require_keeping(session, viewer, email=email)
    account = _account(session, email)
    detail = audit.changes({"disabled_at": account.disabled_at}, {"disabled_at": None})
    account.disabled_at = None
    _end_password(session, account)
    session.exec(delete(DirectoryIdentity).where(col(DirectoryIdentity.account_id) == account.id))
    token = issue_password_link(session, account=account)
    audit.record(session, viewer, act="account_reset", subject=f"account {account.id}", detail=detail)
    return token


def disable_account(session: Session, *, viewer: Viewer, email: str) -> None:
    """Shut an account and end its sessions at once. What it did stays.

    Raises:
        NotAllowedError: the viewer may not keep this account.
        NotFoundError: there is no such account.
        RefusedError: it is the viewer's own.
    """
    _require_keeping(session, viewer, email=email)
    account = _account(session, email)
    _require_anothers(viewer, account)
    before, account.disabled_at = account.disabled_at, account.disabled_at or clock.now()
    end_account_sessions(session, account_id=account.id or 0)
    detail = audit.changes({"disabled_at": before}, {"disabled_at": account.disabled_at})
    audit.record(session, viewer, act="account_disabled", subject=f"account {account.id}", detail=detail)


def enable_account(session: Session, *, viewer: Viewer, email: str) -> None:
    """Open an account again that was shut. Its password and its roles are as they were.

    Raises:
        NotAllowedError: the viewer may not keep this account.
        NotFoundError: there is no such account.
    """
    _require_keeping(session, viewer, email=email)
    account = _account(session, email)
    detail = audit.changes({"disabled_at": account.disabled_at}, {"disabled_at": None})
    account.disabled_at = None
    audit.record(session, viewer, act="account_enabled", subject=f"account {account.id}", detail=detail)


def withdraw_role(session: Session, *, viewer: Viewer, email: str, role: Role, organisation_ref: str = "") -> None:
    """Take a role away from an account. It counts at once.

    Args:
        session: a writing session.
        viewer: an administrator or the operator; for a partner also a coordinator.
        email: the account's e-mail address.
        role: the role.
        organisation_ref: the one organisation that it is taken away for; empty for all that it was held for.

    Raises:
        NotAllowedError: the viewer may not keep this account.
        NotFoundError: there is no such account, or it does not hold the role.
        RefusedError: the viewer would take away their own right to keep accounts.
    """
    _require_keeping(session, viewer, email=email, role=role)
    account = _account(session, email)
    if role is Role.ADMINISTRATOR:
        _require_anothers(viewer, account)
    statement = select(AccountGrant).where(AccountGrant.account_id == account.id, col(AccountGrant.role) == role)
    if organisation_ref:
        organisations = select(Organisation.id).where(Organisation.ref == organisation_ref)
        statement = statement.where(col(AccountGrant.organisation_id).in_(organisations))
    held = session.exec(statement).all()
    if not held:
        raise NotFoundError(f"This account is not a {role.value}. Nothing was changed.")
    before = roles_of(session, account)
    for grant in held:
        session.delete(grant)
    # Whoever is given the role again begins as a lead, and not with the parts that they drafted once.
    of_these = col(DraftingPart.organisation_id).in_([grant.organisation_id for grant in held])
    session.exec(delete(DraftingPart).where(col(DraftingPart.account_id) == account.id, of_these))
    detail = audit.changes({"roles": before}, {"roles": roles_of(session, account)})
    audit.record(session, viewer, act="role_withdrawn", subject=f"account {account.id}", detail=detail)


def roles_of(session: Session, account: Account) -> list[str]:
    """Give the roles of an account for the audit log, each with the organisation that it is for."""
    held = session.exec(
        select(AccountGrant.role, Organisation.ref)
        .outerjoin(Organisation, col(Organisation.id) == col(AccountGrant.organisation_id))
        .where(AccountGrant.account_id == account.id)
    )
    return sorted(f"{role} {ref or ''}".strip() for role, ref in held)


def _require_keeping(session: Session, viewer: Viewer, *, email: str, role: Role = Role.PARTNER) -> None:
    """Refuse unless the viewer may keep this person's account. A coordinator keeps people of organisations alone.

    A link that sets a password opens the account to whoever reads it. So a coordinator, through whose hands letters
    may go, makes none for anybody with a further role.
    """
    if may(viewer, Act.KEEP_ACCOUNTS):
        return
    require(viewer, Act.KEEP_PARTNERS)
    account = session.exec(select(Account).where(Account.email == email.strip().lower())).one_or_none()
    if role is not Role.PARTNER or (account is not None and _holds_further_role(session, account)):
        raise NotAllowedError("Only an administrator keeps people with this role. Nothing was changed.")


def _holds_further_role(session: Session, account: Account) -> bool:
    """Tell whether a person holds a role beyond those of organisations' people."""
    further = select(AccountGrant.id).where(
        AccountGrant.account_id == account.id, col(AccountGrant.role) != Role.PARTNER
    )
    return session.exec(further).first() is not None


def _end_password(session: Session, account: Account) -> None:
    """End an account's password, the links that set one, and whatever is signed in with it."""
    account.password_hash = None
    take_back_password_links(session, account=account)
    end_account_sessions(session, account_id=account.id or 0)


def _require_anothers(viewer: Viewer, account: Account) -> None:
    if viewer.account_id == account.id:
        raise RefusedError(
            "This is your own account: you would lock yourself out. Ask another administrator. Nothing was changed."
        )


def _account(session: Session, email: str) -> Account:
    found = session.exec(select(Account).where(Account.email == email.strip().lower())).one_or_none()
    if found is None:
        raise NotFoundError("There is no account with this e-mail address. Nothing was changed.")
    return found


def _checked_email(email: str) -> str:
    address = usable_address(email)
    if address is None:
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


def _reads_groups(session: Session, role: Role, organisation_id: int | None) -> bool:
    """Tell whether a role opens what groups answered: a coordinator's does, and that of a group's own partner."""
    if organisation_id is None:
        return role is Role.COORDINATOR
    return session.get_one(Organisation, organisation_id).kind in VCFSE_KINDS


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
