"""Everything that is held about an organisation, on its request: all of its own, and nothing of anybody else's."""

import json

import pytest
from sqlmodel import select

from charter.own.data import data_on_request
from charter.own.leaving import leave_charter
from charter.rules.access import PUBLIC, Viewer
from charter.rules.refusals import NotFoundError
from db.engine import Store
from db.models import AuditEntry, Deck, DeckSlide, DraftingPart, Organisation
from db.types import Role
from tests import factories
from tests.store.databases import one_database
from tests.store.own_rows import EMAIL, OTHER_EMAIL, Past, past

pytestmark = pytest.mark.usefixtures("settings_env")


@pytest.fixture
def made(store: Store) -> Past:
    return past(store)


def asked_for(store: Store, viewer: Viewer, ref: str = "GROUP-1") -> str:
    with store.writing() as session:
        return data_on_request(session, viewer=viewer, ref=ref)


def test_it_holds_all_that_is_known_of_the_organisation(store: Store, made: Past) -> None:
    with store.writing() as session:
        leave_charter(
            session,
            viewer=made.partner,
            organisation_id=made.form.group_id,
            charter_ref=made.charter_ref,
            reason="Enough",
        )
    held = json.loads(asked_for(store, made.partner))
    assert (held["organisation"]["ref"], held["organisation"]["email"]) == ("GROUP-1", EMAIL)
    assert held["signatures"][0]["left_reason"] == "Enough"
    assert [(mail["kind"], mail["state"], mail["address"]) for mail in held["emails"]] == [
        ("invitation", "sent", EMAIL),
        ("invitation", "waiting", EMAIL),
    ]
    assert len(held["invitations"]) == 1
    assert {person["name"] for person in held["people"]} == {"Ana", "Bo Both"}
    (form,) = held["self_assessments"]
    assert (form["ref"], form["declared_by"], form["state"]) == (made.sent_ref, "Ana", "submitted")
    assert [answer["level"] for answer in form["answers"]] == [3, 1]
    assert form["answers"][0]["comment"] == "=cmd() we were *heard*"
    assert form["typed_in_for_you"][0]["spoke_to"] == "Ana"
    assert [(entry["act"], entry["by"]) for entry in held["audit_log"]] == [
        ("charter_left", "your people"),
        ("data_requested", "your people"),
    ]


def test_it_holds_nothing_of_another_organisation_and_no_secret(store: Store, made: Past) -> None:
    written = asked_for(store, made.partner)
    for word in ("chess", "Chess", made.other_ref, OTHER_EMAIL, "GROUP-2", "password_hash", "digest", "message_id"):
        assert word not in written


def test_that_it_was_asked_for_is_in_the_audit_log(store: Store, made: Past) -> None:
    asked_for(store, made.partner)
    with store.reading() as session:
        entry = session.exec(select(AuditEntry)).one()
        assert (entry.act, entry.subject, entry.account_id) == ("data_requested", "organisation GROUP-1", made.ana)


@one_database
def test_nobody_else_has_it_and_the_refusal_is_not_logged_as_a_request(store: Store, made: Past) -> None:
    others = [made.holding(role) for role in (Role.REVIEWER, Role.COORDINATOR, Role.ADMINISTRATOR)]
    for viewer in (PUBLIC, *others, made.holding(Role.PARTNER, made.form.other_id), made.form.by_link):
        with pytest.raises(NotFoundError, match="is not yours"):
            asked_for(store, viewer)
    with store.reading() as session:
        assert session.exec(select(AuditEntry)).all() == []


@one_database
def test_it_tells_for_which_part_of_a_body_somebody_drafts(store: Store, made: Past) -> None:
    council = made.form.council_id
    with store.writing() as session:
        people = [factories.account(session, name=name) for name in ("Lea", "Dan")]
        for account in people:
            factories.grant(session, account_id=account, organisation_id=council)
        part = {"account_id": people[1], "organisation_id": council, "strand_id": factories.strand(session)}
        factories.add(session, DraftingPart, {**part, "directorate": "Housing"})
        ref = session.get_one(Organisation, council).ref
    lead = Viewer(account_id=people[0], grants=made.form.partner_of(council).grants)
    held = json.loads(asked_for(store, lead, ref))
    assert {person["name"]: person["directorate"] for person in held["people"]} == {"Lea": "", "Dan": "Housing"}


def test_it_holds_the_decks_that_its_people_arranged(store: Store, made: Past) -> None:
    with store.writing() as session:
        release = {"release_id": factories.release(session), "closing": "Diolch!"}
        deck = factories.add(session, Deck, {**release, "account_id": made.ana, "ref": "DK-1"})
        factories.add(session, Deck, {**release, "account_id": factories.account(session), "ref": "DK-2"})
        factories.add(session, DeckSlide, {"deck_id": deck, "position": 1, "notes": "Pause here."})
    held = json.loads(asked_for(store, made.partner))
    (told,) = [each for person in held["people"] for each in person.get("decks", [])]
    assert (told["ref"], told["closing"], told["slides"][0]["notes"]) == ("DK-1", "Diolch!", "Pause here.")
