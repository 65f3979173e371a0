"""What turns the curve: targets, what is expected, commentary with the route to green, stories, and how all stands."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from charter.outcomes.breaks import mark_break
from charter.outcomes.counting import count_indicators
from charter.outcomes.now import indicators_now
from charter.outcomes.stories import tell_story, write_commentary
from charter.outcomes.targets import Expected, expect_value, set_target, take_target_away
from charter.rules.access import PUBLIC
from charter.rules.outcomes import Counts, IndicatorStatus, Movement, NoTravel, Travel
from charter.rules.refusals import EditedElsewhereError, FieldError, NotAllowedError, NotFoundError
from charter.saved import Saved
from db.engine import Store
from db.models import (
    Commentary,
    ExpectedValue,
    IndicatorStory,
    Target,
)
from db.types import BreakKind, Polarity, StoryKind
from tests.store.databases import one_database
from tests.store.outcome_people import REF, Owners, define, owners, report, year

pytestmark = pytest.mark.usefixtures("settings_env")
OFF, ON = IndicatorStatus.OFF_TRACK, IndicatorStatus.ON_TRACK


@pytest.fixture
def who(store: Store) -> Owners:
    with store.writing() as session:
        found = owners(session)
        define(session, found, on_agenda=True)
        return found


def aim(session: Session, who: Owners, number: int, value: str, *, seen: int = 0) -> Saved:
    asked: dict[str, Any] = {"viewer": who.partner, "indicator_ref": REF, "span": year(number)}
    return set_target(session, value=Decimal(value), seen_revision=seen, **asked)


def comment(session: Session, who: Owners, number: int, route: str, *, seen: int = 0) -> Saved:
    asked: dict[str, Any] = {"viewer": who.partner, "indicator_ref": REF, "span": year(number)}
    words: dict[str, Any] = {"commentary": "Fewer people moved here.", "route_to_green": route}
    return write_commentary(session, seen_revision=seen, **asked, **words)


@one_database
def test_a_target_is_set_changed_and_taken_away(store: Store, who: Owners) -> None:
    with store.writing() as session:
        assert aim(session, who, 2030, "65").revision == 1
        assert aim(session, who, 2030, "66", seen=1).revision == 2
        row = session.exec(select(Target)).one()
        assert (row.starts_on, row.value) == (date(2030, 4, 1), Decimal(66))
    with pytest.raises(EditedElsewhereError), store.writing() as session:
        aim(session, who, 2030, "67", seen=1)
    with pytest.raises(FieldError, match="between 0 and 100"), store.writing() as session:
        aim(session, who, 2031, "101")
    # No page could say a period after which the calendar ends.
    with pytest.raises(FieldError, match="long time ahead"), store.writing() as session:
        aim(session, who, 2100, "65")
    asked: dict[str, Any] = {"indicator_ref": REF, "span": year(2030), "reason": "The duty ended."}
    with pytest.raises(NotAllowedError), store.writing() as session:
        take_target_away(session, viewer=who.other, seen_revision=2, **asked)
    with store.writing() as session:
        take_target_away(session, viewer=who.partner, seen_revision=2, **asked)
        assert session.exec(select(Target)).all() == []


@one_database
def test_what_is_expected_is_judgement_with_a_reason(store: Store, who: Owners) -> None:
    asked: dict[str, Any] = {"viewer": who.partner, "indicator_ref": REF}
    expected = Expected(year(2030), Decimal(64), "Two new estates.")
    with store.writing() as session:
        assert expect_value(session, expected=expected, seen_revision=0, **asked).revision == 1
        again = Expected(year(2030), Decimal(63), "One of them is late.")
        assert expect_value(session, expected=again, seen_revision=1, **asked).revision == 2
        row = session.exec(select(ExpectedValue)).one()
        assert (row.value, row.reason) == (Decimal(63), "One of them is late.")
    with pytest.raises(FieldError, match="why you expect this"), store.writing() as session:
        expect_value(session, expected=Expected(year(2031), Decimal(1), ""), seen_revision=0, **asked)


def test_off_track_asks_for_a_route_to_green(store: Store, who: Owners) -> None:
    with store.writing() as session:
        aim(session, who, 2024, "65")
        report(session, who, 2024, "62.9999")
        (one,) = indicators_now(session, viewer=who.partner)
        assert (one.stands.status, one.stands.route_missing) == (OFF, True)
    with pytest.raises(FieldError, match="back on track") as refused, store.writing() as session:
        comment(session, who, 2024, " ")
    assert refused.value.field == "route_to_green"
    with store.writing() as session:
        assert comment(session, who, 2024, "Advertise homes to new staff.").revision == 1
        row = session.exec(select(Commentary)).one()
        assert (row.words, row.route_to_green) == ("Fewer people moved here.", "Advertise homes to new staff.")
        (one,) = indicators_now(session, viewer=who.partner)
        assert (one.stands.status, one.stands.route_missing) == (OFF, False)
    with pytest.raises(EditedElsewhereError), store.writing() as session:
        comment(session, who, 2024, "Something else.")


@one_database
def test_within_tolerance_a_commentary_needs_no_route(store: Store, who: Owners) -> None:
    with store.writing() as session:
        aim(session, who, 2024, "65")
        report(session, who, 2024, "63")
        assert comment(session, who, 2024, "").revision == 1
    with pytest.raises(NotFoundError), store.writing() as session:
        comment(session, who, 2023, "")


@one_database
@pytest.mark.parametrize("kind", StoryKind)
def test_each_story_is_told_and_told_anew(store: Store, who: Owners, kind: StoryKind) -> None:
    asked: dict[str, Any] = {"viewer": who.partner, "indicator_ref": REF, "kind": kind}
    with store.writing() as session:
        assert tell_story(session, story="Homes cost less.", seen_revision=0, **asked).revision == 1
        assert tell_story(session, story="They cost more now.", seen_revision=1, **asked).revision == 2
        row = session.exec(select(IndicatorStory)).one()
        assert (row.kind, row.words) == (kind, "They cost more now.")
    with pytest.raises(FieldError, match="type the story"), store.writing() as session:
        tell_story(session, story=" ", seen_revision=2, **asked)
    with pytest.raises(EditedElsewhereError), store.writing() as session:
        tell_story(session, story="Late words.", seen_revision=1, **asked)


def test_standings_say_status_direction_and_counts(store: Store, who: Owners) -> None:
    with store.writing() as session:
        define(session, who, ref="context", shared=True, title="B, only context", polarity=Polarity.CONTEXT)
        aim(session, who, 2024, "61")
        report(session, who, 2023, "60")
        report(session, who, 2024, "61")
    with store.reading() as session:
        context, own = indicators_now(session, viewer=who.partner)
        assert (context.ref, context.stands.status, context.history) == ("context", None, ())
        stands = own.stands
        assert (own.history[-1].now.value, stands.target, stands.status) == (Decimal(61), Decimal(61), ON)
        assert stands.short.travel is Travel.BETTER
        assert (stands.short.difference, stands.long, stands.breaks_floor) == (Decimal(1), None, False)
        assert count_indicators([context, own]) == Counts(1, 0, 0, 1, 1, 1)
    with store.writing() as session:
        asked: dict[str, Any] = {"starts_on": date(2024, 4, 1), "kind": BreakKind.DEFINITION, "reason": "New rule."}
        mark_break(session, viewer=who.partner, indicator_ref=REF, **asked)
        stands = indicators_now(session, viewer=who.partner)[1].stands
        assert stands.short == Movement(None, NoTravel.BREAK_BETWEEN)
        assert stands.status is ON


@one_database
def test_who_reads_which_standings_before_they_are_published(store: Store, who: Owners) -> None:
    with store.writing() as session:
        define(session, who, ref="shared", shared=True)
    with store.reading() as session:
        read = {
            name: {one.ref for one in indicators_now(session, viewer=viewer)}
            for name, viewer in vars(who).items()
            if name != "council"
        }
        assert read == {
            "partner": {REF, "shared"},
            "other": {"shared"},
            "reviewer": {REF, "shared"},
            "coordinator": {REF, "shared"},
        }
        with pytest.raises(NotAllowedError):
            indicators_now(session, viewer=PUBLIC)


@one_database
def test_all_that_is_told_of_all_indicators_takes_nine_queries(store: Store, who: Owners) -> None:
    with store.writing() as session:
        for number in range(12):
            define(session, who, ref=f"more-{number}")
    asked: list[str] = []
    with store.reading() as session:
        session.connection()
        event.listen(store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
        assert len(indicators_now(session, viewer=who.coordinator)) == 13
    assert len([line for line in asked if line.startswith("SELECT")]) == 9
