"""The invitation list: searched, paged, changed with reasons while a period is open, and frozen when it closes."""

import pytest
from sqlmodel import select

from charter.invitations import (
    add_invitation,
    count_removed,
    find_addable,
    list_invitations,
    put_back,
    remove_invitation,
)
from charter.periods import close_period, list_periods
from charter.rules.refusals import FieldError, NotFoundError, RefusedError
from db.engine import Store
from db.models import AuditEntry, Invitation
from db.types import OrganisationKind
from tests import factories
from tests.store.asked_forms import AskedForm
from tests.store.databases import one_database
from tests.store.test_running_periods import COORDINATOR, form

__all__ = ["form"]  # the fixture, which pytest finds by its name
pytestmark = pytest.mark.usefixtures("settings_env")


def test_an_organisation_is_taken_off_the_list_with_a_reason_and_put_back(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        page = list_invitations(session, viewer=COORDINATOR, period_id=form.period_id)
        assert [each.name for each in page.rows] == ["Chess Club", "Riverbank Council", "Tea Club"]
        tea = page.rows[2].id
        assert remove_invitation(session, viewer=COORDINATOR, invitation_id=tea, reason="It has closed") == "Tea Club"
        off = list_invitations(session, viewer=COORDINATOR, period_id=form.period_id, removed=True)
        assert [(each.name, each.removed_reason, each.removed) for each in off.rows] == [
            ("Tea Club", "It has closed", True)
        ]
        assert count_removed(session, viewer=COORDINATOR, period_id=form.period_id) == 1
        with pytest.raises(RefusedError, match="off the list already"):
            remove_invitation(session, viewer=COORDINATOR, invitation_id=tea, reason="Again")
        assert put_back(session, viewer=COORDINATOR, invitation_id=tea) == "Tea Club"
        with pytest.raises(RefusedError, match="on the list already"):
            put_back(session, viewer=COORDINATOR, invitation_id=tea)
        assert count_removed(session, viewer=COORDINATOR, period_id=form.period_id) == 0
        assert {"invitation_removed", "invitation_put_back"} <= set(session.exec(select(AuditEntry.act)))


def test_the_list_is_searched_by_words_of_name_or_reference_and_marks_mean_themselves(
    store: Store, form: AskedForm
) -> None:
    def found(search: str) -> list[str]:
        with store.reading() as session:
            listed = list_invitations(session, viewer=COORDINATOR, period_id=form.period_id, search=search)
        return [each.name for each in listed.rows]

    for search in ("tea", "TEA club", "group-1", "lub tea"):
        assert found(search) == ["Tea Club"], search
    for search in ("%", "_", "\\", "no such"):
        assert found(search) == [], search


@one_database
def test_a_long_list_is_read_page_by_page(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        for number in range(60):
            key = factories.organisation(session, name=f"Group {number:02}")
            factories.invitation(session, period_id=form.period_id, organisation_id=key)
        first = list_invitations(session, viewer=COORDINATOR, period_id=form.period_id)
        last = list_invitations(session, viewer=COORDINATOR, period_id=form.period_id, page=99)
    assert (first.total, first.pages, len(first.rows)) == (63, 3, 25)
    assert (last.page, len(last.rows)) == (3, 13)


def test_who_is_not_on_the_list_can_be_added(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        new = factories.organisation(session, name="New Choir", kind=OrganisationKind.COMMUNITY)
        factories.organisation(session, name="Choir of another store", made_up=True)
        factories.organisation(session, name="Choir board", kind=OrganisationKind.BOARD)
        found = find_addable(session, viewer=COORDINATOR, period_id=form.period_id, search="choir")
        assert [each.name for each in found] == ["New Choir"]
        add_invitation(session, viewer=COORDINATOR, period_id=form.period_id, organisation_id=new)
        assert find_addable(session, viewer=COORDINATOR, period_id=form.period_id, search="choir") == ()
        with pytest.raises(RefusedError, match="on the list already"):
            add_invitation(session, viewer=COORDINATOR, period_id=form.period_id, organisation_id=new)
        assert session.exec(select(Invitation).where(Invitation.organisation_id == new)).one().removed_at is None


def test_the_list_is_frozen_when_the_period_closes(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        key = session.exec(select(Invitation.id).where(Invitation.organisation_id == form.group_id)).one() or 0
        new = factories.organisation(session)
        period = list_periods(session, viewer=COORDINATOR)[0]
        close_period(session, viewer=COORDINATOR, ref=period.ref)
        with pytest.raises(RefusedError, match="frozen when it closes"):
            remove_invitation(session, viewer=COORDINATOR, invitation_id=key, reason="Late")
        with pytest.raises(RefusedError, match="frozen when it closes"):
            put_back(session, viewer=COORDINATOR, invitation_id=key)
        with pytest.raises(RefusedError, match="frozen when it closes"):
            add_invitation(session, viewer=COORDINATOR, period_id=form.period_id, organisation_id=new)


@one_database
def test_taking_off_needs_a_reason_and_an_invitation(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        key = session.exec(select(Invitation.id).where(Invitation.organisation_id == form.group_id)).one() or 0
        for reason in ("", " \n", "x" * 301):
            with pytest.raises(FieldError, match="why it is taken off"):
                remove_invitation(session, viewer=COORDINATOR, invitation_id=key, reason=reason)
        with pytest.raises(NotFoundError):
            remove_invitation(session, viewer=COORDINATOR, invitation_id=99_999, reason="Who")
