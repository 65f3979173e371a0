"""The page of one indicator: what each may read of it, and how those who report it use its forms."""

from decimal import Decimal

import pytest
from sqlmodel import select

from charter.outcome_words import NO_TRAVELS
from charter.rules.outcomes import IndicatorStatus
from charter.store import reading
from db.models import ReplacedMeasurement
from db.types import BreakKind, Finality, Qualifier, StoryKind
from tests.screens.outcome_site import council, field, press, said, stored, type_in
from tests.store.outcome_people import year

pytestmark = pytest.mark.usefixtures("empty")
OFF_TRACK = {"values": ((2022, "61"), (2023, "58")), "target": (2023, "65")}


def test_nobody_but_those_who_take_part_sees_what_is_not_published() -> None:
    place = council((2023, "58"))
    told = said(place.opened())
    assert "There is no such outcome, or it is not published yet" in told
    assert "58" not in told
    assert "Council staff" not in told
    for viewer in (place.who.coordinator, place.who.reviewer, place.who.partner):
        assert "In 2023/24 it was 58% of staff" in said(place.opened(viewer))
    assert "58" not in said(place.opened(place.who.other))


def test_only_the_owner_and_the_coordinator_have_the_forms() -> None:
    place = council((2023, "58"))
    for viewer in (place.who.reviewer, place.who.other):
        assert "A new figure" not in said(place.opened(viewer, part="report"))
    for viewer in (place.who.partner, place.who.coordinator):
        assert "A new figure" in said(place.opened(viewer, part="report"))


def test_it_says_how_it_stands_which_way_it_goes_and_that_there_is_no_forecast() -> None:
    place = council((2022, "61"), (2023, "58"), target=(2023, "65"))
    told = said(place.opened(place.who.partner))
    assert "In 2023/24 it was 58% of staff. The target was 65%, so it is off track." in told
    assert "It is worse than in 2022/23." in told
    assert "■ off track" in told
    assert "↓ worse than in 2022/23 (−3 points)" in told
    assert "It needs 8 figures that can be compared with each other, and there are 2." in told
    assert "nobody has written yet how it gets back on track" in told


def test_a_figure_is_reported_as_people_type_it() -> None:
    place = council(target=(2023, "65"))
    site = place.opened(place.who.partner, part="report")
    type_in(site, "Which period", "2023/24")
    type_in(site, "The figure", "58.5%")
    next(box for box in site.selectbox if box.label == "Is it final?").set_value(Finality.PROVISIONAL)
    press(site, "Report this figure")
    assert "The figure in 2023/24 is reported. If it is off track" in said(site)
    (one,) = stored().history
    assert (one.span, one.now.value, one.now.finality) == (year(2023), Decimal("58.5"), Finality.PROVISIONAL)
    assert (one.now.source, one.now.coverage) == ("Payroll", "All staff")
    assert field(site, "Which period") == ""


@pytest.mark.parametrize(
    ("period", "value", "refused"),
    [
        ("", "58", "Please type the period that this is for"),
        ("2024/25", "140", "A percentage lies between 0 and 100"),
        ("the spring before last", "58", "Please type the period in a form such as 2024/25"),
        ("2024/25", "about half", "Please type a number in figures"),
        ("2023/24", "60", "There is a value for 2023-04-01 to 2024-03-31 already"),
        ("May 2023", "60", "the two overlap"),
        ("2090", "60", "This period is not over yet"),
    ],
)
def test_what_cannot_be_taken_is_said_and_stays_in_its_field(period: str, value: str, refused: str) -> None:
    place = council((2023, "58"))
    site = place.opened(place.who.partner, part="report")
    type_in(site, "Which period", period)
    type_in(site, "The figure", value)
    press(site, "Report this figure")
    assert refused in said(site)
    assert "What you typed is still here" in said(site)
    assert (field(site, "Which period"), field(site, "The figure")) == (period, value)
    assert [each.now.value for each in stored().history] == [Decimal(58)]


