"""What a person reads of actions: how many are late, who does what by when, what it came from, and what changed."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from types import MappingProxyType

from charter.actions.told import ActionTold, Cause, CauseKind, Earlier, Outcome
from charter.headlines import opening
from charter.promising_words import due_words
from charter.rules.actions import OPEN
from charter.words import ACTION_STATUSES
from db.types import ActionStatus

# What stands before the name of what an action came from.
_CAUSES: Mapping[CauseKind, str] = MappingProxyType(
    {
        CauseKind.PROMISE: "You said, we will",
        CauseKind.COMMITMENT: "Promise",
        CauseKind.INDICATOR: "Outcome",
        CauseKind.RECOMMENDATION: "Recommendation",
        CauseKind.CONCERN: "A concern",
    }
)
_NO_REPLY = "No action came from it yet."


def counted_sentence(actions: Sequence[ActionTold]) -> str:
    """Say how many actions are overdue, and how many are done."""
    if not actions:
        return "There are no actions yet."
    late, done = sum(each.overdue for each in actions), sum(each.status is ActionStatus.DONE for each in actions)
    of = f"{len(actions)} action{'' if len(actions) == 1 else 's'}"
    said = f"{late} of {of} {_is(late)} overdue" if late else f"Of {of}, none is overdue"
    return f"{said}, and {f'{done} {_is(done)}' if done else 'none is'} done."


def late_words(told: ActionTold, *, on: date) -> str:
    """Say by how much an action is late on a day, or nothing where it is not."""
    due = told.due
    if not told.overdue or due is None:
        return ""
    days = (on - due.last_day()).days
    return f"{days} day{'' if days == 1 else 's'} late"


def doers_words(doers: Sequence[str]) -> str:
    """Name those who are to do an action: "the council and the police"."""
    if len(doers) < 2:  # noqa: PLR2004 - one needs no joining
        return "".join(doers)
    return f"{', '.join(doers[:-1])} and {doers[-1]}"


def line(told: ActionTold) -> str:
    """Say who is to do an action and by when, in one line."""
    when = opening(due_words(told.due_on, told.due_precision))
    return f"{doers_words(told.doers)} · {when}" if told.doers else when


def column_title(status: ActionStatus, count: int) -> str:
    """Head a column of a board: "● On track (3)"."""
    sign, _, word = ACTION_STATUSES[status].partition(" ")
    return f"{sign} {opening(word)} ({count})"


def cause_words(cause: Cause) -> str:
    """Say what an action came from: "Promise: Tell groups early"."""
    kind = _CAUSES[cause.kind]
    after = f" after the {cause.period}" if cause.period else ""
    return f"{kind}{after}: {cause.title}" if cause.title else kind


def became_sentence(actions: Sequence[Outcome]) -> str:
    """Say what became of a recommendation: how many actions came from it, and how many of them are done."""
    if not actions:
        return _NO_REPLY
    done = sum(each.status is ActionStatus.DONE for each in actions)
    late = sum(each.overdue for each in actions)
    came = "1 action came from it" if len(actions) == 1 else f"{len(actions)} actions came from it"
    open_ones = sum(each.status in OPEN for each in actions)
    parts = [f"{done} {_is(done)} done"] if done else []
    parts += [f"{open_ones} {_is(open_ones)} open"] if open_ones else []
    if late and late == open_ones:
        parts[-1] += " and overdue"
    elif late:
        parts.append(f"{late} of these {_is(late)} overdue")
    if parts:
        return f"{came}: {', '.join(parts)}."
    stopped = all(each.status is ActionStatus.STOPPED for each in actions)
    return f"{came}, which stopped." if stopped else f"{came}. How it ended is not known."


def changes(told: ActionTold) -> tuple[tuple[date, str], ...]:
    """Tell each change of an action with its day, the newest first."""
    now = Earlier(
        until=told.changed_on,
        heading=told.heading,
        details=told.details,
        doers="; ".join(told.doers),
        due_on=told.due_on,
        due_precision=told.due_precision,
        status=told.status,
        notes=told.notes,
    )
    states = (now, *told.earlier)
    return tuple((before.until, _change(before, after)) for after, before in pairwise(states))


def _change(before: Earlier, after: Earlier) -> str:
    was, due = due_words(before.due_on, before.due_precision), due_words(after.due_on, after.due_precision)
    said = []
    if before.status is not after.status:
        said.append(
            f"It was {ACTION_STATUSES[before.status]} until then, and {ACTION_STATUSES[after.status]} after it."
        )
    if was != due:
        said.append(f"It was planned {was}, and from then on {due}.")
    if before.heading != after.heading:
        said.append(f"It was called “{before.heading}” until then.")
    if before.doers and before.doers != after.doers:
        said.append(f"Until then it was for {before.doers}.")
    said += [
        f"The {name} until then: “{old}”" if old else f"The {name} came then."
        for name, old, new in (
            ("details", before.details, after.details),
            ("notes", before.notes, after.notes),
        )
        if old != new
    ]
    return " ".join(said) or "What it came from was changed."


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
