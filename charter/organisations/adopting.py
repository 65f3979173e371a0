"""What a public body owes by name: that it adopted promises, from which day, and that one of them is done for good.

A review asks what is owed on the day on which it opens. What is written down here changes nothing that a review which
has opened asks, nor a correction of one that is published.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from charter import audit, clock
from charter.organisations.keeping import locked
from charter.previews import hold_reviews
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError, NotFoundError, RefusedError
from db.models import Adoption, Charter, Commitment, CommitmentVersion, Organisation, Period, Signatory
from db.types import PUBLIC_KINDS, Continuity, OwedBy, PeriodState

_AHEAD = timedelta(days=366)  # a day that is further away is a slip of the fingers


@dataclass(frozen=True)
class Named:
    """A promise that public bodies owe by name, and whether one of them does.

    Attributes:
        one_off: whether it is done once, and then over.
        done_on: the day on which a one-off was done, or None.
        since: the day from which the body owes it; None where it does not.
    """

    ref: str
    title: str
    charter_title: str
    one_off: bool
    done_on: date | None
    since: date | None


def list_named(session: Session, *, viewer: Viewer, organisation_id: int) -> tuple[Named, ...]:
    """Read every promise that bodies owe by name, the newest charter first, and since when a body owes it.

    Raises:
        NotAllowedError: the viewer may not keep the list.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    newer = aliased(CommitmentVersion)
    later = (newer.commitment_id == col(Commitment.id)) & (newer.number > col(CommitmentVersion.number))  # type: ignore[operator]
    own = (col(Adoption.commitment_id) == col(Commitment.id)) & (col(Adoption.organisation_id) == organisation_id)
    statement = (
        sa.select(Commitment, col(CommitmentVersion.title), col(Charter.title), col(Adoption.adopted_on))
        .join(CommitmentVersion, col(CommitmentVersion.commitment_id) == col(Commitment.id))
        .join(Charter, col(Charter.id) == col(Commitment.charter_id))
        .outerjoin(newer, later)
        .outerjoin(Adoption, own)
        .where(col(newer.id).is_(None), col(CommitmentVersion.owed_by) == OwedBy.NAMED_BODIES)
        .order_by(col(Charter.adopted_on).desc(), col(Commitment.id))
    )
    return tuple(
        Named(row.ref, title, charter, row.continuity is Continuity.ONE_OFF, row.done_on, since)
        for row, title, charter, since in session.execute(statement)
    )


def adopt(session: Session, *, viewer: Viewer, organisation_id: int, refs: Collection[str], adopted_on: date) -> None:
    """Write down that a public body adopted promises: it owes them in the reviews that open from that day on.

    Args:
        session: a writing session.
        viewer: a coordinator or the operator.
        organisation_id: the body.
        refs: the promises, at least one; each is owed by name, and not by this body yet.
        adopted_on: the day from which it owes them, up to a year ahead.

    Raises:
        NotAllowedError: the viewer may not keep the list.
        NotFoundError: there is no such organisation, or no such promise that is owed by name.
        RefusedError: it is no public body, was merged into another one, has left the charter, or owes one already.
        FieldError: no promise is chosen, or a review that opens on that day or later has opened already.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    hold_reviews(session)
    body = locked(session, organisation_id)
    if body.kind not in PUBLIC_KINDS:
        raise RefusedError("Only a public body adopts promises. Nothing was changed.")
    if not refs:
        raise FieldError("refs", "Choose at least one promise. Nothing was changed.")
    if adopted_on > clock.today() + _AHEAD:
        raise FieldError("adopted_on", "Choose a day up to a year from now. Nothing was changed.")
    named = {one.ref: one for one in list_named(session, viewer=viewer, organisation_id=organisation_id)}
    for ref in refs:
        if ref not in named:
            raise NotFoundError(f"There is no promise {ref} that bodies owe by name. Nothing was changed.")
        if named[ref].since is not None:
            raise RefusedError(f"It owes {ref} already. Nothing was changed.")
        row = _commitment(session, ref)
        _refuse_if_left(session, organisation_id, row)
        _refuse_if_opened(session, body, row, adopted_on)
        session.add(Adoption(commitment_id=row.id or 0, organisation_id=organisation_id, adopted_on=adopted_on))
    detail = {"promises": sorted(refs), "on": adopted_on}
    audit.record(session, viewer, act="promises_adopted", subject=f"organisation {body.ref}", detail=detail)


def take_back_adoption(session: Session, *, viewer: Viewer, organisation_id: int, ref: str) -> None:
    """Take back what was written down by mistake: a body does not owe a promise after all.

    Raises:
        NotAllowedError: the viewer may not keep the list.
        NotFoundError: there is no such organisation, or it does not owe this promise by name.
        RefusedError: it was merged into another one.
        FieldError: a review that asked it has opened since.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    hold_reviews(session)
    body = locked(session, organisation_id)
    row = _commitment(session, ref)
    mine = (Adoption.commitment_id == row.id, Adoption.organisation_id == organisation_id)
    held = session.exec(select(Adoption).where(*mine).with_for_update()).one_or_none()
    if held is None:
        raise NotFoundError(f"It does not owe {ref} by name. Nothing was changed.")
    _refuse_if_opened(session, body, row, held.adopted_on)
    session.delete(held)
    detail = {"promise": ref, "on": held.adopted_on}
    audit.record(session, viewer, act="adoption_taken_back", subject=f"organisation {body.ref}", detail=detail)


