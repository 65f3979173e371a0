"""A public body's reply to each reason, once, and sending again: also after closing, but never what was a draft."""

import pytest
from sqlmodel import select

from charter.returned import WORDS_LIMIT, reply_to_return
from charter.rules.refusals import (
    ClosedError,
    FieldError,
    NotAllowedError,
    NotFoundError,
    RefusedError,
)
from db.engine import Store
from db.models import Answer, Review, SelfAssessment
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


def test_a_body_replies_once_to_each_and_the_reviewer_reads_it(store: Store, form: AskedForm) -> None:
    ref = reviewing.sent(store, form)
    reviewing.send_back(store, form, ref)
    reviewing.reply(store, form, " We asked 40 groups.\n")
    reviewing.reply(store, form, "We asked 40 groups.")  # a double press
    with pytest.raises(RefusedError, match="already"):
        reviewing.reply(store, form, "And one thing more.")
    reviewing.send(store, form)
    (found,) = reviewing.paper(store, form, ref).returned[form.core[0]]
    assert (found.reason, found.reply) == (WHY, "We asked 40 groups.")
    assert found.replied_at is not None


def test_each_return_has_a_reply_of_its_own(store: Store, form: AskedForm) -> None:
    ref = reviewing.sent(store, form)
    for words in ("First.", "Second."):
        reviewing.send_back(store, form, ref)
        reviewing.reply(store, form, words)
        reviewing.send(store, form)
    assert [each.reply for each in reviewing.returns(store, form.core[0])] == ["First.", "Second."]


@one_database
def test_a_reply_without_words_or_with_too_many_is_refused(store: Store, form: AskedForm) -> None:
    ref = reviewing.sent(store, form)
    reviewing.send_back(store, form, ref)
    for words in ("", " \n", "x" * (WORDS_LIMIT + 1)):
        with pytest.raises(FieldError):
            reviewing.reply(store, form, words)
    assert reviewing.returns(store, form.core[0])[0].replied_at is None


@one_database
def test_no_reply_to_what_was_not_sent_back_or_is_not_with_the_body(store: Store, form: AskedForm) -> None:
    ref = reviewing.sent(store, form)
    with pytest.raises(RefusedError):
        reviewing.reply(store, form, "Early.")
    reviewing.send_back(store, form, ref)
    with pytest.raises(NotFoundError):
        reviewing.reply(store, form, "Not this one.", version_id=form.core[1])
    reviewing.send(store, form)
    with pytest.raises(RefusedError, match="not with you"):
        reviewing.reply(store, form, "Late.")


@one_database
def test_nobody_replies_for_a_body_but_its_own_people(store: Store, form: AskedForm) -> None:
    ref = reviewing.sent(store, form)
    reviewing.send_back(store, form, ref)
    for viewer in (reviewing.reviewer(form), form.partner, holding(form, Role.COORDINATOR)):
        with pytest.raises(NotAllowedError), store.writing() as session:
            reply_to_return(session, viewer=viewer, version_id=form.core[0], reply="Eve", **form.whose(form.council_id))
    assert reviewing.returns(store, form.core[0])[0].reply == ""


@pytest.mark.parametrize("period", OVER)
def test_what_was_sent_back_is_put_right_and_sent_again_after_closing(
    store: Store, form: AskedForm, period: PeriodState
) -> None:
    ref = reviewing.sent(store, form)
    reviewing.set_period(store, form, period)
    reviewing.send_back(store, form, ref)
    reviewing.choose(store, form, 2, seen=1)
    reviewing.reply(store, form, "You are right.")
    assert reviewing.send(store, form) == reviewing.send(store, form) == ref
    reviewing.take(store, form, ref)
    with store.reading() as session:
        assert [answer.level for answer in session.exec(select(Answer))] == [2]
    assert reviewing.state(store) is SelfAssessmentState.REVIEWED


@one_database
@pytest.mark.parametrize("period", OVER)
def test_a_draft_that_was_never_sent_stays_closed(store: Store, form: AskedForm, period: PeriodState) -> None:
    reviewing.choose(store, form, 3)
    reviewing.set_period(store, form, period)
    with pytest.raises(ClosedError):
        reviewing.choose(store, form, 2, seen=1)
    with pytest.raises(ClosedError):
        reviewing.send(store, form)
    assert reviewing.state(store) is SelfAssessmentState.DRAFT


@one_database
def test_nothing_starts_after_closing(store: Store, form: AskedForm) -> None:
    reviewing.set_period(store, form, PeriodState.CLOSED)
    with pytest.raises(ClosedError):
        reviewing.choose(store, form, 3)
    with store.reading() as session:
        assert session.exec(select(SelfAssessment)).all() == []


@one_database
@pytest.mark.parametrize("period", [PeriodState.OPEN, *OVER])
def test_what_waits_for_review_is_not_changed(store: Store, form: AskedForm, period: PeriodState) -> None:
    reviewing.sent(store, form)
    reviewing.set_period(store, form, period)
    with pytest.raises(RefusedError):
        reviewing.choose(store, form, 0, seen=1)
    with store.reading() as session:
        assert [answer.level for answer in session.exec(select(Answer))] == [3]
        assert session.exec(select(Review)).all() == []
