"""Who looks at somebody else's answers is in the audit log: once in each session for each self-assessment."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlmodel import Session, select

from charter import clock
from charter.answers_seen import note_sight
from charter.assisting import begin_assisting
from charter.audit_reading import AuditWanted, list_entries
from charter.forms import read_form
from charter.own.copies import list_copies
from charter.review_queue import read_paper
from charter.rules.access import Grant, Invited, Viewer
from charter.sessions import LONGEST
from charter.store import afterwards, reading, writing
from db.engine import Store
from db.models import AuditEntry, SelfAssessment
from db.types import AssistedHow, Role, SelfAssessmentState
from tests import factories
from tests.store.asked_forms import AskedForm, ask_in
from tests.store.databases import one_database


@pytest.fixture
def form(site_store: Store) -> AskedForm:
    """Give the small period: a group and a public body have begun, and the body has sent."""
    with site_store.writing() as session:
        asked = ask_in(session)
        period = asked.period_id
        factories.self_assessment(session, period_id=period, organisation_id=asked.group_id, ref="SA-GR0VP001")
        factories.self_assessment(
            session,
            period_id=period,
            organisation_id=asked.council_id,
            ref="SA-B0DY0001",
            state=SelfAssessmentState.SUBMITTED,
            submitted_at=clock.now(),
            declared_by="Ana",
        )
        return asked


def holding(form: AskedForm, role: Role, *, session_id: int | None = 7, organisation_id: int | None = None) -> Viewer:
    grants = frozenset({Grant(role, organisation_id)})
    return Viewer(account_id=form.account_id, grants=grants, session_id=session_id, address="192.0.2.7")


def seen(store: Store) -> list[tuple[int | None, str]]:
    with store.reading() as session:
        rows = session.exec(select(AuditEntry).where(AuditEntry.act == "answers_seen").order_by("number"))
        return [(row.account_id, row.subject) for row in rows]


def look(form: AskedForm, viewer: Viewer, organisation_id: int | None = None) -> None:
    with reading() as session:
        read_form(session, viewer=viewer, **form.whose(organisation_id))


def test_a_reviewer_who_reads_a_paper_is_written_down_once_a_session(site_store: Store, form: AskedForm) -> None:
    reviewer = holding(form, Role.REVIEWER)
    for who in (reviewer, reviewer, replace(reviewer, session_id=8), reviewer):
        with reading() as session:
            assert read_paper(session, viewer=who, ref="SA-B0DY0001").ref == "SA-B0DY0001"
    assert seen(site_store) == [(form.account_id, "self_assessment SA-B0DY0001")] * 2


@one_database
def test_a_coordinator_who_reads_what_a_group_answered_is_written_down(site_store: Store, form: AskedForm) -> None:
    coordinator = holding(form, Role.COORDINATOR)
    look(form, coordinator)
    look(form, coordinator, form.council_id)
    with writing() as session:
        whose = {"organisation_id": form.group_id, "period_id": form.period_id}
        begin_assisting(session, viewer=coordinator, **whose, how=AssistedHow.TELEPHONE, spoke_to="Ana")
    look(form, coordinator)
    both = [(form.account_id, "self_assessment SA-GR0VP001"), (form.account_id, "self_assessment SA-B0DY0001")]
    assert seen(site_store) == both


@one_database
def test_a_copy_on_the_screen_is_a_sight_too(site_store: Store, form: AskedForm) -> None:
    with reading() as session:
        assert len(list_copies(session, viewer=holding(form, Role.COORDINATOR), organisation_id=form.council_id)) == 1
    assert seen(site_store) == [(form.account_id, "self_assessment SA-B0DY0001")]


@one_database
def test_nobody_is_written_down_for_their_own_answers_nor_where_there_are_none(
    site_store: Store, form: AskedForm
) -> None:
    look(form, holding(form, Role.PARTNER, organisation_id=form.group_id))
    look(form, Viewer(invited=Invited(1, form.group_id, form.period_id), session_id=9))
    look(form, holding(form, Role.PARTNER, organisation_id=form.council_id), form.council_id)
    look(form, holding(form, Role.COORDINATOR), form.other_id)
    assert seen(site_store) == []


@one_database
def test_an_administrator_does_not_find_in_the_log_which_group_has_answered(form: AskedForm) -> None:
    look(form, holding(form, Role.COORDINATOR))
    with reading() as session:
        told = {
            role: [row.act for row in list_entries(session, viewer=holding(form, role), wanted=AuditWanted()).rows]
            for role in (Role.COORDINATOR, Role.ADMINISTRATOR)
        }
    assert "answers_seen" in told[Role.COORDINATOR]
    assert "answers_seen" not in told[Role.ADMINISTRATOR]


@one_database
def test_what_cannot_be_written_down_is_not_shown(
    site_store: Store, form: AskedForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr("charter.audit.record", full)
    with pytest.raises(OSError):  # noqa: PT011 - which is raised above
        look(form, holding(form, Role.COORDINATOR))
    assert seen(site_store) == []


@one_database
def test_two_runs_of_one_page_at_once_write_it_down_once(site_store: Store, form: AskedForm) -> None:
    who = holding(form, Role.COORDINATOR)
    with reading() as first, reading() as second:
        for session in (first, second):
            row = session.exec(select(SelfAssessment).where(SelfAssessment.ref == "SA-GR0VP001")).one()
            note_sight(session, viewer=who, row=row)
    assert len(seen(site_store)) == 1


@one_database
def test_without_a_session_it_is_once_in_half_a_day(site_store: Store, form: AskedForm) -> None:
    who = holding(form, Role.COORDINATOR, session_id=None)
    look(form, who)
    look(form, who)
    assert len(seen(site_store)) == 1
    with time_machine.travel(clock.now() + LONGEST + timedelta(hours=1), tick=False):
        look(form, who)
    assert len(seen(site_store)) == 2


@one_database
def test_a_scope_that_fails_leaves_nothing_to_be_written(site_store: Store) -> None:
    left: list[Session] = []

    def fail(scope: Callable[[], AbstractContextManager[Session]]) -> None:
        with scope() as session:
            afterwards(session, left.append)
            raise ZeroDivisionError

    for scope in (reading, writing):
        with pytest.raises(ZeroDivisionError):
            fail(scope)
    assert left == []
    with writing() as session:
        afterwards(session, left.append)
    assert len(left) == 1
    assert seen(site_store) == []
