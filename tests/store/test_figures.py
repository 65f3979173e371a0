"""Every figure of a small period, against numbers reckoned by hand from the method's rules."""

from collections.abc import Iterable
from typing import TypeVar

import pytest
from sqlmodel import SQLModel

from charter.figures.counts import body_answers, question_shares, responses
from charter.figures.gaps import gaps
from charter.figures.inputs import FrozenPeriod
from charter.figures.scores import scores
from db.models import ReleaseGap, ReleaseScore
from db.types import (
    Agreement,
    Breakdown,
    Contact,
    GapKind,
    IncomeBand,
    Influence,
    Measure,
    NoLevel,
    OrganisationKind,
    Question,
    Scope,
    Side,
    Withheld,
)
from tests.store import frozen
from tests.store.frozen import NOT_APPLICABLE as A
from tests.store.frozen import NOT_KNOWN as D
from tests.store.frozen import NOTHING as R
from tests.store.frozen import Said, answer, organisation, period, rated, version

Row = TypeVar("Row", bound=SQLModel)
PRACTICE, EXPERIENCE = Measure.PRACTICE, Measure.EXPERIENCE


@pytest.fixture(scope="module")
def small() -> FrozenPeriod:
    return frozen.small()


def score_of(
    rows: Iterable[ReleaseScore],
    ref: str,
    side: Side = Side.VCFSE,
    *,
    breakdown: Breakdown = Breakdown.WHOLE,
    group: str = "",
    measure: Measure | None = None,
) -> ReleaseScore:
    found = [
        row
        for row in rows
        if (row.ref, row.side, row.breakdown, row.group_code) == (ref, side, breakdown, group)
        and measure in {None, row.measure}
    ]
    assert len(found) == 1
    return found[0]


def gap_of(rows: Iterable[ReleaseGap], ref: str, owing: Side = Side.PUBLIC) -> ReleaseGap:
    found = [row for row in rows if (row.ref, row.owing_side) == (ref, owing)]
    assert len(found) == 1
    return found[0]


def values(row: SQLModel, *names: str) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in names)


COUNTS = ("invited", "answered", "does_not_apply", "dont_know", "no_answer")
LEVELS = tuple(f"level_{level}" for level in range(5))
FIGURES = ("score", "share_high", "low", "high", "lowest", "highest")


def test_a_commitments_counts_score_interval_and_bounds(small: FrozenPeriod) -> None:
    row = score_of(scores(small), "A-1")
    assert values(row, "scope", "measure", "withheld") == (Scope.COMMITMENT, EXPERIENCE, None)
    assert values(row, *COUNTS) == (14, 10, 1, 1, 2)
    assert values(row, *LEVELS) == (1, 2, 3, 3, 1)
    # Sum 21 of 10: 2.1 levels. f 10/13, Σu² 0.129, guards 0.0441 and 0.0361, V 0.043888, t 2.262157.
    assert values(row, *FIGURES) == (
        pytest.approx(52.5),
        pytest.approx(0.4),
        pytest.approx(40.6523, abs=5e-4),
        pytest.approx(64.3477, abs=5e-4),
        pytest.approx(25 * 21 / 12),
        pytest.approx(25 * 29 / 12),
    )


def test_a_group_that_sent_and_left_a_question_blank_gave_no_answer_to_it(small: FrozenPeriod) -> None:
    assert values(score_of(scores(small), "A-3"), *COUNTS, "score") == (14, 11, 0, 0, 3, pytest.approx(25 * 18 / 11))


def test_a_hidden_figure_has_no_value_at_all_but_how_many_were_invited(small: FrozenPeriod) -> None:
    row = score_of(scores(small), "A-4")
    assert values(row, "invited", "withheld") == (14, Withheld.FEW_OR_UNIFORM)
    assert set(values(row, *COUNTS[1:], *LEVELS, *FIGURES)) == {None}


def test_infrastructure_counts_with_voluntary_and_small_groups_are_hidden(small: FrozenPeriod) -> None:
    rows = list(scores(small))
    kind = score_of(rows, "A-1", breakdown=Breakdown.KIND, group="voluntary")
    whole = score_of(rows, "A-1")
    assert values(kind, *COUNTS, *LEVELS, *FIGURES) == values(whole, *COUNTS, *LEVELS, *FIGURES)
    assert {row.group_code for row in rows if row.breakdown is Breakdown.KIND} == {"voluntary"}
    for band in (IncomeBand.UNDER_10K, IncomeBand.NOT_KNOWN):
        row = score_of(rows, "A-1", breakdown=Breakdown.INCOME, group=band)
        assert values(row, "invited", "withheld") == (7, Withheld.FEW_OR_UNIFORM)
        assert set(values(row, *COUNTS[1:], *LEVELS, *FIGURES)) == {None}


