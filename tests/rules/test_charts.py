"""Charts: what each one draws and says, read from its specification by exact values."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import altair as alt
import pandas as pd
import pytest
import vl_convert

from charter.charts import breakdown, dumbbell, periods, ranked, response, spread, theme, timeline, wording
from charter.charts.sides import ALL_OWE, GROUPS_OWE
from db.types import Measure

Spec = dict[str, Any]
LONG = "We " + "share what we know with every group " * 6

RANKED = pd.DataFrame(
    {
        "title": ["Early talk", LONG, "ਪੰਜਾਬੀ ਸਭਾ", "Łąka i żółć", "Ŵyl a llên"],
        "experience": [43.4615, 100, 0, 77.7, 60],
        "low": [36.2, 93, 0, 70, None],
        "high": [50.9, 100, 7, 80, None],
        "practice": [71, 100, None, 55, 66],
        "n": [142, 30, 12, 4, 20],
        "invited": [350, 350, 350, 350, 350],
        "hidden": [False, False, False, True, False],
        "few": [False, False, False, False, True],
    }
)
DUMBBELL = pd.DataFrame(
    {
        "title": ["Meetings", "Funding", "Notice", "Staff"],
        "practice": [66, 71.2, 60, 50],
        "experience": [69, 43.4, 60, None],
        "gap": [-3, 27.8, 0, None],
        "clear": [False, True, False, False],
    }
)
PERIODS = pd.DataFrame(
    [
        ("2022", Measure.EXPERIENCE, 48, 42, 54, 1, False),
        ("2022", Measure.PRACTICE, 70, None, None, 1, False),
        ("2023", Measure.EXPERIENCE, 61, 50, 70, 1, True),
        ("2023", Measure.PRACTICE, 72, None, None, 1, False),
        ("2024", Measure.EXPERIENCE, 52, 46, 58, 1, False),
        ("2024", Measure.PRACTICE, 66, None, None, 1, False),
        ("2025", Measure.EXPERIENCE, 64, 59, 69, 2, False),
        ("2025", Measure.PRACTICE, 66, None, None, 2, False),
    ],
    columns=["period", "series", "score", "low", "high", "segment", "hidden"],
)
RESPONSE = pd.DataFrame({"group": ["Small", "Large", "New"], "submitted": [34, 70, 0], "invited": [120, 72, 0]})
BREAKDOWN = pd.DataFrame(
    {
        "group": ["Voluntary", "Faith", "Community"],
        "score": [57.4, 81, None],
        "low": [50, 70, None],
        "high": [64, 90, None],
        "n": [80, 4, 0],
        "hidden": [False, True, False],
        "reason": [None, "fewer than 10 answers", "Nobody answered"],
    }
)
SPREAD = pd.DataFrame(
    [("Early talk", level, count, 200) for level, count in enumerate([20, 40, 40, 80, 20])]
    + [("Forms", level, None, None) for level in range(5)],
    columns=["title", "level", "count", "n"],
).assign(hidden=[False] * 5 + [True] * 5)
TIMELINE = pd.DataFrame(
    [
        (date(2006, 12, 1), "month", "Compact"),
        (date(1998, 1, 1), "year", "Strategy"),
        (date(2025, 7, 4), "day", "Approval"),
    ],
    columns=["when", "precision", "title"],
)
CHARTS: dict[str, tuple[Callable[..., alt.LayerChart], Callable[..., str], pd.DataFrame]] = {
    "ranked": (ranked.ranked_dots, ranked.ranked_words, RANKED),
    "dumbbell": (dumbbell.dumbbell, dumbbell.dumbbell_words, DUMBBELL),
    "periods": (periods.over_periods, periods.over_periods_words, PERIODS),
    "response": (response.response_bars, response.response_words, RESPONSE),
    "breakdown": (breakdown.breakdown_dots, breakdown.breakdown_words, BREAKDOWN),
    "spread": (spread.level_spread, spread.level_spread_words, SPREAD),
    "timeline": (timeline.lineage, timeline.lineage_words, TIMELINE),
}
EVERY = pytest.mark.parametrize("name", CHARTS)


def spec_of(name: str, **options: object) -> Spec:
    draw, _, frame = CHARTS[name]
    return theme.specification(draw(frame, **options))


def layers(spec: Spec, mark: str) -> list[Spec]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == mark]


def values(spec: Spec, layer: Spec) -> list[Spec]:
    data = layer["data"]
    found: list[Spec] = data["values"] if "values" in data else spec["datasets"][data["name"]]
    return found


def texts(spec: Spec, field: str) -> list[str]:
    """What a chart prints from one field, layer by layer; titles are printed in either of two layouts."""
    printed = {"title": "datum.wide"}.get(field, field)
    found = [layer for layer in layers(spec, "text") if printed in json.dumps(layer["encoding"]["text"])]
    return [row[field] for layer in found for row in values(spec, layer)]


def every_value(spec: Spec) -> Iterator[tuple[str, Any]]:
    for layer in spec["layer"]:
        for row in values(spec, layer):
            yield from row.items()


def contrast(one: str, other: str) -> float:
    """WCAG 2's contrast ratio."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lower, higher = sorted((luminance(one), luminance(other)))
    return (higher + 0.05) / (lower + 0.05)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK])
