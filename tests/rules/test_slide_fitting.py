"""What is too long for a slide: cut after a word, or counted."""

import pytest

from charter.reports.deck.fitting import LINE_LETTERS, first_lines, shortened
from tests.store.paper_cases import LONG


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Short", "Short"),
        ("Two\n lines", "Two lines"),
        ("word " * 40, ("word " * 26).strip() + "…"),
        ("W" * 200, "W" * (LINE_LETTERS - 1) + "…"),
    ],
)
def test_what_is_long_is_cut_after_a_word(text: str, short: str) -> None:
    assert shortened(text) == short
    assert len(short) <= LINE_LETTERS


def test_lines_that_are_left_out_are_counted() -> None:
    assert first_lines(["One", LONG], 4) == ("One", shortened(LONG))
    assert first_lines(["One", "Two", "Three"], 2) == ("One", "Two", "And 1 more.")
