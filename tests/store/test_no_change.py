"""One press that keeps last time's answer: saved, marked, and unmarked by another choice; two windows at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from charter.answers import save_comment, save_no_change
from charter.freezing import period_now
from charter.periods import period_by_id
from charter.rules.refusals import ClosedError, EditedElsewhereError, NotAllowedError, NotFoundError, RefusedError
from charter.submissions import submit
from db.engine import Store
from db.models import Period
from db.types import NoLevel, PeriodState
from tests.store.asked_forms import AskedForm, ask
from tests.store.databases import one_database
from tests.store.rolling import Choice, choose, earlier, no_change, read, stored


@pytest.fixture
def form(store: Store) -> AskedForm:
    return ask(store)


@pytest.mark.parametrize("choice", [0, 4, *NoLevel])
def test_no_change_saves_last_times_answer_and_marks_it(store: Store, form: AskedForm, choice: Choice) -> None:
    earlier(store, form, {form.core[0]: choice})
    assert no_change(store, form) == 1
    none = choice if isinstance(choice, NoLevel) else None
    assert stored(store, form) == [(None if none else choice, none, True, 1)]
    assert no_change(store, form) == 1  # a double press
    assert read(store, form).answer(read(store, form).questions[0]).carried_over


def test_another_level_takes_the_mark_away(store: Store, form: AskedForm) -> None:
    earlier(store, form, {form.core[0]: 3})
    no_change(store, form)
    choose(store, form, 2, seen=1)
    assert stored(store, form) == [(2, None, False, 2)]
    assert no_change(store, form, seen=2) == 3
    assert stored(store, form) == [(3, None, True, 3)]


@one_database
def test_the_same_level_chosen_by_hand_is_not_carried_over(store: Store, form: AskedForm) -> None:
    earlier(store, form, {form.core[0]: 3})
    choose(store, form, 3, seen=0)
    assert stored(store, form) == [(3, None, False, 1)]


@one_database
def test_a_comment_leaves_the_mark(store: Store, form: AskedForm) -> None:
    earlier(store, form, {form.core[0]: 3})
    no_change(store, form)
    with store.writing() as session:
        save_comment(
            session,
            viewer=form.partner,
            version_id=form.core[0],
            comment="As before",
            may_be_quoted=False,
            seen_revision=1,
            **form.whose(),
        )
    assert stored(store, form) == [(3, None, True, 2)]


def test_an_older_page_keeps_nothing_over_what_was_chosen_since(store: Store, form: AskedForm) -> None:
    earlier(store, form, {form.core[0]: 3})
    choose(store, form, 1, seen=0)
    with pytest.raises(EditedElsewhereError):
        no_change(store, form, seen=0)
    assert stored(store, form) == [(1, None, False, 1)]


def test_of_two_windows_that_press_at_once_none_is_lost(store: Store, form: AskedForm) -> None:
    earlier(store, form, {form.core[0]: 3})

    def press(place: int) -> str:
        try:
            if place % 2:
                no_change(store, form)
            else:
                choose(store, form, 1, seen=0)
        except EditedElsewhereError:
            return "told"
        return "saved"

    with ThreadPoolExecutor(4) as threads:
        said = list(threads.map(press, range(4)))
    ((level, _, carried, revision),) = stored(store, form)
    assert revision == 1
    assert (level, carried) in {(3, True), (1, False)}
    assert said.count("told") == 2  # the two of the other answer


@one_database
def test_there_is_nothing_to_keep_where_nothing_was_answered(store: Store, form: AskedForm) -> None:
    with pytest.raises(RefusedError, match="no earlier answer"):
        no_change(store, form)
    earlier(store, form, {form.core[0]: 3})
    with pytest.raises(RefusedError, match="no earlier answer"):
        no_change(store, form, place=1)
    assert stored(store, form) == []


@one_database
def test_nobody_keeps_anothers_answer_and_none_after_closing(store: Store, form: AskedForm) -> None:
    earlier(store, form, {form.core[0]: 3})
    with pytest.raises(NotAllowedError):
        no_change(store, form, viewer=form.partner_of(form.other_id))
    with pytest.raises(NotFoundError), store.writing() as session:
        save_no_change(session, viewer=form.partner, version_id=99_999, seen_revision=0, **form.whose())
    with store.writing() as session:
        session.get_one(Period, form.period_id).state = PeriodState.CLOSED
    with pytest.raises(ClosedError):
        no_change(store, form)
    assert stored(store, form) == []


def test_the_mark_is_frozen_with_a_release(store: Store, form: AskedForm) -> None:
    """From there it becomes the share carried over of rule 8, which `test_figures_of_change` holds."""
    earlier(store, form, {form.core[0]: 3})
    no_change(store, form)
    choose(store, form, 3, seen=1)  # the same again changes nothing
    with store.writing() as session:
        submit(session, viewer=form.partner, declared_by="Ana", **form.whose())
        found = period_now(session, period=period_by_id(session, period_id=form.period_id))
    group = next(each for each in found.organisations if each.organisation_id == form.group_id)
    assert [answer.carried_over for answer in group.answers.values()] == [True, False, False]