def test_a_theme_score_is_the_mean_of_its_shown_core_commitments(small: FrozenPeriod) -> None:
    row = score_of(scores(small), "voice", measure=EXPERIENCE)
    assert values(row, "scope", "commitments_shown", "commitments_asked", "answered") == (Scope.THEME, 3, 4, 12)
    assert row.score == pytest.approx((52.5 + 25 * 33 / 12 + 25 * 18 / 11) / 3)
    assert row.lowest == pytest.approx((25 * 21 / 12 + 25 * 33 / 14 + 25 * 18 / 14) / 3)
    assert row.highest == pytest.approx((25 * 29 / 12 + 25 * 41 / 14 + 25 * 30 / 14) / 3)
    assert row.score is not None
    assert row.low is not None
    assert row.high is not None
    assert row.low < row.score < row.high


def test_the_sectors_own_promises_make_a_theme_score_of_their_own_or_none(small: FrozenPeriod) -> None:
    row = score_of(scores(small), "voice", measure=PRACTICE)
    assert values(row, "score", "withheld") == (None, Withheld.TOO_FEW_COMMITMENTS)
    assert values(row, "commitments_shown", "commitments_asked") == (1, 1)


def test_principles_stand_outside_the_theme_scores(small: FrozenPeriod) -> None:
    assert {row.ref for row in scores(small) if row.scope is Scope.THEME} == {"voice"}
    assert score_of(scores(small), "P-1").score == pytest.approx(25 * 35 / 12)


def test_public_bodies_are_counted_in_full_without_an_interval(small: FrozenPeriod) -> None:
    rows = list(scores(small))
    row = score_of(rows, "A-1", Side.PUBLIC)
    assert values(row, "measure", *COUNTS, "score") == (PRACTICE, 2, 1, 0, 0, 1, 75)
    assert values(score_of(rows, "A-2", Side.PUBLIC), *COUNTS, "score") == (1, 1, 0, 0, 0, 50)
    theme = score_of(rows, "voice", Side.PUBLIC, measure=PRACTICE)
    assert values(theme, "score", "commitments_shown", "commitments_asked", "invited") == (62.5, 4, 4, 2)
    for found in (row, theme):
        assert set(values(found, *LEVELS, "share_high", "low", "high", "lowest", "highest")) == {None}
    assert score_of(rows, "V-1", Side.PUBLIC).measure is EXPERIENCE


def test_a_gap_is_practice_less_experience(small: FrozenPeriod) -> None:
    row = gap_of(gaps(small), "A-1")
    assert values(row, "scope", "kind", "gap", "public_score", "vcfse_score") == (
        Scope.COMMITMENT,
        GapKind.PERCEPTION_GAP,
        22.5,
        75,
        52.5,
    )
    assert values(row, "bodies_answered", "bodies_asked", "commitments") == (1, 2, 1)
    assert row.low == pytest.approx(75 - 64.3477, abs=5e-4)
    assert row.high == pytest.approx(75 - 40.6523, abs=5e-4)
    assert values(row, "clear", "agreement", "withheld") == (True, Agreement.DISAGREE, None)


def test_a_gap_is_hidden_if_a_part_of_it_is(small: FrozenPeriod) -> None:
    row = gap_of(gaps(small), "A-4")
    assert row.withheld is Withheld.FEW_OR_UNIFORM
    assert set(values(row, "public_score", "vcfse_score", "gap", "low", "high", "clear", "agreement")) == {None}


def test_a_theme_gap_is_over_the_commitments_with_both_sides(small: FrozenPeriod) -> None:
    row = gap_of([found for found in gaps(small) if found.scope is Scope.THEME], "voice")
    assert row.gap == pytest.approx((75 + 50 + 100) / 3 - (52.5 + 25 * 33 / 12 + 25 * 18 / 11) / 3)
    assert values(row, "commitments", "bodies_answered", "bodies_asked", "withheld") == (3, 1, 2, None)


def test_a_theme_gap_counts_the_bodies_that_gave_a_level_to_a_promise_that_is_shown() -> None:
    bodies: list[dict[str, Said]] = [
        {"A-1": 4, "A-2": 2, "A-3": 3, "A-4": 1},
        {"A-2": D, "A-3": 1},
        {"A-1": D, "A-2": A, "A-3": R},  # asked, and gave no level at all
        {"A-4": 2},  # gave one only to the promise whose figure is hidden
        {"V-1": 2},  # owes nothing of it, and rates what groups owe
    ]
    small = frozen.small()
    groups = [each for each in small.organisations if each.side is Side.VCFSE]
    answering = [
        organisation(20 + place, rated(said), side=Side.PUBLIC, kind=OrganisationKind.NHS, name=f"Body {place}")
        for place, said in enumerate(bodies)
    ]
    found = [row for row in gaps(period(small.versions, [*groups, *answering])) if row.scope is Scope.THEME]
    row = gap_of(found, "voice")
    assert values(row, "commitments", "bodies_answered", "bodies_asked", "withheld") == (3, 2, 4, None)
    assert row.public_score == pytest.approx((100 + 50 + 50) / 3)


