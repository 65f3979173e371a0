"""Changes of state: every pair of states, allowed or refused."""

import itertools

import pytest

from charter.rules.refusals import RefusedError
from charter.rules.workflow import counts, editable, move_period, move_self_assessment, needs_open_period
from db.types import PeriodState, SelfAssessmentState, Side

PERIOD_MOVES = {("planned", "open"), ("open", "closed"), ("closed", "open"), ("closed", "published")}
GROUP_MOVES = {("draft", "submitted"), ("submitted", "draft")}
BODY_MOVES = {
    ("draft", "submitted"),
    ("submitted", "returned"),
    ("submitted", "reviewed"),
    ("returned", "submitted"),
    ("reviewed", "returned"),
}

PERIOD_PAIRS = list(itertools.product(PeriodState, PeriodState))
SELF_ASSESSMENT_PAIRS = list(itertools.product(SelfAssessmentState, SelfAssessmentState))


@pytest.mark.parametrize(("found", "wanted"), PERIOD_PAIRS)
def test_a_period(found: PeriodState, wanted: PeriodState) -> None:
    if (found, wanted) in PERIOD_MOVES:
        move_period(found, wanted)
        return
    with pytest.raises(RefusedError, match="Nothing was changed"):
        move_period(found, wanted)


@pytest.mark.parametrize(("side", "moves"), [(Side.VCFSE, GROUP_MOVES), (Side.PUBLIC, BODY_MOVES)])
@pytest.mark.parametrize(("found", "wanted"), SELF_ASSESSMENT_PAIRS)
def test_a_self_assessment(
    side: Side, moves: set[tuple[str, str]], found: SelfAssessmentState, wanted: SelfAssessmentState
) -> None:
    if (found, wanted) in moves:
        move_self_assessment(side, found, wanted)
        return
    with pytest.raises(RefusedError, match="Nothing was changed"):
        move_self_assessment(side, found, wanted)


@pytest.mark.parametrize(("side", "counting"), [(Side.VCFSE, {"submitted"}), (Side.PUBLIC, {"reviewed"})])
def test_what_counts(side: Side, counting: set[str]) -> None:
    assert {state for state in SelfAssessmentState if counts(side, state)} == counting


def test_what_can_be_edited() -> None:
    assert {state for state in SelfAssessmentState if editable(state)} == {"draft", "returned"}


@pytest.mark.parametrize("side", Side)
def test_what_counts_cannot_be_edited(side: Side) -> None:
    assert not [state for state in SelfAssessmentState if counts(side, state) and editable(state)]


@pytest.mark.parametrize("state", [None, *SelfAssessmentState])
def test_what_was_never_sent_is_written_in_only_while_the_period_is_open(state: SelfAssessmentState | None) -> None:
    assert needs_open_period(state) == (state in {None, "draft"})
