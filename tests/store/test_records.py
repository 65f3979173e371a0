"""Records of a release: what the public may read of indicators is frozen with it, made-up ones apart from real ones."""

from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from charter.corrections import correct_release
from charter.outcomes.measuring import revise_measurement
from charter.outcomes.now import indicators_now, stated_indicators
from charter.outcomes.recorded import RecordedIndicator
from charter.outcomes.targets import set_target
from charter.published.answers import read_who_answered
from charter.records import parse_records, read_records
from charter.releases import publish_period
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.outcomes import IndicatorStatus
from charter.verify import verify
from db.engine import Store
from db.models import Indicator, Measurement, Period, Release, ReleaseRecord
from db.types import RecordKind
from tests.store.databases import one_database
from tests.store.laid import laid
from tests.store.outcome_people import REF, Owners, define, owners, report, reported, year
from tests.store.small_year import closed_year, elmford

pytestmark = pytest.mark.usefixtures("settings_env")


@pytest.fixture
def who(store: Store) -> Owners:
    """Give the people of a council with a measured indicator, and a review that has closed."""
    return laid(store, measured)


def measured(session: Session) -> Owners:
    found = owners(session)
    define(session, found)
    asked: dict[str, Any] = {"viewer": found.partner, "indicator_ref": REF, "seen_revision": 0}
    set_target(session, span=year(2024), value=Decimal("62.1234"), **asked)
    for number in range(2015, 2025):
        report(session, found, number, f"{number - 1965}.1234")
    closed_year(session, elmford(session), 2027)
    return found


def records(store: Store, ref: str) -> tuple[RecordedIndicator, ...]:
    """Read a release's indicators."""
    with store.reading() as session:
        key = session.scalar(sa.select(Release.id).where(Release.ref == ref))  # type: ignore[call-overload]
        return read_records(session, release_id=key or 0, kind=RecordKind.INDICATOR, of=RecordedIndicator)


def records_beside_who_answered(store: Store, ref: str) -> tuple[RecordedIndicator, ...]:
    """Read a release's indicators as the page of headlines does: in one query with who answered."""
    with store.reading() as session:
        key = session.scalar(sa.select(Release.id).where(Release.ref == ref))  # type: ignore[call-overload]
        found = read_who_answered(session, viewer=PUBLIC, release_id=key or 0)
    assert found.groups is not None
    kept = [content for kind, content in found.records if kind is RecordKind.INDICATOR]
    return parse_records(kept, of=RecordedIndicator)


def test_a_release_keeps_an_indicator_as_it_stood(store: Store, who: Owners) -> None:
    with store.writing() as session:
        (before,) = indicators_now(session, viewer=who.partner)
        publish_period(session, viewer=OPERATOR, ref="2027")
    again: dict[str, Any] = {"viewer": who.partner, "indicator_ref": REF, "reason": "A late return."}
    with store.writing() as session:
        revise_measurement(session, reported=reported(2024, "70"), seen_revision=1, **again)
    (kept,) = records(store, "2027.1")
    assert kept == before
    assert (kept.stands.status, len(kept.stands.ahead)) == (IndicatorStatus.OFF_TRACK, 2)
    with store.writing() as session:
        correct_release(session, viewer=OPERATOR, ref="2027.1", reason="A late return.")
    (corrected,) = records(store, "2027.2")
    assert (corrected.stands.status, corrected.history[-1].now.value) == (IndicatorStatus.ON_TRACK, Decimal(70))
    assert records(store, "2027.1") == records_beside_who_answered(store, "2027.1") == (before,)


@one_database
@pytest.mark.parametrize("made_up", [True, False])
def test_a_release_keeps_made_up_indicators_or_real_ones(store: Store, who: Owners, made_up: bool) -> None:
    with store.writing() as session:
        define(session, who, ref="made-up", shared=True)
        session.execute(sa.update(Indicator).where(sa.column("ref") == "made-up").values(made_up=True))
        session.execute(sa.update(Period).values(made_up=made_up))
        publish_period(session, viewer=OPERATOR, ref="2027")
    assert [each.ref for each in records(store, "2027.1")] == (["made-up"] if made_up else [REF])


@one_database
def test_everybody_reads_what_sources_state_and_nothing_that_was_added_since(store: Store, who: Owners) -> None:
    with store.writing() as session:
        define(session, who, ref="agenda", shared=True, on_agenda=True)
        session.execute(sa.update(Indicator).values(from_sources=True))
        first = sa.select(col(Measurement.id)).order_by(col(Measurement.ends_on)).limit(1).scalar_subquery()
        session.execute(sa.update(Measurement).where(col(Measurement.id) == first).values(account_id=None))
        # A revision waits for a release, and what the source states does not go because of it.
        revised: dict[str, Any] = {"indicator_ref": REF, "reported": reported(2015, "51"), "reason": "Counted again."}
        revise_measurement(session, viewer=who.partner, seen_revision=1, **revised)
    with store.reading() as session:
        found = {each.ref: each for each in stated_indicators(session, viewer=PUBLIC)}
        (alone,) = stated_indicators(session, viewer=PUBLIC, ref=REF)
    assert set(found) == {REF, "agenda"}
    assert alone == found[REF]
    assert [each.now.value for each in alone.history] == [Decimal("50.1234")]
    assert (alone.targets, alone.on_agenda, found["agenda"].on_agenda) == ((), False, True)
    assert all(each.stated for each in found.values())


# What is altered in a record behind the product's back, and what must be named.
ALTERED = {
    '"status":"off_track"': ('"status":"on_track"', "status"),
    '"travel":"better"': ('"travel":"worse"', "short"),
    '"comparable":10': ('"comparable":9', "comparable"),
    '"value":60.1': ('"value":60.2', "ahead"),
    '"value":"59.1234"': ('"value":"99.1234"', "status"),
}


@one_database
@pytest.mark.usefixtures("who")
@pytest.mark.parametrize("altered", ALTERED)
def test_an_altered_record_is_named(store: Store, altered: str) -> None:
    with store.writing() as session:
        publish_period(session, viewer=OPERATOR, ref="2027")
        compared, differences = verify(session, viewer=OPERATOR)
        assert differences == ()
        row = session.exec(select(ReleaseRecord).where(ReleaseRecord.kind == RecordKind.INDICATOR)).one()
        assert altered in row.content
        row.content = row.content.replace(altered, ALTERED[altered][0])
        session.flush()
        again, found = verify(session, viewer=OPERATOR)
    assert again == compared
    assert ALTERED[altered][1] in {each.column for each in found}
    assert {each.figure for each in found} == {f"release_record indicator {REF}"}
    assert str(found[0]).startswith(f"release 2027.1: release_record indicator {REF}: ")
