"""Attacks on the second door: coming back from a directory with what was not signed for this person, here and now."""

import secrets
from collections.abc import Callable, Mapping
from functools import partial

from charter.accounts import disable_account
from charter.openid.journeys import LASTS
from charter.rules.access import OPERATOR
from charter.sessions import COOKIE
from charter.store import writing
from tests.second_door import JOURNEY, Browser
from tests.signed_statements import Liar, claims, signed
from tests.torture.attacking import Person, later

Lie = Callable[[Liar, Person], Browser]


def rightly(liar: Liar, person: Person) -> Browser:
    """Sign in as the person does, which binds the account to them."""
    return stating(liar, person)


def stating(liar: Liar, person: Person, **other: object) -> Browser:
    """Come back with a statement that is right but for what is different."""
    browser = Browser()
    browser.arrives(liar, **_own(person) | other)
    return browser


def _own(person: Person) -> dict[str, object]:
    return {"sub": f"subject {person.account_id}", "email": person.email}


def _signing(liar: Liar, person: Person, **how: str) -> Browser:
    browser = Browser()
    sent = browser.goes()
    liar.statement = signed(claims(liar.issuer, nonce=sent["nonce"], **_own(person)), **how)
    browser.comes_back(code="code", state=sent["state"])
    return browser


def _forging_the_state(liar: Liar, person: Person) -> Browser:
    browser = Browser()
    sent = browser.goes()
    liar.statement = signed(claims(liar.issuer, nonce=sent["nonce"], **_own(person)))
    browser.comes_back(code="code", state=secrets.token_hex(32))
    return browser


def _in_anothers_browser(liar: Liar, person: Person) -> Browser:
    browser, sent = Browser(), Browser().goes()
    browser.goes()
    liar.statement = signed(claims(liar.issuer, nonce=sent["nonce"], **_own(person)))
    browser.comes_back(code="code", state=sent["state"])
    return browser


def _once_more(liar: Liar, person: Person) -> Browser:
    browser, thief = Browser(), Browser()
    sent = browser.goes()
    thief.cookies.set(JOURNEY, browser.cookies[JOURNEY])
    liar.statement = signed(claims(liar.issuer, nonce=sent["nonce"], **_own(person)))
    browser.comes_back(code="code", state=sent["state"])
    thief.comes_back(code="code", state=sent["state"])
    return thief


def _too_late(liar: Liar, person: Person) -> Browser:
    browser = Browser()
    sent = browser.goes()
    liar.statement = signed(claims(liar.issuer, nonce=sent["nonce"], **_own(person)))
    journey = browser.cookies[JOURNEY]
    with later(LASTS):
        browser.cookies.set(JOURNEY, journey)
        browser.comes_back(code="code", state=sent["state"])
    return browser


def _to_a_shut_account(liar: Liar, person: Person) -> Browser:
    with writing() as session:
        disable_account(session, viewer=OPERATOR, email=person.email)
    return stating(liar, person)


def _after_signing_out(liar: Liar, person: Person) -> Browser:
    browser = stating(liar, person)
    token = browser.cookies[COOKIE]
    browser.asks("/sign-out", method="POST")
    browser.cookies.set(COOKIE, token)
    return browser


LIES: Mapping[str, Lie] = {
    "forged state": _forging_the_state,
    "another browser's journey": _in_anothers_browser,
    "journey used before": _once_more,
    "journey too old": _too_late,
    "wrong nonce": partial(stating, nonce="0" * 64),
    "wrong audience": partial(stating, aud="another-site"),
    "expired": partial(stating, exp=1_600_000_000),
    "alg none": partial(_signing, algorithm="none"),
    "alg HS256 with the public key": partial(_signing, algorithm="HS256"),
    "another's key": partial(_signing, by="stranger"),
    "another subject with the same address": partial(stating, sub="another"),
    "another directory": partial(stating, iss="https://evil.example"),
    "shut account": _to_a_shut_account,
    "cookie of a session that was signed out": _after_signing_out,
}
# Nobody has come by the directory to this account yet.
FIRST_LIES: Mapping[str, Lie] = {
    "address that is not sure": partial(stating, email_verified=False),
    "address that is said to be sure": partial(stating, email_verified="true"),
}
