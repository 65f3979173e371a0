"""The actions of 2006: loaded once, as history, and never overdue."""

import pytest
from sqlmodel import col, select

from charter.actions.past import load_past_actions, read_past_actions
from charter.actions.reading import read_actions
from charter.outcomes_data.past_actions import shipped_past_actions
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.refusals import NotAllowedError
from charter.week import Line
from db.engine import Store
from db.models import Action, ActionOwner, AuditEntry
from db.types import ActionStatus
from tests.store.databases import one_database
from tests.store.test_responses import line

pytestmark = pytest.mark.usefixtures("settings_env")
IN_EACH_PLAN = [9, 4, 3, 5, 4, 3, 3]


def test_the_history_is_loaded_once(store: Store) -> None:
    with store.writing() as session:
        assert load_past_actions(session, viewer=OPERATOR) == sum(IN_EACH_PLAN)
        session.exec(select(Action).where(Action.ref == "ACT-SET-1")).one().details = "As it is in this store."
    with store.writing() as session:
        assert load_past_actions(session, viewer=OPERATOR) == 0
        rows = session.exec(select(Action)).all()
        assert len(rows) == sum(IN_EACH_PLAN)
        assert all(row.history and not row.made_up and row.status is ActionStatus.NOT_KNOWN for row in rows)
        assert session.exec(select(Action.details).where(Action.ref == "ACT-SET-1")).one() == "As it is in this store."
        assert session.exec(select(AuditEntry.act)).all() == ["past_actions_loaded"]


def test_everybody_reads_it_plan_by_plan_with_its_source(store: Store) -> None:
    with store.writing() as session:
        load_past_actions(session, viewer=OPERATOR)
    with store.reading() as session:
        plans = read_past_actions(session, viewer=PUBLIC)
    assert [len(plan.actions) for plan in plans] == IN_EACH_PLAN
    told = {each.ref: each for plan in plans for each in plan.actions}
    for entry in shipped_past_actions().actions:
        assert (told[entry.ref].heading, told[entry.ref].details) == (entry.heading, entry.details)
        assert (told[entry.ref].due is None) == entry.ongoing
        assert told[entry.ref].notes.startswith("The Thurrock Compact, ")
    assert told["ACT-SET-2"].doers == ("Thurrock CVS", "Thurrock Council", "Primary Care Trust")
    assert not any(each.overdue for each in told.values())


@one_database
def test_nobody_is_late_with_it_and_nobody_keeps_it(store: Store) -> None:
    with store.writing() as session:
        load_past_actions(session, viewer=OPERATOR)
        assert line(session, Line.ACTIONS_OVERDUE).count == 0
        assert read_actions(session, viewer=OPERATOR) == ()
        assert session.exec(select(ActionOwner).where(col(ActionOwner.organisation_id).is_not(None))).all() == []


@one_database
def test_only_those_who_load_the_ground_truth_load_it(store: Store) -> None:
    with pytest.raises(NotAllowedError), store.writing() as session:
        load_past_actions(session, viewer=PUBLIC)
    with store.reading() as session:
        assert read_past_actions(session, viewer=PUBLIC) == ()
