"""What each chart draws and says, read from its specification by exact values."""

import json
from datetime import date

import pandas as pd
import pytest
import vl_convert

from charter.charts import breakdown, dumbbell, periods, ranked, response, spread, theme, timeline
from charter.charts.sides import ALL_OWE, GROUPS_OWE
from db.types import Measure
from tests.rules.chart_cases import (
    BREAKDOWN,
    DUMBBELL,
    LONG,
    PERIODS,
    RANKED,
    RESPONSE,
    SPREAD,
    TIMELINE,
    layers,
    spec_of,
    texts,
    values,
)


def test_ranked_dots_sort_by_experience_and_put_what_is_not_ranked_last() -> None:
    spec = spec_of("ranked")
    assert [title[:3] for title in texts(spec, "title")] == ["We ", "Ear", "ਪੰਜ", "Ŵyl", "Łąk"]
    assert texts(spec, "label") == ["100", "100", "43", "71", "0", "60 [u]", "66", "55"]
    assert texts(spec, "absent") == ["[c] hidden to protect groups’ answers"]
    (points,) = layers(spec, "point")
    early = [row for row in values(spec, points) if row["title"] == "Early talk"]
    assert [(row["value"], row["low"], row["high"]) for row in early] == [(71, None, None), (43, 36, 51)]
    assert early[1]["words"] == "Groups’ experience: 43 (likely 36 to 51), from 142 of 350"


def test_nothing_of_a_hidden_score_enters_a_chart() -> None:
    figures = {"value", "low", "high", "n", "at"}
    for name, own in {"ranked": "Łąka i żółć", "breakdown": "Faith", "periods": "2023"}.items():
        spec = spec_of(name)
        rows = [row for layer in spec["layer"] for row in values(spec, layer) if own in map(str, row.values())]
        shown = [row for row in rows if row.get("series") != "Public bodies’ practice"]
        found = {row[field] for row in shown for field in figures & row.keys()}
        assert found <= {None, 72, 3}, name
        assert "likely" not in json.dumps(rows)


def test_ranked_words_name_the_highest_the_lowest_and_what_is_hidden() -> None:
    said = ranked.ranked_words(RANKED)
    assert "of 5 promises" in said
    assert f"Highest: {LONG}, 100 (likely 93 to 100). Lowest: ਪੰਜਾਬੀ ਸਭਾ, 0 (likely 0 to 7)." in said
    assert "Public bodies’ practice is rated higher in 2 of 3." in said
    assert said.endswith("1 marked [c], hidden to protect groups’ answers and 1 not ranked because few answered.")


def test_charts_hold_one_row_forty_rows_and_nothing_but_hidden_ones() -> None:
    assert len(texts(theme.specification(ranked.ranked_dots(RANKED.head(1))), "title")) == 1
    forty = pd.concat([RANKED] * 8)
    assert len(texts(theme.specification(ranked.ranked_dots(forty)), "title")) == 40
    hidden = theme.specification(ranked.ranked_dots(RANKED.assign(hidden=True)))
    assert texts(hidden, "absent") == ["[c] hidden to protect groups’ answers"] * 5
    assert vl_convert.vegalite_to_svg(hidden | {"width": 320}).count("[c]") >= 5


def test_the_dumbbell_sorts_by_the_width_of_the_gap_and_signs_it() -> None:
    spec = spec_of("dumbbell")
    assert texts(spec, "title") == ["Funding", "Meetings", "Notice", "Staff"]
    gaps = values(spec, layers(spec, "text")[1])
    assert [gap["label"] for gap in gaps] == ["+28", "\N{MINUS SIGN}3 not clear", "0"]
    assert [(gap["low"], gap["high"], gap["weight"]) for gap in gaps] == [(43, 71, 700), (66, 69, 400), (60, 60, 400)]
    assert texts(spec, "absent") == ["No data yet"]
    said = dumbbell.dumbbell_words(DUMBBELL)
    assert "Widest: Funding, +28 (Public bodies’ practice 71, groups’ experience 43)." in said
    assert said.endswith("1 of 3 are clear. 1 without a figure.")


def test_two_practices_are_circles_and_their_difference_is_no_gap() -> None:
    (points,) = layers(spec_of("dumbbell", sides=ALL_OWE), "point")
    assert points["encoding"]["shape"]["scale"]["range"] == ["circle", "circle"]
    assert points["encoding"]["fill"]["scale"]["range"] == ["#FFFFFF", "#12436D"]
    said = dumbbell.dumbbell_words(DUMBBELL, sides=ALL_OWE)
    assert said.startswith("The difference between the sides, Public bodies’ practice less groups’ practice")
    assert "gap" not in said
    assert ranked.ranked_words(RANKED, sides=GROUPS_OWE).startswith("Public bodies’ experience of 5 promises")


