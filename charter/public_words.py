"""What everybody reads of a public body's own words after a review is published, beside what it has saved since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from charter.lowest import Promised
from charter.periods import find_period
from charter.promising_words import due_words
from charter.rules.access import Act, Viewer, require
from db.models import Release, ReleaseInput, ReleasePromise, ReleaseText
from db.types import Precision, ReleaseTextKind


@dataclass(frozen=True)
class PublicPromise:
    """A promise as it was published. Without a date its action is ongoing; without a heading there is none."""

    we_will: str
    action: str
    due_on: date | None
    due_precision: Precision | None
    no_action_reason: str


@dataclass(frozen=True)
class PublicWords:
    """What the newest release that stands holds of a body's words.

    Attributes:
        promises: its promise in each theme, by the theme's reference.
        reply: its reply; empty where it wrote none.
    """

    release_ref: str
    published_at: datetime
    promises: Mapping[str, PublicPromise]
    reply: str


def public_words(session: Session, *, viewer: Viewer, period_ref: str, organisation_id: int) -> PublicWords | None:
    """Read what everybody reads of a body's words on a period, or None where nothing of it is public.

    Raises:
        NotAllowedError: the viewer may not read releases.
        NotFoundError: there is no such period.
    """
    require(viewer, Act.READ_RELEASES)
    period = find_period(session, ref=period_ref)
    release = session.exec(
        select(Release)
        .where(Release.period_id == period.id, col(Release.withdrawn_at).is_(None))
        .order_by(col(Release.number).desc())
    ).first()
    if release is None:
        return None
    rows = session.exec(
        select(ReleasePromise).where(
            ReleasePromise.release_id == release.id,
            ReleasePromise.period_ref == period_ref,
            ReleasePromise.organisation_id == organisation_id,
        )
    )
    promises = {
        row.theme: PublicPromise(row.we_will, row.action, row.due_on, row.due_precision, row.no_action_reason)
        for row in rows
    }
    return PublicWords(release.ref, release.published_at, promises, _reply(session, release, organisation_id))


def public_line(saved: Promised | None, public: PublicPromise | None, *, release_ref: str) -> str:
    """Say what everybody reads of a promise, and when they read what was saved since.

    Args:
        saved: the promise as it is saved, or None.
        public: the promise as it was published, or None.
        release_ref: the release that everybody reads.
    """
    if saved is None:
        return f"Release {release_ref} holds no promise of yours here. You can still write one."
    if public is None:
        return "Nobody reads this promise yet. It is shown once the coordinator publishes a correction."
    if public == _as_public(saved):
        return f"Everybody reads this promise as it stands here, in release {release_ref}."
    behind = f"{public.action}, {due_words(public.due_on, public.due_precision)}" if public.action else "no action"
    return (
        f"You changed this promise. Everybody still reads release {release_ref}: “{public.we_will}” ({behind}). Your "
        "change is shown once the coordinator publishes a correction."
    )


def _reply(session: Session, release: Release, organisation_id: int) -> str:
    found = session.exec(
        select(ReleaseText.words)
        .join(ReleaseInput, col(ReleaseInput.release_id) == col(ReleaseText.release_id))
        .where(
            ReleaseText.release_id == release.id,
            ReleaseText.kind == ReleaseTextKind.RIGHT_OF_REPLY,
            ReleaseText.organisation == ReleaseInput.name,
            ReleaseInput.organisation_id == organisation_id,
        )
    ).first()
    return found or ""


def _as_public(saved: Promised) -> PublicPromise:
    return PublicPromise(saved.we_will, saved.action, saved.due_on, saved.due_precision, saved.no_action_reason)
