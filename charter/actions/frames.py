"""Actions as tables: what the timeline is drawn from, and what is read."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from charter.action_words import doers_words, late_words
from charter.actions.told import ActionTold
from charter.headlines import opening
from charter.promising_words import due_words
from charter.rules.actions import OPEN
from charter.words import ACTION_STATUSES
from db.types import Precision


def due_frame(actions: Sequence[ActionTold], *, on: date) -> pd.DataFrame:
    """Give the open actions that have a date, what is due first at the top.

    Args:
        actions: the actions.
        on: the day for which they were told.

    Returns:
        title; made_on and due, days; status, a word with its shape; days_late, below nought where it is still in time.
    """
    dated = [(each, each.due.last_day()) for each in actions if each.due is not None and each.status in OPEN]
    return pd.DataFrame(
        [
            {
                "title": each.heading,
                "made_on": min(each.made_on, due, on),
                "due": due,
                "status": ACTION_STATUSES[each.status],
                "days_late": (on - due).days,
            }
            for each, due in sorted(dated, key=lambda pair: (pair[1], pair[0].heading))
        ],
        columns=["title", "made_on", "due", "status", "days_late"],
    )


def due_title(frame: pd.DataFrame) -> str:
    """Say what the timeline shows: what is latest, or what is due next."""
    first = frame.iloc[0]
    late = int((frame["days_late"] > 0).sum())
    if late == 0:
        return f"The next action is due {due_words(first['due'], Precision.DAY)}"
    many = f"{late} actions are" if late > 1 else "One action is"
    days = int(first["days_late"])
    return f"{many} late, the longest by {days} day{'' if days == 1 else 's'}"


def action_table(actions: Sequence[ActionTold], *, on: date) -> pd.DataFrame:
    """Give actions as a table to be read.

    Args:
        actions: the actions.
        on: the day for which they were told.
    """
    return pd.DataFrame(
        {
            "Action": [each.heading for each in actions],
            "Who": [doers_words(each.doers) for each in actions],
            "By when": [opening(due_words(each.due_on, each.due_precision)) for each in actions],
            "Where it stands": [ACTION_STATUSES[each.status] for each in actions],
            "Late": [late_words(each, on=on) or "–" for each in actions],
        },
        dtype=str,
    )


def past_table(actions: Sequence[ActionTold]) -> pd.DataFrame:
    """Give actions of the past as a table to be read: nobody is late, and what became of them is not known."""
    return pd.DataFrame(
        {
            "Action": [each.heading for each in actions],
            "What was planned": [each.details for each in actions],
            "Who": [doers_words(each.doers) for each in actions],
            "By when": [opening(due_words(each.due_on, each.due_precision)) for each in actions],
            "What became of it": [ACTION_STATUSES[each.status] for each in actions],
        },
        dtype=str,
    )
