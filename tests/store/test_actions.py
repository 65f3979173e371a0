"""Actions: made, changed without losing what they were, said how they stand, by whom, and from what."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from charter.actions.fields import Doer
from charter.actions.recommendations import RecommendationFields, record_recommendation
from charter.actions.sources import ActionSources
from charter.actions.told import CauseKind
from charter.rules.access import OPERATOR
from charter.rules.refusals import EditedElsewhereError, FieldError, NotAllowedError, NotFoundError, RefusedError
from db.engine import Store
from db.models import Account, Action, AuditEntry, Indicator, Recommendation, ReplacedAction
from db.types import ActionStatus, OrganisationKind, Precision, Role
from tests import factories
from tests.store.acting import change, make, say, stored
from tests.store.closed_reviews import person
from tests.store.databases import one_database
from tests.store.outcome_people import REF, Owners, define, owners

pytestmark = pytest.mark.usefixtures("settings_env")


@pytest.fixture
def who(store: Store) -> Owners:
    with store.writing() as session:
        return owners(session)


def test_an_action_is_kept_as_it_was_planned(store: Store, who: Owners) -> None:
    with store.writing() as session:
        board = factories.organisation(session, kind=OrganisationKind.BOARD, name="Funding Board")
        doers = (Doer(who.council), Doer(board), Doer(words="  Street \n champions "), Doer(board))
        ref = make(
            session,
            who,
            heading="  Hold a\tfunding morning ",
            details=" Twice a year.\r\nWith tea. ",
            doers=doers,
            due_on=date(2027, 5, 20),
            due_precision=Precision.MONTH,
            status=ActionStatus.ON_TRACK,
            notes="Begun",
        )
    with store.reading() as session:
        found = stored(session, ref)
        assert session.exec(select(AuditEntry.act).order_by("number")).all()[-1] == "action_made"
    told = found.told
    assert (told.heading, told.details, told.notes) == ("Hold a funding morning", "Twice a year.\nWith tea.", "Begun")
    assert told.doers[1:] == ("Funding Board", "Street champions")
    assert (told.due_on, told.due_precision) == (date(2027, 5, 1), Precision.MONTH)
    assert (told.status, told.overdue, told.causes, told.earlier) == (ActionStatus.ON_TRACK, False, (), ())
    assert (found.revision, found.made_up) == (1, False)


def test_an_action_names_what_it_came_from(store: Store, who: Owners) -> None:
    with store.writing() as session:
        define(session, who)
        theme = factories.theme(session, title="Engagement")
        promise = factories.commitment(session, strand_id=factories.strand(session, theme_id=theme), ref="ENG-1")
        sources = ActionSources(commitments=frozenset({"ENG-1"}), indicators=frozenset({REF}))
        ref = make(session, who, sources=sources)
        found = stored(session, ref)
        assert [(cause.kind, cause.ref) for cause in found.told.causes] == [
            (CauseKind.COMMITMENT, "ENG-1"),
            (CauseKind.INDICATOR, REF),
        ]
        assert (found.sources, sorted(found.told.themes)) == (sources, ["Engagement"])
        change(session, who, ref, sources=ActionSources(indicators=frozenset({REF})))
        assert [cause.ref for cause in stored(session, ref).told.causes] == [REF]
    assert promise.id


@one_database
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"heading": " "}, "heading"),
        ({"heading": "x" * 201}, "heading"),
        ({"details": "x" * 4001}, "details"),
        ({"notes": "x" * 4001}, "notes"),
        ({"due_on": date(2027, 1, 1)}, "due"),
        ({"due_precision": Precision.DAY}, "due"),
        ({"due_on": date(1027, 1, 1), "due_precision": Precision.DAY}, "due"),
        ({"doers": (Doer(words=" "),)}, "doers"),
        ({"doers": (Doer(words="x" * 201),)}, "doers"),
        ({"doers": tuple(Doer(words=f"Team {number}") for number in range(21))}, "doers"),
    ],
)
def test_what_cannot_be_right_is_refused_beside_its_field(
    store: Store, who: Owners, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(FieldError, match="Nothing was lost") as refused, store.writing() as session:
        make(session, who, **values)
    assert refused.value.field == field
    with store.reading() as session:
        assert session.exec(select(Action)).all() == []


@one_database
def test_a_group_is_not_named_by_others_and_somebody_is_to_do_it(store: Store, who: Owners) -> None:
    with store.writing() as session:
        group = factories.organisation(session, kind=OrganisationKind.COMMUNITY)
        for doers, viewer, keeper in (
            ((Doer(group),), who.partner, who.council),
            ((Doer(9999),), who.partner, who.council),
            ((), who.coordinator, None),
        ):
            with pytest.raises(FieldError) as refused:
                make(session, who, viewer=viewer, organisation_id=keeper, doers=doers)
            assert refused.value.field == "doers"
        own = person(session, Role.PARTNER, group)
        ref = make(session, who, viewer=own, organisation_id=group, doers=(Doer(group),))
        assert stored(session, ref).fields.doers == (Doer(group),)


@one_database
def test_what_it_came_from_has_to_be_there(store: Store, who: Owners) -> None:
    nowhere = frozenset({"NOWHERE"})
    for sources in (ActionSources(nowhere), ActionSources(indicators=nowhere), ActionSources(recommendations=nowhere)):
        with pytest.raises(NotFoundError, match="Nothing was changed"), store.writing() as session:
            make(session, who, sources=sources)


@one_database
def test_what_is_made_up_and_what_is_real_are_not_mixed(store: Store, who: Owners) -> None:
    with store.writing() as session:
        made_up = factories.organisation(session, kind=OrganisationKind.COUNCIL, made_up=True)
        ref = make(session, who, viewer=OPERATOR, organisation_id=made_up)
        assert stored(session, ref).made_up is True
        define(session, who)
        for values in ({"doers": (Doer(who.council),)}, {"sources": ActionSources(indicators=frozenset({REF}))}):
            with pytest.raises(FieldError) as refused:
                make(session, who, viewer=OPERATOR, organisation_id=made_up, **values)
            assert refused.value.field == "sources"
        # A real action stays real, whatever it is said to come from later.
        real = make(session, who, viewer=OPERATOR, organisation_id=None, doers=(Doer(words="The team"),))
        for more in ({"organisation_id": made_up}, {"organisation_id": None, "doers": (Doer(made_up),)}):
            with pytest.raises(FieldError, match="One action cannot join"):
                change(session, who, real, viewer=OPERATOR, **more)
        assert stored(session, real).made_up is False


@one_database
def test_what_the_demonstrations_people_add_for_everybody_goes_with_it(store: Store, who: Owners) -> None:
    with store.writing() as session:
        session.get_one(Account, who.coordinator.account_id).made_up = True
        session.flush()
        everybodys: dict[str, Any] = {"organisation_id": None, "doers": (Doer(words="The team"),)}
        ref = make(session, who, viewer=who.coordinator, **everybodys)
        assert change(session, who, ref, viewer=who.coordinator, heading="Hold two", **everybodys).revision == 2
        define(session, who, viewer=who.coordinator, shared=True)
        said = RecommendationFields("Cabinet", date(2026, 3, 4), "Report back.")
        record_recommendation(session, viewer=who.coordinator, fields=said)
        for table in (Action, Indicator, Recommendation):
            assert session.exec(select(table.made_up)).all() == [True]


def test_a_change_keeps_what_the_action_was(store: Store, who: Owners) -> None:
    with store.writing() as session:
        ref = make(session, who, due_on=date(2027, 1, 31), due_precision=Precision.DAY, doers=(Doer(words="The team"),))
        saved = change(session, who, ref, heading="Hold two funding mornings")
        assert saved.revision == 2
    with store.reading() as session:
        told = stored(session, ref).told
        assert (told.heading, told.due_on, told.doers) == ("Hold two funding mornings", None, (told.keeper,))
        (earlier,) = told.earlier
        assert (earlier.heading, earlier.due_on, earlier.doers) == (
            "Hold a funding morning",
            date(2027, 1, 31),
            "The team",
        )
        assert session.exec(select(ReplacedAction.account_id)).one() == who.partner.account_id


@one_database
def test_saving_the_same_again_changes_nothing(store: Store, who: Owners) -> None:
    with store.writing() as session:
        ref = make(session, who, doers=(Doer(words="The team"),))
        assert change(session, who, ref, doers=(Doer(words="The team"),)).revision == 1
        assert say(session, who.partner, ref, seen=0, status=ActionStatus.NOT_STARTED).revision == 1
        assert session.exec(select(ReplacedAction)).all() == []


@one_database
def test_a_change_that_did_not_see_the_last_one_is_refused(store: Store, who: Owners) -> None:
    with store.writing() as session:
        ref = make(session, who)
        say(session, who.partner, ref)
        with pytest.raises(EditedElsewhereError):
            change(session, who, ref, heading="Another")
        with pytest.raises(EditedElsewhereError):
            say(session, who.partner, ref, status=ActionStatus.STOPPED)
        with pytest.raises(NotFoundError):
            change(session, who, "AC-NOWHERE", heading="Another")


@one_database
def test_an_action_stays_with_who_keeps_it_and_one_without_is_given_away_once(store: Store, who: Owners) -> None:
    with store.writing() as session:
        ref = make(session, who, viewer=who.coordinator, organisation_id=None, doers=(Doer(who.council),))
        with pytest.raises(NotAllowedError):
            change(session, who, ref)
        change(session, who, ref, viewer=who.coordinator, doers=(Doer(who.council),))
        assert stored(session, ref).fields.organisation_id == who.council
        with pytest.raises(RefusedError, match="stays with the organisation"):
            change(session, who, ref, viewer=who.coordinator, seen=2, organisation_id=None, doers=(Doer(words="All"),))
