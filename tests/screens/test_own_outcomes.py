"""The outcomes of one's own organisation, and what is done about one: used as a person does, then read as stored."""

import pytest
from streamlit.testing.v1 import AppTest

from charter.actions.fields import ActionFields
from charter.actions.making import make_action
from charter.actions.sources import ActionSources
from charter.drafting import assign_parts
from charter.rules.access import Viewer
from charter.store import writing
from db.types import PerformanceKind, Polarity, Role, UnitKind
from tests import factories
from tests.screens.outcome_site import Council, council, press, said, stored, type_in
from tests.screens.site_under_test import opened_at, session_of
from tests.store.closed_reviews import person
from tests.store.outcome_people import REF

pytestmark = pytest.mark.usefixtures("empty")
PAGE = "partner/my_organisation.py"


def opened(viewer: Viewer) -> AppTest:
    return opened_at(PAGE, {"part": "outcomes"}, session_id=session_of(viewer.account_id))


def test_the_list_names_ones_own_and_asks_for_the_route_to_green_that_is_missing() -> None:
    place = council((2023, "58"), target=(2023, "65"))
    told = said(opened(place.who.partner))
    assert "**Council staff who live in Elmford** is off track. Please write how it gets back on track." in told
    assert "■ off track" in told
    assert "There is none yet" in said(opened(place.who.other))


def test_a_partner_defines_an_outcome_of_its_own() -> None:
    place = council()
    site = opened(place.who.partner)
    type_in(site, "What is it called", "Days until a group is paid")
    next(box for box in site.selectbox if box.label == "Which way is better?").set_value(Polarity.DOWN)
    next(box for box in site.selectbox if box.label.startswith("Which question")).set_value(PerformanceKind.HOW_WELL)
    type_in(site, "What is counted, in a word", "**days**")
    type_in(site, "By how much may a target be missed", "many")
    type_in(site, "What is counted, and how", "From the bill to the money.")
    press(site, "Define this outcome")
    assert "Please type a number in figures" in said(site)
    type_in(site, "By how much may a target be missed", "2")
    press(site, "Define this outcome")
    assert "“Days until a group is paid” is defined" in said(site)
    found = stored("days-until-a-group-is-paid")
    assert found.owner_ref != ""
    assert (found.polarity, found.performance_kind, found.unit_kind, found.unit) == (
        Polarity.DOWN,
        PerformanceKind.HOW_WELL,
        UnitKind.NUMBER,
        "**days**",
    )
    # What people typed is shown as they typed it, in the name of a field too.
    form = place.opened(place.who.partner, ref="days-until-a-group-is-paid", part="report")
    (label,) = [box.label for box in form.text_input if box.label.startswith("The figure")]
    assert label == r"The figure (\*\*days\*\*)"


def test_who_drafts_a_part_of_the_answers_only_reports_nothing() -> None:
    place = council((2023, "58"))
    with writing() as session:
        person(session, Role.PARTNER, place.who.council)  # who leads, and sends
        strand = factories.strand(session)
        assign_parts(
            session,
            viewer=place.who.coordinator,
            organisation_id=place.who.council,
            account_id=place.who.partner.account_id or 0,
            directorate="Housing",
            strand_ids=[strand],
        )
    assert "Only the lead of your organisation reports its outcomes" in said(opened(place.who.partner))
    assert "A new figure" not in said(place.opened(place.who.partner, part="report"))


def test_what_is_done_about_an_outcome_stands_on_its_page() -> None:
    place = council((2023, "58"))
    _act(place)
    told = place.opened(place.who.coordinator)
    assert "What is done about it" in said(told)
    assert any("Help with rent" in link.proto.label for link in told.get("page_link"))
    assert "○ not started" in said(told)
    assert "What is done about it" not in said(place.opened(place.who.coordinator, ref="none-such"))


def _act(place: Council) -> None:
    with writing() as session:
        fields = ActionFields(heading="Help with rent", organisation_id=place.who.council)
        sources = ActionSources(indicators=frozenset({REF}))
        make_action(session, viewer=place.who.partner, fields=fields, sources=sources)
