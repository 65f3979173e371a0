"""Letters about a concern: that there is news of it, and where to read it. Nothing that anybody said stands in one."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from sqlmodel import Session, col, func, select

from charter.concerns.seeing import is_champion_now
from charter.mail.addresses import usable_address
from charter.mail.sending import post
from charter.rules.access import OPERATOR, Viewer
from charter.settings import settings
from db.models import Account, AccountGrant, Champion, Concern, DraftingPart, Organisation
from db.types import MailKind, Role

_SUBJECT = "News of a concern"
_SIGN_IN = "Sign in to read it:\n\n{link}\n"
_NO_ACCOUNT = (
    "You can read it once you can sign in for your organisation: ask the person who runs the review.\n\n{link}\n"
)
_CONFIDENTIAL = (
    "\nA concern is confidential, so this e-mail says nothing of what is in it. "
    "Please keep to yourself what you read.\n"
)
#: By address: how the person is called, and the account that they sign in with, if they have one.
People = dict[str, tuple[str, int | None]]


class Reader(StrEnum):
    """To whom a letter goes."""

    CHAMPION = "champion"
    LEADS = "leads"
    RAISER = "raiser"
    MONITORS = "monitors"


def tell(session: Session, *, viewer: Viewer, row: Concern, news: str, to: Collection[Reader]) -> None:
    """Have everybody written to whom a step is news, but not whoever took it.

    Args:
        session: a writing session, in which the step was taken.
        viewer: who took it.
        row: the concern.
        news: what happened, in a sentence that says nothing of the concern itself. `{body}` is the public body's name.
        to: which readers.
    """
    link = f"{settings().site_address}/concerns?ref={row.ref}"
    sentence = news.format(body=session.get_one(Organisation, row.about_id).name)
    people: People = {}
    for reader in sorted(to):
        people |= _people(session, row, reader)
    for address, (name, account_id) in people.items():
        if account_id is not None and account_id == viewer.account_id:
            continue
        way = (_SIGN_IN if account_id is not None else _NO_ACCOUNT).format(link=link)
        # The site writes by itself: those who take a step in a concern may not have letters sent to whom they like.
        post(
            session,
            viewer=OPERATOR,
            kind=MailKind.CONCERN,
            address=address,
            subject=_SUBJECT,
            text=f"Hello {name},\n\n{sentence}\n\n{way}{_CONFIDENTIAL}",
            account_id=account_id,
        )


def _people(session: Session, row: Concern, reader: Reader) -> People:
    match reader:
        case Reader.CHAMPION:
            return _champion(session, row)
        case Reader.LEADS:
            return {} if _champion(session, row) else _partners(session, row.about_id)
        case Reader.RAISER:
            return _raiser(session, row)
        case Reader.MONITORS:
            return _monitors(session, row)


def _champion(session: Session, row: Concern) -> People:
    found = session.exec(
        select(Champion.email, Champion.name, Account.id)
        .outerjoin(Account, func.lower(col(Account.email)) == func.lower(col(Champion.email)))
        .where(Champion.organisation_id == row.about_id, is_champion_now())
    )
    return _usable((email, name, account_id) for email, name, account_id in found)


def _partners(session: Session, organisation_id: int) -> People:
    """Read those who speak for all of an organisation: not those who draft a part of a body's answers."""
    drafts = select(DraftingPart.account_id).where(DraftingPart.organisation_id == organisation_id)
    found = session.exec(
        select(Account.email, Account.name, Account.id)
        .join(AccountGrant, col(AccountGrant.account_id) == col(Account.id))
        .where(
            AccountGrant.role == Role.PARTNER,
            AccountGrant.organisation_id == organisation_id,
            col(Account.id).not_in(drafts),
            col(Account.disabled_at).is_(None),
        )
    )
    return _usable(found)


def _raiser(session: Session, row: Concern) -> People:
    """Read whoever raised it, else everybody of the organisation that did, else the organisation's own address."""
    partners = _partners(session, row.raised_by_id)
    own = {address: who for address, who in partners.items() if who[1] == row.account_id}
    if partners:
        return own or partners
    group = session.get_one(Organisation, row.raised_by_id)
    return _usable([(group.email, group.name, None)])


def _monitors(session: Session, row: Concern) -> People:
    """Read the monitoring group less anyone of the two sides."""
    of_a_side = select(AccountGrant.account_id).where(
        col(AccountGrant.organisation_id).in_([row.raised_by_id, row.about_id])
    )
    found = session.exec(
        select(Account.email, Account.name, Account.id)
        .join(AccountGrant, col(AccountGrant.account_id) == col(Account.id))
        .where(
            AccountGrant.role == Role.REVIEWER,
            col(Account.id).not_in(of_a_side),
            col(Account.disabled_at).is_(None),
            Account.made_up == session.get_one(Organisation, row.about_id).made_up,
        )
    )
    return _usable(found)


def _usable(found: Iterable[tuple[str | None, str, int | None]]) -> People:
    usable = ((usable_address(email), name, account_id) for email, name, account_id in found)
    return {address: (name, account_id) for address, name, account_id in usable if address is not None}
