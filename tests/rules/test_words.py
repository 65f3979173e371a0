"""Every word of the vocabulary that reaches a screen has its words there, and they are fit to be read."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from charter import words
from db.types import (
    Agreement,
    AssistedHow,
    Breakdown,
    CharterState,
    Contact,
    Continuity,
    Direction,
    EngagementLevel,
    IncomeBand,
    Influence,
    Meaning,
    Measure,
    NoLevel,
    OrganisationKind,
    OwedBy,
    PeriodState,
    Question,
    ReviewDecision,
    Role,
    Side,
    StatementKind,
    Withheld,
)

LABELS: list[tuple[type[StrEnum], Mapping[Any, str]]] = [
    (Agreement, words.AGREEMENTS),
    (AssistedHow, words.ASSISTED),
    (Breakdown, words.BREAKDOWNS),
    (CharterState, words.CHARTER_STATES),
    (Contact, words.CONTACTS),
    (Continuity, words.CONTINUITIES),
    (Direction, words.DIRECTIONS),
    (EngagementLevel, words.ENGAGEMENT_LEVELS),
    (IncomeBand, words.INCOMES),
    (Influence, words.INFLUENCES),
    (Meaning, words.MEANINGS),
    (Measure, words.MEASURES),
    (NoLevel, words.NO_LEVELS),
    (OrganisationKind, words.KINDS),
    (OwedBy, words.OWED_BY),
    (PeriodState, words.PERIOD_STATES),
    (Question, words.QUESTIONS),
    (ReviewDecision, words.REVIEW_DECISIONS),
    (Role, words.ROLES),
    (Side, words.SIDES),
    (StatementKind, words.STATEMENT_KINDS),
    (Withheld, words.WITHHELD),
]


@pytest.mark.parametrize(("vocabulary", "labels"), LABELS, ids=lambda value: getattr(value, "__name__", ""))
def test_every_word_has_its_label_and_no_two_share_one(vocabulary: type[StrEnum], labels: Mapping[Any, str]) -> None:
    assert set(labels) == set(vocabulary)
    assert len(set(labels.values())) == len(labels)
    for label in labels.values():
        assert label == label.strip() != ""
        assert "_" not in label
        assert "vcfse" not in label.lower()


@pytest.mark.parametrize(
    ("breakdown", "code", "label"),
    [
        (Breakdown.KIND, "social_enterprise", "Social enterprises"),
        (Breakdown.INCOME, "from_10k_to_100k", "£10,000 to £100,000"),
        (Breakdown.WARD, "Old Town", "Old Town"),
        (Breakdown.WARD, "not_known", "Ward not known"),
        (Breakdown.WHOLE, "", "All groups"),
    ],
)
def test_a_group_is_named(breakdown: Breakdown, code: str, label: str) -> None:
    assert words.group_label(breakdown, code) == label


def test_only_what_protects_people_carries_the_mark() -> None:
    assert words.withheld_words(Withheld.FEW_OR_UNIFORM) == "[c] too few answers, or nearly all alike"
    assert words.withheld_words(Withheld.PROTECTS_ANOTHER) == "[c] hidden so that another group stays private"
    assert words.withheld_words(Withheld.NO_DATA) == "no data"
    assert words.withheld_words(Withheld.TOO_FEW_COMMITMENTS) == "too few of its promises can be shown"


def test_the_mark_is_explained_with_the_threshold_that_was_promised() -> None:
    assert "Fewer than 10 groups" in words.hidden_note()
    assert "Fewer than 15 groups" in words.hidden_note(15)


def test_an_answer_is_said_as_it_was_given() -> None:
    assert words.level_words(3) == "mostly (3 of 4)"
    assert words.level_words(0) == "not at all (0 of 4)"
    assert words.level_words(None, NoLevel.DONT_KNOW) == "don’t know"
    assert words.level_words(None, NoLevel.DOES_NOT_APPLY) == "does not apply"
    assert words.level_words(None) == "did not answer"


def test_lists_and_signs() -> None:
    assert [words.listed(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert [words.signed(points) for points in (9, 0, -3)] == ["+9", "0", "−3"]


def test_a_level_of_engagement_is_named_in_one_word() -> None:
    assert words.level_name(EngagementLevel.DELIBERATION) == "deliberation"
