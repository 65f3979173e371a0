"""Attempts to sign in, counted in the store so that neither a restart nor a second server forgets them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlmodel import Session, col, select

from charter import clock
from charter.rules.refusals import RefusedError
from charter.sessions import account_of_token
from charter.tokens import digest
from db.locks import take_turns
from db.models import Account, SignInAttempt

COUNTED_FOR = timedelta(minutes=15)
LOCKED_FOR = timedelta(minutes=10)
# A person is kept out by five failures of their own, from their own address. The two wider limits stop guessing that
# is spread over addresses or over names. A browser from which the account has been signed in before is not held to
# them, so that strangers cannot keep a person out.
PAIR_LIMIT = 5
ACCOUNT_LIMIT = 30
ADDRESS_LIMIT = 60
_KEPT_FOR = timedelta(days=1)
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
    now, name, place = clock.now(), digest(email.strip().lower()), address[:60]
    recent = session.exec(
        select(SignInAttempt).where(
            col(SignInAttempt.at) > now - COUNTED_FOR,
            or_(col(SignInAttempt.email_digest) == name, col(SignInAttempt.address) == place),
        )
    ).all()
    by_pair = [row.at for row in recent if (row.email_digest, row.address) == (name, place)]
    by_account = [row.at for row in recent if row.email_digest == name]
    by_address = [row.at for row in recent if row.address == place]
    spread = _locked(by_account, ACCOUNT_LIMIT, now) or _locked(by_address, ADDRESS_LIMIT, now)
    if _locked(by_pair, PAIR_LIMIT, now) or (spread and not _known(session, email=email, token=token)):
        raise LockedError("There were too many tries. Wait 10 minutes, then try again. Nothing was lost.")
    session.exec(delete(SignInAttempt).where(col(SignInAttempt.at) < now - _KEPT_FOR))
    session.add(SignInAttempt(email_digest=name, address=place, at=now))
    session.flush()


def forget_attempts(session: Session, *, email: str, address: str | None = None) -> None:
    """Forget the attempts by a name, from one address or from all."""
    which = [col(SignInAttempt.email_digest) == digest(email.strip().lower())]
    if address is not None:
        which.append(col(SignInAttempt.address) == address[:60])
    session.exec(delete(SignInAttempt).where(*which))


def _locked(failures: Sequence[datetime], limit: int, now: datetime) -> bool:
    return len(failures) >= limit and max(failures) > now - LOCKED_FOR


def _known(session: Session, *, email: str, token: str) -> bool:
    account_id = account_of_token(session, token=token)
    if account_id is None:
        return False
    account = session.get(Account, account_id)
    return account is not None and account.email == email.strip().lower()
