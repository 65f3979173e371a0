"""What the page of an indicator says in sentences and tables, made from what is held of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from charter.outcomes import frames, overview, telling
from charter.outcomes.facts import Aim, BreakFound, IndicatorFacts, Judgement, Measured, Said
from charter.outcomes.indicators import Baseline
from charter.outcomes.marks import CurveMark
from charter.outcomes.recorded import RecordedIndicator, recorded
from charter.rules.outcomes import Span
from db.types import BreakKind, Finality, Frequency, IndicatorKind, PerformanceKind, Polarity, Qualifier, UnitKind

NOW = datetime(2025, 6, 3, 12, tzinfo=UTC)


def year(number: int) -> Span:
    return Span(date(number, 4, 1), date(number + 1, 3, 31))


def value(number: int, figure: str, *before: Said, **more: Any) -> Measured:  # noqa: ANN401
    said = Said(1, Decimal(figure), Qualifier.EXACT, Finality.FINAL, "Payroll", "All staff", NOW)
    return Measured(year(number), replace(said, **more), before)


def indicator(*history: Measured, **more: Any) -> RecordedIndicator:  # noqa: ANN401
    """Make a yearly percentage of a council's staff, better when higher, with two points of tolerance."""
    facts = IndicatorFacts(
        ref="staff",
        title="Staff who live here",
        owner="Elmford Council",
        owner_ref="GB-1",
        theme="equality",
        theme_title="Equality",
        kind=IndicatorKind.PERFORMANCE,
        performance_kind=PerformanceKind.BETTER_OFF,
        polarity=Polarity.UP,
        frequency=Frequency.YEARLY,
        unit_kind=UnitKind.PERCENT,
        unit="per cent of staff",
        tolerance=Decimal(2),
        floor=None,
        baseline=None,
        on_agenda=False,
        made_up=False,
        stated=False,
        revision=1,
        commitments=(),
        sheets=(),
        history=history,
        targets=(),
        expected=(),
        breaks=(),
        stories=(),
    )
    return recorded(replace(facts, **more))


def aims(*targets: tuple[int, str]) -> tuple[Aim, ...]:
    return tuple(Aim(year(number), Decimal(figure), 1) for number, figure in targets)


@pytest.mark.parametrize(
    ("figure", "target", "said"),
    [
        ("65", "65", "In 2023/24 it was 65% of staff. The target was 65%, so it is on track."),
        (
            "63",
            "65",
            "In 2023/24 it was 63% of staff. The target was 65%, so it is a little short, but within what is allowed.",
        ),
        ("62.9", "65", "In 2023/24 it was 62.9% of staff. The target was 65%, so it is off track."),
    ],
)
def test_the_answer_says_the_figure_the_target_and_how_it_stands(figure: str, target: str, said: str) -> None:
    assert telling.answer_sentence(indicator(value(2023, figure), targets=aims((2023, target)))) == said


def test_without_a_target_for_its_own_period_the_answer_names_none() -> None:
    found = indicator(value(2023, "60", qualifier=Qualifier.ABOUT, finality=Finality.PROVISIONAL))
    assert telling.answer_sentence(found) == "In 2023/24 it was about 60% of staff (may still change)."


def test_without_a_figure_it_says_so() -> None:
    assert telling.answer_sentence(indicator()) == "Nobody has reported a figure yet."
    assert telling.answer_sentence(indicator(on_agenda=True)) == "It would be worth having, but has none."


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("60", "62", "It is better than in 2022/23."),
        ("62", "60", "It is worse than in 2022/23."),
        ("60", "60", "It is the same as in 2022/23."),
    ],
)
def test_it_says_which_way_it_goes(before: str, after: str, said: str) -> None:
    assert telling.travel_sentence(indicator(value(2022, before), value(2023, after))) == said


def test_it_says_no_direction_across_a_break() -> None:
    cut = BreakFound(year(2023).starts_on, BreakKind.DEFINITION, "Agency staff count too.")
    found = indicator(value(2022, "60"), value(2023, "62"), breaks=(cut,))
    assert telling.travel_sentence(found) == ""
    assert telling.break_sentence(cut) == "From 1 April 2023 on, what is counted changed: Agency staff count too."
    assert telling.curve_title(found) == "One figure makes no curve yet"


def test_what_is_allowed_the_floor_and_the_beginning_are_said() -> None:
    start = Baseline(Decimal(55), year(2019))
    found = indicator(value(2023, "49"), floor=Decimal(50), baseline=start)
    assert telling.tolerance_words(found) == "A miss of up to 2 points still counts as within tolerance."
    assert telling.tolerance_words(indicator(tolerance=Decimal(0))) == "No miss is allowed."
    assert telling.floor_sentence(found) == "It is past the floor of 50%, the worst that is put up with."
    assert telling.baseline_sentence(found) == "Counting began with 55% of staff (2019/20)."
    assert telling.floor_sentence(indicator()) == telling.baseline_sentence(indicator()) == ""


def test_what_it_is_about_is_one_line() -> None:
    assert telling.about_words(indicator()) == (
        "Equality · About what was done · Is anyone better off? · Higher is better · Once a year · "
        "reported by Elmford Council"
    )
    assert telling.about_words(indicator(owner="")).endswith("shared by all partners")
    assert telling.about_words(indicator(value(2023, "60"), owner="", stated=True)).endswith("as its source states it")


