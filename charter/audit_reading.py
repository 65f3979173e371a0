"""Reading the audit log: searched by act, subject, person and day, one page at a time or all of it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Row
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import Session, col

from charter import audit, clock
from charter.audit_words import detail_words
from charter.pages_of_rows import PAGE_SIZE, Slice, has_words, slice_of
from charter.rules.access import Act, Viewer, may, require
from charter.store import afterwards
from charter.typed import clean_text
from db.models import Account, AuditDetail, AuditEntry, Invitation, Organisation, SelfAssessment

ERASED = "erased"
_ADDRESS = "address"  # the network address that every entry's detail holds
_AT_ONCE = 1000  # entries that are held in memory while all are read


@dataclass(frozen=True)
class AuditWanted:
    """What is looked for in the log; what is None or empty leaves nothing out.

    Attributes:
        act: what was done, in stored words such as `period_opened`.
        subject: words that must stand in the subject, or in the name of the person or the organisation that it is.
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
        named: the name of the person or the organisation that the subject is, or is of; empty for any other, and in a
            file.
    """

    number: int
    at: datetime
    who: str
    act: str
    subject: str
    detail: str
    named: str = ""


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
    names = _names(session, viewer, {row.AuditEntry.subject for row in found.rows})
    return found.of(tuple(_entry(row, viewer, names) for row in found.rows))


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
        yield _entry(row, viewer, {})


def list_acts(session: Session, *, viewer: Viewer) -> tuple[str, ...]:
    """Read which acts there are in the log, to choose from.

    Raises:
        NotAllowedError: the viewer may not read the log.
    """
    require(viewer, Act.READ_AUDIT)
    acts = session.scalars(sa.select(col(AuditEntry.act)).where(*_visible(viewer)).distinct())
    return tuple(sorted(acts))


def sees_answers(viewer: Viewer) -> bool:
    """Tell whether a viewer finds in the log what speaks of groups' answers, and of concerns."""
    return may(viewer, Act.READ_GROUP_ANSWERS)


def _statement(viewer: Viewer, wanted: AuditWanted) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(AuditEntry, col(AuditDetail.detail), col(Account.name))
        .outerjoin(AuditDetail, col(AuditDetail.number) == col(AuditEntry.number))
        .outerjoin(Account, col(Account.id) == col(AuditEntry.account_id))
        .where(*_visible(viewer), *_conditions(viewer, wanted))
    )


def _visible(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    if sees_answers(viewer):
        return ()
    return (
        ~col(AuditEntry.subject).startswith("self_assessment"),
        ~col(AuditEntry.subject).startswith("concern "),
        col(AuditEntry.actor) != "invitation link",
    )


def _conditions(viewer: Viewer, wanted: AuditWanted) -> list[ColumnElement[bool]]:
    found = [_is_about(viewer, wanted.subject)] if clean_text(wanted.subject) else []
    found += has_words(wanted.who, col(Account.name), col(Account.email), col(AuditEntry.actor))
    if wanted.act:
        found.append(col(AuditEntry.act) == wanted.act)
    # Before the first day of all days there is none, and nothing was done before it.
    if wanted.first is not None and wanted.first > date.min:
        found.append(col(AuditEntry.at) > clock.end_of(wanted.first - timedelta(days=1)))
    if wanted.last is not None:
        found.append(col(AuditEntry.at) <= clock.end_of(wanted.last))
    return found


def _is_about(viewer: Viewer, words: str) -> ColumnElement[bool]:
    """Make the condition that the words stand in the subject, or in the name of whom or what it is."""
    subject = col(AuditEntry.subject)
    return sa.or_(
        sa.and_(sa.true(), *has_words(words, subject)),
        *(subject.in_(sa.select(is_it).where(*has_words(words, name))) for is_it, name in _named(viewer)),
    )


def _named(viewer: Viewer) -> list[tuple[ColumnElement[str], SQLCoreOperations[str]]]:
    """Give the subjects that have names, as they are stored, each beside its name.

    Which group an invitation or answers are of is for those alone who see what groups answer.
    """
    accounts = sa.literal("account ") + sa.cast(col(Account.id), sa.String)
    organisations = sa.literal("organisation ") + col(Organisation.ref)
    named: list[tuple[ColumnElement[str], SQLCoreOperations[str]]] = [
        (accounts, col(Account.name)),
        (organisations, col(Organisation.name)),
    ]
    if sees_answers(viewer):
        invitations = sa.literal("invitation ") + sa.cast(col(Invitation.id), sa.String)
        answers = sa.literal("self_assessment ") + col(SelfAssessment.ref)
        named += [
            (invitations, _of(col(Invitation.organisation_id))),
            (answers, _of(col(SelfAssessment.organisation_id))),
        ]
    return named


def _of(organisation_id: SQLCoreOperations[int]) -> SQLCoreOperations[str]:
    return sa.select(col(Organisation.name)).where(col(Organisation.id) == organisation_id).scalar_subquery()


def _names(session: Session, viewer: Viewer, subjects: set[str]) -> dict[str, str]:
    rows = (session.execute(sa.select(is_it, name).where(is_it.in_(subjects))) for is_it, name in _named(viewer))
    return {subject: called for found in rows for subject, called in found}


def _entry(row: Row[Any], viewer: Viewer, names: Mapping[str, str]) -> Entry:
    entry: AuditEntry = row.AuditEntry
    detail = ERASED if row.detail is None else detail_words(_visible_detail(json.loads(row.detail), viewer))
    who, named = row.name or entry.actor, names.get(entry.subject, "")
    return Entry(entry.number, entry.at, who, entry.act, entry.subject, detail, named)


def _visible_detail(detail: dict[str, object], viewer: Viewer) -> dict[str, object]:
    """Leave out from where somebody came, but for those who keep accounts."""
    if may(viewer, Act.KEEP_ACCOUNTS) and detail.get(_ADDRESS):
        return detail
    return {name: value for name, value in detail.items() if name != _ADDRESS}