def test_a_figure_is_put_right_and_what_it_was_is_kept_and_shown() -> None:
    place = council((2023, "58"))
    site = place.opened(place.who.partner, part="report")
    type_in(site, "The right figure", "59")
    press(site, "Put it right")
    assert "Please type why the figure changes" in said(site)
    type_in(site, "Why does it change", "Two teams were missing")
    press(site, "Put it right")
    assert "is put right. What it was before is kept" in said(site)
    with reading() as session:
        (kept,) = session.exec(select(ReplacedMeasurement)).all()
        session.expunge(kept)
    assert (kept.value, kept.reason) == (Decimal(58), "Two teams were missing")
    told = said(place.opened(place.who.partner))
    assert "58% of staff" in told
    assert "Two teams were missing" in told


def test_of_two_who_put_a_figure_right_the_second_is_told_and_loses_no_words() -> None:
    place = council((2023, "58"))
    first, second = (place.opened(viewer, part="report") for viewer in (place.who.partner, place.who.coordinator))
    for site, value in ((first, "59"), (second, "57")):
        type_in(site, "The right figure", value)
        type_in(site, "Why does it change", "We counted again")
        press(site, "Put it right")
    assert "This was changed in another window" in said(second)
    assert field(second, "The right figure") == "57"
    assert stored().history[0].now.value == Decimal(59)


def test_off_track_asks_for_the_route_to_green() -> None:
    place = council((2023, "58"), target=(2023, "65"))
    site = place.opened(place.who.partner, part="words")
    assert "Please write what brings it back on track" in said(site)
    type_in(site, "What happened", "Many moved <b>away</b>")
    press(site, "Save these words")
    assert "This is off track. Please type what will bring it back on track" in said(site)
    assert field(site, "What happened") == "Many moved <b>away</b>"
    type_in(site, "The route to green", "We help with rent.\nFrom May on.")
    press(site, "Save these words")
    assert "The words about the figure in 2023/24 are saved" in said(site)
    assert stored().history[0].route_to_green == "We help with rent.\nFrom May on."
    assert not stored().stands.route_missing
    told = said(place.opened(place.who.partner))
    assert "Many moved <b>away</b>" in told
    assert "From May on." in told
    assert "nobody has written yet" not in told


def test_the_story_behind_it_is_told() -> None:
    place = council((2023, "58"))
    site = place.opened(place.who.partner, part="words")
    type_in(site, "What moves this figure", "Rents rose")
    press(site, "Save “the story behind it”")
    assert [(each.kind, each.words) for each in stored().stories] == [(StoryKind.BEHIND_IT, "Rents rose")]
    assert "Rents rose" in said(place.opened(place.who.partner))


def test_a_target_is_set_and_taken_away() -> None:
    place = council((2023, "58"))
    site = place.opened(place.who.coordinator, part="aims")
    type_in(site, "For which period", "2023/24")
    type_in(site, "The target", "55")
    press(site, "Set this target")
    assert "The target in 2023/24 is set" in said(site)
    assert stored().stands.status is IndicatorStatus.ON_TRACK
    press(site, "Take this target away")
    assert "Please type why there is no target any more" in said(site)
    type_in(site, "Why is there no target", "It was for another place")
    press(site, "Take this target away")
    assert stored().targets == ()


def test_what_the_owner_expects_is_marked_as_judgement() -> None:
    place = council((2023, "58"))
    site = place.opened(place.who.partner, part="aims")
    fields = [box for box in site.text_input if box.label == "For which period?"]
    fields[1].set_value("2026/27")
    type_in(site, "What you expect", "62")
    press(site, "Save what you expect")
    assert "Please type why you expect this" in said(site)
    type_in(site, "Why do you expect this", "A new scheme begins")
    press(site, "Save what you expect")
    (one,) = stored().expected
    assert (one.value, one.reason) == (Decimal(62), "A new scheme begins")
    told = said(place.opened(place.who.partner))
    assert "That is their judgement, and no forecast" in told
    assert "Judgement of the owner" in told


