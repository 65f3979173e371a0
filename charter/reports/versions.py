"""What files are kept in memory under: a word that changes when a release would be told otherwise than before."""

from sqlmodel import Session

from charter.charters import list_charters
from charter.coming import next_review
from charter.releases import ReleaseFound, list_releases
from charter.reports.pack_kept import last_change
from charter.rules.access import PUBLIC


def version_of(session: Session, *, release: ReleaseFound) -> str:
    """Give a word for all that a release tells and does not hold itself.

    That is other reviews, which change with each publication alone; the review that comes next, as it is planned now;
    and the charters that are held.

    Args:
        session: a session.
        release: the release.
    """
    changed = last_change(list_releases(session, viewer=PUBLIC))
    coming = next_review(session, viewer=PUBLIC, release_id=release.id)
    return f"{changed.isoformat()} {coming} {list_charters(session, viewer=PUBLIC)}"
