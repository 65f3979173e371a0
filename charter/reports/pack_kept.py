"""The review pack that is kept with its release: made once, and made anew only when something was published since.

An older release tells of later reviews too, so that a pack from before those were published, or taken back, tells less
than the site does.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from charter import audit
from charter.holding import hold_period
from charter.kept_files import require_whole
from charter.releases import ReleaseFound, list_releases
from charter.reports.contents import find_standing
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import NotFoundError, RefusedError
from db.models import ReleasePack

_DAMAGED = "This pack was damaged where it is kept. Tell the person who runs the review. Nothing more was lost."


@dataclass(frozen=True)
class PackFound:
    """A pack that is ready: its release, its size in bytes, its checksum and when it was made."""

    release: ReleaseFound
    size: int
    sha256: str
    made_at: datetime


def find_pack(session: Session, *, viewer: Viewer, ref: str) -> PackFound | None:
    """Find the pack of a release, or give None where it is not made yet, or has to be made anew.

    Args:
        session: a session.
        viewer: who asks. A pack holds only what is published, so everybody may.
        ref: the release, such as `2026.1`, or `latest`.

    Raises:
        NotFoundError: there is no such release.
        RefusedError: the release was withdrawn.
    """
    release = find_standing(session, viewer=viewer, ref=ref)
    changed = last_change(list_releases(session, viewer=viewer))
    columns = select(ReleasePack.size, ReleasePack.sha256, ReleasePack.made_at)
    found = session.exec(columns.where(ReleasePack.release_id == release.id)).first()
    if found is None or found[2] < changed:
        return None
    return PackFound(release, *found)


def read_pack(session: Session, *, viewer: Viewer, ref: str) -> tuple[PackFound, bytes]:
    """Give the pack of a release.

    Raises:
        NotFoundError: there is no such release, or its pack is not made yet.
        RefusedError: the release was withdrawn.
        DamagedError: its bytes are not those that were kept. The log says so.
    """
    pack = find_pack(session, viewer=viewer, ref=ref)
    if pack is None:
        raise NotFoundError(
            "The review pack of this release is not made yet. The person who runs the review makes it with one press."
        )
    content = session.exec(select(ReleasePack.content).where(ReleasePack.release_id == pack.release.id)).one()
    require_whole(content, sha256=pack.sha256, what=f"the review pack of {pack.release.ref}", words=_DAMAGED)
    return pack, content


def keep_pack(session: Session, *, viewer: Viewer, ref: str, content: bytes, read_at: datetime) -> PackFound:
    """Keep a pack with its release, in place of one from before.

    Args:
        session: a writing session.
        viewer: who had it made.
        ref: the release.
        content: the pack.
        read_at: when what it tells was read: what was published later is not in it.

    Raises:
        NotAllowedError: the viewer may not have packs made.
        NotFoundError: there is no such release.
        RefusedError: the release was withdrawn meanwhile, or another was published, so that the pack is old already.
    """
    require(viewer, Act.MAKE_PACKS)
    # Whoever takes the release back, or keeps a pack too, has the period's row first.
    hold_period(session, period_id=find_standing(session, viewer=viewer, ref=ref).period_id)
    session.expire_all()
    release = find_standing(session, viewer=viewer, ref=ref)
    if read_at < last_change(list_releases(session, viewer=viewer)):
        raise RefusedError("Something was published meanwhile, so this pack is old already. Please make it again.")
    session.exec(delete(ReleasePack).where(col(ReleasePack.release_id) == release.id))
    digest = hashlib.sha256(content).hexdigest()
    row = ReleasePack(release_id=release.id, size=len(content), sha256=digest, content=content, made_at=read_at)
    session.add(row)
    session.flush()
    audit.record(session, viewer, act="pack_made", subject=f"release {release.ref}", detail={"sha256": digest})
    return PackFound(release, row.size, digest, read_at)


def last_change(releases: Sequence[ReleaseFound]) -> datetime:
    """Give when a release was last published or taken back, of at least one."""
    return max(moment for each in releases for moment in (each.published_at, each.withdrawn_at) if moment is not None)
