"""What a person reads of reported outcomes: exact words for values, periods, statuses and directions."""

from datetime import date
from decimal import Decimal

import pytest

from charter import outcome_words as words
from charter.rules.outcomes import IndicatorStatus, Movement, NoTravel, Point, Span, Travel
from db.types import Polarity, Qualifier, UnitKind


def span(start: str, end: str) -> Span:
    return Span(date.fromisoformat(start), date.fromisoformat(end))


YEAR = span("2024-04-01", "2025-03-31")


@pytest.mark.parametrize(
    ("value", "kind", "unit", "qualifier", "said"),
    [
        ("350", UnitKind.NUMBER, "groups", Qualifier.ABOUT, "about 350 groups"),
        ("6500.0000", UnitKind.NUMBER, "volunteers", Qualifier.OVER, "over 6,500 volunteers"),
        ("62", UnitKind.PERCENT, "per cent of staff", Qualifier.EXACT, "62% of staff"),
        ("62.5000", UnitKind.PERCENT, "of staff", Qualifier.AT_LEAST, "at least 62.5% of staff"),
        ("9.9", UnitKind.PERCENT, "per cent", Qualifier.ALMOST, "almost 9.9%"),
        ("23000000", UnitKind.POUNDS, "pounds", Qualifier.EXACT, "£23 million"),
        ("1250000", UnitKind.POUNDS, "pounds", Qualifier.OVER, "over £1.25 million"),
        ("1234567", UnitKind.POUNDS, "pounds", Qualifier.EXACT, "£1,234,567"),
        ("12.5", UnitKind.POUNDS, "pounds an hour", Qualifier.EXACT, "£12.50 an hour"),
        ("-2000", UnitKind.POUNDS, "pounds", Qualifier.EXACT, "−£2,000"),
        ("333.1", UnitKind.RATIO, "deaths per 100,000 people", Qualifier.EXACT, "333.1 deaths per 100,000 people"),
        ("-0.0", UnitKind.NUMBER, "days", Qualifier.EXACT, "0 days"),
    ],
)
def test_a_value_is_said_as_its_source_words_it(
    value: str, kind: UnitKind, unit: str, qualifier: Qualifier, said: str
) -> None:
    assert words.value_words(Decimal(value), unit_kind=kind, unit=unit, qualifier=qualifier) == said


def test_a_chart_says_a_value_without_the_name_of_its_unit() -> None:
    found = [words.short_value(value, kind) for value, kind in ((62.5, UnitKind.PERCENT), (1.25e6, UnitKind.POUNDS))]
    assert [*found, words.short_value(Decimal(1425), UnitKind.NUMBER)] == ["62.5%", "£1.25m", "1,425"]


@pytest.mark.parametrize(
    ("days", "said", "label"),
    [
        (("2024-04-01", "2025-03-31"), "2024/25", "2024/25"),
        (("1999-04-01", "2000-03-31"), "1999/00", "1999/00"),
        (("2024-01-01", "2024-12-31"), "2024", "2024"),
        (("2024-09-01", "2025-08-31"), "September 2024 to August 2025", "Aug 25"),
        (("2024-04-01", "2024-06-30"), "April to June 2024", "Apr–Jun 24"),
        (("2024-11-01", "2025-04-30"), "November 2024 to April 2025", "Nov–Apr 25"),
        (("2024-02-01", "2024-02-29"), "February 2024", "Feb 24"),
        (("2024-02-03", "2024-02-03"), "3 February 2024", "Feb 24"),
        (("2024-02-03", "2024-04-09"), "3 February 2024 to 9 April 2024", "Apr 24"),
    ],
)
def test_a_period_is_said_as_people_name_it(days: tuple[str, str], said: str, label: str) -> None:
    assert (words.span_words(span(*days)), words.span_label(span(*days))) == (said, label)


@pytest.mark.parametrize(
    ("travel", "difference", "kind", "said"),
    [
        (Travel.BETTER, "3", UnitKind.PERCENT, "↑ better than in 2024/25 (+3 points)"),
        (Travel.BETTER, "-1", UnitKind.PERCENT, "↓ better than in 2024/25 (−1 point)"),
        (Travel.WORSE, "-14", UnitKind.NUMBER, "↓ worse than in 2024/25 (−14)"),
        (Travel.HIGHER, "2000", UnitKind.POUNDS, "↑ higher than in 2024/25 (+£2,000)"),
        (Travel.UNCHANGED, "0", UnitKind.NUMBER, "→ the same as in 2024/25"),
    ],
)
def test_a_direction_is_an_arrow_for_the_figure_and_a_word_for_what_it_means(
    travel: Travel, difference: str, kind: UnitKind, said: str
) -> None:
    moved = Movement(travel, None, Point(YEAR, Decimal(10)), Decimal(difference))
    assert words.movement_words(moved, span("2025-04-01", "2026-03-31"), kind) == said


@pytest.mark.parametrize("reason", NoTravel)
def test_where_there_is_no_direction_the_words_say_why(reason: NoTravel) -> None:
    said = words.movement_words(Movement(None, reason), YEAR, UnitKind.NUMBER)
    assert said == f"– no direction: {words.NO_TRAVELS[reason]}"


def test_a_count_on_a_day_is_compared_with_a_day() -> None:
    before = Point(span("2024-03-31", "2024-03-31"), Decimal(4))
    moved = Movement(Travel.BETTER, None, before, Decimal(1))
    assert words.movement_words(moved, YEAR, UnitKind.NUMBER) == "↑ better than on 31 March 2024 (+1)"


def test_every_status_has_a_shape_of_its_own_and_context_has_none() -> None:
    shapes = {words.status_words(status)[0] for status in IndicatorStatus}
    assert len(shapes) == len(IndicatorStatus)
    assert words.status_words(None) == "– for context, so it has no target"


def test_what_was_worked_out_is_rounded_like_what_was_measured() -> None:
    found = [words.rounded_like(61.449, Decimal(beside)) for beside in ("62", "62.5", "62.5000", "6200")]
    assert found == [Decimal(61), Decimal("61.4"), Decimal("61.4"), Decimal(61)]


def test_every_word_of_the_vocabulary_is_said() -> None:
    assert set(words.POLARITIES) == set(Polarity)
    assert set(words.QUALIFIERS) == set(Qualifier)
    assert set(words.UNIT_KINDS) == set(UnitKind)
