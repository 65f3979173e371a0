"""Periods as people type them, and what names none."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.outcome_words import span_words
from charter.outcomes.typed_spans import read_span
from charter.rules.outcomes import Span
from charter.rules.refusals import FieldError

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2024/25", "2024-04-01", "2025-03-31"),
        ("2024-25", "2024-04-01", "2025-03-31"),
        (" 2024 – 2025 ", "2024-04-01", "2025-03-31"),
        ("1999/00", "1999-04-01", "2000-03-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("May 2024", "2024-05-01", "2024-05-31"),
        ("FEB 2024", "2024-02-01", "2024-02-29"),
        ("April to June 2024", "2024-04-01", "2024-06-30"),
        ("Nov 2024 - Jan 2025", "2024-11-01", "2025-01-31"),
        ("31 March 2025", "2025-03-31", "2025-03-31"),
        ("1st April 2024 to 31st March 2025", "2024-04-01", "2025-03-31"),
        ("31/3/2025", "2025-03-31", "2025-03-31"),
        ("2025-03-31", "2025-03-31", "2025-03-31"),
        ("01/04/2024 to 31.03.2025", "2024-04-01", "2025-03-31"),
    ],
)
def test_a_period_is_read_as_people_type_it(typed: str, first: str, last: str) -> None:
    assert read_span("period", typed) == Span(date.fromisoformat(first), date.fromisoformat(last))


def test_no_period_is_asked_for() -> None:
    with pytest.raises(FieldError, match="Please type the period that this is for, such as 2024/25") as refused:
        read_span("period", "  \n ")
    assert refused.value.field == "period"


@pytest.mark.parametrize(
    "typed",
    ["last spring", "the third of March", "2024/26", "31 June 2024", "32/01/2024", "13/13/2024", "May", "to", "9999/0",
     "2024 to", "a to b to c", "2024 to 2025 to 2026", "٢٠٢٤x", "0000"],
)  # fmt: skip
def test_a_date_in_words_or_none_that_there_is_names_no_period(typed: str) -> None:
    with pytest.raises(FieldError, match=r"Please type the period in a form such as 2024/25.*Nothing was lost"):
        read_span("period", typed)


@given(DAYS, st.integers(0, 1000))
def test_what_the_pages_say_of_a_period_is_read_as_that_period(first: date, more: int) -> None:
    span = Span(first, first + timedelta(days=more))
    assert read_span("period", span_words(span)) == span


@given(st.text(max_size=30))
def test_any_text_is_a_period_or_refused(typed: str) -> None:
    with suppress(FieldError):
        assert isinstance(read_span("period", typed), Span)
