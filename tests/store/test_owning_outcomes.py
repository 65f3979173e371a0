"""Whose an indicator is, how a new one is addressed, and which themes it may belong to."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from charter.outcomes.owning import may_read_now, may_report, own_indicators
from charter.outcomes.refs import free_ref
from charter.outcomes.themes import list_themes
from charter.rules.access import OPERATOR, PUBLIC
from db.engine import Store
from db.models import Organisation
from db.types import CharterState
from tests import factories
from tests.store.databases import one_database
from tests.store.outcome_people import REF, define, owners

pytestmark = [pytest.mark.usefixtures("settings_env"), one_database]


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.writing() as opened:
        yield opened


def test_the_owner_and_the_coordinator_report_and_nobody_else(session: Session) -> None:
    who = owners(session)
    ref = session.get_one(Organisation, who.council).ref
    may = {
        name: may_report(session, viewer=viewer, owner_ref=ref)
        for name, viewer in {**vars(who), "public": PUBLIC, "operator": OPERATOR}.items()
        if name != "council"
    }
    assert may == {
        "partner": True,
        "other": False,
        "reviewer": False,
        "coordinator": True,
        "public": False,
        "operator": True,
    }
    assert not may_report(session, viewer=who.partner, owner_ref="")
    assert may_report(session, viewer=who.coordinator, owner_ref="")


def test_those_who_take_part_read_what_is_not_published_and_the_public_does_not(session: Session) -> None:
    who = owners(session)
    readers = (who.partner, who.other, who.reviewer, who.coordinator)
    assert [may_read_now(viewer) for viewer in (*readers, PUBLIC)] == [True, True, True, True, False]


def test_an_organisations_own_indicators_are_those_that_it_reports(session: Session) -> None:
    who = owners(session)
    define(session, who)
    define(session, who, ref="shared-by-all", shared=True)
    ref = session.get_one(Organisation, who.council).ref
    assert [each.ref for each in own_indicators(session, viewer=who.partner, organisation_ref=ref)] == [REF]
    assert own_indicators(session, viewer=who.other, organisation_ref=ref) == ()


@pytest.mark.parametrize(
    ("title", "ref"),
    [
        ("Council staff who live here", "council-staff-who-live-here"),
        ("People's trust: how high?", "peoples-trust-how-high"),
        ("Łąka i żółć", "aka-i-zoc"),
        ("ਪੰਜਾਬੀ", "outcome"),
        ("word " * 30, "word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 200, "x" * 55),
    ],
)
def test_an_address_is_made_from_the_name(session: Session, title: str, ref: str) -> None:
    assert free_ref(session, title=title) == ref


def test_an_address_that_is_taken_gets_a_number(session: Session) -> None:
    who = owners(session)
    for ref in ("trust", "trust-2", "trust-in-all"):
        define(session, who, ref=ref)
    assert free_ref(session, title="Trust") == "trust-3"
    assert free_ref(session, title="Trust in") == "trust-in"


def test_the_themes_are_those_of_charters_that_are_assessed(session: Session) -> None:
    charter = factories.charter(session, state=CharterState.ASSESSED)
    other = factories.charter(session, state=CharterState.RECORD_ONLY)
    first = factories.theme(session, charter_id=charter, position=1)
    factories.theme(session, charter_id=other, position=1)
    assert [each.id for each in list_themes(session, viewer=PUBLIC)] == [first]
