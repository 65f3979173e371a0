"""A concern's way: raised, passed on, answered and decided; who sees it, and who may do what."""

import pytest
from sqlmodel import Session, select

from charter.concerns.deciding import ask_officer, decide
from charter.concerns.outcome import Agreed
from charter.concerns.raising import pass_on, settle, withdraw
from charter.concerns.reading import list_concerns, read_concern
from charter.concerns.replying import reply
from charter.rules.access import PUBLIC, Viewer
from charter.rules.concerns import DAYS_TO_ANSWER
from charter.rules.refusals import (
    EditedElsewhereError,
    FieldError,
    NotAllowedError,
    NotFoundError,
    RefusedError,
    SignedOutError,
)
from db.engine import Store
from db.models import Action, ActionSource, Champion
from db.types import ConcernState
from tests import factories
from tests.store.concern_people import (
    SECRET,
    Sides,
    answered,
    decided,
    let_days_pass,
    passed_on,
    raised,
    row_of,
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


def seen_by(session: Session, who: Sides, ref: str) -> set[str]:
    """Give the names of all who can read a concern; each of them has it in their list, and nobody else has."""
    found = set()
    for name, viewer in who.named().items():
        try:
            read_concern(session, viewer=viewer, ref=ref)
            found.add(name)
        except NotFoundError:
            pass
        try:
            listed = [each.ref for each in list_concerns(session, viewer=viewer)]
        except NotAllowedError:
            listed = []
        assert (ref in listed) == (name in found)
    return found


def test_a_concern_goes_from_the_champion_to_the_group_and_is_decided_with_dates(store: Store, who: Sides) -> None:
    with store.writing() as session:
        ref = decided(session, who)
    with store.reading() as session:
        row = row_of(session, ref)
        assert (row.state, row.words, row.raised_by_id, row.about_id) == (
            ConcernState.AGREED,
            SECRET,
            who.group,
            who.council,
        )
        told = read_concern(session, viewer=who.ana, ref=ref)
        assert [step.state for step in told.steps] == [
            ConcernState.WITH_CHAMPION,
            ConcernState.WITH_MONITORING_GROUP,
            ConcernState.AGREED,
        ]
        assert all(step.at >= told.raised_at for step in told.steps)
        assert [each.by for each in told.replies] == ["Riverbank Council", "Riverbank Council"]
        assert (told.may_reply, told.may_act, told.may_decide) == (False, False, False)


@one_database
def test_before_it_is_passed_on_the_body_sees_nothing_but_its_champion(store: Store, who: Sides) -> None:
    with store.writing() as session:
        ref = raised(session, who)
    with store.reading() as session:
        assert seen_by(session, who, ref) == BEFORE


@one_database
@pytest.mark.parametrize("state", ["passed on", "withdrawn"])
def test_once_it_was_passed_on_the_leads_of_the_body_see_it_and_nobody_of_the_body_as_one_of_the_group(
    store: Store, who: Sides, state: str
) -> None:
    with store.writing() as session:
        ref = passed_on(session, who)
        if state == "withdrawn":
            withdraw(session, viewer=who.ana, ref=ref, words="", seen_revision=2)
    with store.reading() as session:
        # The reviewer who speaks for the council sees it as the council, and not as the monitoring group.
        assert seen_by(session, who, ref) == AFTER | {"own_reviewer"}
        assert not read_concern(session, viewer=who.own_reviewer, ref=ref).may_decide


@one_database
def test_who_is_not_signed_in_sees_none(store: Store, who: Sides) -> None:
    with store.writing() as session:
        ref = raised(session, who)
    with store.reading() as session:
        with pytest.raises(NotFoundError):
            read_concern(session, viewer=PUBLIC, ref=ref)
        with pytest.raises(NotAllowedError):
            list_concerns(session, viewer=PUBLIC)
        with pytest.raises(SignedOutError):
            read_concern(session, viewer=Viewer(ended=True), ref=ref)


@one_database
def test_the_champion_has_two_weeks_before_it_is_passed_on(store: Store, who: Sides) -> None:
    with store.writing() as session:
        ref = raised(session, who)
    with store.writing() as session, pytest.raises(RefusedError, match="The champion comes first"):
        pass_on(session, viewer=who.ana, ref=ref, words="", seen_revision=1)
    with store.writing() as session:
        assert read_concern(session, viewer=who.ana, ref=ref).waits_until is not None
        let_days_pass(session, ref, DAYS_TO_ANSWER)
        assert read_concern(session, viewer=who.ana, ref=ref).waits_until is None
        pass_on(session, viewer=who.ben, ref=ref, words="", seen_revision=1)
        assert row_of(session, ref).state is ConcernState.WITH_MONITORING_GROUP


@one_database
@pytest.mark.parametrize("how", ["no champion", "no account"])
def test_where_no_champion_can_read_it_it_is_passed_on_at_once(store: Store, who: Sides, how: str) -> None:
    with store.writing() as session:
        row = session.exec(select(Champion)).one()
        if how == "no champion":
            session.delete(row)
        else:
            row.email = "somebody@else.example"
        session.flush()
        ref = raised(session, who)
        assert not read_concern(session, viewer=who.ana, ref=ref).champion_reads
        pass_on(session, viewer=who.ana, ref=ref, words="", seen_revision=1)
        assert row_of(session, ref).state is ConcernState.WITH_MONITORING_GROUP


@one_database
def test_the_body_has_a_right_of_reply_before_the_group_decides(store: Store, who: Sides) -> None:
    with store.writing() as session:
        ref = passed_on(session, who)
    with store.writing() as session, pytest.raises(RefusedError, match="right of reply"):
        decide(session, viewer=who.reviewer, ref=ref, agreed=False, words="No way was found.", seen_revision=2)
    with store.writing() as session:
        let_days_pass(session, ref, DAYS_TO_ANSWER)
        decide(session, viewer=who.reviewer, ref=ref, agreed=False, words="No way was found.", seen_revision=2)
        assert row_of(session, ref).state is ConcernState.NOT_AGREED


@one_database
@pytest.mark.parametrize(
    "name", ["own_reviewer", "raising_reviewer", "ana", "lead", "champion", "coordinator", "administrator", "stranger"]
)
def test_nobody_decides_but_the_group_and_nobody_about_their_own(store: Store, who: Sides, name: str) -> None:
    with store.writing() as session:
        ref = answered(session, who)
    viewer = who.named()[name]
    refused = pytest.raises((NotAllowedError, NotFoundError), match="Nothing was changed")
    with store.writing() as session, refused:
        decide(session, viewer=viewer, ref=ref, agreed=True, words="Yes.", seen_revision=2)
    with store.writing() as session, refused:
        ask_officer(session, viewer=viewer, ref=ref, officer="The head", words="Come.", seen_revision=2)
    with store.reading() as session:
        assert row_of(session, ref).state is ConcernState.WITH_MONITORING_GROUP


@one_database
def test_the_group_asks_an_officer_to_attend(store: Store, who: Sides) -> None:
    with store.writing() as session:
        ref = passed_on(session, who)
        words = "On 3 May at ten."
        ask_officer(session, viewer=who.reviewer, ref=ref, officer=" Head of  housing ", words=words, seen_revision=2)
    with store.reading() as session:
        step = read_concern(session, viewer=who.lead, ref=ref).steps[-1]
        assert (step.officer, step.words, step.state) == (
            "Head of housing",
            "On 3 May at ten.",
            ConcernState.WITH_MONITORING_GROUP,
        )


def test_what_is_agreed_makes_an_action_of_the_body(store: Store, who: Sides) -> None:
    with store.writing() as session:
        ref = decided(session, who, action=Agreed("Ask groups a month before", details="By letter."))
    with store.reading() as session:
        action = session.exec(select(Action)).one()
        assert (action.heading, action.organisation_id, action.due_on) == (
            "Ask groups a month before",
            who.council,
            None,
        )
        assert session.exec(select(ActionSource.concern_id)).all() == [row_of(session, ref).id]
        assert [each.ref for each in read_concern(session, viewer=who.ana, ref=ref).actions] == [action.ref]


@one_database
def test_what_is_agreed_revises_an_action_of_the_body_and_of_no_other(store: Store, who: Sides) -> None:
    with store.writing() as session:
        own = {"ref": "AC-00000001", "organisation_id": who.council, "heading": "Ask groups", "revision": 3}
        health = next(iter(who.health.organisations()))
        factories.add(session, Action, own)
        factories.add(session, Action, {**own, "ref": "AC-00000002", "organisation_id": health})
        ref = answered(session, who)
    values = {"viewer": who.reviewer, "ref": ref, "agreed": True, "words": "Ask earlier.", "seen_revision": 2}
    other = Agreed("Ask groups early", revises="AC-00000002", seen_revision=3)
    with store.writing() as session, pytest.raises(NotFoundError):
        decide(session, action=other, **values)  # type: ignore[arg-type]
    stale = Agreed("Ask groups early", revises="AC-00000001", seen_revision=1)
    with store.writing() as session, pytest.raises(EditedElsewhereError):
        decide(session, action=stale, **values)  # type: ignore[arg-type]
    with store.writing() as session:
        now = Agreed("Ask groups early", revises="AC-00000001", seen_revision=3)
        decide(session, action=now, **values)  # type: ignore[arg-type]
    with store.reading() as session:
        found = {row.ref: row.heading for row in session.exec(select(Action))}
        assert found == {"AC-00000001": "Ask groups early", "AC-00000002": "Ask groups"}
        assert row_of(session, ref).state is ConcernState.AGREED


@one_database
def test_nothing_is_half_decided(store: Store, who: Sides) -> None:
    with store.writing() as session:
        ref = answered(session, who)
    values = {"viewer": who.reviewer, "ref": ref, "words": "Ask earlier.", "seen_revision": 2}
    with pytest.raises(FieldError), store.writing() as session:
        decide(session, agreed=True, action=Agreed(""), **values)  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match="Leave it out"), store.writing() as session:
        decide(session, agreed=False, action=Agreed("Ask"), **values)  # type: ignore[arg-type]
    with pytest.raises(FieldError, match="what was agreed"), store.writing() as session:
        decide(session, agreed=True, **{**values, "words": " "})  # type: ignore[arg-type]
    with store.reading() as session:
        assert row_of(session, ref).state is ConcernState.WITH_MONITORING_GROUP
        assert session.exec(select(Action)).all() == []


