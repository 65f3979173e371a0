"""What a person reads of actions: how many are late, what changed, and the tables and columns that they stand in."""

from datetime import date
from typing import Any

import pytest

from charter.action_words import (
    became_sentence,
    cause_words,
    changes,
    column_title,
    counted_sentence,
    doers_words,
    late_words,
    line,
)
from charter.actions.choosing import Wanted, beside_the_board, bodies_of, columns, matching, themes_of
from charter.actions.frames import action_table, due_frame, due_title, past_table
from charter.actions.told import ActionTold, Cause, CauseKind, Earlier, Outcome
from charter.promising_words import due_words
from db.types import ActionStatus, Precision

TODAY = date(2026, 11, 22)
NOT_STARTED, ON, OFF, DONE, STOPPED, NOT_KNOWN = ActionStatus


_PLAN_AND_NAME = (
    "It was planned by the end of May 2026, and from then on ongoing. It was called “Hold an evening” until then."
)


def told(**more: Any) -> ActionTold:  # noqa: ANN401
    values: dict[str, Any] = {
        "ref": "AC-1",
        "heading": "Hold a morning",
        "details": "",
        "keeper": "Elmford Council",
        "doers": ("Elmford Council",),
        "due_on": None,
        "due_precision": None,
        "status": ON,
        "notes": "",
        "overdue": False,
        "causes": (),
        "made_on": date(2026, 1, 2),
        "changed_on": date(2026, 2, 3),
    }
    return ActionTold(**values | more)


LATE = told(due_on=date(2026, 10, 1), due_precision=Precision.MONTH, overdue=True, status=OFF, heading="Late")
SOON = told(due_on=date(2026, 12, 1), due_precision=Precision.DAY, status=NOT_STARTED, heading="Soon")
OVER = told(due_on=date(2026, 1, 31), due_precision=Precision.DAY, status=DONE, heading="Over")


@pytest.mark.parametrize(
    ("actions", "said"),
    [
        ((), "There are no actions yet."),
        ((SOON,), "Of 1 action, none is overdue, and none is done."),
        ((LATE, OVER), "1 of 2 actions is overdue, and 1 is done."),
        ((LATE, LATE, SOON), "2 of 3 actions are overdue, and none is done."),
    ],
)
def test_how_many_are_late_and_done(actions: tuple[ActionTold, ...], said: str) -> None:
    assert counted_sentence(actions) == said


def test_by_how_much_it_is_late_and_who_does_it_by_when() -> None:
    assert late_words(LATE, on=TODAY) == "22 days late"
    assert late_words(LATE, on=date(2026, 11, 1)) == "1 day late"
    assert late_words(SOON, on=date(2027, 1, 1)) == ""
    assert line(LATE) == "Elmford Council · By the end of October 2026"
    assert line(told(doers=())) == "Ongoing"
    assert doers_words(("the council", "the NHS", "the police")) == "the council, the NHS and the police"
    assert due_words(date(2007, 1, 1), Precision.YEAR) == "by the end of 2007"
    assert column_title(ON, 3) == "● On track (3)"


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (Cause(CauseKind.COMMITMENT, "ENG-1", "Tell groups early"), "Promise: Tell groups early"),
        (
            Cause(CauseKind.PROMISE, "ENG-1", "Tell groups early", period="2025 review"),
            "You said, we will after the 2025 review: Tell groups early",
        ),
        (Cause(CauseKind.INDICATOR, "staff", "Staff who live here"), "Outcome: Staff who live here"),
        (Cause(CauseKind.RECOMMENDATION, "RE-1", "Cabinet, 4 March 2026"), "Recommendation: Cabinet, 4 March 2026"),
        (Cause(CauseKind.CONCERN, "CN-1"), "A concern"),
    ],
)
def test_what_it_came_from(cause: Cause, said: str) -> None:
    assert cause_words(cause) == said


