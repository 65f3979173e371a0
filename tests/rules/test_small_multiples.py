"""The small lines of outcomes: one row each with a scale of its own, and a line only between what is comparable."""

from datetime import date

from charter.charts.small_multiples import small_multiples_words
from tests.rules.chart_cases import LONG, MULTIPLES, layers, spec_of, texts, values


def test_each_outcome_is_a_row_with_its_own_scale_and_lines_break_with_the_run() -> None:
    spec = spec_of("small_multiples")
    (line,) = layers(spec, "line")
    assert [each["field"] for each in line["encoding"]["detail"]] == ["row", "run"]
    heights = {row["words"]: row["dy"] for row in values(spec, line)}
    assert heights["Volunteers, 2022/23: 24%"] == -22
    assert heights["Volunteers, 2023/24: 18%"] == 22
    assert heights[f"{LONG}, 2023/24: 40%"] == 0  # alone, in the middle of its row
    ((aimed,),) = (values(spec, layer) for layer in layers(spec, "rule"))
    assert aimed["words"] == "Volunteers, 2023/24: 19%"
    assert -22 < aimed["dy"] < 22
    (points,) = layers(spec, "point")
    assert [row["hollow"] for row in values(spec, points)] == [0, 0, 1, 0]
    assert texts(spec, "label") == ["18%", "40%"]
    assert texts(spec, "absent") == ["▲ within tolerance", "● on track"]


def test_the_same_is_told_in_words() -> None:
    assert (
        small_multiples_words(MULTIPLES.head(4))
        == "Volunteers: ▲ within tolerance, from 20% (2021/22) to 18% (2023/24)."
    )
    assert small_multiples_words(MULTIPLES.tail(1)).endswith(": ● on track, 40% (2023/24).")


def test_the_years_at_the_foot_are_the_years_of_their_days() -> None:
    (line,) = layers(spec_of("small_multiples"), "line")
    axis = line["encoding"]["x"]["axis"]
    assert [date.fromordinal(day).isoformat() for day in axis["values"]] == ["2022-01-01", "2023-01-01", "2024-01-01"]
    assert axis["labelExpr"] == "floor(1 + (datum.value + 10) / 365.2425)"
    for year in range(1900, 2100):
        assert int(1 + (date(year, 1, 1).toordinal() + 10) / 365.2425) == year
