"""What a body is given of its indicators when it asks what is held of it."""

import json

import pytest

from charter.outcomes.measuring import revise_measurement
from charter.own.data import data_on_request
from db.engine import Store
from db.models import Organisation
from tests.store.outcome_people import REF, SHEET, define, owners, report, reported

pytestmark = pytest.mark.usefixtures("settings_env")


def test_its_indicators_are_given_with_what_each_value_replaced(store: Store) -> None:
    with store.writing() as session:
        who = owners(session)
        define(session, who)
        define(session, who, ref="shared", shared=True)
        report(session, who, 2024, "62")
        again = reported(2024, "61.5")
        revise_measurement(
            session, viewer=who.partner, indicator_ref=REF, reported=again, reason="A late return.", seen_revision=1
        )
    with store.writing() as session:
        ref = session.get_one(Organisation, who.council).ref
        held = json.loads(data_on_request(session, viewer=who.partner, ref=ref))
    (indicator,) = held["indicators"]
    assert (indicator["ref"], indicator["definition_sheets"][0]["definition"]) == (REF, SHEET.definition)
    (measured,) = indicator["measurements"]
    assert (measured["value"], measured["replaced"][0]["value"]) == ("61.5000", "62.0000")
    assert measured["replaced"][0]["reason"] == "A late return."