def test_a_sheet_whose_meaning_changed_makes_a_break_and_the_one_before_stays() -> None:
    place = council((2022, "61"), (2023, "58"))
    site = place.opened(place.who.partner, part="settings")
    type_in(site, "What is counted, and how", "Staff who live here, agency staff too.")
    press(site, "Write this sheet")
    assert "Please say from which day the values mean something else" in said(site)
    next(day for day in site.date_input if day.label.startswith("Or: the first day")).set_value(year(2023).starts_on)
    press(site, "Write this sheet")
    assert "Sheet 2 is written" in said(site)
    assert [(each.starts_on, each.kind) for each in stored().breaks] == [(year(2023).starts_on, BreakKind.DEFINITION)]
    told = said(place.opened(place.who.partner))
    assert "Staff who live here, agency staff too." in told
    assert "Staff whose home is in Elmford, of all staff." in told
    assert f"no direction: {next(iter([NO_TRAVELS[stored().stands.short.why_none]]))}" in told  # type: ignore[index]


def test_a_break_is_marked_and_taken_away() -> None:
    place = council((2022, "61"), (2023, "58"))
    site = place.opened(place.who.partner, part="settings")
    type_in(site, "How did it change", "Another register")
    press(site, "Mark this break")
    assert "Please choose the day from which it holds" in said(site)
    next(day for day in site.date_input if day.label == "The first day of what is new").set_value(year(2023).starts_on)
    press(site, "Mark this break")
    assert len(stored().stands.lines) == 2
    type_in(site, "Why is this no break", "It was the same register")
    press(site, "Take this break away")
    assert len(stored().stands.lines) == 1


def test_fields_are_put_right_and_those_that_change_the_meaning_of_figures_are_refused() -> None:
    place = council((2023, "58"))
    site = place.opened(place.who.partner, part="settings")
    type_in(site, "What is it called", "Staff who live in Elmford")
    type_in(site, "By how much may a target be missed", "3")
    type_in(site, "Where counting began", "55")
    press(site, "Save these changes")
    assert "Please type the period that this is for" in said(site)
    type_in(site, "In which period was that", "2019/20")
    press(site, "Save these changes")
    assert "The changes are saved" in said(site)
    now = stored()
    assert (now.title, now.tolerance, now.baseline and now.baseline.span) == (
        "Staff who live in Elmford",
        Decimal(3),
        year(2019),
    )
    type_in(site, "What is counted, in a word", "of all workers")
    press(site, "Save these changes")
    assert "This indicator has values, and they would mean something else" in said(site)


def test_an_indicator_that_all_share_is_defined_by_the_coordinator_alone() -> None:
    place = council()
    assert "What is it called?" not in [
        box.label for box in place.opened(place.who.partner, ref="none-such").text_input
    ]
    site = place.opened(place.who.coordinator, ref="none-such")
    type_in(site, "What is it called", "People's trust in the council: how high?")
    type_in(site, "What is counted, in a word", "per cent of people")
    type_in(site, "What is counted, and how", "People who say that they trust the council.")
    press(site, "Define this outcome")
    assert "is defined. Now its first figure can be reported" in said(site)
    found = stored("peoples-trust-in-the-council-how-high")
    assert (found.owner, found.history, found.sheets[0].number) == ("", (), 1)


def test_how_a_source_words_a_figure_is_said() -> None:
    place = council()
    site = place.opened(place.who.partner, part="report")
    type_in(site, "Which period", "31 March 2024")
    type_in(site, "The figure", "62")
    next(box for box in site.selectbox if box.label.startswith("How does the source")).set_value(Qualifier.ABOUT)
    press(site, "Report this figure")
    assert "On 31 March 2024 it was about 62% of staff." in said(place.opened(place.who.partner))
