"""Having a review pack made by the worker: a person presses, and watches how far it is."""

from sqlmodel import Session

from charter.jobs import JobFound, start_job
from charter.reports.contents import find_standing
from charter.rules.access import Viewer

PACK = "pack"


def start_packing(session: Session, *, viewer: Viewer, ref: str) -> JobFound:
    """Have the pack of a release made. While that waits or runs, a second press gives the same job.

    Args:
        session: a writing session.
        viewer: who asks.
        ref: the release, such as `2026.1`.

    Raises:
        NotAllowedError: the viewer may not have packs made.
        NotFoundError: there is no such release.
        RefusedError: the release was withdrawn.
    """
    job = start_job(session, viewer=viewer, kind=PACK, subject=ref)
    find_standing(session, viewer=viewer, ref=ref)
    return job
