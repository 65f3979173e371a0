"""Invitation links: what they open, what they do not, and what ends them."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
import time_machine
from sqlmodel import select

from charter import clock
from charter.links import find_link, issue_link, link_address, open_link, qr_svg, revoke_link
from charter.rules.access import OPERATOR, PUBLIC, Act, Grant, Invited, Viewer, may
from charter.rules.refusals import ClosedError, NotAllowedError, NotFoundError
from charter.tokens import digest
from charter.viewers import Ending, see
from db.engine import Store
from db.models import AccountSession, AuditEntry, Invitation, InvitationLink, Period
from db.types import PeriodState, Role
from tests import factories
from tests.conftest import forget_settings
from tests.store.databases import one_database

COORDINATOR = Viewer(account_id=1, grants=frozenset({Grant(Role.COORDINATOR)}))


@pytest.fixture
def invitation_id(site_store: Store) -> int:
    with site_store.writing() as session:
        today = clock.today()
        period_id = factories.period(session, title="Review 2026", opens_on=today, closes_on=today + timedelta(days=30))
        organisation_id = factories.organisation(session, name="Tilbury *Friends* <b>")
        return factories.invitation(session, period_id=period_id, organisation_id=organisation_id)


@pytest.fixture
def token(site_store: Store, invitation_id: int) -> str:
    with site_store.writing() as session:
        return issue_link(session, viewer=COORDINATOR, invitation_id=invitation_id)


def opened(store: Store, token: str) -> str:
    with store.writing() as session:
        return open_link(session, token=token, address="192.0.2.1")


def test_looking_at_a_link_tells_whose_it_is_and_changes_nothing(site_store: Store, token: str) -> None:
    for _ in range(3):
        with site_store.reading() as session:
            found = find_link(session, token=token)
    assert (found.organisation, found.period_title, found.ending) == ("Tilbury *Friends* <b>", "Review 2026", None)
    with site_store.reading() as session:
        assert session.exec(select(AccountSession)).all() == []
        link = session.exec(select(InvitationLink)).one()
        assert link.first_used_at is None
        assert link.token_digest == digest(token) != token
        assert [entry.act for entry in session.exec(select(AuditEntry))] == ["link_issued"]


def test_opening_a_link_reaches_its_own_form_and_nothing_else(site_store: Store, token: str) -> None:
    viewer = see(token=opened(site_store, token)).viewer
    with site_store.reading() as session:
        link = session.exec(select(InvitationLink)).one()
        invitation = session.exec(select(Invitation)).one()
        assert link.first_used_at is not None
        assert viewer.invited == Invited(link.id or 0, invitation.organisation_id, invitation.period_id)
    assert viewer.account_id is None
    own = {"organisation_id": viewer.invited.organisation_id, "period_id": viewer.invited.period_id}
    assert {act for act in Act if may(viewer, act, **own)} == {
        Act.READ_RELEASES,
        Act.READ_CATALOGUE,
        Act.ANSWER,
        Act.READ_GROUP_ANSWERS,
        Act.READ_COPY,
    }
    for other in ({}, own | {"organisation_id": 999}, own | {"period_id": 999}):
        assert {act for act in Act if may(viewer, act, **other)} == {Act.READ_RELEASES, Act.READ_CATALOGUE}


def test_a_link_opens_on_many_devices_and_stays_open_for_days(site_store: Store, token: str) -> None:
    phone, tablet = opened(site_store, token), opened(site_store, token)
    assert see(token=phone).viewer.session_id != see(token=tablet).viewer.session_id
    with time_machine.travel(clock.now() + timedelta(days=20), tick=False):
        assert see(token=phone).ending is None
        assert see(token=tablet).ending is None


def test_revoking_ends_every_link_and_every_session_by_them(site_store: Store, token: str, invitation_id: int) -> None:
    with site_store.writing() as session:
        second = issue_link(session, viewer=COORDINATOR, invitation_id=invitation_id)
    cookies = [opened(site_store, token), opened(site_store, second)]
    with site_store.writing() as session:
        assert revoke_link(session, viewer=COORDINATOR, invitation_id=invitation_id) == 2
    assert [see(token=cookie).ending for cookie in cookies] == [Ending.LINK_WITHDRAWN] * 2
    with site_store.reading() as session:
        assert find_link(session, token=token).ending is Ending.LINK_WITHDRAWN
    with pytest.raises(NotFoundError, match="no longer in use"):
        opened(site_store, token)


@one_database
def test_revoking_one_groups_links_leaves_anothers(site_store: Store, token: str) -> None:
    with site_store.writing() as session:
        other = factories.invitation(session)
        revoke_link(session, viewer=COORDINATOR, invitation_id=other)
    assert see(token=opened(site_store, token)).ending is None


def test_a_group_that_was_taken_off_the_list_is_let_in_no_more(
    site_store: Store, token: str, invitation_id: int
) -> None:
    cookie = opened(site_store, token)
    with site_store.writing() as session:
        invitation = session.get_one(Invitation, invitation_id)
        invitation.removed_at, invitation.removed_reason = clock.now(), "closed down"
    assert see(token=cookie).ending is Ending.LINK_WITHDRAWN
    with pytest.raises(NotFoundError):
        opened(site_store, token)
    with pytest.raises(ClosedError), site_store.writing() as session:
        issue_link(session, viewer=COORDINATOR, invitation_id=invitation_id)


@one_database
def test_a_period_that_is_not_open_opens_no_form(site_store: Store, token: str) -> None:
    cookie = opened(site_store, token)
    for state in set(PeriodState) - {PeriodState.OPEN}:
        with site_store.writing() as session:
            session.exec(select(Period)).one().state = state
        found = see(token=cookie)
        assert found.ending is Ending.PERIOD_CLOSED
        assert found.viewer.ended
        with pytest.raises(ClosedError, match="not open"):
            opened(site_store, token)


def test_a_link_ends_with_the_last_second_of_the_closing_day(site_store: Store, token: str) -> None:
    cookie = opened(site_store, token)
    with site_store.reading() as session:
        end = clock.end_of(session.exec(select(Period)).one().closes_on)
    with time_machine.travel(end, tick=False):
        assert see(token=cookie).ending is None
    with time_machine.travel(end + timedelta(seconds=1), tick=False):
        assert see(token=cookie).ending is Ending.PERIOD_CLOSED


@one_database
def test_a_period_that_is_open_for_longer_keeps_its_sessions(site_store: Store, token: str) -> None:
    cookie = opened(site_store, token)
    with site_store.writing() as session:
        period = session.exec(select(Period)).one()
        period.closes_on += timedelta(days=30)
    with time_machine.travel(clock.now() + timedelta(days=45), tick=False):
        assert see(token=cookie).ending is None


@pytest.mark.usefixtures("token")
def test_a_forged_link_is_unknown(site_store: Store) -> None:
    for forged in ("", "made up", "A" * 43, "\x00"):
        with pytest.raises(NotFoundError, match="do not know"), site_store.reading() as session:
            find_link(session, token=forged)
        with pytest.raises(NotFoundError, match="do not know"):
            opened(site_store, forged)


@one_database
def test_made_up_links_open_nothing_outside_a_demonstration(
    site_store: Store, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = opened(site_store, token)
    with site_store.writing() as session:
        session.exec(select(Period)).one().made_up = True
    assert see(token=cookie).ending is None
    monkeypatch.setenv("CHARTER_DEMONSTRATION", "0")
    forget_settings()
    assert see(token=cookie).ending is Ending.LINK_WITHDRAWN


@one_database
def test_only_those_who_run_the_review_issue_and_revoke(site_store: Store, token: str) -> None:
    others = (Viewer(account_id=1, grants=frozenset({Grant(role)})) for role in Role if role != Role.COORDINATOR)
    with site_store.writing() as session:
        invitation_id = session.exec(select(Invitation.id)).one() or 0
        for viewer in (PUBLIC, *others):
            with pytest.raises(NotAllowedError):
                issue_link(session, viewer=viewer, invitation_id=invitation_id)
            with pytest.raises(NotAllowedError):
                revoke_link(session, viewer=viewer, invitation_id=invitation_id)
    assert see(token=opened(site_store, token)).ending is None


@one_database
def test_an_invitation_that_there_is_not_gets_no_link(site_store: Store) -> None:
    with pytest.raises(NotFoundError), site_store.writing() as session:
        issue_link(session, viewer=OPERATOR, invitation_id=12345)


def test_the_address_and_its_qr_code(settings_env: object, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setenv("CHARTER_ADDRESS", "https://charter.example.org/")
    forget_settings()
    address = link_address("abc")
    assert address == "https://charter.example.org/link/abc"
    drawn = ET.fromstring(qr_svg(address))  # noqa: S314 - it was drawn a line above
    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
    assert qr_svg(address) != qr_svg(link_address("abd"))
