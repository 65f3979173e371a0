"""Merging a duplicate: what moves, what stays, and what is refused because it cannot be put right by a program."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from charter import clock
from charter.answers import save_level
from charter.links import find_link, issue_link
from charter.organisations.keeping import locked
from charter.organisations.merging import merge
from charter.rules.access import OPERATOR, PUBLIC, Grant, Viewer
from charter.rules.refusals import FieldError, NotAllowedError, RefusedError
from db.engine import Store
from db.models import (
    AccountGrant,
    Answer,
    AuditEntry,
    Champion,
    Invitation,
    Organisation,
    OrganisationMerge,
    Period,
    SelfAssessment,
    Signatory,
)
from db.types import OrganisationKind, PeriodState, Role
from tests import factories
from tests.store.asked_forms import AskedForm, ask
from tests.store.databases import one_database

COORDINATOR = Viewer(account_id=1, grants=frozenset({Grant(Role.COORDINATOR)}))


def answered(store: Store, form: AskedForm, organisation_id: int, level: int) -> None:
    with store.writing() as session:
        who = form.partner_of(organisation_id)
        whose = form.whose(organisation_id)
        save_level(session, viewer=who, version_id=form.core[0], choice=level, seen_revision=0, **whose)


def merged(session: Session, form: AskedForm, *, here: int | None = None, into: int | None = None) -> None:
    merge(
        session,
        viewer=COORDINATOR,
        organisation_id=here or form.other_id,
        into_id=into or form.group_id,
        reason="The same group under two names",
    )


def levels(session: Session, organisation_id: int) -> list[int | None]:
    return list(
        session.exec(
            select(Answer.level)
            .join(SelfAssessment, col(SelfAssessment.id) == col(Answer.self_assessment_id))
            .where(SelfAssessment.organisation_id == organisation_id)
        )
    )


def invitation_of(session: Session, organisation_id: int) -> Invitation:
    return session.exec(select(Invitation).where(Invitation.organisation_id == organisation_id)).one()


def test_the_answers_of_the_only_one_who_answered_move_and_its_link_goes_on_working(site_store: Store) -> None:
    form = ask(site_store)
    answered(site_store, form, form.other_id, 3)
    with site_store.writing() as session:
        token = issue_link(session, viewer=OPERATOR, invitation_id=invitation_of(session, form.other_id).id or 0)
        merged(session, form)
    with site_store.reading() as session:
        assert levels(session, form.group_id) == [3]
        assert levels(session, form.other_id) == []
        left = invitation_of(session, form.other_id)
        assert left.removed_reason == "Merged into Tea Club"
        assert find_link(session, token=token).organisation == "Tea Club"
        assert find_link(session, token=token).ending is None
        duplicate = session.get_one(Organisation, form.other_id)
        assert duplicate.ends_on == clock.today() - timedelta(days=1)
        assert duplicate.successor_id == form.group_id
        assert session.get_one(OrganisationMerge, form.other_id).into_id == form.group_id
        acts = session.exec(select(AuditEntry.act).order_by(col(AuditEntry.number).desc())).first()
        assert acts == "organisation_merged"


def test_where_both_answered_it_is_refused_says_what_to_do_and_loses_nothing(site_store: Store) -> None:
    form = ask(site_store)
    answered(site_store, form, form.group_id, 1)
    answered(site_store, form, form.other_id, 3)
    with pytest.raises(RefusedError) as refused, site_store.writing() as session:
        merged(session, form)
    said = str(refused.value)
    assert "Chess Club and Tea Club have both answered in Review" in said
    assert "take Chess Club off the list of Review" in said
    assert "take Tea Club off the list, and merge it into Chess Club instead" in said
    assert "nothing was lost" in said
    with site_store.reading() as session:
        assert (levels(session, form.group_id), levels(session, form.other_id)) == ([1], [3])
        assert session.exec(select(OrganisationMerge)).all() == []
        assert session.get_one(Organisation, form.other_id).ends_on is None


def test_after_one_of_the_two_is_taken_off_the_list_the_merge_goes_through(site_store: Store) -> None:
    form = ask(site_store)
    answered(site_store, form, form.group_id, 1)
    answered(site_store, form, form.other_id, 3)
    with site_store.writing() as session:
        gone = invitation_of(session, form.other_id)
        gone.removed_at, gone.removed_reason = clock.now(), "It answered twice"
        merged(session, form)
    with site_store.reading() as session:
        assert (levels(session, form.group_id), levels(session, form.other_id)) == ([1], [3])
        assert invitation_of(session, form.other_id).removed_reason == "It answered twice"


@one_database
def test_the_one_that_stays_is_told_to_be_the_other_when_it_was_taken_off_the_list(site_store: Store) -> None:
    form = ask(site_store)
    answered(site_store, form, form.group_id, 1)
    answered(site_store, form, form.other_id, 3)
    with site_store.writing() as session:
        gone = invitation_of(session, form.group_id)
        gone.removed_at, gone.removed_reason = clock.now(), "It answered twice"
        with pytest.raises(RefusedError, match="merge Tea Club into Chess Club instead"):
            merged(session, form)
        merged(session, form, here=form.group_id, into=form.other_id)
        assert levels(session, form.other_id) == [3]


def test_a_form_that_was_only_opened_holds_nothing_and_stands_in_no_way(site_store: Store) -> None:
    form = ask(site_store)
    answered(site_store, form, form.other_id, 2)
    with site_store.writing() as session:
        factories.self_assessment(session, period_id=form.period_id, organisation_id=form.group_id)
        merged(session, form)
        assert levels(session, form.group_id) == [2]
        assert len(session.exec(select(SelfAssessment)).all()) == 1


def test_one_that_was_not_invited_takes_the_place_of_the_duplicate(site_store: Store) -> None:
    form = ask(site_store)
    answered(site_store, form, form.other_id, 2)
    with site_store.writing() as session:
        newcomer = factories.organisation(session, name="Chess Club Ltd", kind=OrganisationKind.COMMUNITY)
        merged(session, form, into=newcomer)
        assert invitation_of(session, newcomer).removed_at is None
        assert levels(session, newcomer) == [2]


@one_database
@pytest.mark.parametrize("state", [PeriodState.CLOSED, PeriodState.PUBLISHED])
def test_what_is_closed_or_published_stays_as_it_is(site_store: Store, state: PeriodState) -> None:
    form = ask(site_store)
    answered(site_store, form, form.group_id, 1)
    answered(site_store, form, form.other_id, 3)
    with site_store.writing() as session:
        session.get_one(Period, form.period_id).state = state
        merged(session, form)
    with site_store.reading() as session:
        assert (levels(session, form.group_id), levels(session, form.other_id)) == ([1], [3])
        assert invitation_of(session, form.other_id).removed_at is None


def test_people_signatures_champions_and_parts_move_and_none_stands_twice(site_store: Store) -> None:
    with site_store.writing() as session:
        kind = OrganisationKind.NHS
        into = factories.organisation(session, name="NHS Trust", kind=kind)
        duplicate = factories.organisation(
            session, name="The NHS Trust", kind=kind, email="nhs@x.example", part_of_id=into
        )
        part = factories.organisation(session, part_of_id=duplicate)
        both, one = factories.account(session), factories.account(session)
        for account, organisation in ((both, into), (both, duplicate), (one, duplicate)):
            factories.grant(session, account_id=account, organisation_id=organisation)
        charter, other = factories.charter(session), factories.charter(session)
        day = clock.today()
        for key, organisation, signed in ((charter, into, day), (charter, duplicate, day - timedelta(days=9))):
            values = {"charter_id": key, "organisation_id": organisation, "signed_on": signed}
            factories.add(session, Signatory, values)
        factories.add(session, Signatory, {"charter_id": other, "organisation_id": duplicate, "signed_on": day})
        for organisation in (into, duplicate):
            values = {"organisation_id": organisation, "name": f"Champion of {organisation}", "since": day}
            factories.add(session, Champion, values)
        merge(session, viewer=COORDINATOR, organisation_id=duplicate, into_id=into, reason="Twice on the list")
    with site_store.reading() as session:
        held = session.exec(select(AccountGrant.account_id).where(AccountGrant.organisation_id == into))
        assert sorted(held) == sorted([both, one])
        assert session.exec(select(AccountGrant).where(AccountGrant.organisation_id == duplicate)).all() == []
        signed_by = {
            row.charter_id: row for row in session.exec(select(Signatory).where(Signatory.organisation_id == into))
        }
        assert signed_by[charter].signed_on == day - timedelta(days=9)
        assert set(signed_by) == {charter, other}
        left = session.exec(select(Signatory).where(Signatory.organisation_id == duplicate)).one()
        assert left.left_reason == "Merged into NHS Trust"
        champions = session.exec(select(Champion).where(Champion.organisation_id == into)).all()
        assert [row.name for row in champions if row.until is None] == [f"Champion of {into}"]
        assert session.get_one(Organisation, part).part_of_id == into
        assert session.get_one(Organisation, into).email == "nhs@x.example"


@one_database
def test_a_merge_is_refused_that_makes_no_sense(site_store: Store) -> None:
    form = ask(site_store)
    with site_store.writing() as session:
        made_up = factories.organisation(session, made_up=True)
        for here, into in ((form.group_id, form.group_id), (form.council_id, form.group_id), (made_up, form.group_id)):
            with pytest.raises(RefusedError, match="Nothing was changed"):
                merged(session, form, here=here, into=into)
        with pytest.raises(FieldError, match="why the two are one"):
            merge(session, viewer=COORDINATOR, organisation_id=form.other_id, into_id=form.group_id, reason=" ")
        assert session.exec(select(OrganisationMerge)).all() == []


@one_database
def test_what_was_merged_cannot_be_changed_or_merged_again(site_store: Store) -> None:
    form = ask(site_store)
    with site_store.writing() as session:
        merged(session, form)
        with pytest.raises(RefusedError, match="was merged into another"):
            merged(session, form)
        with pytest.raises(RefusedError, match="was merged into another"):
            locked(session, form.other_id)


@one_database
def test_only_the_coordinator_merges(site_store: Store) -> None:
    form = ask(site_store)
    for viewer in (PUBLIC, *(Viewer(grants=frozenset({Grant(role)})) for role in Role if role != "coordinator")):
        with site_store.writing() as session, pytest.raises(NotAllowedError):
            merge(session, viewer=viewer, organisation_id=form.other_id, into_id=form.group_id, reason="Why")
