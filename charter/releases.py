"""Releases: publishing a period, and finding what was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.figures.all_figures import FIGURE_TABLES, Earlier, FigureRow, all_figures
from charter.freezing import freeze, frozen_period
from charter.periods import PeriodFound, find_period
from charter.questions import asked_versions, same_meaning
from charter.rules import workflow
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import NotFoundError, RefusedError
from db.bulk import insert_rows
from db.models import Charter, Period, Release
from db.types import PeriodState


@dataclass(frozen=True)
class ReleaseFound:
    """A release, with the period that it is of and what was assessed in it."""

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


def publish_period(session: Session, *, viewer: Viewer, ref: str) -> ReleaseFound:
    """Publish a closed period: freeze its inputs, make its figures, and keep both for good.

    Raises:
        NotAllowedError: the viewer may not publish.
        NotFoundError: there is no such period.
        RefusedError: the period is not closed, or nobody's answers count.
    """
    require(viewer, Act.PUBLISH)
    # Held until the end, so that of two who publish at once the second is told that it is done.
    session.exec(select(Period.id).where(Period.ref == ref).with_for_update()).first()
    period = find_period(session, ref=ref)
    workflow.move_period(period.state, PeriodState.PUBLISHED)
    release = Release(
        ref=f"{ref}.1",
        period_id=period.id,
        number=1,
        previous_id=_before(session, period),
        threshold=period.threshold,
        known_sector=period.known_sector,
        made_up=period.made_up,
        published_at=clock.now(),
    )
    session.add(release)
    session.flush()
    counted = freeze(session, period=period, release_id=release.id or 0)
    if not counted:
        raise RefusedError(
            "Nobody’s answers count in this period yet, so there is nothing to publish. Nothing was changed."
        )
    _keep_figures(session, figures_of(session, release=release))
    session.get_one(Period, period.id).state = PeriodState.PUBLISHED
    session.flush()
    audit.record(session, viewer, act="period_published", subject=f"release {release.ref}")
    return find_release(session, viewer=viewer, ref=release.ref)


def _keep_figures(session: Session, rows: list[FigureRow]) -> None:
    """Store figures a table at a time: as objects, each combination of missing values was a statement of its own."""
    for table in FIGURE_TABLES:
        insert_rows(session, table, [row.model_dump(exclude={"id"}) for row in rows if isinstance(row, table)])


def figures_of(session: Session, *, release: Release) -> list[FigureRow]:
    """Make a release's figures from its frozen inputs: when it is published, and each time it is verified."""
    period = frozen_period(session, release=release)
    earlier = None
    if release.previous_id is not None:
        before = session.get_one(Release, release.previous_id)
        charter_id = session.get_one(Period, release.period_id).charter_id
        comparable = same_meaning(
            session,
            first={v.ref: v.number for v in asked_versions(session, period_id=before.period_id)},
            second={v.ref: v.number for v in period.versions},
            charter_id=charter_id,
        )
        earlier = Earlier(
            period=frozen_period(session, release=before), release_id=before.id or 0, comparable=comparable
        )
    return all_figures(period, release_id=release.id or 0, earlier=earlier)


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


def _before(session: Session, period: PeriodFound) -> int | None:
    """Find the standing release of the last period before this one that asked about the same charter."""
    statement = (
        select(Release.id)
        .join(Period, col(Period.id) == Release.period_id)
        .where(
            Period.charter_id == period.charter_id,
            Period.made_up == period.made_up,
            Period.opens_on < period.opens_on,
            col(Release.withdrawn_at).is_(None),
        )
        .order_by(col(Period.opens_on).desc(), col(Release.number).desc())
    )
    return session.exec(statement).first()


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
    )
