"""What holds for every chart: colours, width, words, whole numbers; and the wording of figures and titles."""

import json

import pytest
import vl_convert

from charter.charts import theme, wording
from tests.rules.chart_cases import (
    CHARTS,
    LONG,
    every_value,
    layers,
    spec_of,
    texts,
)

EVERY = pytest.mark.parametrize("name", CHARTS)


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
    papers = [colours.paper, "#F3F6F9" if colours is theme.LIGHT else "#1A2531"]
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
        assert channels["shape"]["scale"]["domain"] == ["Groups’ experience", "Public bodies’ practice"]
        assert channels["shape"]["scale"]["range"] == ["diamond", "circle"]
        assert channels["fill"]["scale"]["range"] == ["#F46A25", "#12436D"]
    marks = {point["mark"]["shape"]: point["mark"]["fill"] for point in layers(spec_of("periods"), "point")}
    assert marks == {"circle": "#12436D", "diamond": "#F46A25"}


@EVERY
def test_every_chart_fits_its_page_and_carries_its_words(name: str) -> None:
    draw, words, frame = CHARTS[name]
    spec = spec_of(name)
    assert draw(frame).to_dict() == spec  # altair holds this one to the schema
    assert spec["width"] == "container"
    assert spec["autosize"] == {"type": "fit-x", "contains": "padding"}
    assert spec["description"] == words(frame)
    assert spec["config"]["font"].startswith("Source Sans,")
    assert spec["config"]["background"] == "transparent"
    assert "title" not in spec
    if name not in {"periods", "curve"}:
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
    exact = {"first", "last", "at", "middle", "lowest", "highest"}
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


def test_differences_and_shares_are_said_in_whole_numbers() -> None:
    assert [wording.signed(figure) for figure in (27.8, -3, 0.2)] == ["+28", "\N{MINUS SIGN}3", "0"]
    shares = [wording.share(*pair) for pair in ((34, 120), (1, 500), (499, 500), (0, 9), (9, 9), (0, 0))]
    assert shares == ["28%", "under 1%", "over 99%", "0%", "100%", "no one asked"]


def test_a_specification_is_plain_json() -> None:
    for name in CHARTS:
        spec = spec_of(name)
        assert json.loads(json.dumps(spec)) == spec
