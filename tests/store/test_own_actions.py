"""What a body is given of its actions when it asks what is held of it, and what becomes of them when it is merged."""

import json
from datetime import date

import pytest

from charter.actions.fields import Doer
from charter.actions.making import say_how_it_stands
from charter.organisations.merging import merge
from charter.own.data import data_on_request
from db.engine import Store
from db.models import Organisation
from db.types import ActionStatus, OrganisationKind, Precision
from tests import factories
from tests.store.acting import make, stored
from tests.store.outcome_people import owners

pytestmark = pytest.mark.usefixtures("settings_env")


def test_its_actions_are_given_with_what_they_were_before(store: Store) -> None:
    with store.writing() as session:
        who = owners(session)
        (health,) = who.other.organisations()
        ref = make(session, who, due_on=date(2027, 5, 20), due_precision=Precision.DAY, doers=(Doer(health),))
        make(session, who, heading="The council's alone")
        say_how_it_stands(session, viewer=who.partner, ref=ref, status=ActionStatus.OFF_TRACK, seen_revision=1)
    with store.writing() as session:
        # The health service has a part in one of the council's actions.
        other = session.get_one(Organisation, health)
        (action,) = json.loads(data_on_request(session, viewer=who.other, ref=other.ref))["actions"]
        own = json.loads(
            data_on_request(session, viewer=who.partner, ref=session.get_one(Organisation, who.council).ref)
        )
    assert (action["ref"], action["due_on"], action["status"]) == (ref, "2027-05-20", "off_track")
    assert action["doers"] == [other.name]
    assert [each["status"] for each in action["earlier"]] == ["not_started"]
    assert {each["act"] for each in own["audit_log"] if each["subject"] == f"action {ref}"} == {
        "action_made",
        "action_status_set",
    }
    assert [each["heading"] for each in own["actions"]] == ["Hold a funding morning", "The council's alone"]


def test_a_merged_body_takes_its_actions_along_and_is_named_once(store: Store) -> None:
    with store.writing() as session:
        who = owners(session)
        board = factories.organisation(session, kind=OrganisationKind.BOARD)
        duplicate = factories.organisation(session, kind=OrganisationKind.BOARD)
        both = make(session, who, doers=(Doer(duplicate), Doer(board)))
        alone = make(session, who, doers=(Doer(duplicate),))
        kept = make(session, who, viewer=who.coordinator, organisation_id=duplicate)
        merge(session, viewer=who.coordinator, organisation_id=duplicate, into_id=board, reason="One board, two names")
    with store.reading() as session:
        assert stored(session, both).fields.doers == (Doer(board),)
        assert stored(session, alone).fields.doers == (Doer(board),)
        assert stored(session, kept).fields.organisation_id == board
