"""Status and direction of travel of an indicator, case by case, as the published method words them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.rules.outcomes import (
    Counts,
    IndicatorStatus,
    Movement,
    NoTravel,
    Point,
    Span,
    Standing,
    Travel,
    breaks_floor,
    comparable_runs,
    counts,
    latest,
    latest_status,
    long_travel,
    needs_route,
    short_travel,
    since_last_year,
    status,
    steps_between,
)
from db.types import Frequency, Polarity

D = Decimal
ON, WITHIN, OFF, NO_TARGET, NO_DATA = IndicatorStatus
BETTER, WORSE, HIGHER, LOWER, UNCHANGED = Travel
UP, DOWN, CONTEXT = Polarity


def year(number: int) -> Span:
    """Give a financial year by the year in which it begins."""
    return Span(date(number, 4, 1), date(number + 1, 3, 31))


def quarter(year_of: int, number: int) -> Span:
    ends = [date(year_of, 3, 31), date(year_of, 6, 30), date(year_of, 9, 30), date(year_of, 12, 31)]
    return Span(date(year_of, 3 * number - 2, 1), ends[number - 1])


def on(day: date) -> Span:
    return Span(day, day)


def points(*values: tuple[Span, str], coverage: str = "") -> list[Point]:
    return [Point(span, D(value), coverage) for span, value in values]


@pytest.mark.parametrize(
    ("polarity", "value", "expected"),
    [
        (UP, "60", ON),
        (UP, "60.0001", ON),
        (UP, "59.9999", WITHIN),
        (UP, "55", WITHIN),
        (UP, "54.9999", OFF),
        (DOWN, "60", ON),
        (DOWN, "59.9999", ON),
        (DOWN, "60.0001", WITHIN),
        (DOWN, "65", WITHIN),
        (DOWN, "65.0001", OFF),
        (CONTEXT, "60", None),
        (CONTEXT, "1", None),
    ],
)
def test_a_target_of_60_with_a_tolerance_of_5(polarity: Polarity, value: str, expected: IndicatorStatus | None) -> None:
    assert status(polarity=polarity, value=D(value), target=D(60), tolerance=D(5)) is expected


@pytest.mark.parametrize("polarity", [UP, DOWN])
def test_without_a_target_or_without_data_it_says_which(polarity: Polarity) -> None:
    assert status(polarity=polarity, value=D(1), target=None, tolerance=D(0)) is NO_TARGET
    assert status(polarity=polarity, value=None, target=D(1), tolerance=D(0)) is NO_DATA
    assert status(polarity=polarity, value=None, target=None, tolerance=D(0)) is NO_DATA


def test_what_is_only_context_has_no_status_even_without_data() -> None:
    assert status(polarity=CONTEXT, value=None, target=None, tolerance=D(0)) is None


def test_a_tolerance_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        status(polarity=UP, value=D(1), target=D(1), tolerance=D(-1))


def test_without_a_tolerance_any_miss_is_off_track() -> None:
    assert status(polarity=UP, value=D("0.2999"), target=D("0.3"), tolerance=D(0)) is OFF
    assert status(polarity=UP, value=D("0.1") + D("0.2"), target=D("0.3"), tolerance=D(0)) is ON


numbers = st.decimals(-1_000_000, 1_000_000, places=4)
tolerances = st.decimals(0, 1000, places=4)


@given(value=numbers, target=numbers, tolerance=tolerances)
def test_down_is_the_mirror_of_up(value: Decimal, target: Decimal, tolerance: Decimal) -> None:
    up = status(polarity=UP, value=value, target=target, tolerance=tolerance)
    assert up is status(polarity=DOWN, value=-value, target=-target, tolerance=tolerance)


@given(value=numbers, better=st.decimals(0, 1000, places=4), target=numbers, tolerance=tolerances)
def test_a_better_value_never_stands_worse(
    value: Decimal, better: Decimal, target: Decimal, tolerance: Decimal
) -> None:
    order = [OFF, WITHIN, ON]
    one = status(polarity=UP, value=value, target=target, tolerance=tolerance)
    other = status(polarity=UP, value=value + better, target=target, tolerance=tolerance)
    assert one is not None
    assert other is not None
    assert order.index(other) >= order.index(one)


def test_the_latest_value_is_held_against_the_target_of_its_own_period() -> None:
    found = points((year(2024), "70"), (year(2025), "55"))
    asked: dict[str, Any] = {"polarity": UP, "tolerance": D(0)}
    assert latest_status(found, targets={year(2025): D(60)}, **asked) is OFF
    # The target of last year, of next year, or of a quarter says nothing of this year.
    others = {year(2024): D(50), year(2026): D(50), quarter(2026, 1): D(50)}
    assert latest_status(found, targets=others, **asked) is NO_TARGET
    assert latest_status([], targets=others, **asked) is NO_DATA


def test_only_off_track_asks_for_a_route_to_green() -> None:
    assert [found for found in (*IndicatorStatus, None) if needs_route(found)] == [OFF]


@pytest.mark.parametrize(
    ("polarity", "value", "broken"),
    [(UP, 49, True), (UP, 50, False), (DOWN, 51, True), (DOWN, 50, False), (CONTEXT, 1, False), (CONTEXT, 99, False)],
)
def test_a_floor_of_50_is_the_worst_that_is_put_up_with(polarity: Polarity, value: int, broken: bool) -> None:
    assert breaks_floor(D(value), floor=D(50), polarity=polarity) is broken
    assert not breaks_floor(D(value), floor=None, polarity=polarity)


@pytest.mark.parametrize(
    ("polarity", "after", "word"),
    [
        (UP, "12", BETTER), (UP, "8", WORSE), (UP, "10.0000", UNCHANGED),
        (DOWN, "12", WORSE), (DOWN, "8", BETTER), (DOWN, "10", UNCHANGED),
        (CONTEXT, "12", HIGHER), (CONTEXT, "8", LOWER), (CONTEXT, "10", UNCHANGED),
    ],
)  # fmt: skip
def test_the_short_direction_is_since_the_period_before(polarity: Polarity, after: str, word: Travel) -> None:
    found = points((year(2025), after), (year(2024), "10"), (year(2023), "99"))
    moved = short_travel(found, breaks=[], polarity=polarity, frequency=Frequency.YEARLY)
    assert moved == Movement(word, None, found[1], D(after) - 10)


def test_a_period_that_was_not_measured_is_not_skipped() -> None:
    moved = short_travel(
        points((year(2023), "1"), (year(2025), "2")), breaks=[], polarity=UP, frequency=Frequency.YEARLY
    )
    assert moved == Movement(None, NoTravel.NOT_MEASURED_THEN)


@pytest.mark.parametrize(
    ("values", "frequency", "why"),
    [
        ([], Frequency.YEARLY, NoTravel.NO_DATA_YET),
        ([(year(2025), "1")], Frequency.YEARLY, NoTravel.FIRST_VALUE),
        ([(year(2024), "1"), (year(2025), "2")], Frequency.ONCE, NoTravel.MEASURED_ONCE),
    ],
)
def test_why_there_is_no_direction(values: list[tuple[Span, str]], frequency: Frequency, why: NoTravel) -> None:
    assert short_travel(points(*values), breaks=[], polarity=UP, frequency=frequency) == Movement(None, why)


def test_there_is_no_direction_across_a_break() -> None:
    found = points((year(2024), "1"), (year(2025), "2"))
    asked: dict[str, Any] = {"polarity": UP, "frequency": Frequency.YEARLY}
    for day, why in ((date(2025, 4, 1), NoTravel.BREAK_BETWEEN), (date(2024, 4, 1), None), (date(2025, 4, 2), None)):
        moved = short_travel(found, breaks=[day], **asked)
        assert moved.why_none is why


def test_a_change_of_coverage_is_a_break_though_nobody_marked_one() -> None:
    before, after = points((year(2024), "1"), coverage="All  groups "), points((year(2025), "2"), coverage="all groups")
    asked: dict[str, Any] = {"breaks": [], "polarity": UP, "frequency": Frequency.YEARLY}
    assert short_travel([*before, *after], **asked).travel is BETTER
    other = points((year(2025), "2"), coverage="Charities only")
    assert short_travel([*before, *other], **asked).why_none is NoTravel.BREAK_BETWEEN


def test_the_long_direction_is_since_the_same_period_last_year() -> None:
    found = points(*((quarter(2024 + n // 4, n % 4 + 1), value) for n, value in enumerate("83746")))
    asked: dict[str, Any] = {"breaks": [], "polarity": UP, "frequency": Frequency.QUARTERLY}
    short, long = short_travel(found, **asked), long_travel(found, **asked)
    assert short == Movement(BETTER, None, found[3], D(2))
    assert long == Movement(WORSE, None, found[0], D(-2))
    assert since_last_year(short, long) is WORSE
    # A break since then takes the long direction, and leaves the short one.
    asked["breaks"] = [date(2024, 7, 1)]
    assert short_travel(found, **asked).travel is BETTER
    assert long_travel(found, **asked) == Movement(None, NoTravel.BREAK_BETWEEN)


@pytest.mark.parametrize("frequency", [Frequency.YEARLY, Frequency.ONCE])
def test_there_is_no_long_direction_of_what_is_measured_once_a_year_or_less(frequency: Frequency) -> None:
    found = points((year(2024), "1"), (year(2025), "2"))
    assert long_travel(found, breaks=[], polarity=UP, frequency=frequency) is None
    short = short_travel(found, breaks=[], polarity=UP, frequency=frequency)
    assert since_last_year(short, None) is short.travel


@pytest.mark.parametrize(
    ("before", "after", "frequency", "steps"),
    [
        (year(2023), year(2025), Frequency.YEARLY, 2),
        (year(2025), year(2025), Frequency.YEARLY, None),
        (year(2025), year(2024), Frequency.YEARLY, None),
        (year(2023), year(2024), Frequency.ONCE, None),
        (quarter(2026, 1), quarter(2026, 2), Frequency.QUARTERLY, 1),
        (quarter(2025, 4), quarter(2026, 4), Frequency.QUARTERLY, 4),
        (quarter(2025, 4), year(2025), Frequency.QUARTERLY, None),
        (Span(date(2026, 1, 1), date(2026, 1, 31)), Span(date(2026, 2, 1), date(2026, 2, 28)), Frequency.MONTHLY, 1),
        (on(date(2025, 3, 31)), on(date(2026, 3, 1)), Frequency.YEARLY, 1),
        (on(date(2025, 3, 31)), on(date(2026, 4, 1)), Frequency.YEARLY, None),
        (on(date(2025, 3, 31)), Span(date(2026, 3, 30), date(2026, 3, 31)), Frequency.YEARLY, None),
    ],
)
def test_how_many_periods_one_lies_after_another(
    before: Span, after: Span, frequency: Frequency, steps: int | None
) -> None:
    assert steps_between(before, after, frequency=frequency) == steps


def test_a_line_is_cut_at_a_break_a_coverage_and_another_length() -> None:
    first = points((year(2020), "1"), (year(2021), "2"), (year(2022), "3"))
    narrower = points((year(2023), "4"), coverage="Charities only")
    shorter = points((quarter(2024, 2), "5"), coverage="Charities only")
    runs = comparable_runs([*shorter, *first, *narrower], breaks=[date(2022, 4, 1)])
    assert [[int(point.value) for point in run] for run in runs] == [[1, 2], [3], [4], [5]]
    assert comparable_runs([], breaks=[]) == ()


@given(
    st.lists(st.integers(1990, 2030), unique=True), st.sets(st.dates(date(1989, 1, 1), date(2032, 1, 1)), max_size=4)
)
def test_every_value_is_in_one_run_and_no_run_spans_a_break(years: list[int], breaks: set[date]) -> None:
    found = points(*((year(each), "1") for each in years))
    runs = comparable_runs(found, breaks=breaks)
    assert [point for run in runs for point in run] == sorted(found, key=lambda point: point.span)
    for run in runs:
        assert not any(run[0].span.starts_on < day <= run[-1].span.starts_on for day in breaks)
    assert latest(found) == (runs[-1][-1] if runs else None)


def test_of_two_periods_that_end_on_one_day_the_shorter_is_the_latest() -> None:
    found = points((quarter(2026, 1), "1"), (year(2025), "2"))
    assert latest(found) == found[0]


def test_counts_come_first() -> None:
    found = counts(
        [
            Standing(ON, BETTER), Standing(ON, WORSE), Standing(WITHIN, UNCHANGED), Standing(OFF, None),
            Standing(NO_TARGET, BETTER), Standing(NO_DATA, None), Standing(None, HIGHER),
        ]
    )  # fmt: skip
    assert found == Counts(on_track=2, within_tolerance=1, off_track=1, with_status=4, better=2, compared=5)
    assert counts([]) == Counts(0, 0, 0, 0, 0, 0)
