"""Answers that the coordinator types in: for groups on the list of an open period, marked, and for nobody else."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from charter.answers import save_level
from charter.assisted import assisted_by, find_helped
from charter.assisting import begin_assisting, find_groups
from charter.forms import read_form
from charter.rules.access import OPERATOR, PUBLIC, Grant, Viewer
from charter.rules.refusals import ClosedError, FieldError, NotAllowedError, NotFoundError
from charter.submissions import submit, take_back
from db.engine import Store
from db.models import Assistance, AuditEntry, Invitation, Period, SelfAssessment
from db.types import AssistedHow, PeriodState, Role, SelfAssessmentState
from tests import factories
from tests.store.asked_forms import AskedForm, ask
from tests.store.databases import one_database

pytestmark = pytest.mark.usefixtures("settings_env")


@pytest.fixture
def form(store: Store) -> AskedForm:
    return ask(store)


def coordinator(session: Session) -> Viewer:
    key = factories.account(session, name="Sam")
    return Viewer(account_id=key, name="Sam", grants=frozenset({Grant(Role.COORDINATOR)}))


def begin(session: Session, form: AskedForm, who: Viewer, organisation_id: int | None = None, name: str = "Ana") -> str:
    return begin_assisting(session, viewer=who, how=AssistedHow.TELEPHONE, spoke_to=name, **form.whose(organisation_id))


def answer(session: Session, form: AskedForm, who: Viewer, organisation_id: int | None = None) -> None:
    whose = form.whose(organisation_id)
    save_level(session, viewer=who, version_id=form.core[0], choice=3, seen_revision=0, **whose)


def test_the_coordinator_types_in_and_sends_and_it_is_marked(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        who = coordinator(session)
        ref = begin(session, form, who, name="  Ana \n Lee ")
        answer(session, form, who)
        submit(session, viewer=who, declared_by="Ana Lee", **form.whose())
        row = session.exec(select(SelfAssessment)).one()
        assert (row.ref, row.state) == (ref, SelfAssessmentState.SUBMITTED)
        seen = read_form(session, viewer=form.partner, **form.whose())
        assert seen.assisted is not None
        assert (seen.assisted.typed_by, seen.assisted.how, seen.assisted.spoke_to) == (
            "Sam",
            AssistedHow.TELEPHONE,
            "Ana Lee",
        )
        assert "Typed in for the group by Sam: by telephone, given by Ana Lee" in seen.assisted.words
        take_back(session, viewer=who, **form.whose())
        assert row.state is SelfAssessmentState.DRAFT
        entry = session.exec(select(AuditEntry).where(AuditEntry.act == "answers_assisted")).one()
        assert (entry.account_id, entry.subject) == (who.account_id, f"self_assessment {ref}")


def test_nothing_is_typed_in_before_it_is_written_down(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        who = coordinator(session)
        with pytest.raises(NotAllowedError):
            answer(session, form, who)
        begin(session, form, who)
        with pytest.raises(NotAllowedError):
            answer(session, form, who, form.other_id)
        answer(session, form, who)
        assert assisted_by(session, self_assessment_id=None) is None


def test_a_second_time_changes_how_and_the_group_may_still_answer_by_itself(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        who = coordinator(session)
        answer(session, form, form.partner)
        begin(session, form, who)
        begin_assisting(session, viewer=who, how=AssistedHow.LETTER, spoke_to="Bo", **form.whose())
        row = session.exec(select(Assistance)).one()
        assert (row.how, row.spoke_to) == (AssistedHow.LETTER, "Bo")
        save_level(session, viewer=form.partner, version_id=form.core[1], choice=2, seen_revision=0, **form.whose())
        assert len(session.exec(select(AuditEntry).where(AuditEntry.act == "answers_assisted")).all()) == 2


def _of_a_body(session: Session, form: AskedForm, who: Viewer) -> None:
    begin(session, form, who, form.council_id)


def _closed(session: Session, form: AskedForm, who: Viewer) -> None:
    session.get_one(Period, form.period_id).state = PeriodState.CLOSED
    begin(session, form, who)


def _off_the_list(session: Session, form: AskedForm, who: Viewer) -> None:
    row = session.exec(select(Invitation).where(Invitation.organisation_id == form.group_id)).one()
    row.removed_at, row.removed_reason = factories.MOMENT, "It has closed"
    begin(session, form, who)


def _without_a_name(session: Session, form: AskedForm, who: Viewer) -> None:
    begin(session, form, who, name=" ")


@one_database
@pytest.mark.parametrize(
    ("attempt", "error", "words"),
    [
        (_of_a_body, NotAllowedError, "answers by itself"),
        (_closed, ClosedError, "takes no more answers"),
        (_off_the_list, NotFoundError, "not on the invitation list"),
        (_without_a_name, FieldError, "who gives you the answers"),
    ],
)
def test_whom_nobody_types_in_for(
    store: Store,
    form: AskedForm,
    attempt: Callable[[Session, AskedForm, Viewer], None],
    error: type[Exception],
    words: str,
) -> None:
    with pytest.raises(error, match=words), store.writing() as session:
        attempt(session, form, coordinator(session))
    with store.reading() as session:
        assert session.exec(select(Assistance)).all() == []
        assert session.exec(select(SelfAssessment)).all() == []


@one_database
def test_a_closed_period_takes_nothing_that_is_typed_in(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        who = coordinator(session)
        begin(session, form, who)
        session.get_one(Period, form.period_id).state = PeriodState.CLOSED
        with pytest.raises(ClosedError):
            answer(session, form, who)


@one_database
@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMINISTRATOR, None])
def test_nobody_but_the_coordinator_types_in(store: Store, form: AskedForm, role: Role | None) -> None:
    others = [Viewer(account_id=1, grants=frozenset({Grant(role)}))] if role else [PUBLIC, OPERATOR, form.partner]
    with store.writing() as session:
        begin(session, form, coordinator(session))
        for who in others:
            with pytest.raises(NotAllowedError):
                begin(session, form, who)
            with pytest.raises(NotAllowedError):
                find_groups(session, viewer=who, period_id=form.period_id, search="tea")
            if who != form.partner:
                with pytest.raises(NotAllowedError):
                    answer(session, form, who)


def test_groups_are_found_by_name_and_bodies_are_not(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        who = coordinator(session)
        assert find_groups(session, viewer=who, period_id=form.period_id, search="club") == (
            ("GROUP-2", "Chess Club"),
            ("GROUP-1", "Tea Club"),
        )
        assert find_groups(session, viewer=who, period_id=form.period_id, search="council") == ()
        begin(session, form, who)
        helped = find_helped(session, viewer=who, period_id=form.period_id, organisation_ref="GROUP-1")
        assert helped is not None
        assert (helped.began, helped.sent) == (True, False)
        assert find_helped(session, viewer=who, period_id=form.period_id, organisation_ref="nobody") is None
