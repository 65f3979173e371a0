"""The steps that a concern took: each into a state, with its moment and its words."""

from datetime import date, datetime

from sqlmodel import Session, col, func, select

from charter import audit, clock
from charter.rules import workflow
from charter.rules.access import Viewer
from db.models import Concern, ConcernReply, ConcernStep
from db.types import ConcernState


def take_step(
    session: Session, row: Concern, *, viewer: Viewer, state: ConcernState, words: str = "", officer: str = ""
) -> dict[str, object]:
    """Let a concern come into a state, and count the change.

    Returns:
        What changed, for the audit log: the words that were said stay out of it.

    Raises:
        RefusedError: the change is not allowed.
    """
    number = 1 + session.exec(select(func.count()).where(ConcernStep.concern_id == row.id)).one()
    if number > 1:
        workflow.move_concern(row.state, state)
    before = row.state if number > 1 else None
    row.state, row.revision = state, row.revision + 1
    session.add(
        ConcernStep(
            concern_id=row.id or 0,
            number=number,
            state=state,
            words=words,
            officer=officer,
            account_id=viewer.account_id,
            taken_at=clock.now(),
        )
    )
    session.flush()
    return audit.changes({"state": before}, {"state": state})


def came_to(session: Session, row: Concern) -> date:
    """Give the day on which a concern came to where it is."""
    return clock.local(_moment(session, row)).date()


def answered_since(session: Session, row: Concern, *, organisation_id: int) -> bool:
    """Tell whether an organisation said anything to a concern since it came to where it is."""
    later = select(ConcernReply.id).where(
        ConcernReply.concern_id == row.id,
        ConcernReply.organisation_id == organisation_id,
        ConcernReply.replied_at >= _moment(session, row),
    )
    return session.exec(later.limit(1)).first() is not None


def _moment(session: Session, row: Concern) -> datetime:
    """Give the moment of the first step of a row of steps into the state that the concern is in."""
    steps = select(ConcernStep.taken_at).where(ConcernStep.concern_id == row.id, ConcernStep.state == row.state)
    return session.exec(steps.order_by(col(ConcernStep.number)).limit(1)).one()
