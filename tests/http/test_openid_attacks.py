"""The second door before a directory that lies, or does not answer: nobody gets in, and the server goes on."""

import base64
import hashlib
import time
from collections.abc import Callable

import httpx
import jwt
import pytest

from charter.openid import claims
from charter.openid.journeys import LASTS
from charter.sessions import COOKIE
from charter.store import writing
from db.types import Role
from tests import factories
from tests.second_door import JOURNEY, Browser
from tests.signed_statements import CLIENT, SECRET, Liar, key_of, shown, signed
from tests.signed_statements import claims as stated
from tests.torture.attacking import later

NOW = int(time.time())
pytestmark = pytest.mark.usefixtures("settings_env")


@pytest.fixture(autouse=True)
def somebody(settings_env: object) -> None:
    """Make the account that the directory speaks of."""
    del settings_env
    with writing() as session:
        key = factories.account(session, email="person@example.org")
        factories.grant(session, account_id=key, role=Role.ADMINISTRATOR)


def test_a_right_statement_opens_and_its_code_is_redeemed_by_the_one_who_began(liar: Liar) -> None:
    browser = Browser()
    sent = browser.goes()
    liar.statement = signed(stated(liar.issuer, nonce=sent["nonce"]))
    assert browser.comes_back(code="the code", state=sent["state"]).status_code == 303
    assert browser.viewer.account_id is not None
    assert sent["at"] == f"{liar.issuer}/authorize"
    assert sent["tenant"] == "1"
    assert (liar.handed_in["code"], liar.handed_in["redirect_uri"]) == ("the code", sent["redirect_uri"])
    shown_to_it = httpx.BasicAuth(CLIENT, "a%20client%20secret%20%2F%20of%20ours")
    expected = next(shown_to_it.auth_flow(httpx.Request("GET", liar.issuer))).headers["authorization"]
    assert liar.handed_in["authorization"] == expected
    verifier = liar.handed_in["code_verifier"]
    assert len(verifier) >= 43
    assert challenge_of(verifier) == sent["code_challenge"]