def test_a_line_is_never_drawn_across_a_break_or_a_hidden_period() -> None:
    spec = spec_of("periods")
    runs = {}
    for line in layers(spec, "line"):
        assert line["encoding"]["detail"]["field"] == "run"
        assert line["encoding"]["y"]["scale"]["domain"] == [0, 100]
        rows = values(spec, line)
        runs[rows[0]["series"]] = [(row["period"], row["run"]) for row in rows]
    assert runs["Groups’ experience"] == [("2022", 0), ("2024", 1), ("2025", 2)]
    assert runs["Public bodies’ practice"] == [("2022", 0), ("2023", 0), ("2024", 0), ("2025", 1)]
    rule = next(layer for layer in layers(spec, "rule") if "strokeDash" in layer["mark"])
    assert values(spec, rule) == [{"period": "2025", "name": "Meaning\nchanged"}]
    assert rule["encoding"]["x"]["bandPosition"] == 0
    assert "The meaning changed after 2024: 2024 and 2025 are not compared." in periods.over_periods_words(PERIODS)
    assert "2023 [c] hidden to protect groups’ answers" in periods.over_periods_words(PERIODS)


def test_lines_are_named_at_their_end_apart_from_each_other() -> None:
    spec = spec_of("periods")
    named = {row["label"]: row["at"] for row in values(spec, layers(spec, "text")[-1])}
    assert named == {"Groups’\nexperience": 58, "Public bodies’\npractice": 72}
    assert texts(spec, "label").count("[c]") == 1


def test_response_bars_start_at_zero_and_say_n_of_n() -> None:
    spec = spec_of("response")
    assert texts(spec, "aside") == ["70 of 72 (97%)", "34 of 120 (28%)", "0 of 0 (no one asked)"]
    for bar in layers(spec, "bar"):
        assert bar["encoding"]["x"]["scale"]["domain"] == [0, 120]
        assert bar["encoding"]["x"]["stack"] is None
    kept = theme.specification(response.response_bars(RESPONSE, keep_order=True))
    assert texts(kept, "title") == ["Small", "Large", "New"]
    assert "104 of 192 (54%) in all. Large 70 of 72 (97%);" in response.response_words(RESPONSE)
    with pytest.raises(ValueError, match="More answered"):
        response.response_bars(RESPONSE.assign(invited=10))


def test_a_breakdown_keeps_its_order_and_says_why_a_group_is_missing() -> None:
    spec = spec_of("breakdown")
    assert texts(spec, "title") == ["Voluntary", "Faith", "Community"]
    assert texts(spec, "aside") == ["80 answers"]
    assert texts(spec, "absent") == ["[c] fewer than 10 answers", "Nobody answered"]
    assert breakdown.breakdown_words(BREAKDOWN).endswith(
        "Voluntary 57 (likely 50 to 64), 80 answers. Marked [c], not shown: Faith. Without a figure: Community."
    )
    (points,) = layers(spec_of("breakdown", measure=Measure.PRACTICE), "point")
    assert points["encoding"]["fill"]["legend"]["values"] == ["Public bodies’ practice"]


def test_levels_part_at_the_middle_in_three_colours() -> None:
    spec = spec_of("spread")
    (bar,) = layers(spec, "bar")
    assert bar["encoding"]["fill"]["scale"]["range"] == ["#801650", "#BFBFBF", "#28A197"]
    ends = [(row["from"], row["to"], row["label"]) for row in values(spec, bar)]
    assert ends == [(-40, -10, "30%"), (-10, 10, "20%"), (10, 60, "50%")]
    assert texts(spec, "absent") == ["[c] hidden to protect groups’ answers"]
    said = spread.level_spread_words(SPREAD)
    assert "Early talk: 30% low, 20% partly, 50% high, of 200. Forms: [c]" in said
    with pytest.raises(ValueError, match="add up to 200"):
        spread.level_spread(SPREAD.assign(n=199))


def test_a_milestone_is_as_long_as_its_date_is_vague() -> None:
    spec = spec_of("timeline")
    assert texts(spec, "title") == ["1998: Strategy", "December 2006: Compact", "4 July 2025: Approval"]
    spans = [(row["first"], row["last"]) for row in values(spec, layers(spec, "rule")[1])]
    assert spans == [(1998.0, 1998.997), (2006.914, 2006.997), (2025.504, 2025.504)]
    assert layers(spec, "rule")[0]["encoding"]["x"]["scale"]["domain"] == [1995, 2030]
    with pytest.raises(ValueError, match="not to the “decade”"):
        timeline.lineage(TIMELINE.assign(precision="decade"))


def test_milestones_keep_their_order_where_a_year_alone_says_nothing_of_it() -> None:
    workshop, approval = (date(2025, 3, 1), "month", "Workshop"), (date(2025, 1, 1), "year", "Approval")
    frame = pd.DataFrame([workshop, approval], columns=["when", "precision", "title"])
    assert timeline.lineage_words(frame) == "Milestones, oldest first. March 2025: Workshop. 2025: Approval."


def test_rows_with_few_answers_are_marked_and_the_mark_is_explained() -> None:
    note = "[u]: few answers, so not ranked"
    assert note in spec_of("ranked")["layer"][0]["encoding"]["x"]["axis"]["title"]
    without = theme.specification(ranked.ranked_dots(RANKED.drop(columns="few")))
    assert note not in without["layer"][0]["encoding"]["x"]["axis"]["title"]
    assert "60" in texts(without, "label")