def record_done(session: Session, *, viewer: Viewer, ref: str, done_on: date | None) -> None:
    """Write down that a promise that is done once is done, or that it is not after all.

    Reviews that open from now on do not ask about it while it is done.

    Args:
        session: a writing session.
        viewer: a coordinator or the operator.
        ref: the promise.
        done_on: the day on which it was done, not in the future; None where it is not done after all.

    Raises:
        NotAllowedError: the viewer may not keep the list.
        NotFoundError: there is no such promise.
        RefusedError: it is kept up for good, or that is written down already.
        FieldError: that day has not come yet.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    hold_reviews(session)
    row = _commitment(session, ref)
    if row.continuity is not Continuity.ONE_OFF:
        raise RefusedError("This promise is kept up for good, so it is never done. Nothing was changed.")
    if (row.done_on is None) is (done_on is None):
        raise RefusedError("That is written down already. Nothing was changed.")
    if done_on is not None and done_on > clock.today():
        raise FieldError("done_on", "That day has not come yet. Nothing was changed.")
    detail = audit.changes({"done_on": row.done_on}, {"done_on": done_on})
    row.done_on = done_on
    act = "promise_done" if done_on is not None else "promise_not_done"
    audit.record(session, viewer, act=act, subject=f"promise {ref}", detail=detail)


def _commitment(session: Session, ref: str) -> Commitment:
    row = session.exec(select(Commitment).where(Commitment.ref == ref).with_for_update()).one_or_none()
    if row is None:
        raise NotFoundError(f"There is no promise {ref}. Nothing was changed.")
    return row


def _refuse_if_left(session: Session, organisation_id: int, row: Commitment) -> None:
    left = select(Signatory.id).where(
        Signatory.charter_id == row.charter_id,
        Signatory.organisation_id == organisation_id,
        col(Signatory.left_on).is_not(None),
    )
    if session.exec(left).first() is not None:
        raise RefusedError("It has left this charter. First save that it signed again. Nothing was changed.")


def _refuse_if_opened(session: Session, body: Organisation, row: Commitment, on: date) -> None:
    """Refuse a change of what a body owes on a day on which, or after which, a review opened: that one has asked."""
    opened = select(Period).where(
        Period.charter_id == row.charter_id,
        Period.made_up == body.made_up,
        col(Period.state) != PeriodState.PLANNED,
        col(Period.opens_on) >= on,
    )
    last = session.exec(opened.order_by(col(Period.opens_on).desc())).first()
    if last is not None:
        raise FieldError(
            "adopted_on",
            f"{last.title} opened on {clock.day_in_words(last.opens_on)} and has asked what was owed then. What a body "
            "owes can change only from a later day on. Nothing was changed.",
        )