def challenge_of(verifier: str) -> str:
    """Make S256 of a verifier, as RFC 7636 has it."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


WRONG: dict[str, dict[str, object]] = {
    "another journey's nonce": {"nonce": "0" * 64},
    "no nonce": {"nonce": None},
    "another site's audience": {"aud": "another-site"},
    "no audience": {"aud": None},
    "handed to another site": {"aud": [CLIENT, "another-site"], "azp": "another-site"},
    "another directory": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "expired": {"exp": NOW - 3600, "iat": NOW - 7200},
    "never expires": {"exp": None},
    "not yet": {"iat": NOW + 3600, "nbf": NOW + 3600},
    "of nobody": {"sub": ""},
    "of nobody at all": {"sub": None},
    "of a number": {"sub": 7},
    "of a subject too long": {"sub": "s" * 256},
    "an address that is not sure": {"email_verified": False},
    "an address that is said to be sure": {"email_verified": "true"},
    "an address of which nothing is said": {"email_verified": None},
    "an address that Microsoft is not sure of": {"email_verified": None, "xms_edov": "0"},
    "an address that only Microsoft's word is for": {"email_verified": False, "xms_edov": True},
    "no address": {"email": None},
    "an address that is a list": {"email": ["person@example.org"]},
    "an empty address": {"email": ""},
}


@pytest.mark.parametrize("how", WRONG)
def test_a_statement_that_does_not_fit_opens_nothing(liar: Liar, how: str) -> None:
    browser = Browser()
    answer = browser.arrives(liar, **WRONG[how])
    assert (answer.status_code, COOKIE in browser.cookies) == (403, False), answer.text
    assert "That did not sign you in" in answer.text


SIGNED: dict[str, Callable[[dict[str, object]], str]] = {
    "by nobody": lambda said: signed(said, algorithm="none"),
    "with the public key as a secret": lambda said: signed(said, algorithm="HS256"),
    "with a key of somebody else": lambda said: signed(said, by="stranger"),
    "with another key of theirs than it names": lambda said: signed(said, by="another"),
    "with a key that nobody knows": lambda said: signed(said, named="unknown"),
    "and changed since": lambda said: signed(said)[:-6] + "AAAAAA",
    "and cut off": lambda said: signed(said).rpartition(".")[0] + ".",
    "as no statement at all": lambda _: "a.b.c",
    "as nothing": lambda _: "",
}


@pytest.mark.parametrize("how", SIGNED)
def test_a_statement_that_is_not_signed_by_the_directory_opens_nothing(liar: Liar, how: str) -> None:
    browser = Browser()
    sent = browser.goes()
    liar.statement = SIGNED[how](stated(liar.issuer, nonce=sent["nonce"]))
    answer = browser.comes_back(code="code", state=sent["state"])
    assert (answer.status_code, COOKIE in browser.cookies) == (403, False), answer.text


def test_a_shared_secret_among_the_keys_signs_nothing() -> None:
    """A directory that shows one by mistake gives everybody the means to sign."""
    said = jwt.encode(stated("https://d.example", nonce="n"), b"secret" * 8, algorithm="HS256", headers={"kid": "s"})
    keys = {"keys": [{"kty": "oct", "kid": "s", "k": "c2VjcmV0" * 8, "alg": "RS256"}]}
    with pytest.raises(claims.StatementWrongError):
        claims.believed(said, keys=keys, issuer="https://d.example", client_id=CLIENT, nonce="n")


@pytest.mark.parametrize("keys", [None, [], {}, {"keys": None}, {"keys": ["x", 1]}, {"keys": [{"kty": "EC"}]}])
def test_keys_that_are_none_believe_nothing(keys: object) -> None:
    said = signed(stated("https://d.example", nonce="n"))
    with pytest.raises(claims.StatementWrongError):
        claims.believed(said, keys=keys, issuer="https://d.example", client_id=CLIENT, nonce="n")


def test_one_key_without_a_name_is_the_one_and_of_two_none() -> None:
    nameless = {name: value for name, value in shown().items() if name != "kid"}
    told = {"issuer": "https://d.example", "client_id": CLIENT, "nonce": "n"}
    said = jwt.encode(stated("https://d.example", nonce="n"), key_of("key"), algorithm="ES256")
    assert claims.believed(said, keys={"keys": [nameless]}, **told).subject == "subject-1"
    with pytest.raises(claims.StatementWrongError):
        claims.believed(said, keys={"keys": [nameless, shown("another")]}, **told)


FORGED = {
    "another state": {"state": "0" * 64},
    "no state": {},
    "an empty state": {"state": ""},
    "a state of other letters": {"state": "é" * 40},
}


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_state_opens_nothing_and_asks_the_directory_for_nothing(liar: Liar, how: str) -> None:
    browser = Browser()
    sent = browser.goes()
    liar.statement, liar.handed_in = signed(stated(liar.issuer, nonce=sent["nonce"])), {}
    answer = browser.comes_back(code="code", **FORGED[how])
    assert (answer.status_code, COOKIE in browser.cookies) == (403, False)
    assert liar.handed_in == {}


def test_what_an_attacker_began_does_not_end_in_anothers_browser(liar: Liar) -> None:
    """Somebody is led to sign in as the attacker, and to write what the attacker then reads."""
    attacker, person = Browser(), Browser()
    sent = attacker.goes()
    person.goes()
    liar.statement = signed(stated(liar.issuer, nonce=sent["nonce"]))
    for browser in (person, Browser()):
        answer = browser.comes_back(code="code", state=sent["state"])
        assert (answer.status_code, COOKIE in browser.cookies) == (403, False)


def test_a_journey_counts_once_and_for_ten_minutes(liar: Liar) -> None:
    browser = Browser()
    sent = browser.goes()
    journey = browser.cookies[JOURNEY]
    liar.statement = signed(stated(liar.issuer, nonce=sent["nonce"]))
    assert browser.comes_back(code="code", state=sent["state"]).status_code == 303
    thief = Browser()
    thief.cookies.set(JOURNEY, journey)
    answer = thief.comes_back(code="code", state=sent["state"])
    assert f"{JOURNEY}={journey}" in answer.request.headers["cookie"]
    assert (answer.status_code, COOKIE in thief.cookies) == (403, False)
    late = Browser()
    sent = late.goes()
    liar.statement = signed(stated(liar.issuer, nonce=sent["nonce"]))
    journey = late.cookies[JOURNEY]
    with later(LASTS):
        late.cookies.set(JOURNEY, journey)
        answer = late.comes_back(code="code", state=sent["state"])
    assert f"{JOURNEY}={journey}" in answer.request.headers["cookie"]
    assert (answer.status_code, COOKIE in late.cookies) == (403, False)


def test_a_cookie_that_an_attacker_put_there_is_not_the_sessions(liar: Liar) -> None:
    browser = Browser()
    browser.cookies.set(COOKIE, "chosen-by-an-attacker", domain="localhost.local", path="/")
    browser.arrives(liar)
    assert browser.viewer.account_id is not None
    assert browser.cookies.get(COOKIE) != "chosen-by-an-attacker"


def test_nothing_secret_is_in_the_log(liar: Liar, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    browser = Browser()
    sent = browser.goes()
    liar.statement = signed(stated(liar.issuer, nonce=sent["nonce"], aud="another"))
    browser.comes_back(code="the-code-itself", state=sent["state"])
    ours = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("charter"))
    assert "what it signed is not believed: InvalidAudienceError" in ours
    for secret in (SECRET, "the-code-itself", sent["state"], sent["nonce"], liar.statement, "person@example.org"):
        assert secret not in ours
