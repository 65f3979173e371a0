"""Figures that are seen before they are published: by whom, until when, and when they first looked."""

from sqlmodel import Session, col, select

from charter.rules.refusals import RefusedError
from db.models import EarlyAccess, Invitation, Period
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


def refuse_if_in_shared(session: Session, *, organisation_id: int) -> None:
    """Refuse to put an invited organisation into another group while figures that hold it are shown, not published.

    Raises:
        RefusedError: the figures of a review to which it was invited were shown to anybody.
    """
    shared = session.exec(
        select(Period.title)
        .join(Invitation, col(Invitation.period_id) == col(Period.id))
        .join(EarlyAccess, col(EarlyAccess.period_id) == col(Period.id))
        .where(Invitation.organisation_id == organisation_id, Period.state == PeriodState.CLOSED)
    ).first()
    if shared is not None:
        raise RefusedError(
            f"The figures of {shared} were shown to people before they are published, and they count this "
            "organisation by its kind, income and ward. Change these after it is published. Nothing was changed."
        )
