"""Releases: publishing a period, and finding what was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.figures.all_figures import FIGURE_TABLES
from charter.figures.inputs import FrozenPeriod
from charter.freezing import freeze, period_now
from charter.periods import find_period
from charter.release_figures import figures_of, release_before
from charter.release_words import freeze_words
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
    """Publish a closed period: freeze its inputs and words, make its figures, and keep them for good.

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
        previous_id=release_before(session, period),
        threshold=period.threshold,
        known_sector=period.known_sector,
        made_up=period.made_up,
        published_at=clock.now(),
    )
    keep_release(session, release, inputs=period_now(session, period=period))
    session.get_one(Period, period.id).state = PeriodState.PUBLISHED
    session.flush()
    audit.record(session, viewer, act="period_published", subject=f"release {release.ref}")
    return find_release(session, viewer=viewer, ref=release.ref)


def keep_release(session: Session, release: Release, *, inputs: FrozenPeriod) -> None:
    """Store a new release: its inputs, the figures that they give, and the words that go with them.

    Raises:
        RefusedError: nobody's answers count.
    """
    if not any(found.counted for found in inputs.organisations):
        raise RefusedError(
            "Nobody’s answers count in this period yet, so there is nothing to publish. Nothing was changed."
        )
    session.add(release)
    session.flush()
    freeze(session, period=inputs, release_id=release.id or 0)
    rows = figures_of(session, release=release)
    # A table at a time: as objects, each combination of missing values was a statement of its own.
    for table in FIGURE_TABLES:
        insert_rows(session, table, [row.model_dump(exclude={"id"}) for row in rows if isinstance(row, table)])
    freeze_words(session, release=release)


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
    )
