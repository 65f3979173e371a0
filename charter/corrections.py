"""Putting a release right, and taking one back. What was published stays readable at its address."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.figures.corrected import corrected
from charter.figures.inputs import FrozenPeriod
from charter.freezing import frozen_period, period_now
from charter.periods import PeriodFound, period_by_id
from charter.release_figures import release_before
from charter.releases import ReleaseFound, find_release, keep_release
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError, NotFoundError, RefusedError
from charter.typed import clean_text
from db.models import Organisation, Period, Release
from db.types import NoLevel

REASON_LIMIT = 1000  # letters: it stands at the top of every public page

# A group's reference and a commitment's: the level that should have been typed in for it, or the reason for none.
Retyped = Mapping[tuple[str, str], int | NoLevel | None]
_NOTHING_RETYPED: Retyped = {}


def correct_release(
    session: Session, *, viewer: Viewer, ref: str, reason: str, retyped: Retyped = _NOTHING_RETYPED
) -> ReleaseFound:
    """Publish a correction: another release of the same period, with its reason (rule 9f of the method).

    Groups' inputs are those of the release that is corrected, so that a group which left changes nothing; public
    bodies' answers and all texts are taken anew.

    Args:
        session: a writing session.
        viewer: who asks.
        ref: the period's newest release, which is corrected.
        reason: what was wrong, for everyone to read.
        retyped: answers that were typed in wrongly for groups, as they should be. They change the frozen copy alone.

    Raises:
        NotAllowedError: the viewer may not publish.
        NotFoundError: there is no such release, or no such answer in it.
        FieldError: the reason is missing or too long.
        RefusedError: the release was corrected already.
    """
    require(viewer, Act.PUBLISH)
    said = _reason(reason)
    before = _newest(session, ref)
    period = period_by_id(session, period_id=before.period_id)
    release = Release(
        ref=f"{period.ref}.{before.number + 1}",
        period_id=period.id,
        number=before.number + 1,
        reason=said,
        previous_id=release_before(session, period),
        threshold=before.threshold,
        known_sector=before.known_sector,
        made_up=before.made_up,
        published_at=clock.now(),
    )
    keep_release(session, release, inputs=_inputs(session, before, period, retyped))
    detail = {"corrects": ref, "retyped": sorted({organisation for organisation, _ in retyped})}
    audit.record(session, viewer, act="release_corrected", subject=f"release {release.ref}", detail=detail)
    return find_release(session, viewer=viewer, ref=release.ref)


def withdraw_release(session: Session, *, viewer: Viewer, ref: str, reason: str) -> ReleaseFound:
    """Take a release back: it stays at its address with a notice, and public pages show the latest one that stands.

    Raises:
        NotAllowedError: the viewer may not publish.
        NotFoundError: there is no such release.
        FieldError: the reason is missing or too long.
        RefusedError: it was taken back already.
    """
    require(viewer, Act.PUBLISH)
    said = _reason(reason)
    release = _locked(session, ref)
    if release.withdrawn_at is not None:
        day = clock.day_in_words(clock.local(release.withdrawn_at).date())
        raise RefusedError(f"Release {ref} was taken back on {day} already. Nothing was changed.")
    release.withdrawn_at, release.withdrawn_reason = clock.now(), said
    session.flush()
    audit.record(session, viewer, act="release_withdrawn", subject=f"release {ref}")
    return find_release(session, viewer=viewer, ref=ref)


def _reason(typed: str) -> str:
    reason = clean_text(typed)
    if not reason:
        raise FieldError("reason", "Please say what was wrong: everyone who reads the results sees it.")
    if len(reason) > REASON_LIMIT:
        raise FieldError("reason", f"A reason can have up to {REASON_LIMIT:,} letters. Nothing was lost.")
    return reason


def _newest(session: Session, ref: str) -> Release:
    """Give a release that is the newest of its period, locked, so that of two who correct it the second is told."""
    release = _locked(session, ref)
    newest = session.exec(
        select(Release).where(Release.period_id == release.period_id).order_by(col(Release.number).desc())
    ).first()
    if newest is not None and newest.number != release.number:
        day = clock.day_in_words(clock.local(newest.published_at).date())
        raise RefusedError(
            f"Release {ref} was corrected on {day}: see release {newest.ref}. Nothing was changed by this press."
        )
    return release


def _locked(session: Session, ref: str) -> Release:
    release = session.exec(select(Release).where(Release.ref == ref)).first()
    if release is None:
        raise NotFoundError(f"There is no release {ref}.")
    # Publishing takes the period's row too. What is read of the release now is what the last writer left.
    session.exec(select(Period.id).where(Period.id == release.period_id).with_for_update()).first()
    session.refresh(release)
    return release


def _inputs(session: Session, before: Release, period: PeriodFound, retyped: Retyped) -> FrozenPeriod:
    frozen = frozen_period(session, release=before)
    keys = dict(
        session.exec(
            select(Organisation.ref, Organisation.id).where(col(Organisation.ref).in_([ref for ref, _ in retyped]))
        ).all()
    )
    asked = {(found.organisation_id, ref) for found in frozen.groups_side if found.counted for ref in found.answers}
    for organisation, ref in retyped:
        if (keys.get(organisation), ref) not in asked:
            raise NotFoundError(
                f"Release {before.ref} holds no answer of {organisation} to {ref}. Nothing was changed."
            )
    said = {(keys[organisation] or 0, ref): level for (organisation, ref), level in retyped.items()}
    return corrected(frozen, period_now(session, period=period), retyped=said)