def test_what_became_of_a_recommendation() -> None:
    def outcome(status: ActionStatus, *, overdue: bool = False) -> Outcome:
        return Outcome("AC-1", "Hold a morning", (), status, overdue)

    assert became_sentence(()) == "No action came from it yet."
    assert became_sentence((outcome(DONE),)) == "1 action came from it: 1 is done."
    assert became_sentence((outcome(STOPPED),)) == "1 action came from it, which stopped."
    unknown = "2 actions came from it. How it ended is not known."
    assert became_sentence((outcome(STOPPED), outcome(NOT_KNOWN))) == unknown
    late = outcome(OFF, overdue=True)
    assert became_sentence((late,)) == "1 action came from it: 1 is open and overdue."
    many = "3 actions came from it: 1 is done, 2 are open"
    assert became_sentence((outcome(DONE), outcome(ON), late)) == f"{many}, 1 of these is overdue."
    assert became_sentence((outcome(DONE), late, late)) == f"{many} and overdue."


def test_every_change_is_told_with_its_day_the_newest_first() -> None:
    same = {"details": "", "doers": "Elmford Council", "due_on": None, "due_precision": None, "notes": ""}
    first = Earlier(
        **same | {"due_on": date(2026, 5, 1), "due_precision": Precision.MONTH},  # type: ignore[arg-type]
        until=date(2026, 1, 9),
        heading="Hold an evening",
        status=NOT_STARTED,
    )
    second = Earlier(**same, until=date(2026, 2, 3), heading="Hold a morning", status=NOT_STARTED)  # type: ignore[arg-type]
    assert changes(told(notes="Begun", earlier=(second, first))) == (
        (date(2026, 2, 3), "It was ○ not started until then, and ● on track after it. The notes came then."),
        (
            date(2026, 1, 9),
            _PLAN_AND_NAME,
        ),
    )
    alone = Earlier(**same, until=date(2026, 2, 3), heading="Hold a morning", status=ON)  # type: ignore[arg-type]
    assert changes(told(earlier=(alone,))) == ((date(2026, 2, 3), "What it came from was changed."),)


def test_the_timeline_has_the_open_ones_with_a_date_the_latest_first() -> None:
    frame = due_frame((SOON, OVER, LATE, told()), on=TODAY)
    assert list(frame["title"]) == ["Late", "Soon"]
    assert list(frame["due"]) == [date(2026, 10, 31), date(2026, 12, 1)]
    assert list(frame["days_late"]) == [22, -9]
    assert due_title(frame) == "One action is late, the longest by 22 days"
    assert due_title(due_frame((SOON,), on=TODAY)) == "The next action is due by 1 December 2026"
    assert due_frame((OVER,), on=TODAY).empty


def test_the_tables_tell_each_action_in_words() -> None:
    row = action_table((LATE,), on=TODAY).iloc[0]
    assert list(row) == ["Late", "Elmford Council", "By the end of October 2026", "■ off track", "22 days late"]
    past = told(status=NOT_KNOWN, due_on=date(2006, 12, 1), due_precision=Precision.MONTH, details="Hold an event.")
    assert list(past_table((past,)).iloc[0])[1:] == [
        "Hold an event.",
        "Elmford Council",
        "By the end of December 2006",
        "– not known",
    ]


def test_they_are_chosen_by_who_by_status_and_by_theme() -> None:
    joint = told(doers=("Elmford NHS", "The board"), causes=(Cause(CauseKind.COMMITMENT, "EQU-1", "x", "Equality"),))
    both = (joint, SOON)
    assert matching(both, Wanted()) == both
    assert matching(both, Wanted(body="The board")) == (joint,)
    assert matching(both, Wanted(body="Elmford Council", status=NOT_STARTED)) == (SOON,)
    assert matching(both, Wanted(theme="Equality")) == (joint,)
    assert bodies_of(both) == ("Elmford Council", "Elmford NHS", "The board")
    assert themes_of(both) == ("Equality",)


def test_a_board_has_a_column_for_each_status_and_what_stopped_beside_it() -> None:
    stopped, unknown = told(status=STOPPED), told(status=NOT_KNOWN)
    laid = columns((LATE, SOON, stopped, OVER, unknown))
    assert laid == ((NOT_STARTED, (SOON,)), (ON, ()), (OFF, (LATE,)), (DONE, (OVER,)))
    assert beside_the_board((LATE, stopped, unknown)) == (stopped, unknown)
