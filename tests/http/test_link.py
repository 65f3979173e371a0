"""`/link/<token>` over HTTP: opening it has no effect, *Continue* has."""

import httpx
import pytest
from sqlmodel import select

from charter.links import revoke_link
from charter.rules.access import OPERATOR
from charter.sessions import COOKIE
from charter.viewers import Ending, see
from db.models import AccountSession, AuditEntry, InvitationLink
from tests.http.conftest import Site
from tests.http.people import close_period_of, link_to, person, session_of


def test_opening_a_link_shows_whose_it_is_and_has_no_effect(site: Site) -> None:
    token, _ = link_to(site.store, organisation='Grays <script>alert(1)</script> & "Co"')
    with site.store.reading() as session:
        before = len(session.exec(select(AuditEntry)).all()), len(session.exec(select(AccountSession)).all())
    for method in ("GET", "HEAD", "GET"):
        answer = httpx.request(method, f"{site.address}/link/{token}")
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
    assert "Grays &lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;Co&#34;" in answer.text
    assert "<script" not in answer.text
    assert '<html lang="en-GB">' in answer.text
    assert "<h1>" in answer.text
    assert ">Continue</button>" in answer.text
    with site.store.reading() as session:
        assert (len(session.exec(select(AuditEntry)).all()), len(session.exec(select(AccountSession)).all())) == before
        assert session.exec(select(InvitationLink).order_by("id")).all()[-1].first_used_at is None


def test_continue_opens_the_form(site: Site) -> None:
    token, _ = link_to(site.store)
    answer = httpx.post(f"{site.address}/link/{token}", headers={"origin": site.address})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/self-assessment"
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert see(token=answer.cookies[COOKIE]).viewer.invited is not None


@pytest.mark.parametrize("after", [".", ",", ")", "%3E", "%E2%80%9D", "%20", "%C2%A0", ").%0A"])
def test_what_was_copied_with_the_link_does_not_shut_it(site: Site, after: str) -> None:
    token, _ = link_to(site.store, organisation="Grays Readers")
    assert "Grays Readers" in httpx.get(f"{site.address}/link/{token}{after}").text
    answer = httpx.post(f"{site.address}/link/{token}{after}", headers={"origin": site.address})
    assert answer.status_code == 303
    assert see(token=answer.cookies[COOKIE]).viewer.invited is not None


@pytest.mark.parametrize("path", ["/link/", "/stop/", "/preview/"])
def test_an_address_that_holds_no_token_at_all_is_not_known(site: Site, path: str) -> None:
    for token in ("%2E%29", "%3Cscript%3E", "%ED%A0%80", "x" * 4000):
        answer = httpx.get(f"{site.address}{path}{token}")
        assert answer.status_code == 404, token
        assert "incident" not in answer.text


def test_continue_replaces_the_session_that_the_browser_had(site: Site) -> None:
    started = session_of(site.store, person(site.store))
    token, _ = link_to(site.store)
    answer = httpx.post(f"{site.address}/link/{token}", cookies={COOKIE: started.token})
    assert answer.status_code == 303
    assert see(token=started.token).ending is Ending.OVER
    assert see(token=answer.cookies[COOKIE]).viewer.account_id is None


@pytest.mark.parametrize("headers", [{"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}])
def test_another_sites_page_cannot_press_continue(site: Site, headers: dict[str, str]) -> None:
    token, _ = link_to(site.store)
    answer = httpx.post(f"{site.address}/link/{token}", headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_link(site: Site, method: str) -> None:
    answer = httpx.request(method, f"{site.address}/link/unknown")
    assert answer.status_code == 404
    assert "We do not know this link" in answer.text
    assert "Nothing was changed" in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_revoked_link(site: Site, method: str) -> None:
    token, invitation_id = link_to(site.store)
    cookie = httpx.post(f"{site.address}/link/{token}").cookies[COOKIE]
    with site.store.writing() as session:
        revoke_link(session, viewer=OPERATOR, invitation_id=invitation_id)
    answer = httpx.request(method, f"{site.address}/link/{token}")
    assert answer.status_code == 410
    assert "no longer in use" in answer.text
    assert "set-cookie" not in answer.headers
    assert see(token=cookie).ending is Ending.LINK_WITHDRAWN


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_to_a_closed_review(site: Site, method: str) -> None:
    token, invitation_id = link_to(site.store)
    close_period_of(site.store, invitation_id)
    answer = httpx.request(method, f"{site.address}/link/{token}")
    assert answer.status_code == 410
    assert "not open for answers" in answer.text
    assert "safe" in answer.text
    assert "set-cookie" not in answer.headers


def test_a_failed_continue_leaves_the_session_that_the_browser_had(site: Site) -> None:
    started = session_of(site.store, person(site.store))
    httpx.post(f"{site.address}/link/unknown", cookies={COOKIE: started.token})
    assert see(token=started.token).ending is None
