"""Attempts to sign in, counted in the store so that neither a restart nor a second server forgets them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_
from sqlmodel import Session, col, select

from charter import audit, clock
from charter.rules.access import Viewer
from charter.rules.networks import counted_as
from charter.rules.refusals import RefusedError
from charter.sessions import account_of_token
from charter.tokens import digest
from db.locks import take_turns
from db.models import Account, AuditDetail, AuditEntry, SignInAttempt

COUNTED_FOR = timedelta(minutes=15)
LOCKED_FOR = timedelta(minutes=10)
# Attempts from later than now are of before the clock was set back: they would lock for as long as it was set back by.
# The clocks of two servers are never further apart than this.
_CLOCKS_APART = timedelta(minutes=1)
# A person is kept out by five failures of their own, from their own address. The two wider limits stop guessing that
# is spread over addresses or over names. A browser from which the account has been signed in before is held to five
# failures of its own and to nothing else: others may share its address, as in an office or a hall. An address from
# which it was is not held to the limit over addresses. So strangers cannot keep a person out.
# Whoever is kept out in a new place gets in by a link that sets a password: it forgets all failures.
PAIR_LIMIT = 5
ACCOUNT_LIMIT = 30
ADDRESS_LIMIT = 60
_PLACE_KNOWN_FOR = timedelta(days=30)
MOST_NOTED = 60  # entries in an hour: a flood of guesses does not fill the audit log
SIGNED_IN, LOCKED = "signed_in", "sign_in_locked"  # acts in the audit log
_BROWSER = "browser "  # stands in place of an address before what tells one known browser from another
_LOCK = 5_881_340_927  # any number, as long as nothing else in the database locks by it


class LockedError(RefusedError):
    """There were too many failed attempts. Waiting opens the way again."""


def begin_attempt(session: Session, *, email: str, address: str, token: str = "") -> None:
    """Count an attempt before its password is looked at: several at once cannot then share one count.

    Args:
        session: a writing session.
        email: the name as it was typed; known or not, it is counted alike.
        address: the network address that the attempt comes from.
        token: what the browser's cookie holds, if anything.

    Raises:
        LockedError: there were too many failures; the password is not to be looked at.
    """
    # Two attempts at once would otherwise both see room for one more.
    take_turns(session, _LOCK)
    now, name, known = clock.now(), _name(email), _is_known(session, email=email, token=token)
    place = _browser(token) if known else _place(address)
    tries = _recent(session, name, place, now)
    if _locked(tries.by_pair, PAIR_LIMIT, now) or (
        not known
        and (
            _locked(tries.by_address, ADDRESS_LIMIT, now)
            or (
                _locked(tries.by_account, ACCOUNT_LIMIT, now)
                and not _is_from_known_place(session, email=email, place=place)
            )
        )
    ):
        raise LockedError("There were too many tries. Wait 10 minutes, then try again. Nothing was lost.")
    session.add(SignInAttempt(email_digest=name, address=place, at=now))
    session.flush()


def note_failure(session: Session, *, email: str, address: str, token: str = "") -> None:
    """Write down in the audit log that a failed attempt was the last before a lock: from where, and how many failed.

    Neither the name that was typed nor whether anybody has it is told. The single failures are counted by
    `begin_attempt`, and a right password tells in the log how many went before it.

    Args:
        session: a writing session.
        email: the name as it was typed.
        address: the network address that the attempt came from.
        token: what the browser's cookie holds, if anything.
    """
    now, known = clock.now(), _is_known(session, email=email, token=token)
    tries = _recent(session, _name(email), _browser(token) if known else _place(address), now)
    limits = {"one name from many addresses": (tries.by_account, ACCOUNT_LIMIT)}
    if known:
        limits["one name from a browser that was signed in with it"] = (tries.by_pair, PAIR_LIMIT)
    else:
        limits["one name from one address"] = (tries.by_pair, PAIR_LIMIT)
        limits["many names from one address"] = (tries.by_address, ADDRESS_LIMIT)
    reached = {what: len(failures) for what, (failures, limit) in limits.items() if _locked(failures, limit, now)}
    noted = select(func.count()).where(AuditEntry.act == LOCKED, col(AuditEntry.at) > now - timedelta(hours=1))
    if reached and session.exec(noted).one() < MOST_NOTED:
        audit.record(session, Viewer(address=address), act=LOCKED, subject="sign-in", detail={"failed": reached})


def forget_attempts(session: Session, *, email: str, address: str, token: str = "") -> int:
    """Forget the attempts by a name from the place of one that was right, and give how many they were.

    Args:
        session: a writing session.
        email: the name as it was typed.
        address: the network address that the attempt came from.
        token: what the browser's cookie holds, if anything.
    """
    place = _browser(token) if _is_known(session, email=email, token=token) else _place(address)
    return _forget(session, email, col(SignInAttempt.address) == place)


def forget_all_attempts(session: Session, *, email: str) -> None:
    """Forget the attempts by a name, wherever they came from."""
    _forget(session, email)


@dataclass(frozen=True)
class _Tries:
    """When failures were, of late: by this name from this place, by this name in all, and from this place."""

    by_pair: Sequence[datetime]
    by_account: Sequence[datetime]
    by_address: Sequence[datetime]


def _recent(session: Session, name: str, place: str, now: datetime) -> _Tries:
    rows = session.exec(
        select(SignInAttempt).where(
            col(SignInAttempt.at) > now - COUNTED_FOR,
            col(SignInAttempt.at) <= now + _CLOCKS_APART,
            or_(col(SignInAttempt.email_digest) == name, col(SignInAttempt.address) == place),
        )
    ).all()
    return _Tries(
        by_pair=[row.at for row in rows if (row.email_digest, row.address) == (name, place)],
        by_account=[row.at for row in rows if row.email_digest == name],
        by_address=[row.at for row in rows if row.address == place],
    )


def _forget(session: Session, email: str, *which: ColumnElement[bool]) -> int:
    return session.exec(delete(SignInAttempt).where(col(SignInAttempt.email_digest) == _name(email), *which)).rowcount


def _name(email: str) -> str:
    return digest(email.strip().lower())


def _place(address: str) -> str:
    return counted_as(address)[:60]


def _browser(token: str) -> str:
    return f"{_BROWSER}{digest(token)}"[:60]


def _locked(failures: Sequence[datetime], limit: int, now: datetime) -> bool:
    return len(failures) >= limit and max(failures) > now - LOCKED_FOR


def _is_known(session: Session, *, email: str, token: str) -> bool:
    """Tell whether this browser was signed in to the account before."""
    account_id = account_of_token(session, token=token)
    if account_id is None:
        return False
    account = session.get(Account, account_id)
    return account is not None and account.email == email.strip().lower()


def _is_from_known_place(session: Session, *, email: str, place: str) -> bool:
    """Tell whether the account was signed in to from this address of late: the audit log knows from where."""
    if not place:
        return False
    details = session.exec(
        select(AuditDetail.detail)
        .join(AuditEntry, col(AuditEntry.number) == col(AuditDetail.number))
        .join(Account, col(Account.id) == col(AuditEntry.account_id))
        .where(
            Account.email == email.strip().lower(),
            AuditEntry.act == SIGNED_IN,
            col(AuditEntry.at) > clock.now() - _PLACE_KNOWN_FOR,
        )
    )
    return any(_place(json.loads(detail)["address"]) == place for detail in details)
