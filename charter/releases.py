"""Releases: publishing a period, and finding what was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from charter import audit
from charter.freezing import period_now
from charter.periods import find_period, held_period, last_day_of
from charter.preparing import ChangedMeanwhileError, Prepared, keep_release, prepare
from charter.release_figures import release_before
from charter.rules import workflow
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import NotFoundError
from db.models import Charter, Period, Release
from db.types import PeriodState


@dataclass(frozen=True)
class ReleaseFound:
    """A release, with the period that it is of and what was assessed in it.

    Attributes:
        opens_on: the first day on which answers were taken.
        last_day: the last day on which they were.
    """

    id: int
    ref: str
    number: int
    reason: str
    published_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str
    made_up: bool
    threshold: int
    period_id: int
    period_ref: str
    period_title: str
    charter_title: str
    opens_on: date
    last_day: date


def publish_period(session: Session, *, viewer: Viewer, ref: str) -> ReleaseFound:
    """Publish a closed period: freeze its inputs and words, make its figures, and keep them for good.

    All of it happens in one scope. Where others write meanwhile, `prepare_release` and `publish_prepared` hold the
    store for less long.

    Raises:
        NotAllowedError: the viewer may not publish.
        NotFoundError: there is no such period.
        RefusedError: the period is not closed, or nobody's answers count.
    """
    require(viewer, Act.PUBLISH)
    # Held until the end, so that of two who publish at once the second is told that it is done.
    held_period(session, ref=ref)
    return _keep(session, viewer, prepare_release(session, viewer=viewer, ref=ref))


def prepare_release(session: Session, *, viewer: Viewer, ref: str) -> Prepared:
    """Make the first release of a closed period ready. It only reads.

    Raises:
        NotAllowedError: the viewer may not publish.
        NotFoundError: there is no such period.
        RefusedError: the period is not closed, or nobody's answers count.
    """
    require_closed(session, viewer=viewer, ref=ref)
    period = find_period(session, ref=ref)
    read = period_now(session, period=period)
    return prepare(session, period=period, number=1, reason="", read=read, inputs=read)


def require_closed(session: Session, *, viewer: Viewer, ref: str) -> None:
    """Refuse unless a period can be published by this viewer.

    Raises:
        NotAllowedError: the viewer may not publish.
        NotFoundError: there is no such period.
        RefusedError: the period is not closed.
    """
    require(viewer, Act.PUBLISH)
    workflow.move_period(find_period(session, ref=ref).state, PeriodState.PUBLISHED)


def publish_prepared(session: Session, *, viewer: Viewer, prepared: Prepared) -> ReleaseFound:
    """Publish what was made ready, unless what it was made from has changed since.

    Raises:
        NotAllowedError: the viewer may not publish.
        RefusedError: the period is not closed any more.
        ChangedMeanwhileError: an answer changed, so that its figures must be made again.
    """
    require(viewer, Act.PUBLISH)
    period = held_period(session, ref=prepared.period.ref)
    workflow.move_period(period.state, PeriodState.PUBLISHED)
    same = release_before(session, period) == prepared.previous_id
    if not same or period_now(session, period=period) != prepared.read:
        raise ChangedMeanwhileError
    return _keep(session, viewer, prepared)


def _keep(session: Session, viewer: Viewer, prepared: Prepared) -> ReleaseFound:
    keep_release(session, prepared)
    period = session.get_one(Period, prepared.period.id)
    detail = audit.changes({"state": period.state}, {"state": PeriodState.PUBLISHED})
    period.state = PeriodState.PUBLISHED
    session.flush()
    audit.record(session, viewer, act="period_published", subject=f"release {prepared.ref}", detail=detail)
    return find_release(session, viewer=viewer, ref=prepared.ref)


def list_releases(session: Session, *, viewer: Viewer) -> tuple[ReleaseFound, ...]:
    """Read every release, the latest period's latest first. Real ones go before made-up ones."""
    require(viewer, Act.READ_RELEASES)
    statement = (
        select(Release, Period, Charter)
        .join(Period, col(Period.id) == Release.period_id)
        .join(Charter, col(Charter.id) == Period.charter_id)
        .order_by(col(Release.made_up), col(Period.opens_on).desc(), col(Release.number).desc())
    )
    return tuple(_as_found(*row) for row in session.exec(statement))


def choose_release(
    releases: Sequence[ReleaseFound], *, ref: str | None = None, period_ref: str | None = None
) -> ReleaseFound | None:
    """Choose the release that is shown: the latest that stands, unless another is asked for.

    Args:
        releases: every release, in the order of `list_releases`, so that a real one goes before a made-up one.
        ref: a release's reference, such as `2026.1`. That one is shown even if it was withdrawn, and goes before
            `period_ref`.
        period_ref: a period's reference, such as `2026`: its latest release that stands.

    Returns:
        The release, or None where there is none of that kind.
    """
    if ref is not None:
        return next((release for release in releases if release.ref == ref), None)
    standing = (release for release in releases if release.withdrawn_at is None)
    return next((release for release in standing if period_ref in (None, release.period_ref)), None)


def find_release(session: Session, *, viewer: Viewer, ref: str) -> ReleaseFound:
    """Read a release by its reference, such as `2026.1`.

    Raises:
        NotFoundError: there is no such release.
    """
    found = choose_release(list_releases(session, viewer=viewer), ref=ref)
    if found is None:
        raise NotFoundError(f"There is no release {ref}.")
    return found


def _as_found(release: Release, period: Period, charter: Charter) -> ReleaseFound:
    return ReleaseFound(
        id=release.id or 0,
        ref=release.ref,
        number=release.number,
        reason=release.reason,
        published_at=release.published_at,
        withdrawn_at=release.withdrawn_at,
        withdrawn_reason=release.withdrawn_reason,
        made_up=release.made_up,
        threshold=release.threshold,
        period_id=release.period_id,
        period_ref=period.ref,
        period_title=period.title,
        charter_title=charter.title,
        opens_on=period.opens_on,
        last_day=last_day_of(closes_on=period.closes_on, closed_at=period.closed_at),
    )
