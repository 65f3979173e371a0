"""What is held of an organisation's actions: those that it keeps or has a part in, with what they were before."""

from sqlmodel import Session, col, or_, select

from charter import clock
from charter.actions.reading import Found, find_actions, tell, without_concerns
from charter.own.data_rows import Held, plain_row
from db.models import Action, ActionOwner, ReplacedAction


def actions_held(session: Session, organisation_id: int) -> list[Held]:
    """Give its actions, each with who is to do it, what it came from, and what it was before each change.

    Concerns are left out: what is held of these is given beside the actions, to those whom they concern.
    """
    named = select(ActionOwner.action_id).where(ActionOwner.organisation_id == organisation_id)
    own = or_(col(Action.organisation_id) == organisation_id, col(Action.id).in_(named))
    return [_action(session, found) for found in find_actions(session, own)]


def _action(session: Session, found: Found) -> Held:
    told = without_concerns(tell(found, on=clock.today()))
    earlier = select(ReplacedAction).where(ReplacedAction.action_id == found.row.id)
    rows = session.exec(earlier.order_by(col(ReplacedAction.revision)))
    return plain_row(
        found.row,
        doers=told.doers,
        came_from=[{"kind": cause.kind.value, "ref": cause.ref} for cause in told.causes],
        earlier=[plain_row(each) for each in rows],
    )
