"""What cannot be done with a concern, what it can be about, and what the audit log says of it."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from charter.concerns.choices import body_choices, raiser_choices
from charter.concerns.deciding import ask_officer, decide
from charter.concerns.outcome import Agreed
from charter.concerns.raising import pass_on, settle, withdraw
from charter.concerns.replying import reply
from charter.rules.access import PUBLIC
from charter.rules.refusals import (
    EditedElsewhereError,
    FieldError,
    NotAllowedError,
    NotFoundError,
    RefusedError,
)
from db.engine import Store
from db.models import AuditDetail, AuditEntry, Concern, ConcernStep, Organisation
from db.types import OrganisationKind, OwedBy
from tests import factories
from tests.store.concern_people import (
    PROMISE,
    SECRET,
    Sides,
    answered,
    decided,
    raised,
    sides,
)
from tests.store.databases import one_database

pytestmark = pytest.mark.usefixtures("settings_env")
BEFORE = {"ana", "ben", "raising_reviewer", "champion", "reviewer", "coordinator"}
AFTER = BEFORE | {"lead"}


@pytest.fixture
def who(store: Store) -> Sides:
    with store.writing() as session:
        return sides(session)


@one_database
def test_a_step_decided_on_what_is_not_so_any_more_is_refused(store: Store, who: Sides) -> None:
    with store.writing() as session:
        ref = answered(session, who)
        ask_officer(session, viewer=who.reviewer, ref=ref, officer="The head", words="Come.", seen_revision=2)
    with store.writing() as session, pytest.raises(EditedElsewhereError):
        decide(session, viewer=who.reviewer, ref=ref, agreed=True, words="Yes.", seen_revision=2)
    with store.writing() as session, pytest.raises(EditedElsewhereError):
        withdraw(session, viewer=who.ana, ref=ref, words="", seen_revision=2)


@one_database
def test_what_is_closed_stays_as_it_is(store: Store, who: Sides) -> None:
    with store.writing() as session:
        ref = decided(session, who)
        rows = len(session.exec(select(ConcernStep)).all())
    acts: list[Callable[[Session], None]] = [
        lambda session: withdraw(session, viewer=who.ana, ref=ref, words="", seen_revision=3),
        lambda session: pass_on(session, viewer=who.ana, ref=ref, words="", seen_revision=3),
        lambda session: settle(session, viewer=who.ana, ref=ref, words="x", seen_revision=3),
        lambda session: reply(session, viewer=who.lead, ref=ref, words="One more word."),
        lambda session: decide(session, viewer=who.reviewer, ref=ref, agreed=False, words="No.", seen_revision=3),
    ]
    for act in acts:
        with store.writing() as session, pytest.raises(RefusedError, match="Nothing was changed"):
            act(session)
    with store.reading() as session:
        assert len(session.exec(select(ConcernStep)).all()) == rows


@one_database
def test_what_cannot_be_raised_is_refused_and_nothing_is_kept(store: Store, who: Sides) -> None:
    with store.writing() as session:
        factories.commitment(session, ref="ELM-GRP-1", owed_by=OwedBy.VCFSE)
        board = factories.organisation(session, kind=OrganisationKind.BOARD)
        made_up = factories.organisation(session, kind=OrganisationKind.COUNCIL, made_up=True)
        gone = factories.organisation(session, kind=OrganisationKind.NHS, ends_on=factories.DAY.replace(year=2020))
    health = next(iter(who.health.organisations()))
    wrong: list[tuple[type[RefusedError], dict[str, object]]] = [
        (FieldError, {"words": "  "}),
        (FieldError, {"words": "x" * 4001}),
        (FieldError, {"commitment_ref": "ELM-GRP-1"}),
        (NotFoundError, {"commitment_ref": "NO-SUCH-1"}),
        (NotFoundError, {"about_id": who.group}),
        (NotFoundError, {"about_id": gone}),
        (NotFoundError, {"about_id": 999_999}),
        (RefusedError, {"about_id": made_up}),
        (RefusedError, {"organisation_id": board, "viewer": who.coordinator}),
        (FieldError, {"organisation_id": health, "about_id": health, "viewer": who.health}),
        (NotAllowedError, {"viewer": who.stranger}),
        (NotAllowedError, {"viewer": who.reviewer}),
        (NotAllowedError, {"viewer": who.administrator}),
        (NotAllowedError, {"viewer": PUBLIC}),
    ]
    for kind, values in wrong:
        with pytest.raises(kind), store.writing() as session:
            raised(session, who, **values)  # type: ignore[arg-type]
    with store.reading() as session:
        assert session.exec(select(Concern)).all() == []


@one_database
def test_one_public_body_raises_a_concern_about_another_but_not_by_who_drafts_a_part(store: Store, who: Sides) -> None:
    health = next(iter(who.health.organisations()))
    with store.writing() as session:
        raised(session, who, viewer=who.lead, organisation_id=who.council, about_id=health)
    with store.writing() as session, pytest.raises(RefusedError, match="draft a part"):
        raised(session, who, viewer=who.drafter, organisation_id=who.council, about_id=health)


@one_database
def test_the_choices_are_the_bodies_of_today_with_what_each_owes(store: Store, who: Sides) -> None:
    with store.writing() as session:
        named = factories.commitment(session, ref="ELM-NAM-1", title="Meet monthly")
        factories.adoption(session, commitment_id=named.id, organisation_id=who.council)
        factories.commitment(session, ref="ELM-GRP-1", owed_by=OwedBy.VCFSE)
        factories.organisation(session, kind=OrganisationKind.COUNCIL, made_up=True)
        factories.organisation(session, kind=OrganisationKind.NHS, ends_on=factories.DAY.replace(year=2020))
    with store.reading() as session:
        found = body_choices(session, viewer=who.ana, organisation_id=who.group)
        owed = {each.name: {promise.ref for promise in each.promises} for each in found}
        assert owed == {"Riverbank Council": {PROMISE, "ELM-NAM-1"}, "Riverbank NHS": {PROMISE}}
        assert [each.name for each in raiser_choices(session, viewer=who.ana)] == ["Tea Club"]
        assert [each.name for each in raiser_choices(session, viewer=who.coordinator)] == ["Chess Club", "Tea Club"]
        assert raiser_choices(session, viewer=who.reviewer) == ()
        assert [each.name for each in raiser_choices(session, viewer=who.lead)] == ["Riverbank Council"]
        assert raiser_choices(session, viewer=who.drafter) == ()
        with pytest.raises(NotAllowedError):
            body_choices(session, viewer=who.stranger, organisation_id=who.group)


@one_database
def test_the_audit_log_says_what_was_done_and_not_what_was_said(store: Store, who: Sides) -> None:
    with store.writing() as session:
        ref = decided(session, who, action=Agreed("Ask earlier"))
    with store.reading() as session:
        entries = session.exec(select(AuditEntry).order_by("number")).all()
        own = [entry.act for entry in entries if entry.subject == f"concern {ref}"]
        assert own == ["concern_raised", "concern_answered", "concern_passed_on", "concern_answered", "concern_decided"]
        said = " ".join(detail.detail for detail in session.exec(select(AuditDetail)))
        assert SECRET not in said
        assert session.get_one(Organisation, who.council).name not in said
