"""Wards as dated data, champions one at a time, and signing and leaving a charter."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from charter import clock
from charter.organisations.champions import end_champion, list_champions, name_champion
from charter.organisations.signing import Signed, leave, list_signed, sign
from charter.organisations.wards import add_ward, end_ward, list_wards, rename_ward
from charter.rules.access import Grant, Viewer
from charter.rules.refusals import FieldError, NotAllowedError, RefusedError
from db.engine import Store
from db.models import AuditEntry, Organisation
from db.types import OrganisationKind, Role
from tests import factories
from tests.store.databases import one_database

COORDINATOR = Viewer(account_id=1, grants=frozenset({Grant(Role.COORDINATOR)}))
ADMINISTRATOR = Viewer(account_id=1, grants=frozenset({Grant(Role.ADMINISTRATOR)}))
START = date(2004, 5, 1)
REVIEW = date(2026, 5, 4)


def test_a_ward_gets_a_new_name_on_a_day_and_those_who_are_there_move_with_it(store: Store) -> None:
    with store.writing() as session:
        old = add_ward(session, viewer=COORDINATOR, code="e05000001", name="Old Town", starts_on=START)
        there = factories.organisation(session, ward_id=old)
        gone = factories.organisation(session, ward_id=old, ends_on=date(2020, 1, 1))
        new = rename_ward(
            session, viewer=COORDINATOR, ward_id=old, name="Old Town and Quay", code="E05000001", starts_on=REVIEW
        )
        wards = {ward.id: ward for ward in list_wards(session, viewer=COORDINATOR)}
        assert (wards[old].ends_on, wards[old].name) == (REVIEW - timedelta(days=1), "Old Town")
        assert (wards[new].starts_on, wards[new].ends_on, wards[new].organisations) == (REVIEW, None, 1)
        assert session.get_one(Organisation, there).ward_id == new
        assert session.get_one(Organisation, gone).ward_id == old
        assert list(session.exec(select(AuditEntry.act).order_by("number"))) == ["ward_added", "ward_renamed"]


def test_a_ward_ends_once_and_its_code_can_come_again_after_that(store: Store) -> None:
    with store.writing() as session:
        key = add_ward(session, viewer=COORDINATOR, code="W1", name="Old Town", starts_on=START)
        with pytest.raises(FieldError, match="in force on that day already"):
            add_ward(session, viewer=COORDINATOR, code="w1", name="Another", starts_on=REVIEW)
        with pytest.raises(FieldError, match="Choose a later day"):
            end_ward(session, viewer=COORDINATOR, ward_id=key, ends_on=START - timedelta(days=1))
        end_ward(session, viewer=COORDINATOR, ward_id=key, ends_on=REVIEW)
        with pytest.raises(RefusedError, match="ended on 4 May 2026 already"):
            end_ward(session, viewer=COORDINATOR, ward_id=key, ends_on=REVIEW)
        add_ward(session, viewer=COORDINATOR, code="W1", name="New", starts_on=REVIEW + timedelta(days=1))
        for code, name in (("", "A ward"), ("W2", " ")):
            with pytest.raises(FieldError):
                add_ward(session, viewer=COORDINATOR, code=code, name=name, starts_on=START)
        with pytest.raises(NotAllowedError):
            add_ward(session, viewer=ADMINISTRATOR, code="W3", name="A ward", starts_on=START)


def test_a_body_has_one_champion_at_a_time(store: Store) -> None:
    with store.writing() as session:
        body = factories.organisation(session, kind=OrganisationKind.POLICE)
        group = factories.organisation(session)

        def name(who: str, since: date, organisation_id: int = body, email: str = "") -> None:
            name_champion(
                session, viewer=COORDINATOR, organisation_id=organisation_id, name=who, email=email, since=since
            )

        name("Ana", START)
        name("Ben", REVIEW, email="Ben@police.example")
        found = list_champions(session, viewer=COORDINATOR, organisation_id=body)
        assert [(one.name, one.since, one.until) for one in found] == [
            ("Ben", REVIEW, None),
            ("Ana", START, REVIEW - timedelta(days=1)),
        ]
        assert found[0].email == "ben@police.example"
        for who, since, email in (("Cem", REVIEW, ""), ("", REVIEW + timedelta(days=9), ""), ("Cem", REVIEW, "no")):
            with pytest.raises(FieldError):
                name(who, since, email=email)
        with pytest.raises(RefusedError, match="Only a public body"):
            name("Cem", REVIEW, organisation_id=group)
        end_champion(session, viewer=COORDINATOR, champion_id=found[0].id, until=REVIEW + timedelta(days=5))
        with pytest.raises(RefusedError, match="ended already"):
            end_champion(session, viewer=COORDINATOR, champion_id=found[0].id, until=REVIEW)
        with pytest.raises(FieldError, match="was the champion on that day"):
            name("Cem", REVIEW + timedelta(days=5))
        name("Cem", REVIEW + timedelta(days=6))


class Signing:
    """A group, a charter and an organisation that signs for others, in a session."""

    def __init__(self, session: Session) -> None:
        self.session = session
        factories.charter(session, ref="pact", title="The Pact")
        self.group = factories.organisation(session, ref="G-1")
        self.umbrella = factories.organisation(session, name="Umbrella")

    def signs(self, on: date, through: int | None = None) -> None:
        whose = {"organisation_id": self.group, "charter_ref": "pact"}
        sign(self.session, viewer=COORDINATOR, signed_on=on, through_id=through, **whose)  # type: ignore[arg-type]

    def leaves(self, on: date, reason: str) -> None:
        whose = {"organisation_id": self.group, "charter_ref": "pact"}
        leave(self.session, viewer=COORDINATOR, left_on=on, reason=reason, **whose)  # type: ignore[arg-type]

    def found(self) -> Signed:
        (found,) = list_signed(self.session, viewer=COORDINATOR, organisation_id=self.group)
        return found


def test_a_group_signs_through_another_leaves_with_a_reason_and_signs_again(store: Store) -> None:
    today = clock.today()
    with store.writing() as session:
        group = Signing(session)
        group.signs(START, group.umbrella)
        assert (group.found().signed_on, group.found().through, group.found().is_signatory) == (START, "Umbrella", True)
        group.leaves(today, "It closes")
        left = group.found()
        assert (left.left_on, left.left_reason, left.is_signatory) == (today, "It closes", False)
        group.signs(today)
        assert (group.found().signed_on, group.found().through, group.found().left_on) == (today, "", None)
        acts = session.exec(select(AuditEntry.act).where(AuditEntry.subject == "organisation G-1").order_by("number"))
        assert list(acts) == ["charter_signed", "charter_left", "charter_signed"]


@one_database
def test_signing_and_leaving_are_refused_on_days_that_cannot_be_and_without_a_reason(store: Store) -> None:
    today = clock.today()
    with store.writing() as session:
        group = Signing(session)
        with pytest.raises(RefusedError, match="no signatory"):
            group.leaves(today, "Why not")
        for wrong in ((today + timedelta(days=1), None), (today, group.group), (today, 999)):
            with pytest.raises(FieldError):
                group.signs(*wrong)
        group.signs(START)
        with pytest.raises(RefusedError, match="already"):
            group.signs(today)
        for day, reason in ((today, " "), (START - timedelta(days=1), "Why"), (today + timedelta(days=1), "Why")):
            with pytest.raises(FieldError):
                group.leaves(day, reason)
        assert group.found().is_signatory
