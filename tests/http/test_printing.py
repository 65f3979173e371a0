"""`/files/call-list` and `/files/form`: to be printed, by the coordinator alone."""

import httpx
import pytest

from charter.sessions import COOKIE
from db.models import Invitation, Period
from db.types import OwedBy, Role
from tests import factories
from tests.http.conftest import Site
from tests.http.people import link_to, person, session_of

ROUTES = ("call-list", "form")
GROUP = 'Grays <script>alert(1)</script> & "Co"'


@pytest.fixture
def period(site: Site) -> str:
    """Give the reference of an open period that asks a group one question."""
    _, invitation_id = link_to(site.store, organisation=GROUP)
    with site.store.writing() as session:
        found = session.get_one(Period, session.get_one(Invitation, invitation_id).period_id)
        asked = factories.commitment(
            session,
            owed_by=OwedBy.ALL_PUBLIC_BODIES,
            seen_by_sector=True,
            title="Being asked",
            experience_question="Were you <b>asked</b>?",
        )
        factories.asked(session, period_id=found.id, version_id=asked.version_id)
        return found.ref


def opened(site: Site, route: str, period: str, role: Role | None) -> httpx.Response:
    cookies = {COOKIE: session_of(site.store, person(site.store, role=role)).token} if role else {}
    return httpx.get(f"{site.address}/files/{route}", params={"period": period}, cookies=cookies)


@pytest.mark.parametrize("role", [None, Role.REVIEWER, Role.ADMINISTRATOR, Role.PARTNER])
@pytest.mark.parametrize("route", ROUTES)
def test_nobody_else_opens_it(site: Site, period: str, route: str, role: Role | None) -> None:
    answer = opened(site, route, period, role)
    assert answer.status_code == 403
    assert "not open to you" in answer.text
    assert "Grays" not in answer.text


def test_the_call_list_names_who_has_not_sent_and_leaves_room_for_notes(site: Site, period: str) -> None:
    answer = opened(site, "call-list", period, Role.COORDINATOR)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "Grays &lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;Co&#34;" in answer.text
    assert "<script" not in answer.text
    assert "1 groups have not sent" not in answer.text
    assert "1 group has not sent its answers" in answer.text
    for heading in ("Group", "Telephone", "E-mail", "Last reminded", "Notes"):
        assert f">{heading}</th>" in answer.text


def test_the_form_to_print_has_every_main_question_and_a_place_for_the_name(site: Site, period: str) -> None:
    answer = opened(site, "form", period, Role.COORDINATOR)
    assert answer.status_code == 200
    assert "Were you &lt;b&gt;asked&lt;/b&gt;?" in answer.text
    assert "Name of your group" in answer.text
    assert "never by the council" in answer.text
    assert 'class="large"' in answer.text
    assert "font-size: 18pt" in httpx.get(f"{site.address}/assets/print.css").text


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("wrong", ["", "1066", "../../etc", "%00"])
def test_an_unknown_period(site: Site, route: str, wrong: str) -> None:
    answer = opened(site, route, wrong, Role.COORDINATOR)
    assert answer.status_code == 404
    assert "There is no period" in answer.text
