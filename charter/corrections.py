"""Putting a release right, and taking one back. What was published stays readable at its address."""

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.figures.corrected import corrected
from charter.figures.inputs import FrozenPeriod
from charter.freezing import frozen_period, period_now
from charter.holding import hold_period
from charter.periods import period_by_id
from charter.preparing import ChangedMeanwhileError, Prepared, keep_release, prepare
from charter.release_figures import release_before
from charter.releases import ReleaseFound, find_release
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError, NotFoundError, RefusedError
from charter.typed import clean_text
from db.models import Organisation, Release
from db.types import NoLevel

REASON_LIMIT = 1000  # letters: it stands at the top of every public page

# A group's reference and a commitment's: the level that should have been typed in for it, or the reason for none.
Retyped = Mapping[tuple[str, str], int | NoLevel | None]
NOTHING_RETYPED: Retyped = {}


def correct_release(
    session: Session, *, viewer: Viewer, ref: str, reason: str, retyped: Retyped = NOTHING_RETYPED
) -> ReleaseFound:
    """Publish a correction: another release of the same period, with its reason (rule 9f of the method).

    All of it happens in one scope. Where others write meanwhile, `prepare_correction` and `publish_correction` hold the
    store for less long. See `prepare_correction` for what is given and what is raised.
    """
    require(viewer, Act.PUBLISH)
    _locked(session, ref)
    prepared = prepare_correction(session, viewer=viewer, ref=ref, reason=reason, retyped=retyped)
    return _keep(session, viewer, prepared, corrects=ref, retyped=retyped)


def prepare_correction(
    session: Session, *, viewer: Viewer, ref: str, reason: str, retyped: Retyped = NOTHING_RETYPED
) -> Prepared:
    """Make a correction ready. It only reads.

    Groups' inputs are those of the release that is corrected, so that a group which left changes nothing; public
    bodies' answers and all texts are taken anew.

    Args:
        session: a session.
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
    said = check_correction(session, viewer=viewer, ref=ref, reason=reason)
    return replace(try_correction(session, viewer=viewer, ref=ref, retyped=retyped), reason=said)


def try_correction(session: Session, *, viewer: Viewer, ref: str, retyped: Retyped) -> Prepared:
    """Make a correction that has no reason yet, to see what it would change. It only reads.

    Raises:
        NotAllowedError: the viewer may not publish.
        NotFoundError: there is no such release, or no such answer in it.
        RefusedError: the release was corrected already.
    """
    require(viewer, Act.PUBLISH)
    before = _newest(session, _release(session, ref))
    period = period_by_id(session, period_id=before.period_id)
    read = period_now(session, period=period)
    inputs = _inputs(session, before, read, retyped)
    return prepare(session, period=period, number=before.number + 1, reason="", read=read, inputs=inputs)


def check_correction(session: Session, *, viewer: Viewer, ref: str, reason: str) -> str:
    """Give the reason of a correction as it would be published. The other mistakes are found when it is made ready.

    Raises:
        NotAllowedError: the viewer may not publish.
        NotFoundError: there is no such release.
        FieldError: the reason is missing or too long.
        RefusedError: the release was corrected already.
    """
    require(viewer, Act.PUBLISH)
    said = _reason(reason)
    _newest(session, _release(session, ref))
    return said


def publish_correction(
    session: Session, *, viewer: Viewer, ref: str, prepared: Prepared, retyped: Retyped = NOTHING_RETYPED
) -> ReleaseFound:
    """Publish a correction that was made ready, unless what it was made from has changed since.

    Raises:
        NotAllowedError: the viewer may not publish.
        RefusedError: the release was corrected meanwhile.
        ChangedMeanwhileError: a public body's answer changed, so that its figures must be made again.
    """
    require(viewer, Act.PUBLISH)
    _newest(session, _locked(session, ref))
    same = release_before(session, prepared.period) == prepared.previous_id
    # Groups' answers are frozen: one that left meanwhile changes nothing.
    if not same or period_now(session, period=prepared.period).bodies != prepared.read.bodies:
        raise ChangedMeanwhileError
    return _keep(session, viewer, prepared, corrects=ref, retyped=retyped)


def _keep(session: Session, viewer: Viewer, prepared: Prepared, *, corrects: str, retyped: Retyped) -> ReleaseFound:
    keep_release(session, prepared)
    # How many, and not which: that a group answered is for the coordinator alone to know, and others read the log.
    detail = {"corrects": corrects, "groups_retyped": len({organisation for organisation, _ in retyped})}
    audit.record(session, viewer, act="release_corrected", subject=f"release {prepared.ref}", detail=detail)
    return find_release(session, viewer=viewer, ref=prepared.ref)


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
    before = {"withdrawn_at": release.withdrawn_at, "reason": release.withdrawn_reason}
    release.withdrawn_at, release.withdrawn_reason = clock.now(), said
    session.flush()
    detail = audit.changes(before, {"withdrawn_at": release.withdrawn_at, "reason": said})
    audit.record(session, viewer, act="release_withdrawn", subject=f"release {ref}", detail=detail)
    return find_release(session, viewer=viewer, ref=ref)


def _reason(typed: str) -> str:
    reason = clean_text(typed)
    if not reason:
        raise FieldError("reason", "Please say what was wrong: everyone who reads the results sees it.")
    if len(reason) > REASON_LIMIT:
        raise FieldError("reason", f"A reason can have up to {REASON_LIMIT:,} letters. Nothing was lost.")
    return reason


def _newest(session: Session, release: Release) -> Release:
    """Give a release that is the newest of its period, or tell that it was corrected."""
    newest = session.exec(
        select(Release).where(Release.period_id == release.period_id).order_by(col(Release.number).desc())
    ).first()
    if newest is not None and newest.number != release.number:
        day = clock.day_in_words(clock.local(newest.published_at).date())
        raise RefusedError(
            f"Release {release.ref} was corrected on {day}: see release {newest.ref}. Nothing was changed by this "
            "press."
        )
    return release


def _release(session: Session, ref: str) -> Release:
    release = session.exec(select(Release).where(Release.ref == ref)).first()
    if release is None:
        raise NotFoundError(f"There is no release {ref}.")
    return release


def _locked(session: Session, ref: str) -> Release:
    release = _release(session, ref)
    # Publishing takes the period's row too. What is read of the release now is what the last writer left.
    hold_period(session, period_id=release.period_id)
    session.refresh(release)
    return release


def _inputs(session: Session, before: Release, read: FrozenPeriod, retyped: Retyped) -> FrozenPeriod:
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
    return corrected(frozen, read, retyped=said)