def test_text_and_marks_can_be_told_from_their_paper(colours: theme.Ink) -> None:
    papers = [colours.paper, "#F3F6F9" if colours is theme.LIGHT else "#1B232A"]
    for paper in papers:
        for text in (colours.text, colours.muted):
            assert contrast(text, paper) >= 4.5
        for mark in (colours.practice, colours.edge, colours.solid, colours.low):
            assert contrast(mark, paper) >= 3
    assert contrast(colours.experience, colours.paper) >= 3
    assert contrast(colours.high, colours.paper) >= 3
    assert contrast(colours.text, colours.middle) >= 4.5


def test_practice_is_a_blue_circle_and_experience_an_orange_diamond() -> None:
    assert (theme.LIGHT.practice, theme.LIGHT.experience) == ("#12436D", "#F46A25")
    for name in ("ranked", "dumbbell", "breakdown"):
        (points,) = layers(spec_of(name), "point")
        channels = points["encoding"]
        assert channels["shape"]["scale"]["domain"] == ["Groups' experience", "Public bodies' practice"]
        assert channels["shape"]["scale"]["range"] == ["diamond", "circle"]
        assert channels["fill"]["scale"]["range"] == ["#F46A25", "#12436D"]
    marks = {point["mark"]["shape"]: point["mark"]["fill"] for point in layers(spec_of("periods"), "point")}
    assert marks == {"circle": "#12436D", "diamond": "#F46A25"}


@EVERY
def test_every_chart_fits_its_page_and_carries_its_words(name: str) -> None:
    draw, words, frame = CHARTS[name]
    spec = theme.specification(draw(frame))
    assert spec["width"] == "container"
    assert spec["autosize"] == {"type": "fit-x", "contains": "padding"}
    assert spec["description"] == words(frame)
    assert spec["config"]["font"].startswith("Source Sans,")
    assert spec["config"]["background"] == "transparent"
    assert "title" not in spec
    if name != "periods":
        assert spec["height"]["step"] >= 57


@EVERY
def test_every_chart_draws_on_light_and_dark_at_every_width(name: str) -> None:
    draw, _, frame = CHARTS[name]
    for dark, width in ((False, 320), (True, 1100)):
        background = theme.ink(dark=dark).paper
        spec = theme.specification(draw(frame, dark=dark), width=width, background=background)
        assert spec["width"] == width
        assert spec["config"]["background"] == background
        assert f'width="{width}"' in vl_convert.vegalite_to_svg(spec)


@EVERY
def test_a_chart_of_nothing_or_without_a_column_is_refused(name: str) -> None:
    draw, words, frame = CHARTS[name]
    for function in (draw, words):
        with pytest.raises(ValueError, match="no figures to draw yet"):
            function(frame.head(0))
        with pytest.raises(ValueError, match=f"lack {frame.columns[0]}"):
            function(frame.drop(columns=frame.columns[0]))


@EVERY
def test_a_chart_carries_whole_numbers_only(name: str) -> None:
    exact = {"first", "last", "at", "middle"}
    for field, value in every_value(spec_of(name)):
        if field not in exact and not isinstance(value, bool):
            assert value is None or isinstance(value, int | str), field


