"""Sharing figures with named people before they are published, by a link that is good for 24 hours (rule 9f)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.mail.keeping_out import take_back_letters
from charter.periods import PeriodFound, held_period, period_by_id
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import ClosedError, FieldError, NotFoundError, RefusedError
from charter.settings import settings
from charter.tokens import digest, new_token
from charter.typed import clean_text
from db.models import EarlyAccess, Mail, Organisation, Period
from db.types import PeriodState

GOOD_FOR = timedelta(hours=24)
NAME_LIMIT = 120  # letters


class PreviewEnding(StrEnum):
    """Why a preview's link shows no figures."""

    EXPIRED = "expired"
    REVOKED = "revoked"
    PUBLISHED = "published"


@dataclass(frozen=True)
class Access:
    """Somebody who may see, or saw, a period's figures before they are published.

    Attributes:
        organisation: the public body that looked by right of reply; empty for a link.
        by_link: whether the person was given a link.
        live: whether that link still opens.
    """

    id: int
    name: str
    organisation: str
    shared_at: datetime
    expires_at: datetime | None
    first_seen_at: datetime | None
    revoked_at: datetime | None
    by_link: bool
    live: bool


@dataclass(frozen=True)
class PreviewFound:
    """What a preview's link speaks of, and why it shows nothing, if so."""

    name: str
    period: PeriodFound
    expires_at: datetime
    ending: PreviewEnding | None


def share_preview(session: Session, *, viewer: Viewer, period_ref: str, name: str) -> str:
    """Let a named person see a closed period's figures for 24 hours, and return the token for the link.

    From then on no group's answer changes any more, and the period is not opened again.

    Args:
        session: a writing session.
        viewer: who asks.
        period_ref: the period.
        name: who is given the link. It is published with the figures.

    Raises:
        NotAllowedError: the viewer may not publish.
        NotFoundError: there is no such period.
        FieldError: the name is missing or too long.
        RefusedError: the period is not closed, or is published already.
    """
    require(viewer, Act.PUBLISH)
    who = " ".join(clean_text(name).split())
    if not 0 < len(who) <= NAME_LIMIT:
        raise FieldError("name", f"Please type who you share it with, in up to {NAME_LIMIT} letters. Nothing was lost.")
    # Opening the period again takes this row too, so that the two never cross.
    period = held_period(session, ref=period_ref)
    if period.state is not PeriodState.CLOSED:
        raise RefusedError("Figures are shared between closing and publishing a review. Nothing was shared.")
    token, now = new_token(), clock.now()
    row = EarlyAccess(
        period_id=period.id, name=who, token_digest=digest(token), shared_at=now, expires_at=now + GOOD_FOR
    )
    session.add(row)
    session.flush()
    audit.record(session, viewer, act="preview_shared", subject=f"early_access {row.id}")
    return token


def revoke_preview(session: Session, *, viewer: Viewer, access_id: int) -> None:
    """Put a preview's link out of use, and send no letter that holds it. What was seen stays seen, and on the list.

    Raises:
        NotAllowedError: the viewer may not publish.
        NotFoundError: there is no such link.
    """
    require(viewer, Act.PUBLISH)
    row = session.exec(select(EarlyAccess).where(EarlyAccess.id == access_id).with_for_update()).first()
    if row is None or row.token_digest is None:
        raise NotFoundError("There is no such link. Nothing was changed.")
    if row.revoked_at is None:
        row.revoked_at = clock.now()
        session.flush()
        take_back_letters(session, viewer=viewer, which=col(Mail.early_access_id) == access_id)
        detail = audit.changes({"revoked_at": None}, {"revoked_at": row.revoked_at})
        audit.record(session, viewer, act="preview_revoked", subject=f"early_access {access_id}", detail=detail)


def list_early_access(session: Session, *, viewer: Viewer, period_ref: str) -> tuple[Access, ...]:
    """Read who may see, or saw, a period's figures before they are published, the first one first.

    Raises:
        NotAllowedError: the viewer may not publish.
    """
    require(viewer, Act.PUBLISH)
    statement = (
        select(EarlyAccess, Organisation)
        .join(Period, col(Period.id) == EarlyAccess.period_id)
        .outerjoin(Organisation, col(Organisation.id) == EarlyAccess.organisation_id)
        .where(Period.ref == period_ref)
        .order_by(col(EarlyAccess.shared_at), col(EarlyAccess.id))
    )
    return tuple(_as_access(row, organisation) for row, organisation in session.exec(statement))


def find_preview(session: Session, *, token: str) -> PreviewFound:
    """Tell what a preview's link speaks of. It changes nothing: mail scanners open links too.

    Raises:
        NotFoundError: nothing is known of this link.
    """
    row = session.exec(select(EarlyAccess).where(EarlyAccess.token_digest == digest(token))).first()
    if row is None or row.expires_at is None:
        raise NotFoundError("We do not know this link. Nothing was changed.")
    period = period_by_id(session, period_id=row.period_id)
    return PreviewFound(row.name, period, row.expires_at, _ending(row, period))


def open_preview(session: Session, *, token: str) -> PreviewFound:
    """Write down that a person looks, when they do so for the first time.

    Raises:
        NotFoundError: nothing is known of this link.
        ClosedError: the link has ended.
    """
    found = find_preview(session, token=token)
    if found.ending is not None:
        raise ClosedError("This link shows no figures any more. Nothing was changed.")
    row = session.exec(select(EarlyAccess).where(EarlyAccess.token_digest == digest(token)).with_for_update()).one()
    if row.first_seen_at is None:
        row.first_seen_at = clock.now()
        session.flush()
        audit.record(session, Viewer(), act="preview_opened", subject=f"early_access {row.id}")
    return found


def preview_address(token: str) -> str:
    """Give the address that a preview's token stands in."""
    return f"{settings().site_address}/preview/{token}"


def _ending(row: EarlyAccess, period: PeriodFound) -> PreviewEnding | None:
    if row.revoked_at is not None or (period.made_up and not settings().demonstration):
        return PreviewEnding.REVOKED
    if period.state is PeriodState.PUBLISHED:
        return PreviewEnding.PUBLISHED
    if row.expires_at is None or clock.now() >= row.expires_at or period.state is not PeriodState.CLOSED:
        return PreviewEnding.EXPIRED
    return None


def _as_access(row: EarlyAccess, organisation: Organisation | None) -> Access:
    by_link = row.token_digest is not None
    return Access(
        id=row.id or 0,
        name=row.name,
        organisation=organisation.name if organisation else "",
        shared_at=row.shared_at,
        expires_at=row.expires_at,
        first_seen_at=row.first_seen_at,
        revoked_at=row.revoked_at,
        by_link=by_link,
        live=by_link and row.revoked_at is None and row.expires_at is not None and clock.now() < row.expires_at,
    )
