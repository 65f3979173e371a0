"""`/files/my-answers` and `/files/my-data` over HTTP: a person's own, and nobody else's."""

import json

import httpx
import pytest

from charter.sessions import COOKIE, start_account_session, start_link_session
from db.types import Role
from tests import factories
from tests.http.conftest import Site
from tests.http.people import person, session_of
from tests.store.own_rows import Past, past


@pytest.fixture(scope="module")
def made(running_site: Site) -> Past:
    """Make a group with a past, once, as the store is one for all tests. None of these changes it."""
    return past(running_site.store)


def token_of(site: Site, account_id: int) -> str:
    with site.store.writing() as session:
        return start_account_session(session, account_id=account_id).token


def got(site: Site, path: str, token: str = "") -> httpx.Response:
    return httpx.get(f"{site.address}{path}", cookies={COOKIE: token} if token else {})


def test_a_partner_gets_a_copy_to_print_in_which_words_are_words(site: Site, made: Past) -> None:
    answer = got(site, f"/files/my-answers/{made.sent_ref}", token_of(site, made.ana))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert f"<strong>{made.sent_ref}</strong>" in answer.text
    assert "<strong>mostly (3 of 4)</strong>" in answer.text
    assert "=cmd() we were *heard*" in answer.text
    assert "<script" not in answer.text


def test_a_partner_gets_a_file_for_a_spreadsheet(site: Site, made: Past) -> None:
    answer = got(site, f"/files/my-answers/{made.sent_ref}?as=csv", token_of(site, made.ana))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"] == f'attachment; filename="my-answers-{made.sent_ref}.csv"'
    assert "'=cmd() we were *heard*" in answer.text


def test_a_link_opens_its_own_copy_and_not_the_data(site: Site, made: Past) -> None:
    with site.store.writing() as session:
        link = factories.invitation_link(session, invitation_id=made.invitation_id)
        until = factories.MOMENT.replace(year=2100)
        token = start_link_session(session, link_id=link, until=until).token
    assert got(site, f"/files/my-answers/{made.sent_ref}", token).status_code == 200
    assert got(site, f"/files/my-answers/{made.other_ref}", token).status_code == 404
    assert got(site, "/files/my-data?org=GROUP-1", token).status_code == 404


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMINISTRATOR, Role.PARTNER])
def test_nobody_else_gets_either(site: Site, made: Past, role: Role) -> None:
    token = session_of(site.store, person(site.store, role=role)).token
    for path in (f"/files/my-answers/{made.sent_ref}", "/files/my-data?org=GROUP-1", "/files/my-data"):
        answer = got(site, path, token)
        assert answer.status_code == 404
        assert "not yours" in answer.text
        assert "Tea Club" not in answer.text


def test_the_coordinator_gets_the_copy_and_not_the_data(site: Site, made: Past) -> None:
    token = session_of(site.store, person(site.store, role=Role.COORDINATOR)).token
    assert got(site, f"/files/my-answers/{made.sent_ref}", token).status_code == 200
    assert got(site, "/files/my-data?org=GROUP-1", token).status_code == 404


@pytest.mark.parametrize("token", ["", "a token that nobody was given"])
def test_who_is_not_signed_in_is_asked_to(site: Site, made: Past, token: str) -> None:
    for path in (f"/files/my-answers/{made.sent_ref}", "/files/my-data?org=GROUP-1"):
        answer = got(site, path, token.replace(" ", "-"))
        assert answer.status_code == 403
        assert "Please sign in first" in answer.text


def test_a_partner_gets_the_data_as_a_file(site: Site, made: Past) -> None:
    answer = got(site, "/files/my-data?org=GROUP-1", token_of(site, made.ana))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert json.loads(answer.text)["organisation"]["ref"] == "GROUP-1"
