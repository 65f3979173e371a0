"""The demonstration's outcomes: one of every sort, all marked as made up, and each release as of its own year."""

from datetime import date

import pytest
import time_machine

from charter.demonstration.measured import made_up_indicators
from charter.demonstration.outcomes import next_span, spans_back
from charter.outcomes.now import indicators_now
from charter.outcomes.recorded import RecordedIndicator
from charter.records import read_records
from charter.releases import list_releases
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.outcomes import IndicatorStatus, Span
from charter.verify import verify
from charter.words import MADE_UP_MARK
from db.engine import Store
from db.types import Finality, Frequency, IndicatorKind, PerformanceKind, RecordKind
from tests.store.databases import one_database


@one_database
def test_there_is_an_outcome_of_every_sort_and_all_are_made_up(demo_read: Store) -> None:
    with demo_read.reading() as session:
        found = [each for each in indicators_now(session, viewer=OPERATOR) if each.ref.startswith("demo-")]
    assert len(found) == len(made_up_indicators()) >= 12
    assert all(each.made_up and not each.stated and MADE_UP_MARK in each.sheets[0].sheet.source for each in found)
    assert {each.stands.status for each in found} == {*IndicatorStatus, None}
    assert {each.performance_kind for each in found} == {*PerformanceKind, None}
    assert {each.kind for each in found} == set(IndicatorKind)
    assert {"", "Riverbank Council (made up)"} < {each.owner for each in found}
    off = [each for each in found if each.stands.status is IndicatorStatus.OFF_TRACK]
    assert {each.stands.route_missing for each in off} == {True, False}
    assert all(each.history[-1].commentary for each in off if not each.stands.route_missing)
    assert any(each.breaks and len(each.stands.lines) > 1 for each in found)
    assert any(each.stands.ahead for each in found)
    assert any(0 < each.stands.comparable < 8 for each in found)
    assert any(value.before and value.before[0].reason for each in found for value in each.history)
    assert any(each.history and each.history[-1].now.finality is Finality.PROVISIONAL for each in found)
    assert any(each.expected for each in found)
    assert any(each.on_agenda for each in found)
    assert any(each.stands.long is not None and each.stands.long.travel for each in found)
    assert all(each.commitments and each.theme for each in found)


@one_database
def test_each_release_holds_what_was_known_in_its_year_and_verifies(demo_read: Store) -> None:
    with demo_read.reading() as session:
        releases = list_releases(session, viewer=PUBLIC)
        for release in releases:
            found = read_records(session, release_id=release.id, kind=RecordKind.INDICATOR, of=RecordedIndicator)
            assert {each.ref for each in found} == {each.ref for each in made_up_indicators()}
            ends = [value.span.ends_on for each in found for value in each.history]
            assert max(ends) < release.published_at.date()
            assert max(ends).year == int(release.period_ref)
        assert verify(session, viewer=OPERATOR, ref=releases[0].ref)[1] == ()


@pytest.mark.parametrize(
    ("today", "frequency", "first", "last"),
    [
        (date(2026, 11, 22), Frequency.YEARLY, date(2025, 4, 1), date(2026, 3, 31)),
        (date(2026, 4, 10), Frequency.YEARLY, date(2024, 4, 1), date(2025, 3, 31)),
        (date(2026, 11, 22), Frequency.QUARTERLY, date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 10, 10), Frequency.QUARTERLY, date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 11, 22), Frequency.HALF_YEARLY, date(2026, 4, 1), date(2026, 9, 30)),
        (date(2027, 1, 25), Frequency.MONTHLY, date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
@pytest.mark.usefixtures("settings_env")
def test_made_up_values_end_with_the_last_period_that_could_be_reported(
    today: date, frequency: Frequency, first: date, last: date
) -> None:
    with time_machine.travel(today, tick=False):
        found = spans_back(frequency, 3)
    assert found[-1] == Span(first, last)
    assert [next_span(found[: place + 1], frequency) for place in (0, 1)] == list(found[1:])
