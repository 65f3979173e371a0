"""What waits for the coordinator this week: seven lines, each with its count."""

from datetime import timedelta

import pytest
from sqlmodel import select

from charter import clock
from charter.week import BACKUP_FACT, Line, this_week
from db.engine import Store
from db.models import Action, Invitation, LinkRequest, StoreFact
from db.types import ActionStatus, Precision
from tests import factories
from tests.store.asked_forms import AskedForm
from tests.store.databases import one_database
from tests.store.test_responses import COORDINATOR, form, line

__all__ = ["form"]  # the fixture, which pytest finds by its name
pytestmark = pytest.mark.usefixtures("settings_env")


def test_the_week_has_seven_lines_each_with_its_count(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        now = clock.now()
        for days_ago, held, answered in ((1, True, True), (1, False, True), (1, True, False), (30, False, True)):
            invitation = session.exec(select(Invitation.id).where(Invitation.organisation_id == form.group_id)).one()
            values = {
                "period_id": form.period_id,
                "invitation_id": invitation if held else None,
                "asked_at": now - timedelta(days=days_ago),
                "answered_at": now if answered else None,
            }
            factories.add(session, LinkRequest, values)
        session.add(StoreFact(name=BACKUP_FACT, value="backup.zip", set_at=now - timedelta(days=3)))
        session.flush()
        week = this_week(session, viewer=COORDINATOR)
    counts = {each.line: each.count for each in week.lines}
    assert counts == {
        Line.NOT_ANSWERED: 2,
        Line.BOUNCED: 0,
        Line.LINKS_ASKED: 2,
        Line.TO_REVIEW: 1,
        Line.ACTIONS_OVERDUE: 0,
        Line.NEXT_DATE: 10,
        Line.LAST_BACKUP: 3,
    }
    assert week.period is not None
    assert week.period.id == form.period_id


@one_database
@pytest.mark.parametrize(
    ("due", "precision", "status", "overdue"),
    [
        (-1, Precision.DAY, ActionStatus.ON_TRACK, 1),
        (0, Precision.DAY, ActionStatus.ON_TRACK, 0),
        (-1, Precision.DAY, ActionStatus.DONE, 0),
        (-1, Precision.DAY, ActionStatus.STOPPED, 0),
        (-1, Precision.DAY, ActionStatus.NOT_KNOWN, 0),
        (-40, Precision.MONTH, ActionStatus.NOT_STARTED, 1),
        (0, Precision.MONTH, ActionStatus.NOT_STARTED, 0),
        (-400, Precision.YEAR, ActionStatus.OFF_TRACK, 1),
        (0, Precision.YEAR, ActionStatus.OFF_TRACK, 0),
        (None, None, ActionStatus.NOT_STARTED, 0),
    ],
)
def test_an_action_is_overdue_only_if_dated_and_open(
    store: Store, due: int | None, precision: Precision | None, status: ActionStatus, overdue: int
) -> None:
    with store.writing() as session:
        values = {
            "ref": "AC-00000001",
            "organisation_id": factories.organisation(session),
            "due_on": None if due is None else clock.today() + timedelta(days=due),
            "due_precision": precision,
            "status": status,
        }
        factories.add(session, Action, values)
        assert line(session, Line.ACTIONS_OVERDUE).count == overdue


@one_database
def test_an_empty_store_has_a_calm_week(store: Store) -> None:
    with store.reading() as session:
        week = this_week(session, viewer=COORDINATOR)
    assert week.period is None
    assert [(each.line, each.count) for each in week.lines] == [
        (Line.ACTIONS_OVERDUE, 0),
        (Line.NEXT_DATE, None),
        (Line.LAST_BACKUP, None),
    ]
    assert week.lines[1].words == "No date is coming up: plan the next period."
