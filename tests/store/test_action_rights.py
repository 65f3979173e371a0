"""Who makes actions, changes them, says how they stand and reads them; and what comes of a concern."""

from datetime import date

import pytest
from sqlmodel import Session, select

from charter.actions.choices import choices, may_keep_actions
from charter.actions.fields import Doer
from charter.actions.reading import read_action, read_actions
from charter.actions.sources import ActionSources
from charter.actions.told import CauseKind
from charter.rules.access import OPERATOR, PUBLIC, Viewer
from charter.rules.refusals import NotAllowedError, NotFoundError, RefusedError
from db.engine import Store
from db.models import Action, Concern, DraftingPart
from db.types import ActionStatus, OrganisationKind, Role
from tests import factories
from tests.store.acting import change, make, say, stored
from tests.store.closed_reviews import person
from tests.store.databases import one_database
from tests.store.outcome_people import Owners, owners
from tests.store.outcome_rows import concern

pytestmark = pytest.mark.usefixtures("settings_env")


@pytest.fixture
def who(store: Store) -> Owners:
    with store.writing() as session:
        return owners(session)


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
        # Who may not know of a concern learns nothing of it, and who may see it does not decide on it.
        for viewer, refusal in ((who.partner, NotFoundError), (who.coordinator, NotAllowedError)):
            with pytest.raises(refusal):
                make(session, who, viewer=viewer, sources=sources)
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


@one_database
def test_each_chooses_among_their_own_and_bodies_that_are_still_there(store: Store, who: Owners) -> None:
    with store.writing() as session:
        (health,) = who.other.organisations()
        board = factories.organisation(session, kind=OrganisationKind.BOARD)
        over = factories.organisation(session, kind=OrganisationKind.POLICE, ends_on=date(2020, 1, 1))
        group = factories.organisation(session, kind=OrganisationKind.COMMUNITY)
        volunteer = person(session, Role.PARTNER, group)
        everybody = choices(session, viewer=who.coordinator)
        assert everybody.keepers == everybody.doers
        assert {*everybody.doers} == {who.council, health, board}
        assert over not in everybody.doers
        own = choices(session, viewer=volunteer)
        assert ({*own.keepers}, own.anybody, {*own.doers}) == ({group}, False, {who.council, health, board, group})
        drafts = factories.add(
            session,
            DraftingPart,
            {
                "account_id": who.partner.account_id or 0,
                "organisation_id": who.council,
                "strand_id": factories.strand(session),
                "directorate": "Housing",
            },
        )
        assert drafts
        # Whoever drafts a part reads the organisation's actions, and has no form for them.
        ref = make(session, who, viewer=who.coordinator)
        assert {(each.told.ref, each.keeps, each.updates) for each in read_actions(session, viewer=who.partner)} == {
            (ref, False, False)
        }
        for viewer, may in ((who.coordinator, True), (volunteer, True), (who.partner, False), (who.reviewer, False)):
            assert may_keep_actions(session, viewer=viewer) is may
        for viewer in (who.partner, who.reviewer, PUBLIC):
            with pytest.raises(NotAllowedError):
                choices(session, viewer=viewer)
