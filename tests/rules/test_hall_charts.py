"""Charts for a hall: every figure in letters of 24 points and more, nothing cut off, and nothing of what is hidden."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree as ET

import altair as alt
import pandas as pd
import pytest

from charter.charts import theme
from charter.charts.hall import PART, WHOLE
from charter.charts.hall_reviews import hall_reviews
from charter.charts.hall_rows import HOLLOW, hall_counts, hall_gaps, hall_scores
from charter.charts.sides import ALL_OWE
from charter.reports.drawings import Drawing
from charter.reports.lettering import width_of
from charter.reports.picture import chart_svg
from db.types import Measure

POINTS_24 = 48  # in the units of a slide, which is 1,080 of them high
LONG = "We share what we know with every group " * 5

SCORES = pd.DataFrame(
    {
        "title": ["Engagement", "Empowerment", "Equality for all who live and work here"],
        "score": [66.4, 38, 100],
        "low": [60, None, 98],
        "high": [70, None, 100],
        "hidden": [False, True, False],
        "reason": ["", "too few answers, or nearly all alike", ""],
        "few": [False, False, True],
    }
)
GAPS = pd.DataFrame(
    {
        "title": ["ਪੰਜਾਬੀ ਸਭਾ", LONG, "Ŵyl a llên"],
        "practice": [75, 100, 0],
        "experience": [28, 97, 4],
        "gap": [47, 3, -4],
        "clear": [True, False, False],
    }
)
COUNTS = pd.DataFrame(
    {
        "title": ["on track", "no data yet"],
        "sign": ["circle", f"{HOLLOW}circle"],
        "count": [3, 1],
        "of": [3, 4],
        "label": ["3", "1 of 4"],
    }
)
REVIEWS = pd.DataFrame(
    [
        ("2023", Measure.EXPERIENCE, 35, False),
        ("2023", Measure.PRACTICE, 58, False),
        ("2024", Measure.EXPERIENCE, 41, True),
        ("2024", Measure.PRACTICE, 75, False),
        ("2025", Measure.EXPERIENCE, 66, False),
        ("2025", Measure.PRACTICE, 67, False),
    ],
    columns=["period", "series", "score", "hidden"],
)
Draw = Callable[..., alt.LayerChart]
CHARTS: dict[str, tuple[Draw, pd.DataFrame, int]] = {
    "scores": (hall_scores, SCORES, WHOLE),
    "gaps": (hall_gaps, GAPS, WHOLE),
    "counts": (hall_counts, COUNTS, WHOLE),
    "reviews": (hall_reviews, REVIEWS, PART),
}
EVERY = pytest.mark.parametrize("name", CHARTS)
SHIFT = re.compile(r"translate\((-?[\d.]+),(-?[\d.]+)\)")


def drawn(chart: alt.LayerChart) -> ET.Element:
    made = theme.specification(chart)
    svg = chart_svg(Drawing("", "", made, "", pd.DataFrame()), width=made["width"]).svg
    return ET.fromstring(svg)  # noqa: S314 - our own


def texts(within: ET.Element, at: float = 0) -> Iterator[tuple[str, float, float, float]]:
    """Give each line of text with the size of its letters and its left and right edge."""
    shift = SHIFT.search(within.get("transform", ""))
    at += float(shift[1]) if shift else 0
    if within.tag.endswith("}text"):
        size, weight = float(within.get("font-size", "").rstrip("px")), within.get("font-weight")
        for line in ["".join(part.itertext()) for part in within] or ["".join(within.itertext())]:
            wide = width_of(line, size=size, weight=600 if weight else 400)
            left = at - {"end": wide, "middle": wide / 2}.get(within.get("text-anchor", "start"), 0)
            yield line, size, left, left + wide
    for part in within:
        yield from texts(part, at)


def words(svg: ET.Element) -> list[str]:
    return [text for text, *_ in texts(svg)]


def values(chart: alt.LayerChart) -> list[dict[str, Any]]:
    return [row for rows in theme.specification(chart)["datasets"].values() for row in rows]


@EVERY
def test_letters_are_of_24_points_and_more_and_no_word_leaves_the_chart(name: str) -> None:
    draw, frame, width = CHARTS[name]
    svg = drawn(draw(frame))
    assert svg.get("width") == str(width)
    for text, size, left, right in texts(svg):
        assert size >= POINTS_24, text
        assert left >= -1, text
        assert right <= width + 1, text


@EVERY
@pytest.mark.parametrize("dark", [False, True])
def test_a_chart_is_in_the_ink_of_its_paper(name: str, *, dark: bool) -> None:
    draw, frame, _ = CHARTS[name]
    written = json.dumps(theme.specification(draw(frame, dark=dark)))
    own, other = (theme.DARK, theme.LIGHT) if dark else (theme.LIGHT, theme.DARK)
    assert own.text in written
    assert other.text not in written


@EVERY
def test_a_chart_lets_the_slide_through_and_says_what_it_lacks(name: str) -> None:
    draw, frame, _ = CHARTS[name]
    assert theme.specification(draw(frame))["config"]["background"] == "transparent"
    with pytest.raises(ValueError, match="lack"):
        draw(frame[["hidden" if "hidden" in frame else "title"]])
    with pytest.raises(ValueError, match="no figures"):
        draw(frame[:0])


def test_scores_are_numbers_and_a_hidden_one_is_words() -> None:
    svg = drawn(hall_scores(SCORES))
    said = words(svg)
    assert {"66", "100", "Engagement", "Empowerment"} <= set(said)
    assert "[c] too few answers, or nearly all alike" in " ".join(said)
    assert "38" not in json.dumps(values(hall_scores(SCORES)))
    assert "few answers" in " ".join(said[said.index("Empowerment") :])


def test_a_row_without_a_score_has_no_track_that_strikes_its_words_out() -> None:
    tracks = [row for row in values(hall_scores(SCORES)) if row.get("to") == 100]
    assert [row["row"] for row in tracks] == [0, 2]


def test_gaps_carry_both_sides_and_say_which_are_not_clear() -> None:
    said = words(drawn(hall_gaps(GAPS)))
    assert {"75", "28", "100", "97", "0", "4"} <= set(said)
    assert {"+47", "+3 not clear", "−4 not clear"} <= set(said)
    assert {"Groups’ experience", "Public bodies’ practice"} <= set(said)
    named = words(drawn(hall_gaps(GAPS, sides=ALL_OWE)))
    assert "Groups’ practice" in named


def test_counts_stand_at_the_end_of_their_bars_with_a_drawn_sign() -> None:
    chart = hall_counts(COUNTS)
    assert {"on track", "3", "1 of 4"} <= set(words(drawn(chart)))
    signs = [row for row in values(chart) if row.get("sign")]
    assert {(row["sign"], row["hollow"]) for row in signs} == {("circle", False), ("circle", True)}
    without = hall_counts(COUNTS.assign(sign=""))
    assert {row["sign"] for row in values(without) if "sign" in row} == {""}


def test_reviews_are_joined_only_where_both_have_a_score() -> None:
    chart = hall_reviews(REVIEWS)
    assert {"35", "66", "58", "75", "67", "2023", "2024", "2025", "[c]"} <= set(words(drawn(chart)))
    assert "41" not in json.dumps(values(chart))
    runs = {(row["series"], row["period"]): row["run"] for row in values(chart) if "run" in row}
    assert runs["Groups’ experience", "2023"] != runs["Groups’ experience", "2025"]
    assert len({runs["Public bodies’ practice", period] for period in ("2023", "2024", "2025")}) == 1


def test_names_of_series_that_end_close_together_stand_apart() -> None:
    named = [row for row in values(hall_reviews(REVIEWS)) if "\n" in str(row.get("label"))]
    assert abs(named[0]["score"] - named[1]["score"]) >= 30
