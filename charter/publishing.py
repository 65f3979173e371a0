"""Having a review published, or put right, by the worker: a person presses, and watches how far it is."""

from sqlmodel import Session

from charter.corrections import NOTHING_RETYPED, Retyped, check_correction
from charter.jobs import JobFound, start_job
from charter.publishing_work import Asked
from charter.releases import require_closed
from charter.rules.access import Viewer


def start_publishing(session: Session, *, viewer: Viewer, ref: str) -> JobFound:
    """Have a closed period published. While that waits or runs, a second press gives the same job.

    Args:
        session: a writing session.
        viewer: who asks.
        ref: the period.

    Raises:
        NotAllowedError: the viewer may not publish.
        NotFoundError: there is no such period.
        RefusedError: the period is not closed.
    """
    require_closed(session, viewer=viewer, ref=ref)
    return start_job(session, viewer=viewer, kind="publish", subject=ref)


def start_correction(
    session: Session, *, viewer: Viewer, ref: str, reason: str, retyped: Retyped = NOTHING_RETYPED
) -> JobFound:
    """Have a correction published. While one of this release waits or runs, a second press gives that one.

    Args:
        session: a writing session.
        viewer: who asks.
        ref: the period's newest release, which is corrected.
        reason: what was wrong, for everyone to read.
        retyped: answers that were typed in wrongly for groups, as they should be.

    Raises:
        NotAllowedError: the viewer may not publish.
        NotFoundError: there is no such release.
        FieldError: the reason is missing or too long, or more was retyped than fits into one correction.
        RefusedError: the release was corrected already.
    """
    said = check_correction(session, viewer=viewer, ref=ref, reason=reason)
    given = Asked(said, retyped).written()
    return start_job(session, viewer=viewer, kind="correction", subject=ref, given=given)
