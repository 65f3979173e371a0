"""`/session` and `/sign-out`: the cookie, and every wrong way to get or to keep one."""

import httpx
import pytest
from sqlmodel import select

from charter.sessions import COOKIE
from charter.viewers import Ending, see
from db.models import AccountSession
from pages.routes.bodies import BODY_LIMIT
from tests.http.conftest import Site
from tests.http.people import person, session_of, ticket_for

TICKET = "X-Charter-Ticket"


def test_a_ticket_sets_a_cookie_that_no_script_reads(site: Site) -> None:
    done = ticket_for(site.store, person(site.store))
    with site.client() as client:
        answer = client.post("/session", headers={TICKET: done.ticket})
        assert answer.status_code == 204
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Path=/" in cookie
        assert "Secure" not in cookie  # this server is reached by http
        assert see(token=client.cookies[COOKIE]).viewer.session_id == done.session_id


def test_behind_https_the_cookie_is_secure(site: Site) -> None:
    done = ticket_for(site.store, person(site.store))
    proxy = site.address.replace("localhost", "127.0.0.1")  # one on the same machine is believed
    answer = httpx.post(f"{proxy}/session", headers={TICKET: done.ticket, "x-forwarded-proto": "https"})
    assert answer.status_code == 204
    assert "Secure" in answer.headers["set-cookie"]


def test_a_ticket_ends_the_session_that_the_browser_had(site: Site) -> None:
    earlier, copied = session_of(site.store, person(site.store)), session_of(site.store, person(site.store))
    done = ticket_for(site.store, person(site.store))
    refused = httpx.post(f"{site.address}/session", headers={TICKET: "forged"}, cookies={COOKIE: earlier.token})
    assert refused.status_code == 403
    assert see(token=earlier.token).ending is None
    taken = httpx.post(f"{site.address}/session", headers={TICKET: done.ticket}, cookies={COOKIE: earlier.token})
    assert taken.status_code == 204
    assert see(token=earlier.token).ending is Ending.OVER
    assert see(token=taken.cookies[COOKIE]).ending is None
    assert see(token=copied.token).ending is None


def test_a_replayed_ticket_sets_nothing(site: Site) -> None:
    done = ticket_for(site.store, person(site.store))
    assert httpx.post(f"{site.address}/session", headers={TICKET: done.ticket}).status_code == 204
    again = httpx.post(f"{site.address}/session", headers={TICKET: done.ticket})
    assert again.status_code == 403
    assert "set-cookie" not in again.headers


@pytest.mark.parametrize("headers", [{}, {TICKET: ""}, {TICKET: "forged"}, {TICKET: "x" * 5000}])
def test_a_forged_ticket_sets_nothing(site: Site, headers: dict[str, str]) -> None:
    answer = httpx.post(f"{site.address}/session", headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


ELSEWHERE = [
    {"origin": "https://elsewhere.example"},
    {"origin": "null"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
]


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_another_sites_page_can_hand_in_no_ticket(site: Site, headers: dict[str, str]) -> None:
    done = ticket_for(site.store, person(site.store))
    answer = httpx.post(f"{site.address}/session", headers=headers | {TICKET: done.ticket})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_another_sites_page_can_sign_nobody_out(site: Site, headers: dict[str, str]) -> None:
    started = session_of(site.store, person(site.store))
    answer = httpx.post(f"{site.address}/sign-out", headers=headers, cookies={COOKIE: started.token})
    assert answer.status_code == 403
    assert see(token=started.token).ending is None


def test_looking_at_the_sign_out_page_signs_nobody_out(site: Site) -> None:
    started = session_of(site.store, person(site.store))
    answer = httpx.get(f"{site.address}/sign-out", cookies={COOKIE: started.token})
    assert answer.status_code == 200
    assert '<form method="post" action="/sign-out">' in answer.text
    assert see(token=started.token).ending is None


def test_signing_out_ends_the_session_and_drops_the_cookie(site: Site) -> None:
    started = session_of(site.store, person(site.store))
    answer = httpx.post(f"{site.address}/sign-out", cookies={COOKIE: started.token}, headers={"origin": site.address})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    assert f'{COOKIE}=""' in answer.headers["set-cookie"]
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert see(token=started.token).ending is Ending.OVER


def test_signing_out_without_a_cookie_does_no_harm(site: Site) -> None:
    with site.store.reading() as session:
        before = len(session.exec(select(AccountSession).where(AccountSession.revoked_at != None)).all())  # noqa: E711
    assert httpx.post(f"{site.address}/sign-out").status_code == 303
    with site.store.reading() as session:
        after = len(session.exec(select(AccountSession).where(AccountSession.revoked_at != None)).all())  # noqa: E711
    assert before == after


@pytest.mark.parametrize("path", ["/session", "/sign-out", "/link/some"])
def test_a_body_above_the_limit_is_refused(site: Site, path: str) -> None:
    answer = httpx.post(f"{site.address}{path}", content=b"x" * (BODY_LIMIT + 1))
    assert answer.status_code == 413
    assert "Too much was sent" in answer.text
    assert "frame-ancestors" in answer.headers["content-security-policy"]


def test_the_log_holds_no_token(site: Site) -> None:
    done = ticket_for(site.store, person(site.store))
    httpx.post(f"{site.address}/session", headers={TICKET: done.ticket})
    httpx.get(f"{site.address}/link/token-that-must-not-be-logged")
    httpx.get(f"{site.address}/sign-in?set=token-that-must-not-be-logged")
    assert done.ticket not in site.server.log()
    assert "token-that-must-not-be-logged" not in site.server.log()
