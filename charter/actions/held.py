"""Finding an action for a write, asking who may, and keeping it as it was before a change."""

from sqlmodel import Session, col, select

from charter import clock
from charter.drafting import require_lead
from charter.own.organisations import own_organisations
from charter.rules.access import Act, Viewer, may, require
from charter.rules.refusals import NotFoundError, RefusedError
from db.models import Action, ActionOwner, Organisation, ReplacedAction

_OWNERS_LIMIT = 2000  # letters


def led_by(session: Session, *, viewer: Viewer) -> frozenset[int]:
    """Give the organisations that a viewer speaks for: not those of which the viewer drafts a part of the answers."""
    return frozenset(own.id for own in own_organisations(session, viewer=viewer) if own.leads)


def held_action(session: Session, *, ref: str) -> Action:
    """Give an action for a write, held until the end of the scope.

    Raises:
        NotFoundError: there is no such action.
        RefusedError: it is history.
    """
    row = session.exec(select(Action).where(Action.ref == ref).with_for_update()).first()
    if row is None:
        raise NotFoundError("There is no such action. Nothing was changed.")
    if row.history:
        raise RefusedError("This action belongs to a charter of the past, and stays as it is. Nothing was changed.")
    return row


def require_keeper(
    session: Session, *, viewer: Viewer, organisation_id: int | None, from_concern: bool = False
) -> None:
    """Refuse all but those who keep an organisation's actions, and the coordinator, who keeps all.

    The monitoring group writes what came of a concern, but never for a body that somebody of it speaks for.

    Raises:
        NotAllowedError: the viewer may not keep this organisation's actions.
        RefusedError: the viewer drafts a part of its answers only.
    """
    if from_concern and may(viewer, Act.DECIDE_CONCERNS) and organisation_id not in viewer.organisations():
        return
    require(viewer, Act.KEEP_ACTIONS, organisation_id=organisation_id)
    if organisation_id is not None:
        require_lead(session, viewer=viewer, organisation_id=organisation_id)


def require_doer(session: Session, *, viewer: Viewer, row: Action) -> None:
    """Refuse all but those who keep an action, and those who are to do it.

    Raises:
        NotAllowedError: the viewer is none of them.
        RefusedError: the viewer drafts a part of an organisation's answers only.
    """
    doers = session.exec(select(ActionOwner.organisation_id).where(ActionOwner.action_id == row.id)).all()
    own = {row.organisation_id, *doers} & viewer.organisations()
    mine = row.organisation_id if row.organisation_id in own or not own else next(iter(own))
    require_keeper(session, viewer=viewer, organisation_id=mine)


def keep_before(session: Session, row: Action, *, viewer: Viewer) -> None:
    """Keep an action as it is, and count the change that follows."""
    now = clock.now()
    session.add(
        ReplacedAction(
            action_id=row.id or 0,
            revision=row.revision,
            heading=row.heading,
            details=row.details,
            due_on=row.due_on,
            due_precision=row.due_precision,
            status=row.status,
            notes=row.notes,
            owners="; ".join(_doers(session, row))[:_OWNERS_LIMIT],
            account_id=viewer.account_id,
            replaced_at=now,
        )
    )
    row.revision, row.changed_at = row.revision + 1, now


def _doers(session: Session, row: Action) -> list[str]:
    rows = session.exec(
        select(ActionOwner.words, Organisation.name)
        .outerjoin(Organisation, col(Organisation.id) == col(ActionOwner.organisation_id))
        .where(ActionOwner.action_id == row.id)
        .order_by(col(ActionOwner.position))
    )
    return [name or said for said, name in rows]
