"""What is pointed out to a reviewer: exact values on both sides of each line."""

import pytest

from charter.rules.reviewing import claimed_without_evidence, unusual_jump


@pytest.mark.parametrize(
    ("level", "last", "jump"),
    [
        (3, 1, 2),
        (1, 3, -2),
        (4, 0, 4),
        (0, 4, -4),
        (3, 2, None),
        (2, 3, None),
        (2, 2, None),
        (None, 4, None),
        (4, None, None),
        (None, None, None),
    ],
)
def test_two_levels_or_more_are_unusual(level: int | None, last: int | None, jump: int | None) -> None:
    assert unusual_jump(level, last=last) == jump


@pytest.mark.parametrize(
    ("level", "evidence", "claimed"),
    [(3, 0, True), (4, 0, True), (2, 0, False), (0, 0, False), (None, 0, False), (3, 1, False), (4, 5, False)],
)
def test_a_high_level_needs_evidence(level: int | None, evidence: int, claimed: bool) -> None:
    assert claimed_without_evidence(level, evidence=evidence) is claimed
