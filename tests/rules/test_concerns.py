"""Who sees a concern, who may take it on, its states, and what of it is published."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.rules.concerns import (
    DAYS_TO_ANSWER,
    OPEN,
    Part,
    Sight,
    may_act_for_raiser,
    may_decide,
    may_go_on,
    published_count,
)
from charter.rules.refusals import RefusedError
from charter.rules.workflow import CONCERN_ALLOWED, move_concern
from db.types import ConcernState as State

RAISER, BODY, OTHER = 1, 2, 3
EXPECTED = {
    (State.WITH_CHAMPION, State.WITH_MONITORING_GROUP),
    (State.WITH_CHAMPION, State.AGREED),
    (State.WITH_CHAMPION, State.WITHDRAWN),
    (State.WITH_MONITORING_GROUP, State.WITH_MONITORING_GROUP),
    (State.WITH_MONITORING_GROUP, State.AGREED),
    (State.WITH_MONITORING_GROUP, State.NOT_AGREED),
    (State.WITH_MONITORING_GROUP, State.WITHDRAWN),
}
keys = st.frozensets(st.integers(1, 3), max_size=3)
sights = st.builds(Sight, own=keys, leads=keys, champion_of=keys, coordinates=st.booleans(), monitors=st.booleans())


def parts(sight: Sight, *, referred: bool = False) -> frozenset[Part]:
    return sight.parts(raised_by=RAISER, about=BODY, referred=referred)


@pytest.mark.parametrize("found", State)
@pytest.mark.parametrize("wanted", State)
def test_the_states_follow_each_other_as_the_table_says(found: State, wanted: State) -> None:
    if (found, wanted) in EXPECTED:
        move_concern(found, wanted)
    else:
        with pytest.raises(RefusedError, match="Nothing was changed"):
            move_concern(found, wanted)


def test_a_concern_is_open_as_long_as_it_can_move() -> None:
    assert {state for state, after in CONCERN_ALLOWED.items() if after} == OPEN


@pytest.mark.parametrize(
    ("sight", "before", "after"),
    [
        (Sight(own=frozenset({RAISER}), leads=frozenset({RAISER})), {Part.RAISED}, {Part.RAISED}),
        (Sight(own=frozenset({BODY}), leads=frozenset({BODY})), set(), {Part.CONCERNED}),
        (Sight(own=frozenset({BODY}), champion_of=frozenset({BODY})), {Part.CONCERNED}, {Part.CONCERNED}),
        (Sight(own=frozenset({BODY})), set(), set()),
        (Sight(own=frozenset({OTHER}), leads=frozenset({OTHER}), champion_of=frozenset({OTHER})), set(), set()),
        (Sight(coordinates=True), {Part.COORDINATES}, {Part.COORDINATES}),
        (Sight(monitors=True), {Part.MONITORS}, {Part.MONITORS}),
        (Sight(own=frozenset({BODY}), monitors=True), set(), set()),
        (Sight(own=frozenset({BODY}), coordinates=True), set(), set()),
        (Sight(), set(), set()),
    ],
)
def test_each_sees_what_is_theirs_before_and_after_it_was_passed_on(
    sight: Sight, before: set[Part], after: set[Part]
) -> None:
    assert parts(sight) == before
    assert parts(sight, referred=True) == after


@given(sight=sights, referred=st.booleans())
def test_nobody_decides_about_their_own_body_or_in_their_own_cause(sight: Sight, *, referred: bool) -> None:
    found = parts(sight, referred=referred)
    if may_decide(found):
        assert sight.monitors
        assert BODY not in sight.own
        assert RAISER not in sight.leads
    if may_act_for_raiser(found) and RAISER not in sight.leads:
        assert BODY not in sight.own


@given(sight=sights)
def test_passing_on_takes_it_from_nobodys_sight(sight: Sight) -> None:
    assert parts(sight) <= parts(sight, referred=True)


def test_whoever_raised_it_takes_it_on_and_so_does_the_desk() -> None:
    assert {part for part in Part if may_act_for_raiser({part})} == {Part.RAISED, Part.COORDINATES}


@pytest.mark.parametrize(
    ("days", "answered", "can_answer", "goes"),
    [
        (0, False, True, False),
        (DAYS_TO_ANSWER - 1, False, True, False),
        (DAYS_TO_ANSWER, False, True, True),
        (0, True, True, True),
        (0, False, False, True),
    ],
)
def test_the_body_has_two_weeks_to_answer(days: int, *, answered: bool, can_answer: bool, goes: bool) -> None:
    since = date(2026, 3, 1)
    today = date.fromordinal(since.toordinal() + days)
    assert may_go_on(since=since, today=today, answered=answered, can_answer=can_answer) is goes


@pytest.mark.parametrize(("count", "published"), [(0, 0), (1, None), (4, None), (5, 5), (12, 12)])
def test_one_to_four_are_published_as_fewer_than_five(count: int, published: int | None) -> None:
    assert published_count(count) == published
