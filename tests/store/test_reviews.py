"""The monitoring group's decisions: once each, on what was seen, by somebody else, with reasons; and their replies."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from charter.answers import save_level
from charter.returned import WORDS_LIMIT
from charter.reviews import Seen, accept, return_answers
from charter.rules.access import OPERATOR, PUBLIC, Viewer
from charter.rules.refusals import (
    EditedElsewhereError,
    FieldError,
    NotAllowedError,
    NotFoundError,
    RefusedError,
)
from charter.submissions import submit
from db.engine import Store
from db.types import PeriodState, ReviewDecision, Role, SelfAssessmentState
from tests.store import reviewing
from tests.store.asked_forms import AskedForm, ask
from tests.store.databases import one_database
from tests.store.reviewing import WHY, holding

ACCEPTED, RETURNED = ReviewDecision.ACCEPTED, ReviewDecision.RETURNED
OVER = [PeriodState.CLOSED, PeriodState.PUBLISHED]


@pytest.fixture
def form(store: Store) -> AskedForm:
    return ask(store)


def nobodys(form: AskedForm) -> list[Viewer]:
    """Give everybody who may decide nothing: the body itself too, and who came by a link."""
    roles = [holding(form, role) for role in (Role.COORDINATOR, Role.ADMINISTRATOR)]
    return [PUBLIC, form.partner_of(form.council_id), *roles, form.by_link]


# Accepting.


def test_accepted_it_counts_and_the_decision_is_kept(store: Store, form: AskedForm) -> None:
    ref = reviewing.sent(store, form)
    reviewing.take(store, form, ref, seen=reviewing.paper(store, form, ref).seen)
    assert reviewing.state(store) is SelfAssessmentState.REVIEWED
    assert reviewing.row(store).reviewed_at is not None
    assert reviewing.decided(store) == [(1, ACCEPTED, form.account_id)]
    assert reviewing.acts(store)[-1] == "self_assessment_accepted"


@one_database
def test_the_command_line_accepts_by_the_same_path(store: Store, form: AskedForm) -> None:
    ref = reviewing.sent(store, form)
    with store.writing() as session:
        accept(session, viewer=OPERATOR, ref=ref)
    assert reviewing.decided(store) == [(1, ACCEPTED, None)]
    with pytest.raises(RefusedError), store.writing() as session:
        accept(session, viewer=OPERATOR, ref=ref)


@one_database
def test_nobody_but_the_monitoring_group_decides(store: Store, form: AskedForm) -> None:
    ref = reviewing.sent(store, form)
    for viewer in nobodys(form):
        with pytest.raises(NotAllowedError), store.writing() as session:
            accept(session, viewer=viewer, ref=ref)
        with pytest.raises(NotAllowedError), store.writing() as session:
            return_answers(session, viewer=viewer, ref=ref, reasons={form.core[0]: WHY})
    assert (reviewing.state(store), reviewing.decided(store)) == (SelfAssessmentState.SUBMITTED, [])


@one_database
def test_nobody_reviews_their_own_body(store: Store, form: AskedForm) -> None:
    ref = reviewing.sent(store, form)
    own = holding(form, Role.REVIEWER, partner_of=form.council_id)
    with pytest.raises(RefusedError, match="somebody else"), store.writing() as session:
        accept(session, viewer=own, ref=ref)
    with pytest.raises(RefusedError, match="somebody else"), store.writing() as session:
        return_answers(session, viewer=own, ref=ref, reasons={form.core[0]: WHY})
    assert (reviewing.state(store), reviewing.decided(store)) == (SelfAssessmentState.SUBMITTED, [])


@one_database
def test_a_groups_answers_are_nobodys_to_decide_on(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        save_level(session, viewer=form.partner, version_id=form.core[0], choice=3, seen_revision=0, **form.whose())
        ref = submit(session, viewer=form.partner, declared_by="Ana", **form.whose()).ref
    for viewer in (reviewing.reviewer(form), OPERATOR):
        with pytest.raises(NotFoundError), store.writing() as session:
            accept(session, viewer=viewer, ref=ref)
        with pytest.raises(NotFoundError), store.writing() as session:
            return_answers(session, viewer=viewer, ref=ref, reasons={form.core[0]: WHY})
    assert reviewing.state(store) is SelfAssessmentState.SUBMITTED


# Returning.


def test_sent_back_each_answer_keeps_its_reason(store: Store, form: AskedForm) -> None:
    ref = reviewing.sent(store, form)
    reviewing.send_back(store, form, ref, {form.core[0]: f" {WHY}\r\n", form.core[1]: "  ", form.more: "Why none?"})
    assert reviewing.state(store) is SelfAssessmentState.RETURNED
    assert [each.reason for each in reviewing.returns(store, form.core[0])] == [WHY]
    assert reviewing.returns(store, form.core[1]) == ()
    assert [each.reason for each in reviewing.returns(store, form.more)] == ["Why none?"]
    assert reviewing.decided(store) == [(1, RETURNED, form.account_id)]


@one_database
def test_nothing_is_sent_back_without_a_reason_or_with_one_that_is_too_long(store: Store, form: AskedForm) -> None:
    ref = reviewing.sent(store, form)
    for reasons in ({}, {form.core[0]: ""}, {form.core[0]: " \x00\n"}):
        with pytest.raises(FieldError, match="at least one"):
            reviewing.send_back(store, form, ref, reasons)
    with pytest.raises(FieldError, match="still in the box"):
        reviewing.send_back(store, form, ref, {form.core[0]: "x" * (WORDS_LIMIT + 1)})
    assert (reviewing.state(store), reviewing.decided(store)) == (SelfAssessmentState.SUBMITTED, [])


@one_database
def test_a_reason_for_a_question_that_is_not_asked_is_refused(store: Store, form: AskedForm) -> None:
    ref = reviewing.sent(store, form)
    with pytest.raises(NotFoundError):
        reviewing.send_back(store, form, ref, {form.core[0]: WHY, 99_999: WHY})
    assert reviewing.decided(store) == []


@one_database
def test_a_draft_is_neither_accepted_nor_sent_back(store: Store, form: AskedForm) -> None:
    reviewing.choose(store, form, 3)
    ref = reviewing.row(store).ref
    with pytest.raises(RefusedError):
        reviewing.take(store, form, ref)
    with pytest.raises(RefusedError):
        reviewing.send_back(store, form, ref)
    assert (reviewing.state(store), reviewing.decided(store)) == (SelfAssessmentState.DRAFT, [])


@pytest.mark.parametrize("period", [PeriodState.OPEN, *OVER])
def test_what_was_accepted_goes_back_for_a_correction_with_reasons(
    store: Store, form: AskedForm, period: PeriodState
) -> None:
    ref = reviewing.sent(store, form)
    reviewing.take(store, form, ref)
    reviewing.set_period(store, form, period)
    with pytest.raises(FieldError):
        reviewing.send_back(store, form, ref, {})
    assert reviewing.state(store) is SelfAssessmentState.REVIEWED
    reviewing.send_back(store, form, ref)
    assert (reviewing.state(store), reviewing.row(store).reviewed_at) == (SelfAssessmentState.RETURNED, None)
    assert [one[:2] for one in reviewing.decided(store)] == [(1, ACCEPTED), (2, RETURNED)]


# What was seen.


def test_the_second_reviewer_is_told_what_was_decided(store: Store, form: AskedForm) -> None:
    ref = reviewing.sent(store, form)
    seen = reviewing.paper(store, form, ref).seen
    reviewing.send_back(store, form, ref, seen=seen)
    with pytest.raises(EditedElsewhereError, match=r"A person has decided already.*sent back with reasons"):
        reviewing.take(store, form, ref, seen=seen)
    with pytest.raises(EditedElsewhereError):
        reviewing.send_back(store, form, ref, seen=seen)
    assert reviewing.decided(store) == [(1, RETURNED, form.account_id)]


def test_of_two_reviewers_who_decide_at_once_one_is_told(store: Store, form: AskedForm) -> None:
    ref = reviewing.sent(store, form)
    seen = reviewing.paper(store, form, ref).seen

    def decide(place: int) -> str:
        try:
            if place % 2:
                reviewing.send_back(store, form, ref, seen=seen)
            else:
                reviewing.take(store, form, ref, seen=seen)
        except EditedElsewhereError as told:
            return str(told)
        return "done"

    with ThreadPoolExecutor(4) as threads:
        said = sorted(threads.map(decide, range(4)))
    assert said.count("done") == 1
    assert all("has decided already" in words for words in said if words != "done")
    (made,) = reviewing.decided(store)
    expected = {ACCEPTED: SelfAssessmentState.REVIEWED, RETURNED: SelfAssessmentState.RETURNED}
    assert reviewing.state(store) is expected[made[1]]


def test_a_decision_on_answers_that_were_sent_again_since_is_refused(store: Store, form: AskedForm) -> None:
    ref = reviewing.sent(store, form)
    reviewing.send_back(store, form, ref)
    after = Seen(1, reviewing.row(store).submitted_at)
    reviewing.choose(store, form, 2, seen=1)
    reviewing.send(store, form)
    with pytest.raises(EditedElsewhereError, match="sent again after you opened them"):
        reviewing.take(store, form, ref, seen=after)
    assert reviewing.state(store) is SelfAssessmentState.SUBMITTED
    reviewing.take(store, form, ref, seen=reviewing.paper(store, form, ref).seen)
    assert reviewing.state(store) is SelfAssessmentState.REVIEWED