def test_a_gap_in_the_sectors_own_promise_is_kept_apart(small: FrozenPeriod) -> None:
    row = gap_of(gaps(small), "V-1", Side.VCFSE)
    assert values(row, "kind", "gap", "public_score", "vcfse_score") == (GapKind.PERCEPTION_GAP, 30, 50, 80)
    theme = gap_of([found for found in gaps(small) if found.scope is Scope.THEME], "voice", Side.VCFSE)
    assert values(theme, "gap", "withheld") == (None, Withheld.TOO_FEW_COMMITMENTS)


def test_what_all_owe_has_a_difference_between_the_sides_and_no_gap(small: FrozenPeriod) -> None:
    row = gap_of(gaps(small), "P-1")
    assert values(row, "kind", "public_score", "clear", "agreement") == (
        GapKind.DIFFERENCE_BETWEEN_SIDES,
        100,
        None,
        None,
    )
    assert row.gap == pytest.approx(100 - 25 * 35 / 12)
    assert not [found for found in gaps(small) if found.ref == "together"]


def test_a_commitment_that_no_body_answered_has_no_gap() -> None:
    groups = [organisation(key, {"A-1": answer(key % 5, EXPERIENCE)}) for key in range(12)]
    silent = organisation(20, rated({"A-1": R}), side=Side.PUBLIC, kind=OrganisationKind.NHS, counted=False, name="NHS")
    found = period([version("A-1")], [*groups, silent])
    assert values(gap_of(gaps(found), "A-1"), "gap", "withheld", "bodies_asked") == (None, Withheld.NO_DATA, 1)
    assert values(score_of(scores(found), "A-1", Side.PUBLIC), "score", "withheld") == (None, Withheld.NO_DATA)


def test_nothing_asked_or_answered_is_no_data_and_never_nought() -> None:
    found = period([version("A-1")], [organisation(key, {"A-1": answer(R, EXPERIENCE)}) for key in range(12)])
    assert values(score_of(scores(found), "A-1"), "score", "answered", "withheld") == (None, None, Withheld.NO_DATA)


def test_each_body_is_named_with_its_level_or_without_one(small: FrozenPeriod) -> None:
    found = {(row.name, row.ref): values(row, "measure", "level", "no_level") for row in body_answers(small)}
    assert found["Elmford Council", "A-1"] == (PRACTICE, 3, None)
    assert found["Elmford Council", "V-1"] == (EXPERIENCE, 2, None)
    assert found["Elmford NHS", "A-1"] == (PRACTICE, None, None)
    assert len(found) == len(frozen.COUNCIL) + len(frozen.ADOPTED)
    unsure = organisation(20, rated({"A-1": D}), side=Side.PUBLIC, kind=OrganisationKind.NHS, name="NHS")
    row = next(body_answers(period([version("A-1")], [unsure])))
    assert values(row, "level", "no_level") == (None, NoLevel.DONT_KNOW)


def test_who_responded(small: FrozenPeriod) -> None:
    found = {
        (row.side, row.breakdown, row.group_code): (row.invited, row.submitted, row.known) for row in responses(small)
    }
    assert found == {
        (Side.PUBLIC, Breakdown.WHOLE, ""): (2, 1, None),
        (Side.VCFSE, Breakdown.WHOLE, ""): (14, 12, 20),
        (Side.VCFSE, Breakdown.KIND, "voluntary"): (14, 12, None),
        (Side.VCFSE, Breakdown.INCOME, "under_10k"): (7, 7, None),
        (Side.VCFSE, Breakdown.INCOME, "not_known"): (7, 5, None),
        (Side.VCFSE, Breakdown.WARD, "Old Town"): (5, 5, None),
        (Side.VCFSE, Breakdown.WARD, "not_known"): (9, 7, None),
    }


def test_the_overall_question_and_its_interval(small: FrozenPeriod) -> None:
    rows = [row for row in question_shares(small) if row.question is Question.INFLUENCE and not row.contact_code]
    chosen = {row.option: row.chose for row in rows}
    assert chosen == {
        **{word.value: frozen.INFLUENCES.count(word) for word in Influence},
        "positive_or_very_positive": None,
    }
    positive = next(row for row in rows if row.option == "positive_or_very_positive")
    # Wilson with n(M − 1)/(M − n) = 12 · 13/2 = 78 for n.
    assert values(positive, "answered", "share", "withheld") == (12, 0.5, None)
    assert positive.low == pytest.approx(0.391674, abs=1e-5)
    assert positive.high == pytest.approx(0.608326, abs=1e-5)


def test_the_overall_question_by_contact_and_a_level_on_which_all_agree_are_hidden(small: FrozenPeriod) -> None:
    rows = list(question_shares(small))
    by_contact = [row for row in rows if row.contact_code]
    uniform = [row for row in rows if row.question is Question.ENGAGEMENT_LEVEL]
    assert {row.contact_code for row in by_contact} == {word.value for word in Contact}
    assert (len(by_contact), len(uniform)) == (4 * 6, 5)
    for row in (*by_contact, *uniform):
        assert values(row, "answered", "chose", "share", "low", "high") == (None,) * 5
        assert row.withheld is Withheld.FEW_OR_UNIFORM
