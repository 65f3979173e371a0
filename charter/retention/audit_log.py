"""Old entries of the audit log go, and what is left can still be checked from its first entry to its last.

The log begins then with a checkpoint: the last of the old entries, which stays without its detail. A later entry,
`entries_expired`, names it, so that the chain itself holds where the log begins and who shortened it. `verify` takes a
log that begins at a checkpoint, if that was old enough when it was named, and no other beginning.
"""

import logging
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, delete, select

from charter import audit
from charter.audit_chain import EXPIRED, checkpoint_subject, checkpoints, verify_chain
from charter.audit_newest import remember_newest
from charter.rules.access import OPERATOR
from charter.store import reading, writing
from db.audit_rights import removing_entries
from db.locks import AUDIT, take_turns
from db.models import AuditDetail, AuditEntry

# An entry tells of each time, so that old ones go a month's at once.
_AT_LEAST = timedelta(days=30)
_AT_ONCE = 1000  # entries that go in one transaction
_log = logging.getLogger("charter")


def expire_entries(*, before: datetime) -> int:
    """Take away the entries of the audit log from before a moment, but the last one, and give how many went.

    A log in which something was found is left as it is: it is evidence.

    Args:
        before: the moment, in UTC; less than six years ago the store itself refuses.
    """
    with reading() as session:
        last = _checkpoint(session, before)
        whole = last is None or (not verify_chain(session, viewer=OPERATOR)[1] and remember_newest(session))
    if not whole:
        _log.error("the audit log does not expire: `audit verify` finds something in it")
        return 0
    if last is not None:
        with writing() as session:
            take_turns(session, AUDIT)
            if _checkpoint(session, before) == last:
                audit.record(session, OPERATOR, act=EXPIRED, subject=checkpoint_subject(last))
    return _take_away()


def _checkpoint(session: Session, before: datetime) -> int | None:
    """Give the last entry that is old, where a month's are to go; the clock may have been set back between two."""
    first = session.exec(select(AuditEntry.at).order_by(col(AuditEntry.number)).offset(1).limit(1)).first()
    if first is None or first > before - _AT_LEAST:
        return None
    young = session.exec(select(sa.func.min(AuditEntry.number)).where(col(AuditEntry.at) >= before)).one()
    newest = session.exec(select(sa.func.max(AuditEntry.number))).one()
    last = int(young) - 1 if young is not None else int(newest)
    named = session.exec(
        select(AuditEntry.number).where(AuditEntry.act == EXPIRED, AuditEntry.subject == checkpoint_subject(last))
    ).first()
    return last if named is None else None


def _take_away() -> int:
    """Take away what comes before the last checkpoint that was named, also what a broken-off run left."""
    gone = 0
    while True:
        with writing() as session:
            take_turns(session, AUDIT)
            if keys := _left_over(session):
                session.exec(delete(AuditDetail).where(col(AuditDetail.number).in_(keys)))
                with removing_entries(session):
                    session.exec(delete(AuditEntry).where(col(AuditEntry.number).in_(keys)))
        gone += len(keys)
        if len(keys) < _AT_ONCE:
            return gone


def _left_over(session: Session) -> list[int]:
    last = max(checkpoints(session), default=0)
    older = select(AuditEntry.number).where(col(AuditEntry.number) < last).order_by(col(AuditEntry.number))
    return list(session.exec(older.limit(_AT_ONCE)))
