"""The demonstration's actions and recommendations, read from a file: late, moved, done, stopped and ongoing ones."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from charter import clock
from charter.actions.held import keep_before
from charter.rules.access import OPERATOR
from charter.words import MADE_UP_MARK
from db.models import (
    Action,
    ActionOwner,
    ActionSource,
    Commitment,
    Indicator,
    Organisation,
    Recommendation,
    ReplacedAction,
    YouSaid,
)
from db.types import ActionStatus, Precision

_FILE = Path(__file__).with_name("actions.toml")
_SETTLED = (ActionStatus.DONE, ActionStatus.ON_TRACK, ActionStatus.OFF_TRACK)


@dataclass(frozen=True)
class MadeUpStep:
    """Where an action stands from a day on; `due` moves by when it is to be done."""

    days: int
    status: ActionStatus
    notes: str = ""
    due: int | None = None


@dataclass(frozen=True)
class MadeUpAction:
    """A made-up action. `made`, `due` and its steps' days count from the last day of the last published review."""

    ref: str
    heading: str
    made: int
    steps: tuple[MadeUpStep, ...]
    keeper: str = ""
    details: str = ""
    doers: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    due: int | None = None
    precision: Precision | None = None
    commitments: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()


@dataclass(frozen=True)
class MadeUpRecommendation:
    """What a made-up committee recommended, and when."""

    key: str
    days: int
    committee: str
    words: str
    source: str

    @property
    def ref(self) -> str:
        """Its reference in the store."""
        return f"RE-DEMO-{self.key}"


@dataclass(frozen=True)
class MadeUpActions:
    """The whole file."""

    recommendations: tuple[MadeUpRecommendation, ...]
    actions: tuple[MadeUpAction, ...]


def act_made_up(session: Session, *, start: date, until: date) -> None:
    """Add what was recommended, begun and said of actions until a day, as far as it is not there yet.

    Args:
        session: a writing session.
        start: the day from which the days of the file count.
        until: the day.
    """
    told = _told()
    known = {*session.exec(select(Recommendation.ref)), *session.exec(select(Action.ref))}
    for each in told.recommendations:
        if each.ref not in known and _day(start, each.days) <= until:
            _recommend(session, each, _day(start, each.days))
    session.flush()
    for action in told.actions:
        if action.ref not in known and _day(start, action.made) <= until:
            _begin(session, action, start)
    session.flush()
    for action in told.actions:
        for number, step in enumerate(action.steps, start=1):
            if _day(start, step.days) <= until:
                _take(session, action, step, number, start)


def settle_promised(session: Session, *, on: date) -> None:
    """Say of each action behind a promise what became of it: done, put off for two years, or late."""
    promised = select(YouSaid.action_id)
    rows = session.exec(select(Action).where(Action.made_up, col(Action.id).in_(promised)).order_by(col(Action.id)))
    for number, row in enumerate(rows.all()):
        status = _SETTLED[number % len(_SETTLED)]
        if row.status is not status:
            _keep(session, row, on)
            row.status = status
            if status is ActionStatus.ON_TRACK and row.due_on is not None:
                row.due_on = row.due_on.replace(year=row.due_on.year + 2)
    session.flush()


@cache
def _told() -> MadeUpActions:
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return TypeAdapter(MadeUpActions).validate_python(read)


def _day(start: date, days: int) -> date:
    return start + timedelta(days=days)


def _due(start: date, days: int | None, precision: Precision | None) -> date | None:
    if days is None:
        return None
    day = _day(start, days)
    return day.replace(day=1) if precision is Precision.MONTH else day


def _recommend(session: Session, told: MadeUpRecommendation, made_on: date) -> None:
    session.add(
        Recommendation(
            ref=told.ref,
            committee=f"{told.committee} {MADE_UP_MARK}",
            made_on=made_on,
            words=told.words,
            source=told.source,
            made_up=True,
        )
    )


def _begin(session: Session, told: MadeUpAction, start: date) -> None:
    bodies = _keys(session, Organisation, (told.keeper, *told.doers))
    made_at = clock.end_of(_day(start, told.made))
    row = Action(
        ref=told.ref,
        organisation_id=bodies.get(told.keeper),
        heading=told.heading,
        details=told.details,
        due_on=_due(start, told.due, told.precision),
        due_precision=told.precision,
        created_at=made_at,
        changed_at=made_at,
        made_up=True,
    )
    session.add(row)
    session.flush()
    key = row.id or 0
    doers = [{"organisation_id": bodies[ref]} for ref in told.doers] + [{"words": words} for words in told.others]
    session.add_all(ActionOwner(action_id=key, position=place, **each) for place, each in enumerate(doers, start=1))
    refs = tuple(f"RE-DEMO-{each}" for each in told.recommendations)
    for column, found in (
        ("commitment_id", _keys(session, Commitment, told.commitments)),
        ("indicator_id", _keys(session, Indicator, told.indicators)),
        ("recommendation_id", _keys(session, Recommendation, refs)),
    ):
        session.add_all(ActionSource(action_id=key, **{column: source}) for source in found.values())


def _take(session: Session, told: MadeUpAction, step: MadeUpStep, number: int, start: date) -> None:
    row = session.exec(select(Action).where(Action.ref == told.ref)).one()
    if row.revision > number:
        return
    _keep(session, row, _day(start, step.days))
    row.status, row.notes = step.status, step.notes or row.notes
    row.due_on = _due(start, step.due, told.precision) or row.due_on
    session.flush()


def _keep(session: Session, row: Action, on: date) -> None:
    """Keep an action as it was until a day of its story, and not until the day on which the story is made up."""
    keep_before(session, row, viewer=OPERATOR)
    session.flush()
    kept = (
        select(ReplacedAction).where(ReplacedAction.action_id == row.id).order_by(col(ReplacedAction.revision).desc())
    )
    replaced = session.exec(kept.limit(1)).one()
    replaced.replaced_at = row.changed_at = clock.end_of(on)


def _keys(
    session: Session,
    table: type[Organisation | Commitment | Indicator | Recommendation],
    refs: tuple[str, ...],
) -> Mapping[str, int]:
    rows = session.exec(select(table.ref, table.id).where(col(table.ref).in_(refs)))
    return {ref: key or 0 for ref, key in rows}
