"""The second door with a real provider of OpenID Connect: there and back, who gets in, and what follows."""

import json
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from oidc_provider_mock import User, run_server_in_thread
from sqlmodel import select

from charter.openid.journeys import page_of_ours
from charter.sessions import COOKIE
from charter.store import reading, writing
from db.models import AuditDetail, AuditEntry
from db.types import Role
from tests import factories
from tests.conftest import forget_settings
from tests.second_door import BACK, DOOR, JOURNEY, SITE, Browser, open_door

EMAIL = "person@example.org"
PEOPLE = {
    "sam": User(sub="sam", claims={"email": "Person@Example.org", "email_verified": True}),
    "unsure": User(sub="unsure", claims={"email": EMAIL, "email_verified": False}),
    "another": User(sub="another", claims={"email": EMAIL, "email_verified": True}),
    "moved": User(sub="sam", claims={"email": "other@example.org", "email_verified": True}),
    "stranger": User(sub="stranger", claims={"email": "stranger@example.org", "email_verified": True}),
}
pytestmark = pytest.mark.usefixtures("settings_env")


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Give the address of a real provider."""
    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def door(settings_env: object, provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the settings name the provider."""
    del settings_env
    open_door(monkeypatch, provider)


def account(*, email: str = EMAIL, role: Role = Role.ADMINISTRATOR) -> int:
    """Make an account that has no password."""
    with writing() as session:
        key = factories.account(session, email=email, name="Sam Person", password_hash=None)
        factories.grant(session, account_id=key, role=role)
        return key


def sign_in(provider: str, who: str, *, browser: Browser | None = None, back: str = "/sign-in") -> httpx.Response:
    """Go to the provider, sign in there, and come back; give what the site then says."""
    browser = browser or Browser()
    return browser.asks(_way_back(provider, who, browser, back))


def _way_back(provider: str, who: str, browser: Browser, back: str = "/sign-in") -> str:
    person = PEOPLE[who]
    httpx.put(f"{provider}/users/{person.sub}", json=dict(person.claims)).raise_for_status()
    answer = browser.asks(f"{DOOR}?back={back}")
    there = httpx.post(answer.headers["location"], data={"sub": person.sub})
    assert there.status_code == 302, there.text
    return there.headers["location"].removeprefix(SITE)


def told() -> list[tuple[str, dict[str, object]]]:
    """Give what the audit log says, the oldest first."""
    with reading() as session:
        rows = session.exec(
            select(AuditEntry.act, AuditDetail.detail)
            .join(AuditDetail, AuditDetail.number == AuditEntry.number)  # type: ignore[arg-type]
            .order_by(AuditEntry.number)  # type: ignore[arg-type]
        ).all()
        return [(act, json.loads(detail)) for act, detail in rows]


def test_there_and_back_to_the_page_that_one_came_from_with_the_cookie_of_any_session(provider: str) -> None:
    account_id = account()
    browser = Browser()
    answer = sign_in(provider, "sam", browser=browser, back="/audit%3Fact=signed_in")
    assert (answer.status_code, answer.headers["location"]) == (303, "/audit?act=signed_in")
    cookies = {cookie.partition("=")[0]: cookie for cookie in answer.headers.get_list("set-cookie")}
    assert set(cookies) == {COOKIE, JOURNEY}
    assert all(word in cookies[COOKIE] for word in ("HttpOnly", "SameSite=lax", "Path=/"))
    assert "Max-Age=0" in cookies[JOURNEY]
    assert browser.viewer.account_id == account_id
    assert browser.asks("/files/audit.csv").status_code == 200
    assert [act for act, _ in told()][:2] == ["directory_bound", "signed_in"]
    assert told()[1][1] == {"door": "directory", "address": "127.0.0.1"}


