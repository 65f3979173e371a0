"""Figures that are seen before they are published: by whom, until when, and when they first looked."""

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from charter.rules.refusals import RefusedError
from db.models import EarlyAccess, Invitation, Organisation, Period
from db.types import PeriodState


def is_shared(session: Session, *, period_id: int) -> bool:
    """Tell whether anybody was given early access to a period's figures: from then on no group's answer changes.

    This is rule 9f of the published method. Access that was taken back counts too: what was seen stays seen.
    """
    return session.exec(select(EarlyAccess.id).where(EarlyAccess.period_id == period_id).limit(1)).first() is not None


def refuse_if_shared(session: Session, *, period_id: int) -> None:
    """Refuse a change of a group's answers once the figures that hold them were shown to anybody.

    Raises:
        RefusedError: they were; the message says why nothing can be changed or taken back.
    """
    if is_shared(session, period_id=period_id):
        raise RefusedError(
            "The figures of this review were shown to people before they are published. From then on no group’s answer "
            "can be changed or taken back: who compared the figures before and after could learn what one group said. "
            "Nothing was changed."
        )


def hold_reviews(session: Session) -> None:
    """Hold each review that is not published as it is, until the write is over: none is opened or shared meanwhile.

    Call it before anything else is held. Whoever opens or shares a review holds that first, and organisations after it.
    """
    unpublished = select(Period.id).where(col(Period.state) != PeriodState.PUBLISHED).order_by(col(Period.id))
    session.exec(unpublished.with_for_update(read=True)).all()


def refuse_if_in_shared(session: Session, *, organisation_id: int) -> None:
    """Refuse to put an invited organisation into another group while figures that hold it are shown, not published.

    Raises:
        RefusedError: the figures of a review that invites it were shown to somebody.
    """
    title = _closed(session, col(Organisation.id) == organisation_id, col(EarlyAccess.id).is_not(None))
    if title is not None:
        raise RefusedError(
            f"The figures of {title} were shown to people before they are published, and they count this "
            "organisation by its kind, income and ward. Change these after it is published. Nothing was changed."
        )


def refuse_if_ward_in_shared(session: Session, *, ward_id: int) -> None:
    """Refuse to give a ward another name while figures that name it are shown, and not published.

    Raises:
        RefusedError: a review was shown to somebody that invites an organisation of this ward.
    """
    title = _closed(session, col(Organisation.ward_id) == ward_id, col(EarlyAccess.id).is_not(None))
    if title is not None:
        raise RefusedError(
            f"The figures of {title} were shown to people before they are published, and they name this ward. Give it "
            "another name after it is published. Nothing was changed."
        )


def closed_review_of(session: Session, *, organisation_ids: tuple[int, ...]) -> str | None:
    """Give the title of a review that has closed, is not published, and invites one of some organisations; or None."""
    return _closed(session, col(Organisation.id).in_(organisation_ids))


def _closed(session: Session, *conditions: ColumnElement[bool]) -> str | None:
    """Find a review that has closed and is not published. Whoever was taken off its list is not in its figures."""
    return session.exec(
        select(Period.title)
        .join(Invitation, col(Invitation.period_id) == col(Period.id))
        .join(Organisation, col(Organisation.id) == col(Invitation.organisation_id))
        .outerjoin(EarlyAccess, col(EarlyAccess.period_id) == col(Period.id))
        .where(Period.state == PeriodState.CLOSED, col(Invitation.removed_at).is_(None), *conditions)
        .order_by(col(Period.id))
    ).first()
