"""A release as it is told now, and its contents, kept in memory for all that is made of it."""

from dataclasses import dataclass
from functools import lru_cache

from sqlmodel import Session

from charter.charters import list_charters
from charter.coming import next_review
from charter.releases import ReleaseFound, list_releases
from charter.reports.contents import Contents, find_standing, read_contents
from charter.reports.pack_kept import last_change
from charter.rules.access import PUBLIC
from charter.settings import settings
from charter.store import reading

_KEPT = 4  # releases


@dataclass(frozen=True)
class Told:
    """What files are kept in memory under: it changes when the release would be told otherwise than before.

    Attributes:
        store_url: which store.
        ref: which release.
        version: a word for all that the release tells and does not hold itself. That is other reviews, which change
            with each publication alone; the review that comes next, as it is planned now; and the charters.
    """

    store_url: str
    ref: str
    version: str


def find_told(ref: str) -> tuple[ReleaseFound, Told]:
    """Find a release of which files may be handed out, as it is told now.

    Args:
        ref: the release, such as `2026.1`, or `latest`.

    Raises:
        NotFoundError: nothing is published under this reference, or nothing at all.
        RefusedError: the release was withdrawn.
    """
    with reading() as session:
        release = find_standing(session, viewer=PUBLIC, ref=ref)
        return release, _told(session, release)


@lru_cache(maxsize=_KEPT)
def contents_of(told: Told) -> Contents:
    """Read all that a release tells, or give it as it was read before."""
    with reading() as session:
        return read_contents(session, viewer=PUBLIC, ref=told.ref)


def _told(session: Session, release: ReleaseFound) -> Told:
    changed = last_change(list_releases(session, viewer=PUBLIC))
    coming = next_review(session, viewer=PUBLIC, release_id=release.id)
    version = f"{changed.isoformat()} {coming} {list_charters(session, viewer=PUBLIC)}"
    return Told(settings().store_url, release.ref, version)
