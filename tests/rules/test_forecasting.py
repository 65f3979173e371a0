"""Forecasts: none below eight comparable values, exact by hand, and wide enough for what came after."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.rules.forecasting import ENOUGH, comparable_history, forecast
from charter.rules.outcomes import Point, Span
from charter.rules.scoring import Interval, t_quantile
from db.types import Frequency

DRAWN = 3000


def history(*values: float) -> list[tuple[int, float]]:
    return list(enumerate(values))


def yearly(years: range, coverage: str = "") -> list[Point]:
    return [Point(Span(date(y, 4, 1), date(y + 1, 3, 31)), Decimal(y), coverage) for y in years]


def test_with_fewer_than_eight_comparable_values_there_is_none() -> None:
    assert forecast(history(*range(7)), ahead=1) is None
    assert forecast([], ahead=1) is None
    assert forecast(history(*range(8)), ahead=1) is not None


def test_the_last_value_is_moved_on_by_the_mean_step_by_hand() -> None:
    # Steps 2, 0, 2, 0, 2, 0, 2, 0 from 10: drift 1, squares 8 · 1, n − 2 = 7 degrees of freedom, t 2.3646.
    found = forecast(history(10, 12, 12, 14, 14, 16, 16, 18, 18), ahead=3)
    assert found is not None
    assert found.rests_on == 9
    assert [one.value for one in found.ahead] == [19, 20, 21]
    for one in found.ahead:
        half = 2.36462425 * sqrt(8 / 7) * sqrt(one.steps + one.steps**2 / 8)
        assert one.interval.low == pytest.approx(one.value - half, abs=1e-6)
        assert one.interval.high == pytest.approx(one.value + half, abs=1e-6)


def test_a_period_without_a_value_is_not_filled_in() -> None:
    # The step over two periods is two steps at once: 2 · drift is expected of it, and it varies twice as much.
    gap = [(0, 0.0), (1, 1.0), (3, 5.0), (4, 6.0), (5, 7.0), (6, 8.0), (7, 9.0), (8, 8.0)]
    found = forecast(gap, ahead=1)
    assert found is not None
    assert found.ahead[0].value == 9
    squares = (5 - 1 - 2) ** 2 / 2 + (8 - 9 - 1) ** 2
    half = 2.44691185 * sqrt(squares / 6) * sqrt(1 + 1 / 8)
    assert found.ahead[0].interval.high == pytest.approx(9 + half, abs=1e-6)


def test_values_on_a_line_go_on_along_it_without_a_width() -> None:
    found = forecast(history(*range(8)), ahead=4)
    assert found is not None
    assert [(one.value, one.interval) for one in found.ahead] == [(n, Interval(n, n)) for n in (8, 9, 10, 11)]


def test_nothing_is_forecast_that_cannot_be() -> None:
    found = forecast(history(60, 70, 65, 80, 85, 80, 95, 99), ahead=4, lowest=0, highest=100)
    assert found is not None
    assert found.ahead[-1].value == found.ahead[-1].interval.high == 100
    assert 0 <= found.ahead[-1].interval.low < 100


@pytest.mark.parametrize("ahead", [0, -1, 5])
def test_it_reaches_half_as_far_as_its_history_and_no_further(ahead: int) -> None:
    with pytest.raises(ValueError, match="cannot be forecast from 8 values"):
        forecast(history(*range(8)), ahead=ahead)


def test_only_values_that_are_comparable_with_the_latest_are_used() -> None:
    years = yearly(range(2005, 2010)) + yearly(range(2010, 2026), "Charities only")
    found = comparable_history(years, breaks=[date(2015, 4, 1)], frequency=Frequency.YEARLY)
    assert found == tuple((y - 2015, float(y)) for y in range(2015, 2026))
    assert comparable_history([], breaks=[], frequency=Frequency.YEARLY) == ()


def test_a_year_that_is_missing_keeps_its_place() -> None:
    years = [point for point in yearly(range(2016, 2026)) if point.value != 2020]
    places = [place for place, _ in comparable_history(years, breaks=[], frequency=Frequency.YEARLY)]
    assert places == [0, 1, 2, 3, 5, 6, 7, 8, 9]


def test_a_count_in_another_month_ends_the_history_there() -> None:
    days = [date(2020, 5, 1), *(date(y, 3, 31) for y in range(2021, 2026))]
    counted = [Point(Span(day, day), Decimal(1)) for day in days]
    assert len(comparable_history(counted, breaks=[], frequency=Frequency.YEARLY)) == 5


values = st.lists(st.floats(-1e6, 1e6), min_size=ENOUGH, max_size=20)


@given(values, st.floats(-1e6, 1e6))
def test_an_interval_holds_its_value_and_grows_further_on(found: list[float], shift: float) -> None:
    made = forecast(history(*found), ahead=len(found) // 2)
    assert made is not None
    widths = []
    for one in made.ahead:
        assert one.interval.low <= one.value <= one.interval.high
        widths.append(one.interval.high - one.interval.low)
    assert all(later >= earlier - 1e-6 for earlier, later in pairwise(widths))
    moved = forecast(history(*(value + shift for value in found)), ahead=1)
    assert moved is not None
    assert moved.ahead[0].value == pytest.approx(made.ahead[0].value + shift, abs=1e-3)


def walks(random: np.random.Generator, length: int) -> np.ndarray:
    """Draw histories in which each year goes on from the last."""
    return np.cumsum(0.3 + random.normal(size=(DRAWN, length)), axis=1)


def trends(random: np.random.Generator, length: int) -> np.ndarray:
    """Draw histories that scatter about a straight line."""
    return 0.3 * np.arange(length) + random.normal(size=(DRAWN, length))


Draw = Callable[[np.random.Generator, int], np.ndarray]


@pytest.mark.parametrize("draw", [walks, trends])
@pytest.mark.parametrize("known", [8, 16])
def test_what_came_after_lies_in_the_interval_95_times_in_100(draw: Draw, known: int) -> None:
    drawn = draw(np.random.default_rng(2026), known + 4)
    inside = np.zeros(4)
    for row in drawn:
        made = forecast(history(*map(float, row[:known])), ahead=4)
        assert made is not None
        inside += [one.interval.low <= row[known - 1 + one.steps] <= one.interval.high for one in made.ahead]
    assert min(inside / DRAWN) > 0.94, inside / DRAWN


def test_a_fitted_line_would_promise_too_much_of_years_that_go_on_from_each_other() -> None:
    """Why the method is what it is: of the same walks, the 95% interval of least squares misses more than it should."""
    drawn = walks(np.random.default_rng(2026), 12)
    x = np.arange(12) - 3.5
    known, wide = drawn[:, :8], float((x[:8] ** 2).sum())
    slope = known @ x[:8] / wide
    fitted = known.mean(axis=1)[:, None] + slope[:, None] * x
    spread = np.sqrt(((known - fitted[:, :8]) ** 2).sum(axis=1) / 6)
    half = t_quantile(0.975, 6) * spread * np.sqrt(1 + 1 / 8 + x[11] ** 2 / wide)
    assert (np.abs(drawn[:, 11] - fitted[:, 11]) <= half).mean() < 0.75
