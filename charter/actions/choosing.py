"""Which actions a page shows: by who has a part in them, by status and by theme; and the columns of a board."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from charter.actions.told import ActionTold
from db.types import ActionStatus

#: The columns of a board, from what waits to what is over.
COLUMNS = (ActionStatus.NOT_STARTED, ActionStatus.ON_TRACK, ActionStatus.OFF_TRACK, ActionStatus.DONE)


@dataclass(frozen=True)
class Wanted:
    """What is looked for. What is empty, or None, leaves nothing out.

    Attributes:
        body: the name of an organisation or a board that keeps the action or is to do it.
        status: where it stands.
        theme: the title of a theme that it speaks to.
    """

    body: str = ""
    status: ActionStatus | None = None
    theme: str = ""


def matching(actions: Iterable[ActionTold], wanted: Wanted) -> tuple[ActionTold, ...]:
    """Choose the actions that are looked for, in their order."""
    return tuple(
        each
        for each in actions
        if (not wanted.body or wanted.body in each.bodies)
        and wanted.status in {None, each.status}
        and (not wanted.theme or wanted.theme in each.themes)
    )


def bodies_of(actions: Iterable[ActionTold]) -> tuple[str, ...]:
    """Name everybody who has a part in some actions, by name."""
    return tuple(sorted({name for each in actions for name in each.bodies}))


def themes_of(actions: Iterable[ActionTold]) -> tuple[str, ...]:
    """Name the themes that some actions speak to, by name."""
    return tuple(sorted({title for each in actions for title in each.themes}))


def columns(actions: Sequence[ActionTold]) -> tuple[tuple[ActionStatus, tuple[ActionTold, ...]], ...]:
    """Lay actions out as the columns of a board, empty ones too, each in the order in which they were given."""
    return tuple((status, tuple(each for each in actions if each.status is status)) for status in COLUMNS)


def beside_the_board(actions: Sequence[ActionTold]) -> tuple[ActionTold, ...]:
    """Give the actions that stand in no column: those that stopped, and those of which nobody knows."""
    return tuple(each for each in actions if each.status not in COLUMNS)
