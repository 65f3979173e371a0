"""Trying to sign in, as the form does before it looks at a password, and what the audit log then says."""

from datetime import datetime

import time_machine
from sqlmodel import select

from charter.attempts import LOCKED, LockedError, begin_attempt
from db.engine import Store
from db.models import AuditDetail, AuditEntry

NAME = "person@example.org"
HOME = "192.0.2.1"


def attempt(store: Store, *, email: str = NAME, address: str = HOME, token: str = "") -> bool:
    """Try once, and tell whether the password would be looked at."""
    try:
        with store.writing() as session:
            begin_attempt(session, email=email, address=address, token=token)
    except LockedError:
        return False
    return True


def fail(store: Store, times: int, *, email: str = NAME, address: str = HOME, token: str = "") -> None:
    for _ in range(times):
        assert attempt(store, email=email, address=address, token=token)


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def locks(store: Store) -> list[tuple[str, str, str]]:
    with store.reading() as session:
        rows = session.exec(
            select(AuditEntry, AuditDetail.detail)
            .join(AuditDetail, AuditDetail.number == AuditEntry.number)  # type: ignore[arg-type]
            .where(AuditEntry.act == LOCKED)
            .order_by("number")
        )
        return [(entry.actor, entry.subject, detail) for entry, detail in rows]
