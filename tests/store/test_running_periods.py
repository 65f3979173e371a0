"""Running a period: its plan and the changes of it, opening it again, its invitation list, and what it asks of whom."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlmodel import Session, col, select

from charter.asking import GROUPS, asked_of_whom, blank_form
from charter.invitations import (
    add_invitation,
    count_removed,
    find_addable,
    list_invitations,
    put_back,
    remove_invitation,
)
from charter.periods import close_period, find_period, list_periods, open_period, reasons_for_reopening, reopen_period
from charter.planning import change_plan
from charter.rules.access import OPERATOR, PUBLIC, Grant, Viewer
from charter.rules.refusals import EditedElsewhereError, FieldError, NotAllowedError, NotFoundError, RefusedError
from db.engine import Store
from db.models import AuditEntry, EarlyAccess, PeriodChange
from db.types import PeriodState, Role
from tests import factories
from tests.store.asked_forms import AskedForm, ask
from tests.store.databases import one_database
from tests.store.test_periods import FIRST, LAST, opened, plan

pytestmark = pytest.mark.usefixtures("settings_env")
COORDINATOR = Viewer(account_id=None, grants=frozenset({Grant(Role.COORDINATOR)}))
NOBODY = (PUBLIC, Viewer(grants=frozenset({Grant(Role.REVIEWER), Grant(Role.ADMINISTRATOR), Grant(Role.PARTNER, 1)})))


@pytest.fixture
def _autumn() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 9, 1, 8, tzinfo=UTC)):
        yield


@pytest.fixture
def form(store: Store) -> AskedForm:
    return ask(store)


def changed(session: Session, **values: object) -> None:
    seen = find_period(session, ref="2026")
    usual: dict[str, object] = {
        "seen": seen,
        "title": seen.title,
        "opens_on": seen.opens_on,
        "closes_on": seen.closes_on,
        "list_source": seen.list_source,
        "list_date": seen.list_date,
        "known_sector": seen.known_sector,
    }
    change_plan(session, viewer=COORDINATOR, ref="2026", **(usual | values))  # type: ignore[arg-type]


@pytest.mark.usefixtures("_autumn")
def test_a_period_is_opened_again_with_a_reason_that_is_kept(charters_store: Store) -> None:
    with charters_store.writing() as session:
        period = opened(session)
        close_period(session, viewer=OPERATOR, ref="2026")
        again = reopen_period(session, viewer=COORDINATOR, ref="2026", reason="  Closed by mistake ")
        assert (again.state, again.closed_at) == (PeriodState.OPEN, None)
        ((at, reason),) = reasons_for_reopening(session, viewer=COORDINATOR, period_id=period.id)
        assert reason == "Closed by mistake"
        assert at.tzinfo is not None
        states = session.exec(select(PeriodChange.state).order_by(col(PeriodChange.id))).all()
        assert states == [PeriodState.OPEN, PeriodState.CLOSED, PeriodState.OPEN]
        acts = session.exec(select(AuditEntry.act)).all()
        assert {"period_opened", "period_closed", "period_reopened"} <= set(acts)


@one_database
@pytest.mark.usefixtures("_autumn")
def test_a_period_is_opened_again_only_for_a_reason_when_closed_and_seen_by_nobody(charters_store: Store) -> None:
    with charters_store.writing() as session:
        plan(session)
        with pytest.raises(RefusedError, match="has not been open yet"):
            reopen_period(session, viewer=COORDINATOR, ref="2026", reason="Why not")
        period = open_period(session, viewer=OPERATOR, ref="2026")
        with pytest.raises(RefusedError, match="is open already"):
            reopen_period(session, viewer=COORDINATOR, ref="2026", reason="Why not")
        close_period(session, viewer=OPERATOR, ref="2026")
        for reason in (" ", "x" * 301):
            with pytest.raises(FieldError, match="why it is opened again"):
                reopen_period(session, viewer=COORDINATOR, ref="2026", reason=reason)
        with pytest.raises(RefusedError, match=r"was closed\. To open it again, say why"):
            open_period(session, viewer=COORDINATOR, ref="2026")
        factories.add(session, EarlyAccess, {"period_id": period.id, "name": "Ana", "shared_at": factories.MOMENT})
        with pytest.raises(RefusedError, match="has seen figures"):
            reopen_period(session, viewer=COORDINATOR, ref="2026", reason="Why not")
        assert find_period(session, ref="2026").state is PeriodState.CLOSED


@one_database
def test_a_period_whose_last_day_is_over_needs_another_to_open_again(charters_store: Store) -> None:
    with charters_store.writing() as session, time_machine.travel("2026-09-01T08:00:00Z"):
        opened(session)
        close_period(session, viewer=OPERATOR, ref="2026")
    with charters_store.writing() as session, time_machine.travel("2026-11-05T08:00:00Z"):
        with pytest.raises(FieldError, match="last day is over"):
            reopen_period(session, viewer=COORDINATOR, ref="2026", reason="Late")
        last = date(2026, 11, 20)
        again = reopen_period(session, viewer=COORDINATOR, ref="2026", reason="Late", closes_on=last)
        assert (again.state, again.closes_on) == (PeriodState.OPEN, last)


@one_database
@pytest.mark.usefixtures("_autumn")
def test_two_people_who_open_or_close_at_once_are_told(charters_store: Store) -> None:
    with charters_store.writing() as session:
        opened(session)
        with pytest.raises(RefusedError, match="open already: somebody was quicker"):
            open_period(session, viewer=COORDINATOR, ref="2026")
        close_period(session, viewer=COORDINATOR, ref="2026")
        with pytest.raises(RefusedError, match="closed already: somebody was quicker"):
            close_period(session, viewer=COORDINATOR, ref="2026")


@pytest.mark.usefixtures("_autumn")
def test_dates_change_while_planned_or_open_and_the_log_says_so(charters_store: Store) -> None:
    with charters_store.writing() as session:
        plan(session)
        changed(session, opens_on=FIRST + timedelta(days=1), known_sector=400, list_source="Another list")
        found = find_period(session, ref="2026")
        assert (found.opens_on, found.known_sector, found.list_source) == (
            FIRST + timedelta(days=1),
            400,
            "Another list",
        )
        open_period(session, viewer=OPERATOR, ref="2026")
        changed(session, closes_on=LAST + timedelta(days=7))
        assert find_period(session, ref="2026").closes_on == LAST + timedelta(days=7)
        assert session.exec(select(AuditEntry.act)).all().count("period_changed") == 2


@one_database
@pytest.mark.usefixtures("_autumn")
def test_a_change_that_cannot_be_taken_changes_nothing(charters_store: Store) -> None:
    with charters_store.writing() as session:
        plan(session)
        old = find_period(session, ref="2026")
        with pytest.raises(FieldError, match="must not come before"):
            changed(session, closes_on=FIRST - timedelta(days=1))
        with pytest.raises(FieldError, match="above 0"):
            changed(session, known_sector=0)
        with pytest.raises(FieldError, match="10 or more"):
            plan(session, "2027", threshold=9)
        changed(session, title="Another title")
        with pytest.raises(EditedElsewhereError, match="Nothing was overwritten"):
            changed(session, seen=old, title="Mine")
        open_period(session, viewer=OPERATOR, ref="2026")
        with pytest.raises(FieldError, match="first day stays"):
            changed(session, opens_on=FIRST + timedelta(days=1))
        close_period(session, viewer=OPERATOR, ref="2026")
        with pytest.raises(RefusedError, match="its plan stays as it is"):
            changed(session, title="Too late")
        assert find_period(session, ref="2026").title == "Another title"


@one_database
@pytest.mark.usefixtures("_autumn")
def test_the_threshold_that_is_planned_is_promised(charters_store: Store) -> None:
    with charters_store.writing() as session:
        assert plan(session, threshold=12).threshold == 12
        assert [period.ref for period in list_periods(session, viewer=COORDINATOR)] == ["2026"]


def test_what_is_asked_is_counted_by_side_and_body(store: Store, form: AskedForm) -> None:
    with store.reading() as session:
        period = list_periods(session, viewer=COORDINATOR)[0]
        groups, council = asked_of_whom(session, viewer=COORDINATOR, ref=period.ref)
        blank = blank_form(session, viewer=COORDINATOR, ref=period.ref)
    assert (groups.organisation_ref, groups.invited, groups.core, groups.more, groups.closing) == (GROUPS, 2, 2, 1, 3)
    assert (council.name, council.invited, council.core, council.more, council.closing) == (
        "Riverbank Council",
        1,
        2,
        1,
        1,
    )
    assert [question.text for question in blank.core] == [
        "How far did you see them listen?",
        "How far did you see them reply?",
    ]
    assert form.group_id


@one_database
@pytest.mark.usefixtures("_autumn")
def test_a_planned_period_tells_what_it_would_ask(charters_store: Store) -> None:
    with charters_store.writing() as session:
        factories.organisation(session)
        plan(session)
        before = asked_of_whom(session, viewer=COORDINATOR, ref="2026")
        open_period(session, viewer=OPERATOR, ref="2026")
        assert asked_of_whom(session, viewer=COORDINATOR, ref="2026") == before
        assert before[0].invited == 1
        body = before[1]
        shown = blank_form(session, viewer=COORDINATOR, ref="2026", organisation_ref=body.organisation_ref)
        assert (len(shown.core), len(shown.more)) == (body.core, body.more)
        with pytest.raises(NotFoundError, match="no such public body"):
            blank_form(session, viewer=COORDINATOR, ref="2026", organisation_ref="nobody")


@one_database
@pytest.mark.parametrize("who", NOBODY, ids=["public", "others"])
def test_only_the_coordinator_runs_a_period(store: Store, form: AskedForm, who: Viewer) -> None:
    with store.writing() as session:
        ref = list_periods(session, viewer=COORDINATOR)[0].ref
        whose = {"period_id": form.period_id}
        for refused in (
            lambda: list_periods(session, viewer=who),
            lambda: reasons_for_reopening(session, viewer=who, **whose),
            lambda: reopen_period(session, viewer=who, ref=ref, reason="x"),
            lambda: list_invitations(session, viewer=who, period_id=form.period_id),
            lambda: remove_invitation(session, viewer=who, invitation_id=1, reason="x"),
            lambda: put_back(session, viewer=who, invitation_id=1),
            lambda: find_addable(session, viewer=who, search="x", **whose),
            lambda: add_invitation(session, viewer=who, organisation_id=1, **whose),
            lambda: count_removed(session, viewer=who, **whose),
            lambda: asked_of_whom(session, viewer=who, ref=ref),
            lambda: blank_form(session, viewer=who, ref=ref),
        ):
            with pytest.raises(NotAllowedError):
                refused()
