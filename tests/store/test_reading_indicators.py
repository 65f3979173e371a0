"""What the page of one indicator is made of: its whole history, its lines, its forecast and the words beside it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from charter.outcomes.breaks import mark_break
from charter.outcomes.facts import Aim, BreakFound, Judgement, Told
from charter.outcomes.measuring import revise_measurement
from charter.outcomes.now import indicators_now
from charter.outcomes.stories import tell_story, write_commentary
from charter.outcomes.targets import Expected, expect_value, set_target
from charter.rules.access import PUBLIC
from charter.rules.refusals import NotAllowedError
from db.engine import Store
from db.types import BreakKind, StoryKind
from tests.store.databases import one_database
from tests.store.outcome_people import REF, SHEET, Owners, define, owners, report, reported, year

pytestmark = pytest.mark.usefixtures("settings_env")


@pytest.fixture
def who(store: Store) -> Owners:
    with store.writing() as session:
        found = owners(session)
        define(session, found)
        return found


def test_a_page_has_what_was_said_and_what_it_replaced(store: Store, who: Owners) -> None:
    asked: dict[str, Any] = {"viewer": who.partner, "indicator_ref": REF}
    with store.writing() as session:
        report(session, who, 2024, "62")
        again = reported(2024, "61.5")
        revise_measurement(session, reported=again, reason="A late return.", seen_revision=1, **asked)
        set_target(session, span=year(2030), value=Decimal(65), seen_revision=0, **asked)
        expected = Expected(year(2030), Decimal(64), "Two new estates.")
        expect_value(session, expected=expected, seen_revision=0, **asked)
        said = {"commentary": "Fewer moved here.", "route_to_green": ""}
        write_commentary(session, span=year(2024), seen_revision=0, **said, **asked)  # type: ignore[arg-type]
        tell_story(session, kind=StoryKind.WHAT_WORKS, story="Cheap homes.", seen_revision=0, **asked)
    with store.reading() as session:
        (page,) = indicators_now(session, viewer=who.reviewer, ref=REF)
    (measured,) = page.history
    assert (measured.span, measured.now.value, measured.now.revision) == (year(2024), Decimal("61.5"), 2)
    assert [(old.value, old.revision, old.reason) for old in measured.before] == [(Decimal(62), 1, "A late return.")]
    assert (measured.commentary, measured.commentary_revision) == ("Fewer moved here.", 1)
    assert [(each.number, each.sheet) for each in page.sheets] == [(1, SHEET)]
    assert page.targets == (Aim(year(2030), Decimal(65), 1),)
    assert page.expected == (Judgement(year(2030), Decimal(64), "Two new estates.", 1),)
    assert page.stories == (Told(StoryKind.WHAT_WORKS, "Cheap homes.", 1),)
    assert (page.stands.ahead, page.stands.comparable) == ((), 1)


def test_seven_values_have_no_forecast_and_eight_have_one(store: Store, who: Owners) -> None:
    with store.writing() as session:
        for number in range(7):
            report(session, who, 2018 + number, str(90 + number))
        (seven,) = indicators_now(session, viewer=who.partner, ref=REF)
        report(session, who, 2017, "88")
        (eight,) = indicators_now(session, viewer=who.partner, ref=REF)
    assert (seven.stands.ahead, seven.stands.comparable) == ((), 7)
    first, second = eight.stands.ahead
    assert (eight.stands.comparable, first.span, second.span) == (8, year(2025), year(2026))
    assert first.value == pytest.approx(96 + 8 / 7)
    assert first.low < first.value < first.high <= second.high <= 100  # of a percentage


@one_database
def test_a_break_cuts_the_line_and_the_history_that_a_forecast_rests_on(store: Store, who: Owners) -> None:
    with store.writing() as session:
        for number in range(2012, 2025):
            report(session, who, number, "62")
        asked: dict[str, Any] = {"starts_on": date(2018, 4, 1), "kind": BreakKind.COVERAGE, "reason": "Schools left."}
        mark_break(session, viewer=who.partner, indicator_ref=REF, **asked)
        (page,) = indicators_now(session, viewer=who.partner, ref=REF)
    assert page.breaks == (BreakFound(date(2018, 4, 1), BreakKind.COVERAGE, "Schools left."),)
    assert [(line[0], line[-1]) for line in page.stands.lines] == [(year(2012), year(2017)), (year(2018), year(2024))]
    assert (page.stands.ahead, page.stands.comparable) == ((), 7)


@one_database
def test_an_indicator_of_another_body_is_not_there_before_it_is_published(store: Store, who: Owners) -> None:
    with store.reading() as session:
        assert indicators_now(session, viewer=who.other, ref=REF) == ()
        assert indicators_now(session, viewer=who.coordinator, ref="nowhere") == ()
        with pytest.raises(NotAllowedError):
            indicators_now(session, viewer=PUBLIC, ref=REF)
