"""What is told of actions and of committees' recommendations: what a release keeps, and what pages show."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from charter.rules.actions import Due, is_overdue, order_key
from db.types import ActionStatus, Precision


class CauseKind(StrEnum):
    """What an action came from. A promise is what a public body said that it will do after a review."""

    PROMISE = "promise"
    COMMITMENT = "commitment"
    INDICATOR = "indicator"
    RECOMMENDATION = "recommendation"
    CONCERN = "concern"


@dataclass(frozen=True)
class Cause:
    """One thing that an action came from.

    Attributes:
        kind: what it is; a concern is told only to those who may know of it.
        ref: its reference; that of the commitment for a promise.
        title: its name; empty for a concern.
        theme: the title of the theme that it belongs to, or empty.
        period: the title of the review that a promise followed; else empty.
    """

    kind: CauseKind
    ref: str
    title: str = ""
    theme: str = ""
    period: str = ""


@dataclass(frozen=True)
class Earlier:
    """An action as it was until a day."""

    until: date
    heading: str
    details: str
    doers: str
    due_on: date | None
    due_precision: Precision | None
    status: ActionStatus
    notes: str


@dataclass(frozen=True)
class ActionTold:
    """An action as everybody may read it.

    Attributes:
        ref: its reference, such as `AC-7Q2M9KXD`.
        keeper: the organisation that keeps it up to date; empty where the coordinator does, and in history.
        doers: who is to do it; the keeper where nobody is named.
        overdue: whether it was overdue on the day on which it was told.
        causes: what it came from, without what only some may know.
        made_on: the day on which it was made.
        changed_on: the day of the last change.
        earlier: what it was before, the newest first.
    """

    ref: str
    heading: str
    details: str
    keeper: str
    doers: tuple[str, ...]
    due_on: date | None
    due_precision: Precision | None
    status: ActionStatus
    notes: str
    overdue: bool
    causes: tuple[Cause, ...]
    made_on: date
    changed_on: date
    earlier: tuple[Earlier, ...] = ()

    @property
    def due(self) -> Due | None:
        """By when it is to be done; None where it is ongoing."""
        return due_of(self.due_on, self.due_precision)

    @property
    def bodies(self) -> frozenset[str]:
        """The names of those who keep it and of those who are to do it."""
        return frozenset({self.keeper, *self.doers} - {""})

    @property
    def themes(self) -> frozenset[str]:
        """The titles of the themes that it speaks to."""
        return frozenset(cause.theme for cause in self.causes if cause.theme)

    @property
    def order(self) -> tuple[bool, int, date, str]:
        """What actions are sorted by: overdue first."""
        return (*order_key(self.due, status=self.status, overdue=self.overdue), self.heading)


@dataclass(frozen=True)
class Outcome:
    """An action that came from a recommendation, and where it stands."""

    ref: str
    heading: str
    doers: tuple[str, ...]
    status: ActionStatus
    overdue: bool


@dataclass(frozen=True)
class RecommendationTold:
    """What a committee recommended, when, and what became of it: the actions that came from it."""

    ref: str
    committee: str
    made_on: date
    words: str
    source: str
    actions: tuple[Outcome, ...] = ()


def due_of(due_on: date | None, precision: Precision | None) -> Due | None:
    """Give by when something is to be done, from the two columns that say so."""
    return None if due_on is None or precision is None else Due(due_on, precision)


def late(due_on: date | None, precision: Precision | None, *, status: ActionStatus, history: bool, on: date) -> bool:
    """Tell whether an action with these columns is overdue on a day."""
    return is_overdue(due_of(due_on, precision), status=status, history=history, on=on)