@pytest.mark.parametrize("name", ["ranked", "dumbbell", "breakdown"])
def test_scores_run_from_0_to_100_with_ticks_each_twenty(name: str) -> None:
    for layer in spec_of(name)["layer"]:
        channel = layer["encoding"]["x"]
        if "scale" in channel:
            assert channel["scale"]["domain"] == [0, 100]
            assert channel["axis"]["values"] == [0, 20, 40, 60, 80, 100]


def test_ranked_dots_sort_by_experience_and_put_what_is_not_ranked_last() -> None:
    spec = spec_of("ranked")
    assert [title[:3] for title in texts(spec, "title")] == ["We ", "Ear", "ਪੰਜ", "Ŵyl", "Łąk"]
    assert texts(spec, "label") == ["100", "100", "43", "71", "0", "60 (few answers)", "66", "55"]
    assert texts(spec, "absent") == ["[c] hidden to protect groups' answers"]
    (points,) = layers(spec, "point")
    early = [row for row in values(spec, points) if row["title"] == "Early talk"]
    assert [(row["value"], row["low"], row["high"]) for row in early] == [(71, None, None), (43, 36, 51)]
    assert early[1]["words"] == "Groups' experience: 43 (likely 36 to 51), from 142 of 350"


def test_nothing_of_a_hidden_score_enters_a_chart() -> None:
    figures = {"value", "low", "high", "n", "at"}
    for name, own in {"ranked": "Łąka i żółć", "breakdown": "Faith", "periods": "2023"}.items():
        spec = spec_of(name)
        rows = [row for layer in spec["layer"] for row in values(spec, layer) if own in map(str, row.values())]
        shown = [row for row in rows if row.get("series") != "Public bodies' practice"]
        found = {row[field] for row in shown for field in figures & row.keys()}
        assert found <= {None, 72, 3}, name
        assert "likely" not in json.dumps(rows)


def test_ranked_words_name_the_highest_the_lowest_and_what_is_hidden() -> None:
    said = ranked.ranked_words(RANKED)
    assert "of 5 promises" in said
    assert f"Highest: {LONG}, 100 (likely 93 to 100). Lowest: ਪੰਜਾਬੀ ਸਭਾ, 0 (likely 0 to 7)." in said
    assert "Public bodies' practice is rated higher in 2 of 3." in said
    assert said.endswith("1 marked [c], hidden to protect groups' answers and 1 not ranked because few answered.")


def test_charts_hold_one_row_forty_rows_and_nothing_but_hidden_ones() -> None:
    assert len(texts(theme.specification(ranked.ranked_dots(RANKED.head(1))), "title")) == 1
    forty = pd.concat([RANKED] * 8)
    assert len(texts(theme.specification(ranked.ranked_dots(forty)), "title")) == 40
    hidden = theme.specification(ranked.ranked_dots(RANKED.assign(hidden=True)))
    assert texts(hidden, "absent") == ["[c] hidden to protect groups' answers"] * 5
    assert vl_convert.vegalite_to_svg(hidden | {"width": 320}).count("[c]") >= 5


def test_the_dumbbell_sorts_by_the_width_of_the_gap_and_signs_it() -> None:
    spec = spec_of("dumbbell")
    assert texts(spec, "title") == ["Funding", "Meetings", "Notice", "Staff"]
    gaps = values(spec, layers(spec, "text")[1])
    assert [gap["label"] for gap in gaps] == ["+28", "\N{MINUS SIGN}3 not clear", "0"]
    assert [(gap["low"], gap["high"], gap["weight"]) for gap in gaps] == [(43, 71, 700), (66, 69, 400), (60, 60, 400)]
    assert texts(spec, "absent") == ["No data yet"]
    said = dumbbell.dumbbell_words(DUMBBELL)
    assert "Widest: Funding, +28 (Public bodies' practice 71, groups' experience 43)." in said
    assert said.endswith("1 of 3 are clear. 1 without a figure.")