@one_database
def test_a_concern_is_settled_with_the_champion_without_the_group(store: Store, who: Sides) -> None:
    with store.writing() as session:
        ref = raised(session, who)
        settle(session, viewer=who.ana, ref=ref, words="They ask us in March from now on.", seen_revision=1)
        later = passed_on(session, who)
    with store.reading() as session:
        assert row_of(session, ref).state is ConcernState.AGREED
        with pytest.raises(NotFoundError):
            read_concern(session, viewer=who.lead, ref=ref)
    with store.writing() as session, pytest.raises(RefusedError, match="decides now"):
        settle(session, viewer=who.ana, ref=later, words="Done.", seen_revision=2)


@one_database
@pytest.mark.parametrize("verb", [pass_on, settle, withdraw])
@pytest.mark.parametrize("name", ["champion", "reviewer", "lead", "stranger", "administrator"])
def test_only_whoever_raised_it_takes_it_on(store: Store, who: Sides, name: str, verb: object) -> None:
    with store.writing() as session:
        ref = raised(session, who)
    with store.writing() as session, pytest.raises((NotAllowedError, NotFoundError)):
        verb(session, viewer=who.named()[name], ref=ref, words="Words.", seen_revision=1)  # type: ignore[operator]


@one_database
def test_the_coordinator_raises_and_takes_on_for_a_group_that_rang_up(store: Store, who: Sides) -> None:
    with store.writing() as session:
        ref = raised(session, who, viewer=who.coordinator)
        reply(session, viewer=who.coordinator, ref=ref, words="The group says so too.")
        withdraw(session, viewer=who.coordinator, ref=ref, words="They rang again.", seen_revision=1)
    with store.reading() as session:
        told = read_concern(session, viewer=who.ana, ref=ref)
        assert (told.state, told.replies[0].by) == (ConcernState.WITHDRAWN, "Tea Club")
