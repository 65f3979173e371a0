"""Reading the audit log: searched by act, subject, person and day, one page at a time or all of it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Row
from sqlmodel import Session, col

from charter import audit, clock
from charter.pages_of_rows import PAGE_SIZE, Slice, has_words, slice_of
from charter.rules.access import Act, Viewer, may, require
from charter.store import afterwards
from db.models import Account, AuditDetail, AuditEntry

ERASED = "erased"
_ADDRESS = "address"  # the network address that every entry's detail holds
_AT_ONCE = 1000  # entries that are held in memory while all are read


@dataclass(frozen=True)
class AuditWanted:
    """What is looked for in the log; what is None or empty leaves nothing out.

    Attributes:
        act: what was done, in stored words such as `period_opened`.
        subject: words that must stand in the subject.
        who: words that must stand in the name or the e-mail address of whoever acted, or `operator`.
        first: the first day, in the place.
        last: the last day, in the place.
    """

    act: str = ""
    subject: str = ""
    who: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Entry:
    """One entry of the log.

    Attributes:
        who: the name of whoever acted, or what they came by.
        detail: what changed, as words; `erased` where it is kept no more.
    """

    number: int
    at: datetime
    who: str
    act: str
    subject: str
    detail: str


def list_entries(
    session: Session, *, viewer: Viewer, wanted: AuditWanted, page: int = 1, size: int = PAGE_SIZE
) -> Slice[Entry]:
    """Read one page of the log, the newest entries first.

    What speaks of groups' answers (that one was begun, sent, or opened by its link) and of concerns is left out for
    those who may not see these: it would tell an administrator which group has answered, or raised a concern.

    Args:
        session: a session.
        viewer: a coordinator, an administrator or the operator.
        wanted: what is looked for.
        page: which page, from 1; one that is not there gives the nearest that is.
        size: how many entries a page has.

    Raises:
        NotAllowedError: the viewer may not read the log.
    """
    require(viewer, Act.READ_AUDIT)
    found = slice_of(session, _statement(viewer, wanted), col(AuditEntry.number).desc(), page=page, size=size)
    return found.of(tuple(_entry(row, viewer) for row in found.rows))


def all_entries(session: Session, *, viewer: Viewer, wanted: AuditWanted) -> Iterator[Entry]:
    """Read all that is looked for in the log, the newest entries first, to be kept as a file. See `list_entries`.

    That it was taken out is an entry too, in `charter.store`'s scopes.

    Raises:
        NotAllowedError: the viewer may not read the log.
    """
    require(viewer, Act.READ_AUDIT)
    detail = {name: value for name, value in asdict(wanted).items() if value}
    afterwards(
        session, lambda later: audit.record(later, viewer, act="audit_exported", subject="audit log", detail=detail)
    )
    statement = _statement(viewer, wanted).order_by(col(AuditEntry.number).desc())
    for row in session.execute(statement, execution_options={"yield_per": _AT_ONCE}):
        yield _entry(row, viewer)


def list_acts(session: Session, *, viewer: Viewer) -> tuple[str, ...]:
    """Read which acts there are in the log, to choose from.

    Raises:
        NotAllowedError: the viewer may not read the log.
    """
    require(viewer, Act.READ_AUDIT)
    acts = session.scalars(sa.select(col(AuditEntry.act)).where(*_visible(viewer)).distinct())
    return tuple(sorted(acts))


def act_words(act: str) -> str:
    """Say an act as the screen does: "Period opened"."""
    return act.replace("_", " ").capitalize()


def sees_answers(viewer: Viewer) -> bool:
    """Tell whether a viewer finds in the log what speaks of groups' answers, and of concerns."""
    return may(viewer, Act.READ_GROUP_ANSWERS)


def _statement(viewer: Viewer, wanted: AuditWanted) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(AuditEntry, col(AuditDetail.detail), col(Account.name))
        .outerjoin(AuditDetail, col(AuditDetail.number) == col(AuditEntry.number))
        .outerjoin(Account, col(Account.id) == col(AuditEntry.account_id))
        .where(*_visible(viewer), *_conditions(wanted))
    )


def _visible(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    if sees_answers(viewer):
        return ()
    return (
        ~col(AuditEntry.subject).startswith("self_assessment"),
        ~col(AuditEntry.subject).startswith("concern "),
        col(AuditEntry.actor) != "invitation link",
    )


def _conditions(wanted: AuditWanted) -> list[ColumnElement[bool]]:
    found = [*has_words(wanted.subject, col(AuditEntry.subject))]
    found += has_words(wanted.who, col(Account.name), col(Account.email), col(AuditEntry.actor))
    if wanted.act:
        found.append(col(AuditEntry.act) == wanted.act)
    # Before the first day of all days there is none, and nothing was done before it.
    if wanted.first is not None and wanted.first > date.min:
        found.append(col(AuditEntry.at) > clock.end_of(wanted.first - timedelta(days=1)))
    if wanted.last is not None:
        found.append(col(AuditEntry.at) <= clock.end_of(wanted.last))
    return found


def _entry(row: Row[Any], viewer: Viewer) -> Entry:
    entry: AuditEntry = row.AuditEntry
    detail = ERASED if row.detail is None else _said(json.loads(row.detail), viewer)
    return Entry(entry.number, entry.at, row.name or entry.actor, entry.act, entry.subject, detail)


def _said(detail: dict[str, object], viewer: Viewer) -> str:
    """Write a detail as words. From where somebody came is for those alone who keep accounts."""
    if not may(viewer, Act.KEEP_ACCOUNTS) or not detail.get(_ADDRESS):
        detail = {name: value for name, value in detail.items() if name != _ADDRESS}
    return "; ".join(f"{name.replace('_', ' ')}: {_value(value)}" for name, value in sorted(detail.items()))


def _value(value: object) -> str:
    match value:
        case [before, after]:
            return f"{_value(before)} → {_value(after)}"
        case dict():
            return ", ".join(f"{name} {_value(inner)}" for name, inner in value.items())
        case None | "":
            return "none"
        case list():
            return ", ".join(_value(inner) for inner in value) or "none"
        case _:
            return str(value)
