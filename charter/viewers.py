"""Who is asking. Account, rights and session are read anew each time: what was taken away counts at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import update
from sqlmodel import Session, col, select

from charter import clock
from charter.rules.access import Grant, Invited, Viewer
from charter.sessions import IDLE_LIMIT
from charter.settings import settings
from charter.store import reading, writing
from charter.tokens import digest
from db.models import Account, AccountGrant, AccountSession, Invitation, InvitationLink, Period
from db.types import PeriodState

# A sighting is written down this often at most: a write at each rerun would queue people behind each other.
_SEEN_EVERY = timedelta(minutes=5)


class Ending(StrEnum):
    """Why a session that there was does not count any more."""

    OVER = "over"
    PERIOD_CLOSED = "period_closed"
    LINK_WITHDRAWN = "link_withdrawn"


@dataclass(frozen=True)
class Found:
    """Who is asking, and why an earlier session does not count any more, if there was one."""

    viewer: Viewer
    ending: Ending | None = None


def see(*, token: str = "", session_id: int | None = None, address: str = "") -> Found:
    """Find who is asking, in scopes of its own, and write down now and then that the session was seen.

    Args:
        token: what the browser's cookie holds, or empty.
        session_id: the session that this page signed in by itself; it goes before the cookie.
        address: the network address that the request came from.
    """
    if session_id is None and not token:
        return Found(Viewer(address=address))
    with reading() as session:
        row = _session_row(session, token=token, session_id=session_id)
        found = _judge(session, row, address=address)
        last_seen = row.last_seen_at if row else None
    now = clock.now()
    if last_seen is not None and found.ending is None and now - last_seen > _SEEN_EVERY:
        seen = update(AccountSession).where(col(AccountSession.id) == found.viewer.session_id)
        with writing() as session:
            session.exec(seen.values(last_seen_at=now))
    return found


def link_ending(*, link: InvitationLink, invitation: Invitation, period: Period, now: datetime) -> Ending | None:
    """Tell why an invitation link does not open its form now, or None if it does."""
    if link.revoked_at is not None or invitation.removed_at is not None:
        return Ending.LINK_WITHDRAWN
    if period.made_up and not settings().demonstration:
        return Ending.LINK_WITHDRAWN
    if period.state is not PeriodState.OPEN or now > clock.end_of(period.closes_on):
        return Ending.PERIOD_CLOSED
    return None


def _session_row(session: Session, *, token: str, session_id: int | None) -> AccountSession | None:
    if session_id is not None:
        return session.get(AccountSession, session_id)
    return session.exec(select(AccountSession).where(AccountSession.token_digest == digest(token))).one_or_none()


def _judge(session: Session, row: AccountSession | None, *, address: str) -> Found:
    if row is None or row.revoked_at is not None:
        return _ended(Ending.OVER, address)
    if row.account_id is not None:
        return _judge_account(session, row, address=address)
    return _judge_link(session, row, address=address)


def _judge_account(session: Session, row: AccountSession, *, address: str) -> Found:
    now = clock.now()
    if now >= row.expires_at or now - row.last_seen_at >= IDLE_LIMIT:
        return _ended(Ending.OVER, address)
    found = session.exec(
        select(Account, AccountGrant)
        .outerjoin(AccountGrant, col(AccountGrant.account_id) == col(Account.id))
        .where(Account.id == row.account_id)
    ).all()
    if not found or not may_sign_in(found[0][0]):
        return _ended(Ending.OVER, address)
    account = found[0][0]
    grants = frozenset(Grant(grant.role, grant.organisation_id) for _, grant in found if grant is not None)
    return Found(Viewer(account_id=account.id, name=account.name, grants=grants, session_id=row.id, address=address))


def may_sign_in(account: Account) -> bool:
    """Tell whether an account may be signed in at all: not when disabled, nor made up outside a demonstration."""
    return account.disabled_at is None and (settings().demonstration or not account.made_up)


def _judge_link(session: Session, row: AccountSession, *, address: str) -> Found:
    link, invitation, period = session.exec(
        select(InvitationLink, Invitation, Period)
        .join(Invitation, col(InvitationLink.invitation_id) == col(Invitation.id))
        .join(Period, col(Invitation.period_id) == col(Period.id))
        .where(InvitationLink.id == row.invitation_link_id)
    ).one()
    ending = link_ending(link=link, invitation=invitation, period=period, now=clock.now())
    if ending is not None:
        return _ended(ending, address)
    if link.id is None:
        raise RuntimeError("a link without a number came out of the store")
    invited = Invited(link_id=link.id, organisation_id=invitation.organisation_id, period_id=invitation.period_id)
    return Found(Viewer(invited=invited, session_id=row.id, address=address))


def _ended(ending: Ending, address: str) -> Found:
    return Found(Viewer(address=address, ended=True), ending)
