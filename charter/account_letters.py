"""Inviting people by e-mail: to set a password by a link that works once, or to use the account that they have."""

from sqlmodel import Session, select

from charter.accounts import put_account, reset_account
from charter.mail.sending import post
from charter.passwords import LINK_LASTS, issue_password_link
from charter.rules.access import Viewer
from charter.settings import settings
from db.models import Account, Organisation
from db.types import MailKind, Role

_SUBJECT = "Your account for the charter review"
_WHAT = {
    Role.PARTNER: "You can now answer for {organisation} in the charter review.",
    Role.REVIEWER: "You can now review what public bodies say of their practice in the charter review.",
    Role.COORDINATOR: "You can now run the charter review.",
    Role.ADMINISTRATOR: "You can now look after accounts and settings of the charter review.",
}
_AGAIN = "Somebody who runs the charter review has let you set a new password. The old one works no more."
_SET = (
    "To choose a password, open this link. It works once, for {days} days, so please keep it to yourself:\n\n{link}\n\n"
    "You sign in with this e-mail address. If you did not expect this, you can leave it: nothing happens."
)
_HAVE = "You have an account already: sign in with this e-mail address and your password:\n\n{link}"


def invite_person(
    session: Session, *, viewer: Viewer, email: str, role: Role, organisation_ref: str = "", name: str = ""
) -> str:
    """Add a person, or give one another role, and write to them.

    Whoever has a password is told to sign in with it; anybody else is sent a link that sets one.

    Args:
        session: a writing session.
        viewer: an administrator or the operator; for a partner also a coordinator.
        email: the person's e-mail address, which they sign in with.
        role: what the person may do.
        organisation_ref: the organisation that a partner answers for; empty for the other roles.
        name: how the person is called on the screen; their e-mail address if empty.

    Returns:
        The link that sets a password, as it stands in the letter, or nothing for one who has a password.

    Raises:
        NotAllowedError: the viewer may not keep this person's account, or not grant this role.
        FieldError: the address, the name or the organisation cannot be taken.
    """
    account = put_account(session, viewer=viewer, email=email, role=role, organisation_ref=organisation_ref, name=name)
    organisation = session.exec(select(Organisation.name).where(Organisation.ref == organisation_ref)).one_or_none()
    what = _WHAT[role].format(organisation=organisation)
    if account.password_hash is not None:
        _post(session, viewer, account, f"{what}\n\n{_HAVE.format(link=_address())}")
        return ""
    return _post_link(session, viewer, account, what, issue_password_link(session, account=account))


def send_password_link(session: Session, *, viewer: Viewer, email: str) -> str:
    """Let a person set a new password: the old one stops working, every session ends, and a link is sent to them.

    It opens an account again that was shut. See `reset_account`.

    Returns:
        The link, as it stands in the letter.

    Raises:
        NotAllowedError: the viewer may not keep this account.
        NotFoundError: there is no such account.
    """
    token = reset_account(session, viewer=viewer, email=email)
    account = session.exec(select(Account).where(Account.email == email.strip().lower())).one()
    return _post_link(session, viewer, account, _AGAIN, token)


def _post_link(session: Session, viewer: Viewer, account: Account, what: str, token: str) -> str:
    link = f"{_address()}?set={token}"
    _post(session, viewer, account, f"{what}\n\n{_SET.format(days=LINK_LASTS.days, link=link)}")
    return link


def _post(session: Session, viewer: Viewer, account: Account, text: str) -> None:
    post(
        session,
        viewer=viewer,
        kind=MailKind.SET_PASSWORD,
        address=account.email,
        subject=_SUBJECT,
        text=f"Hello {account.name},\n\n{text}\n",
        account_id=account.id,
    )


def _address() -> str:
    return f"{settings().site_address}/sign-in"