def test_two_practices_are_circles_and_their_difference_is_no_gap() -> None:
    (points,) = layers(spec_of("dumbbell", sides=ALL_OWE), "point")
    assert points["encoding"]["shape"]["scale"]["range"] == ["circle", "circle"]
    assert points["encoding"]["fill"]["scale"]["range"] == ["#FFFFFF", "#12436D"]
    said = dumbbell.dumbbell_words(DUMBBELL, sides=ALL_OWE)
    assert said.startswith("The difference between the sides, Public bodies' practice less groups' practice")
    assert "gap" not in said
    assert ranked.ranked_words(RANKED, sides=GROUPS_OWE).startswith("Public bodies' experience of 5 promises")


def test_a_line_is_never_drawn_across_a_break_or_a_hidden_period() -> None:
    spec = spec_of("periods")
    runs = {}
    for line in layers(spec, "line"):
        assert line["encoding"]["detail"]["field"] == "run"
        assert line["encoding"]["y"]["scale"]["domain"] == [0, 100]
        rows = values(spec, line)
        runs[rows[0]["series"]] = [(row["period"], row["run"]) for row in rows]
    assert runs["Groups' experience"] == [("2022", 0), ("2024", 1), ("2025", 2)]
    assert runs["Public bodies' practice"] == [("2022", 0), ("2023", 0), ("2024", 0), ("2025", 1)]
    rule = next(layer for layer in layers(spec, "rule") if "strokeDash" in layer["mark"])
    assert values(spec, rule) == [{"period": "2025", "name": "Meaning\nchanged"}]
    assert rule["encoding"]["x"]["bandPosition"] == 0
    assert "The meaning changed after 2024: 2024 and 2025 are not compared." in periods.over_periods_words(PERIODS)
    assert "2023 [c] hidden to protect groups' answers" in periods.over_periods_words(PERIODS)


def test_lines_are_named_at_their_end_apart_from_each_other() -> None:
    spec = spec_of("periods")
    named = {row["label"]: row["at"] for row in values(spec, layers(spec, "text")[-1])}
    assert named == {"Groups'\nexperience": 58, "Public bodies'\npractice": 72}
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
    assert points["encoding"]["fill"]["legend"]["values"] == ["Public bodies' practice"]


def test_levels_part_at_the_middle_in_three_colours() -> None:
    spec = spec_of("spread")
    (bar,) = layers(spec, "bar")
    assert bar["encoding"]["fill"]["scale"]["range"] == ["#801650", "#BFBFBF", "#28A197"]
    ends = [(row["from"], row["to"], row["label"]) for row in values(spec, bar)]
    assert ends == [(-40, -10, "30%"), (-10, 10, "20%"), (10, 60, "50%")]
    assert texts(spec, "absent") == ["[c] hidden to protect groups' answers"]
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


def test_titles_are_cut_after_a_word_and_kept_in_full_for_the_tooltip() -> None:
    assert wording.one_line(LONG) == "We " + "share what we know with every group " * 2 + "share…"
    assert wording.lines(LONG) == "We share what we know with every group\nshare what we know with every group share…"
    assert all(len(line) <= 42 for line in wording.lines("x" * 200).split("\n"))
    assert LONG in texts(spec_of("ranked"), "title")


def test_an_export_carries_its_title_wrapped_into_lines() -> None:
    title = "Groups say that promises are kept more than last year, in two themes of three"
    heading = spec_of("ranked", title=title, subtitle="Score out of 100, 2026")["title"]
    assert heading["text"] == ["Groups say that promises are kept more than last year, in two", "themes of three"]
    assert heading["subtitle"] == ["Score out of 100, 2026"]


def test_figures_are_whole_and_their_words_exact() -> None:
    assert [wording.whole(figure) for figure in (56.5, 56.4999, -2.5, 0)] == [57, 56, -3, 0]
    assert [wording.signed(figure) for figure in (27.8, -3, 0.2)] == ["+28", "\N{MINUS SIGN}3", "0"]
    shares = [wording.share(*pair) for pair in ((34, 120), (1, 500), (499, 500), (0, 9), (9, 9), (0, 0))]
    assert shares == ["28%", "under 1%", "over 99%", "0%", "100%", "no one asked"]
    assert [wording.listed(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_a_specification_is_plain_json() -> None:
    for name in CHARTS:
        spec = spec_of(name)
        assert json.loads(json.dumps(spec)) == spec
