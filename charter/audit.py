"""The audit log: who did what, in a chain in which nothing can be changed unseen.

Every write that changes what others see or may do is in it: sending answers is, and typing them in for a group. The
answers themselves are not, which are saved while a form is filled in: a level, a comment, a short answer at the end, or
evidence that is cited. Administrators read the log, and what a group answers is for that group and the coordinator
alone; even which question it answered, and when, would tell of it. What became of the answers is held by the release:
it freezes each that counted.

Who looks at somebody else's answers is in it too (`charter/answers_seen.py`), and who takes something out to keep it.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from charter import clock
from charter.rules.access import Viewer
from db.locks import AUDIT, take_turns
from db.models import AuditDetail, AuditEntry

START = "0" * 64  # stands in the first entry for the digest of the one before


def record(
    session: Session, viewer: Viewer, *, act: str, subject: str, detail: Mapping[str, object] | None = None
) -> None:
    """Add one entry, as the last statement of a writing scope.

    Args:
        session: a writing session.
        viewer: who acted.
        act: what was done, in snake words, such as `period_opened`.
        subject: the reference of what it was done to. Never a person's name, nor a group's answer.
        detail: what changed, from where; it may be erased later. Never a level, a comment or a secret.
    """
    session.flush()
    # Two writers would otherwise both follow the same last entry, and the chain would fork.
    take_turns(session, AUDIT)
    last = session.exec(select(AuditEntry).order_by(col(AuditEntry.number).desc()).limit(1)).first()
    number = last.number + 1 if last else 1
    salt = secrets.token_hex(16)
    written = json.dumps({**(detail or {}), "address": viewer.address}, sort_keys=True, default=str)
    entry = AuditEntry(
        number=number,
        at=clock.now(),
        account_id=viewer.account_id,
        actor=_actor(viewer),
        act=act,
        subject=subject,
        detail_digest=detail_digest(salt, written),
        previous_digest=last.digest if last else START,
        digest="",
    )
    entry.digest = entry_digest(entry)
    session.add(entry)
    session.flush()
    session.add(AuditDetail(number=number, salt=salt, detail=written))
    session.flush()


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, object]:
    """Tell what a change did, for an entry's detail: what differs, each as what it was before and what it is after."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}


def detail_digest(salt: str, written: str) -> str:
    """Give the digest that a detail's entry must hold: it stays when the detail is erased."""
    return _digest(salt, written)


def entry_digest(entry: AuditEntry) -> str:
    """Give the digest that an entry must have: over its columns, its detail's digest and the entry before."""
    return _digest(
        str(entry.number),
        _instant(entry.at),
        str(entry.account_id),
        entry.actor,
        entry.act,
        entry.subject,
        entry.detail_digest,
        entry.previous_digest,
    )


def _actor(viewer: Viewer) -> str:
    if viewer.operator:
        return "operator"
    if viewer.account_id is not None:
        return f"account {viewer.account_id}"
    return "invitation link" if viewer.invited else "anyone"


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
