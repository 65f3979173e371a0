"""Actions: made, changed without losing what they were, said how they stand, by whom, and from what."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from charter.actions.fields import Doer
from charter.actions.making import change_action, say_how_it_stands
from charter.actions.reading import read_action, read_actions
from charter.actions.sources import ActionSources
from charter.actions.told import CauseKind
from charter.rules.access import OPERATOR, PUBLIC, Viewer
from charter.rules.refusals import EditedElsewhereError, FieldError, NotAllowedError, NotFoundError, RefusedError
from charter.saved import Saved
from db.engine import Store
from db.models import Action, AuditEntry, Concern, DraftingPart, ReplacedAction
from db.types import ActionStatus, OrganisationKind, Precision, Role
from tests import factories
from tests.store.acting import NOTHING, fields, make, stored
from tests.store.closed_reviews import person
from tests.store.outcome_people import REF, Owners, define, owners
from tests.store.outcome_rows import concern

pytestmark = pytest.mark.usefixtures("settings_env")
one_database = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


@pytest.fixture
def who(store: Store) -> Owners:
    with store.writing() as session:
        return owners(session)


def change(
    session: Session,
    who: Owners,
    ref: str,
    *,
    viewer: Viewer | None = None,
    seen: int = 1,
    **more: Any,  # noqa: ANN401
) -> Saved:
    sources = more.pop("sources", NOTHING)
    return change_action(
        session, viewer=viewer or who.partner, ref=ref, fields=fields(who, **more), sources=sources, seen_revision=seen
    )


def say(session: Session, viewer: Viewer, ref: str, *, seen: int = 1, **more: Any) -> Saved:  # noqa: ANN401
    values = {"status": ActionStatus.DONE} | more
    return say_how_it_stands(session, viewer=viewer, ref=ref, seen_revision=seen, **values)


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


def test_an_organisation_makes_its_own_and_the_coordinator_anybodys(store: Store, who: Owners) -> None:
    for viewer in (who.other, who.reviewer, PUBLIC):
        with pytest.raises(NotAllowedError), store.writing() as session:
            make(session, who, viewer=viewer)
    with pytest.raises(NotAllowedError), store.writing() as session:
        make(session, who, organisation_id=None, doers=(Doer(words="Somebody"),))
    with store.writing() as session:
        refs = [make(session, who, viewer=viewer) for viewer in (who.partner, who.coordinator, OPERATOR)]
        shared = make(session, who, viewer=who.coordinator, organisation_id=None, doers=(Doer(who.council),))
        assert len({*refs, shared}) == 4
        assert stored(session, shared).told.keeper == ""


@one_database
def test_who_drafts_a_part_only_keeps_no_action(store: Store, who: Owners) -> None:
    with store.writing() as session:
        ref = make(session, who)
        session.add(
            DraftingPart(
                account_id=who.partner.account_id or 0,
                organisation_id=who.council,
                strand_id=factories.strand(session),
                directorate="Housing",
            )
        )
        session.flush()
        for act in (
            lambda: make(session, who),
            lambda: change(session, who, ref),
            lambda: say(session, who.partner, ref),
        ):
            with pytest.raises(RefusedError, match="Only the lead"):
                act()


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


def test_those_who_are_to_do_it_say_how_it_stands_and_change_nothing_else(store: Store, who: Owners) -> None:
    with store.writing() as session:
        (health,) = who.other.organisations()
        ref = make(session, who, doers=(Doer(who.council), Doer(health)))
        saved = say(session, who.other, ref, status=ActionStatus.OFF_TRACK, notes=" The room was lost ")
        found = stored(session, ref).told
        assert (found.status, found.notes, saved.revision) == (ActionStatus.OFF_TRACK, "The room was lost", 2)
        assert [(each.status, each.notes) for each in found.earlier] == [(ActionStatus.NOT_STARTED, "")]
        # What was noted stays where only the status is said.
        say(session, who.coordinator, ref, seen=2)
        assert stored(session, ref).told.notes == "The room was lost"
        with pytest.raises(NotAllowedError):
            change(session, who, ref, viewer=who.other, seen=3)
        for viewer in (who.reviewer, PUBLIC):
            with pytest.raises(NotAllowedError):
                say(session, viewer, ref, seen=3)


def test_a_viewer_reads_what_is_theirs_and_the_coordinator_everything(store: Store, who: Owners) -> None:
    with store.writing() as session:
        (health,) = who.other.organisations()
        own, joint = make(session, who), make(session, who, doers=(Doer(who.council), Doer(health)))
        shared = make(session, who, viewer=OPERATOR, organisation_id=None, doers=(Doer(words="Everybody"),))
        read = {
            name: {each.told.ref: (each.keeps, each.updates) for each in read_actions(session, viewer=viewer)}
            for name, viewer in (
                ("own", who.partner),
                ("other", who.other),
                ("all", who.coordinator),
                ("group", who.reviewer),
            )
        }
        assert read["own"] == {own: (True, True), joint: (True, True), shared: (False, False)}
        assert read["other"] == {joint: (False, True), shared: (False, False)}
        assert read["all"] == dict.fromkeys((own, joint, shared), (True, True))
        assert read["group"] == dict.fromkeys((own, joint, shared), (False, False))
        with pytest.raises(NotFoundError):
            read_action(session, viewer=who.other, ref=own)
        for viewer in (PUBLIC, Viewer(account_id=1)):
            with pytest.raises(NotAllowedError):
                read_actions(session, viewer=viewer)


def raised(session: Session, who: Owners) -> str:
    row = session.get_one(Concern, concern(session))
    row.about_id = who.council
    session.flush()
    return row.ref


def test_the_monitoring_group_makes_and_revises_what_comes_of_a_concern(store: Store, who: Owners) -> None:
    with store.writing() as session:
        sources = ActionSources(concerns=frozenset({raised(session, who)}))
        again = ActionSources(concerns=frozenset({raised(session, who)}))
        ref = make(session, who, viewer=who.reviewer, sources=sources)
        change(session, who, ref, viewer=who.reviewer, heading="Hold two", sources=again)
        # The organisation changes it later, and does not take back what it came from.
        (health,) = who.other.organisations()
        change(session, who, ref, seen=2, heading="Hold three", doers=(Doer(who.council), Doer(health)))
        # Whoever only has a part in it does not learn of the concerns.
        own_view = read_action(session, viewer=who.coordinator, ref=ref).told.causes
        assert [cause.kind for cause in own_view] == [CauseKind.CONCERN, CauseKind.CONCERN]
        assert read_action(session, viewer=who.other, ref=ref).told.causes == ()
        own = make(session, who)
        with pytest.raises(NotAllowedError):
            change(session, who, own, viewer=who.reviewer)


@one_database
def test_nobody_of_the_monitoring_group_decides_about_their_own_body(store: Store, who: Owners) -> None:
    with store.writing() as session:
        (health,) = who.other.organisations()
        about_council = ActionSources(concerns=frozenset({raised(session, who)}))
        with pytest.raises(NotFoundError, match="no such concern about this organisation"):
            make(session, who, viewer=who.reviewer, organisation_id=health, sources=about_council)
        both = Viewer(
            account_id=who.reviewer.account_id,
            grants=frozenset({*who.reviewer.grants, *who.partner.grants}),
        )
        session.add(
            DraftingPart(
                account_id=both.account_id or 0,
                organisation_id=who.council,
                strand_id=factories.strand(session),
                directorate="Housing",
            )
        )
        session.flush()
        with pytest.raises(RefusedError, match="Only the lead"):
            make(session, who, viewer=both, sources=about_council)


@one_database
def test_history_stays_as_it_is(store: Store, who: Owners) -> None:
    with store.writing() as session:
        ref = make(session, who)
        session.exec(select(Action)).one().history = True
        session.flush()
        with pytest.raises(RefusedError, match="belongs to a charter of the past"):
            change(session, who, ref, viewer=OPERATOR)
        with pytest.raises(RefusedError, match="belongs to a charter of the past"):
            say(session, OPERATOR, ref)
        assert read_actions(session, viewer=OPERATOR) == ()
