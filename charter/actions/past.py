"""The actions that the Compact of 2006 planned, as history: what became of them is not known, and nobody is late."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.actions.fields import Doer
from charter.actions.reading import Found, tell
from charter.actions.told import ActionTold
from charter.catalogue.fields import first_day, precision
from charter.outcomes_data.past_actions import PastAction, PastActionsFile, shipped_past_actions
from charter.rules.access import Act, Viewer, require
from db.models import Action, ActionOwner


@dataclass(frozen=True)
class PastPlan:
    """An action plan of the past, with its actions in their order."""

    title: str
    actions: tuple[ActionTold, ...]


def load_past_actions(session: Session, *, viewer: Viewer) -> int:
    """Load the shipped history, and give how many actions were new. What is there already stays as it is.

    Raises:
        NotAllowedError: the viewer may not load ground truth.
    """
    require(viewer, Act.LOAD_CATALOGUE)
    file = shipped_past_actions()
    refs = [action.ref for action in file.actions]
    known = set(session.exec(select(Action.ref).where(col(Action.ref).in_(refs))))
    new = [action for action in file.actions if action.ref not in known]
    for action in new:
        _add(session, file, action)
    if new:
        detail = {"actions": len(new)}
        audit.record(
            session, viewer, act="past_actions_loaded", subject=f"charter {file.history.charter}", detail=detail
        )
    return len(new)


def read_past_actions(session: Session, *, viewer: Viewer) -> tuple[PastPlan, ...]:
    """Read the history that the store holds, plan by plan. It is the same before and after every release.

    Raises:
        NotAllowedError: the viewer may not read releases.
    """
    require(viewer, Act.READ_RELEASES)
    told = {found.row.ref: tell(found, on=clock.today()) for found in _stored(session)}
    file = shipped_past_actions()
    plans = sorted(file.plans, key=lambda plan: plan.position)
    by_plan = {plan.title: [each for each in file.actions if each.plan == plan.key] for plan in plans}
    found = (
        PastPlan(title, tuple(told[each.ref] for each in sorted(of, key=_place) if each.ref in told))
        for title, of in by_plan.items()
    )
    return tuple(plan for plan in found if plan.actions)


def _stored(session: Session) -> list[Found]:
    """Find the history in one query: it names nobody of the store, came from nothing in it, and never changed."""
    rows = session.exec(
        select(Action, ActionOwner.words)
        .join(ActionOwner, col(ActionOwner.action_id) == col(Action.id))
        .where(col(Action.history))
        .order_by(col(Action.id), col(ActionOwner.position))
    )
    found: dict[str, tuple[Action, list[Doer]]] = {}
    for row, words in rows:
        found.setdefault(row.ref, (row, []))[1].append(Doer(words=words))
    return [Found(row, tuple(doers), causes=(), earlier=(), names={}) for row, doers in found.values()]


def _place(action: PastAction) -> int:
    return action.position


def _add(session: Session, file: PastActionsFile, action: PastAction) -> None:
    now = clock.now()
    row = Action(
        ref=action.ref,
        heading=action.heading,
        details=action.details,
        due_on=first_day(action.by_when) if action.by_when else None,
        due_precision=precision(action.by_when) if action.by_when else None,
        status=file.history.status,
        notes=_source_words(file, action),
        history=True,
        created_at=now,
        changed_at=now,
    )
    session.add(row)
    session.flush()
    session.add_all(
        ActionOwner(action_id=row.id or 0, position=place, words=name)
        for place, name in enumerate(file.actors(action), start=1)
    )
    session.flush()


def _source_words(file: PastActionsFile, action: PastAction) -> str:
    title = next(document.title for document in file.documents if document.key == action.source.document)
    return f"{title}, {action.source.section}, row {action.source.position}."
