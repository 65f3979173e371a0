"""The chart of one indicator: what a line joins, what stands apart, and what is printed."""

import json

import pandas as pd
import pytest

from charter.charts import curve, theme
from db.types import UnitKind
from tests.rules.chart_cases import CURVE, Spec, layers, spec_of, values


def drawn(frame: pd.DataFrame, unit_kind: UnitKind = UnitKind.PERCENT) -> Spec:
    return theme.specification(curve.curve(frame, unit_kind=unit_kind))


def test_a_line_joins_only_the_values_of_one_run() -> None:
    spec = spec_of("curve")
    (line,) = layers(spec, "line")
    assert line["encoding"]["detail"]["field"] == "run"
    assert [(row["run"], row["at"]) for row in values(spec, line)] == [(0, 52.5), (1, 54.0), (1, 58.0)]


def test_between_two_runs_a_dashed_rule_says_what_changed() -> None:
    spec = spec_of("curve")
    named = [row["name"] for layer in layers(spec, "text") for row in values(spec, layer) if "name" in row]
    assert named == ["Counted\nanew"]
    without = drawn(CURVE[CURVE["mark"] != "break"])
    named = [row["name"] for layer in layers(without, "text") for row in values(without, layer) if "name" in row]
    assert named == ["Not\ncompared"]
    one_run = drawn(CURVE.assign(run=0))
    assert not [row for layer in layers(one_run, "text") for row in values(one_run, layer) if "name" in row]


def test_what_is_forecast_and_what_is_expected_are_no_part_of_the_line() -> None:
    spec = spec_of("curve")
    (band,) = layers(spec, "rect")
    assert [(row["lowest"], row["highest"]) for row in values(spec, band)] == [(55.0, 63.0)]
    joined = {row["when"] for row in values(spec, layers(spec, "line")[0])}
    assert values(spec, band)[0]["when"] not in joined
    square = next(layer for layer in layers(spec, "point") if layer["mark"].get("shape") == "square")
    assert [row["at"] for row in values(spec, square)] == [61.0]
    names = [row["label"] for row in values(spec, spec["layer"][-1])]
    assert names == ["Floor", "Forecast", "Target", "Expected"]


def test_a_target_is_a_rule_over_its_own_period() -> None:
    spec = spec_of("curve")
    rules = [row for layer in layers(spec, "rule") for row in values(spec, layer) if row.get("mark") == "target"]
    ((start, end, at),) = [(row["from"], row["to"], row["at"]) for row in rules]
    assert (end - start, at) == (365, 60.0)


def test_a_value_that_may_still_change_is_hollow() -> None:
    spec = spec_of("curve")
    point = layers(spec, "point")[-1]
    assert [row["hollow"] for row in values(spec, point)] == [0, 0, 1]
    assert "datum.hollow" in json.dumps(point["mark"]["fill"])


@pytest.mark.parametrize(
    ("low", "high", "unit_kind", "bottom", "top"),
    [
        (20, 60, UnitKind.NUMBER, 0, 64.8),
        (50, 60, UnitKind.NUMBER, 48.8, 61.2),
        (50, 100, UnitKind.PERCENT, 0, 100),
        (95, 99.5, UnitKind.PERCENT, 94.46, 100),
        (-4, 4, UnitKind.NUMBER, -4.96, 4.96),
        (7, 7, UnitKind.NUMBER, 6.16, 7.84),
    ],
)
def test_the_axis_begins_at_zero_where_that_is_near_and_keeps_within_a_hundred_per_cent(
    low: float, high: float, unit_kind: UnitKind, bottom: float, top: float
) -> None:
    frame = CURVE[CURVE["mark"] == "measured"].head(2).assign(value=[low, high])
    scale = layers(drawn(frame, unit_kind), "line")[0]["encoding"]["y"]["scale"]
    assert scale["domain"] == pytest.approx([bottom, top])


def test_a_count_on_one_day_is_wide_enough_to_be_seen() -> None:
    counted_on = CURVE.iloc[0]["starts_on"]
    day = CURVE[CURVE["mark"] == "target"].assign(starts_on=counted_on, ends_on=counted_on)
    spec = drawn(day)
    (row,) = [row for layer in layers(spec, "rule") for row in values(spec, layer)]
    assert row["to"] - row["from"] >= 28


def test_of_many_values_the_first_and_the_last_of_each_line_are_printed() -> None:
    many = pd.concat([CURVE.iloc[[0]]] + [CURVE.iloc[[1]]] * 7).reset_index(drop=True)
    starts = pd.Series([pd.Timestamp(2010 + place, 4, 1) for place in range(8)])
    spec = drawn(many.assign(starts_on=starts, ends_on=starts + pd.Timedelta(days=364)))
    printed = next(layer for layer in layers(spec, "text") if "weight" in json.dumps(layer["mark"]))
    assert len(values(spec, printed)) == 2


def test_its_words_tell_what_is_measured_from_what_may_come() -> None:
    assert curve.curve_words(CURVE) == (
        "Measured: 2020/21 52.5%, 2021/22 54%, 2023/24 58%. Target: 2023/24 60%. "
        "Forecast, not measured: 2024/25 59% (likely 55% to 63%). What the owner expects, not measured: 2024/25 61%. "
        "2021/22 is not compared with what was before: counted anew. Floor: 50%."
    )