def test_what_goes_along_is_of_this_browser_and_tells_nothing_of_the_others(provider: str) -> None:
    browser = Browser()
    answer = browser.asks(DOOR)
    sent = dict(parse_qsl(urlsplit(answer.headers["location"]).query))
    assert answer.headers["location"].startswith(f"{provider}/oauth2/authorize?")
    assert (sent["response_type"], sent["code_challenge_method"]) == ("code", "S256")
    assert (sent["redirect_uri"], sent["scope"]) == (f"{SITE}{BACK}", "openid email")
    secrets = {sent["state"], sent["nonce"], sent["code_challenge"], browser.cookies[JOURNEY]}
    assert len(secrets) == 4
    cookie = answer.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=lax", "Max-Age=600"))
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_signing_out_ends_it_for_good(provider: str) -> None:
    account()
    browser = Browser()
    sign_in(provider, "sam", browser=browser)
    token = browser.cookies[COOKIE]
    assert browser.asks("/sign-out", method="POST").status_code == 303
    browser.cookies.set(COOKIE, token)
    assert browser.viewer.account_id is None
    refused = browser.asks("/files/audit.csv")
    assert (refused.status_code, refused.request.headers["cookie"]) == (403, f"{COOKIE}={token}")


def test_another_subject_with_the_same_address_does_not_come_by_the_account(provider: str) -> None:
    account()
    assert sign_in(provider, "sam").status_code == 303
    browser = Browser()
    assert sign_in(provider, "another", browser=browser).status_code == 403
    assert COOKIE not in browser.cookies


def test_whoever_stops_there_is_told_so_and_is_not_signed_in() -> None:
    browser = Browser()
    there = httpx.post(browser.asks(f"{DOOR}?back=/audit").headers["location"], data={"action": "deny"})
    error = dict(parse_qsl(urlsplit(there.headers["location"]).query))
    assert error["error"] == "access_denied"
    # This provider leaves out what it was given to hand back; others do not.
    lost = browser.asks(there.headers["location"].removeprefix(SITE))
    assert (lost.status_code, COOKIE in browser.cookies) == (403, False)
    sent = browser.goes("/audit")
    answer = browser.comes_back(error="access_denied", state=sent["state"])
    assert answer.status_code == 200
    assert "That did not sign you in" in answer.text
    assert '<a href="/audit">' in answer.text


ELSEWHERE = ["//evil.example", "https://evil.example", "/\\evil.example", "/a//b", "/a:b", "", "/" + "a" * 400, "/é"]


def test_the_way_back_is_a_page_of_this_site_and_no_other(provider: str) -> None:
    assert [way for way in ELSEWHERE if page_of_ours(way) != "/sign-in"] == []
    assert [way for way in ("/", "/audit", "/gap?period=2025&x=%2F~") if page_of_ours(way) != way] == []
    account()
    answer = sign_in(provider, "sam", back="//evil.example")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def test_a_code_and_a_journey_count_once(provider: str) -> None:
    account()
    browser = Browser()
    way = _way_back(provider, "sam", browser)
    journey = browser.cookies[JOURNEY]
    assert browser.asks(way).status_code == 303
    thief = Browser()
    thief.cookies.set(JOURNEY, journey)
    assert thief.asks(way).status_code == 403
    # A new journey does not take the old code either: the provider has forgotten it.
    again = Browser()
    sent = again.goes()
    code = dict(parse_qsl(urlsplit(way).query))["code"]
    assert again.comes_back(code=code, state=sent["state"]).status_code == 424
    assert COOKIE not in thief.cookies
    assert COOKIE not in again.cookies


def test_without_the_settings_there_is_no_such_address(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET"):
        monkeypatch.delenv(f"CHARTER_OPENID_{name}")
    forget_settings()
    for path in (DOOR, BACK):
        answer = Browser().asks(path)
        assert (answer.status_code, "set-cookie" in answer.headers) == (404, False)


def test_behind_https_the_cookies_are_of_this_host_alone(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTER_ADDRESS", "https://charter.example.org")
    forget_settings()
    answer = Browser().asks(DOOR)
    assert answer.headers["location"].startswith(provider)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"__Host-{JOURNEY}=")
    assert "Secure" in cookie
    sent = dict(parse_qsl(urlsplit(answer.headers["location"]).query))
    assert sent["redirect_uri"] == f"https://charter.example.org{BACK}"
