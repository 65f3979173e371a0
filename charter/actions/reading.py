"""Reading actions as they stand now, before they are published."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from charter import clock
from charter.actions.causes import causes_of, distinct, sources_of
from charter.actions.fields import ActionFields, Doer
from charter.actions.held import led_by
from charter.actions.sources import ActionSources
from charter.actions.told import ActionTold, Cause, CauseKind, Earlier, late
from charter.concerns.seeing import may_see
from charter.outcomes.held import reader
from charter.rules.access import Act, Viewer, may
from charter.rules.refusals import NotFoundError
from db.models import Action, ActionOwner, Organisation, ReplacedAction


@dataclass(frozen=True)
class ActionNow:
    """An action as it stands now.

    Attributes:
        told: what is told of it; a concern that it came from only to those who may know of it.
        fields: what it is, to begin a change with.
        sources: what it came from, likewise; without concerns, which stay in any case.
        revision: to show with the next change.
        made_up: whether it belongs to a demonstration.
        keeps: whether the viewer may change it.
        updates: whether the viewer may say how it stands.
    """

    told: ActionTold
    fields: ActionFields
    sources: ActionSources
    revision: int
    made_up: bool
    keeps: bool
    updates: bool


@dataclass(frozen=True)
class Found:
    """An action as it is stored, with its doers, what it came from and what it was before."""

    row: Action
    doers: tuple[Doer, ...]
    causes: tuple[Cause, ...]
    earlier: tuple[Earlier, ...]
    names: Mapping[int, str]


def read_actions(session: Session, *, viewer: Viewer) -> tuple[ActionNow, ...]:
    """Read the actions that a viewer may see before they are published, overdue first.

    The coordinator and the monitoring group see all; a partner those of its own organisations, and those that the
    coordinator keeps.

    Raises:
        NotAllowedError: the viewer may read none.
    """
    return tuple(sorted(_readable(session, viewer), key=lambda each: each.told.order))


def read_action(session: Session, *, viewer: Viewer, ref: str) -> ActionNow:
    """Read one action, before it is published.

    Raises:
        NotAllowedError: the viewer may read none.
        NotFoundError: there is no such action among those that the viewer may read.
    """
    found = _readable(session, viewer, Action.ref == ref)
    if not found:
        raise NotFoundError("There is no such action.")
    return found[0]


def find_actions(session: Session, *wanted: ColumnElement[bool] | bool) -> list[Found]:
    """Find the actions that some conditions choose, with all that is told of them, in nine queries at most."""
    rows = session.exec(select(Action).where(*wanted).order_by(col(Action.id))).all()
    keys = [row.id or 0 for row in rows]
    doers, earlier, causes = _doers(session, keys), _earlier(session, keys), causes_of(session, keys)
    named = {row.organisation_id for row in rows} | {each.organisation_id for one in doers.values() for each in one}
    names = _names(session, named)
    return [
        Found(row, doers.get(row.id or 0, ()), causes.get(row.id or 0, ()), earlier.get(row.id or 0, ()), names)
        for row in rows
    ]


def tell(found: Found, *, on: date) -> ActionTold:
    """Tell an action as it is on a day.

    Args:
        found: the action.
        on: the day for which is told whether it is overdue.
    """
    row = found.row
    keeper = found.names.get(row.organisation_id or 0, "")
    doers = tuple(found.names.get(each.organisation_id or 0, each.words) for each in found.doers)
    return ActionTold(
        ref=row.ref,
        heading=row.heading,
        details=row.details,
        keeper=keeper,
        doers=doers or ((keeper,) if keeper else ()),
        due_on=row.due_on,
        due_precision=row.due_precision,
        status=row.status,
        notes=row.notes,
        overdue=late(row.due_on, row.due_precision, status=row.status, history=row.history, on=on),
        causes=distinct(found.causes),
        made_on=clock.local(row.created_at).date(),
        changed_on=clock.local(row.changed_at).date(),
        earlier=found.earlier,
    )


def without_concerns(told: ActionTold) -> ActionTold:
    """Give what everybody may read of an action: not that it came from a concern, which is confidential."""
    return replace(told, causes=tuple(each for each in told.causes if each.kind is not CauseKind.CONCERN))


def _readable(session: Session, viewer: Viewer, *wanted: ColumnElement[bool] | bool) -> list[ActionNow]:
    asked, led = reader(viewer), led_by(session, viewer=viewer)
    return [
        _now(session, viewer, led, each)
        for each in find_actions(session, col(Action.history).is_(False), *wanted)
        if asked.everything or each.row.organisation_id is None or asked.organisations & _named(each)
    ]


def _named(found: Found) -> frozenset[int | None]:
    """Give the organisation that keeps an action, and those that are to do it."""
    return frozenset({found.row.organisation_id, *(each.organisation_id for each in found.doers)})


def _now(session: Session, viewer: Viewer, led: frozenset[int], found: Found) -> ActionNow:
    row, told = found.row, tell(found, on=clock.today())
    known = tuple(
        cause
        for cause in told.causes
        if cause.kind is not CauseKind.CONCERN or may_see(session, viewer=viewer, ref=cause.ref)
    )
    keeps = may(viewer, Act.KEEP_ACTIONS) or row.organisation_id in led
    return ActionNow(
        told=replace(told, causes=known),
        fields=_fields(found),
        sources=sources_of(found.causes),
        revision=row.revision,
        made_up=row.made_up,
        keeps=keeps,
        updates=keeps or bool(led & _named(found)),
    )


def _fields(found: Found) -> ActionFields:
    row = found.row
    return ActionFields(
        heading=row.heading,
        organisation_id=row.organisation_id,
        details=row.details,
        doers=found.doers,
        due_on=row.due_on,
        due_precision=row.due_precision,
        status=row.status,
        notes=row.notes,
    )


def _doers(session: Session, keys: Sequence[int]) -> Mapping[int, tuple[Doer, ...]]:
    found: dict[int, list[Doer]] = defaultdict(list)
    rows = session.exec(
        select(ActionOwner).where(col(ActionOwner.action_id).in_(keys)).order_by(col(ActionOwner.position))
    )
    for row in rows:
        found[row.action_id].append(Doer(row.organisation_id, row.words))
    return {key: tuple(doers) for key, doers in found.items()}


def _names(session: Session, keys: Iterable[int | None]) -> Mapping[int, str]:
    wanted = {key for key in keys if key is not None}
    rows = session.exec(select(Organisation).where(col(Organisation.id).in_(wanted)))
    return {row.id or 0: row.name for row in rows}


def _earlier(session: Session, keys: Sequence[int]) -> Mapping[int, tuple[Earlier, ...]]:
    found: dict[int, list[Earlier]] = defaultdict(list)
    rows = session.exec(
        select(ReplacedAction)
        .where(col(ReplacedAction.action_id).in_(keys))
        .order_by(col(ReplacedAction.revision).desc())
    )
    for row in rows:
        found[row.action_id].append(
            Earlier(
                until=clock.local(row.replaced_at).date(),
                heading=row.heading,
                details=row.details,
                doers=row.owners,
                due_on=row.due_on,
                due_precision=row.due_precision,
                status=row.status,
                notes=row.notes,
            )
        )
    return {key: tuple(each) for key, each in found.items()}
