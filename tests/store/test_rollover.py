"""Rollover: last time's answer where it can be compared, and questions that are new or changed."""

import pytest

from charter.rollover import Before, Since
from db.engine import Store
from db.types import Meaning, Measure, NoLevel, OwedBy, PeriodState, SelfAssessmentState
from tests.store.asked_forms import AskedForm, ask
from tests.store.databases import one_database
from tests.store.rolling import REVIEWED, SENT, before, earlier, new_version


@pytest.fixture
def form(store: Store) -> AskedForm:
    return ask(store)


def test_without_an_earlier_period_nothing_is_said(store: Store, form: AskedForm) -> None:
    assert before(store, form) == [Before()] * 3


def test_the_earlier_answer_stands_beside_its_question(store: Store, form: AskedForm) -> None:
    earlier(store, form, {form.core[0]: 3, form.core[1]: NoLevel.DONT_KNOW})
    assert before(store, form) == [
        Before(Since.SAME, 3, None, "Review 1 before"),
        Before(Since.SAME, None, NoLevel.DONT_KNOW, "Review 1 before"),
        Before(Since.SAME),
    ]


def test_of_several_earlier_answers_the_newest_that_counted_is_taken(store: Store, form: AskedForm) -> None:
    earlier(store, form, {form.core[0]: 0, form.core[1]: 1, form.more: 2}, years=3)
    earlier(store, form, {form.core[0]: 4, form.core[1]: 4}, years=2)
    earlier(store, form, {form.core[0]: 3}, years=1, state=SelfAssessmentState.DRAFT)
    assert [(each.level, each.period_title) for each in before(store, form)] == [
        (4, "Review 2 before"),
        (4, "Review 2 before"),
        (2, "Review 3 before"),
    ]


@pytest.mark.parametrize(
    ("side", "state", "found"),
    [
        ("group", SelfAssessmentState.DRAFT, None),
        ("group", SENT, 3),
        ("council", SelfAssessmentState.DRAFT, None),
        ("council", SENT, None),
        ("council", SelfAssessmentState.RETURNED, None),
        ("council", REVIEWED, 3),
    ],
)
def test_only_an_answer_that_counted_is_compared(
    store: Store, form: AskedForm, side: str, state: SelfAssessmentState, found: int | None
) -> None:
    body = side == "council"
    whose = form.council_id if body else form.group_id
    measure = Measure.PRACTICE if body else Measure.EXPERIENCE
    earlier(store, form, {form.core[0]: 3}, organisation_id=whose, state=state, measure=measure)
    assert before(store, form, whose)[0].level == found


@one_database
def test_nobody_elses_answer_is_compared(store: Store, form: AskedForm) -> None:
    earlier(store, form, {form.core[0]: 3}, organisation_id=form.other_id)
    assert before(store, form)[0] == Before(Since.SAME)


@pytest.mark.parametrize("apart", [{"period_state": PeriodState.OPEN}, {"made_up": True}, {"years": -1}])
def test_a_period_that_is_not_over_or_made_up_or_later_is_none_before(
    store: Store, form: AskedForm, apart: dict[str, object]
) -> None:
    earlier(store, form, {form.core[0]: 3}, **apart)  # type: ignore[arg-type]
    assert before(store, form) == [Before()] * 3


@one_database
def test_practice_is_never_compared_with_experience(store: Store, form: AskedForm) -> None:
    earlier(store, form, {form.core[0]: 3}, measure=Measure.PRACTICE)
    assert before(store, form)[0].choice is None


@one_database
def test_who_rated_the_other_side_before_is_told(store: Store, form: AskedForm) -> None:
    earlier(store, form, {form.core[0]: 3})
    new_version(store, form, meaning=Meaning.SAME, owed_by=OwedBy.VCFSE)
    assert before(store, form)[0] == Before(Since.OTHER_SIDE)


def test_what_was_not_asked_last_time_is_new(store: Store, form: AskedForm) -> None:
    earlier(store, form, {form.core[0]: 3}, asked=(form.core[0], form.more))
    assert [each.since for each in before(store, form)] == [Since.SAME, Since.NEW, Since.SAME]


@pytest.mark.parametrize(
    ("meaning", "since", "level"), [(Meaning.SAME, Since.SAME, 3), (Meaning.CHANGED, Since.CHANGED, None)]
)
def test_a_new_version_is_compared_only_where_it_means_the_same(
    store: Store, form: AskedForm, meaning: Meaning, since: Since, level: int | None
) -> None:
    earlier(store, form, {form.core[0]: 3}, years=1)
    new_version(store, form, meaning=meaning)
    first = before(store, form)[0]
    assert (first.since, first.level) == (since, level)