def test_seven_figures_make_no_forecast_and_eight_make_one() -> None:
    history = [value(2010 + place, str(50 + place)) for place in range(8)]
    seven, eight = indicator(*history[1:]), indicator(*history)
    assert telling.forecast_sentence(seven) == (
        "There is no forecast. It needs 8 figures that can be compared with each other, and there are 7."
    )
    assert (
        telling.forecast_sentence(eight)
        == "If it goes on as before, it will be 58% in 2018/19: likely between 58% and 58%."
    )
    assert telling.forecast_sentence(indicator()).endswith("and there are none.")
    assert telling.forecast_sentence(indicator(history[0])).endswith("and there is 1.")


def test_a_forecast_is_no_more_exact_than_what_was_measured() -> None:
    figures = ("50", "53", "51", "55", "54", "58", "57", "60")
    table = frames.ahead_table(indicator(*(value(2010 + place, one) for place, one in enumerate(figures))))
    assert list(table["When"]) == ["2018/19", "2019/20"]
    assert all("." not in cell for cell in table["Value"])
    assert all(words.startswith("Likely between ") for words in table["Why, or how sure"])


def test_what_the_owner_expects_stands_apart_with_its_reason() -> None:
    judged = Judgement(year(2026), Decimal(70), "A scheme begins.", 1)
    (row,) = frames.ahead_table(indicator(value(2023, "60"), expected=(judged,))).to_dict("records")
    assert list(row.values()) == ["2026/27", "Judgement of the owner", "70%", "A scheme begins."]


def test_what_was_put_right_is_told_step_by_step() -> None:
    first = Said(
        1, Decimal(50), Qualifier.ABOUT, Finality.PROVISIONAL, "Payroll", "All staff", NOW, "A team was missing"
    )
    second = replace(first, revision=2, value=Decimal(51), qualifier=Qualifier.EXACT, reason="Counted twice")
    table = frames.revisions_table(indicator(value(2023, "49", first, second), value(2022, "48")))
    assert list(table["It was"]) == ["about 50% of staff (may still change)", "51% of staff (may still change)"]
    assert list(table["It became"]) == ["51% of staff (may still change)", "49% of staff"]
    assert list(table["Why"]) == ["A team was missing", "Counted twice"]
    assert set(table["On"]) == {"3 June 2025"}


def test_the_figures_are_a_table_with_the_latest_first() -> None:
    table = frames.history_table(indicator(value(2022, "60"), value(2023, "62"), targets=aims((2023, "65"))))
    assert list(table["When"]) == ["2023/24", "2022/23"]
    assert list(table["Target"]) == ["65%", "–"]
    assert list(table["Source"]) == ["Payroll", "Payroll"]


def test_the_curve_holds_runs_targets_breaks_and_what_may_come() -> None:
    cut = BreakFound(year(2023).starts_on, BreakKind.COVERAGE, "Agency staff too.")
    found = indicator(
        value(2022, "60"),
        value(2023, "62", finality=Finality.PROVISIONAL),
        targets=aims((2023, "65")),
        expected=(Judgement(year(2026), Decimal(70), "A scheme begins.", 1),),
        breaks=(cut,),
        floor=Decimal(50),
    )
    frame = frames.curve_frame(found)
    marks = [CurveMark(mark) for mark in frame["mark"]]
    measured, target, expected = CurveMark.MEASURED, CurveMark.TARGET, CurveMark.EXPECTED
    assert marks == [measured, measured, target, expected, CurveMark.BREAK, CurveMark.FLOOR]
    assert list(frame["run"])[:2] == [0, 1]
    assert list(frame["provisional"])[:2] == [False, True]
    assert frame.iloc[4]["period"] == "Others\ncounted"
    assert frames.curve_frame(indicator()).empty
    assert isinstance(frame, pd.DataFrame)


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (("60", "61", "64"), "It went from 60% (2020/21) to 64% (2022/23)"),
        (("60", "64", "60"), "It was 60% both in 2020/21 and in 2022/23"),
        (("60",), "One figure makes no curve yet"),
        ((), "Nothing is measured yet"),
    ],
)
def test_the_chart_is_headed_by_what_it_shows(figures: tuple[str, ...], said: str) -> None:
    found = indicator(*(value(2020 + place, one) for place, one in enumerate(figures)))
    assert telling.curve_title(found) == said


def test_the_line_below_says_what_the_chart_is_made_of() -> None:
    found = indicator(
        value(2022, "60"),
        value(2023, "62", coverage="Others", finality=Finality.PROVISIONAL),
        targets=aims((2023, "65")),
    )
    assert telling.curve_subtitle(found).split("; ") == [
        "In per cent of staff",
        "2 figures",
        "lines join only what can be compared",
        "a hollow point may still change",
        "a thick bar is the target",
    ]
    assert telling.is_curve(found)
    assert not telling.is_curve(indicator(value(2023, "60")))


def test_outcomes_of_one_name_have_a_line_each() -> None:
    council = indicator(value(2022, "60"), ref="council")
    health = indicator(value(2022, "30"), value(2023, "31"), ref="health", owner="Elmford NHS")
    twice = indicator(value(2023, "5"), ref="health-2", owner="Elmford NHS")
    shared = indicator(value(2023, "9"), ref="shared", owner="")
    other = indicator(value(2023, "7"), ref="other", title="Trust")
    frame = overview.multiples_frame((council, health, twice, shared, other))
    assert list(frame["title"]) == [
        "Staff who live here (Elmford Council)",
        *["Staff who live here (health)"] * 2,
        "Staff who live here (health-2)",
        "Staff who live here (All partners)",
        "Trust",
    ]
