"""Attacks on signing in and on sessions: how many were tried, and how many got in.

Each kind first does what the rightful person does, and that must work: an attack on a door that nobody gets through
shows nothing.
"""

import secrets
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from charter.accounts import disable_account, reset_account, withdraw_role
from charter.attempts import ACCOUNT_LIMIT, ADDRESS_LIMIT, PAIR_LIMIT
from charter.links import revoke_link
from charter.passwords import LINK_LASTS, issue_password_link, set_password
from charter.rules.access import OPERATOR
from charter.rules.refusals import RefusedError
from charter.sessions import COOKIE, IDLE_LIMIT, LONGEST
from charter.sign_in import TICKET_LASTS
from charter.store import writing
from charter.viewers import see
from db.models import Account, Invitation, Period
from db.types import PeriodState, Role
from tests.torture.attacking import PASSWORD, Person, Target, later, near, under_attack
from tests.torture.counts import Counts
from tests.torture.directories import FIRST_LIES, LIES, rightly
from tests.torture.forging import forged
from tests.torture.stores import Stores, named

Attack = Callable[[Target, int], Iterator[str]]


def run(*, count: int, stores: Stores) -> Iterator[Counts]:
    """Try each kind of attack so many times."""
    with tempfile.TemporaryDirectory() as folder:
        for name, attack in ATTACKS.items():
            yield _tried(name, attack, count, stores, Path(folder) / name)


def _tried(name: str, attack: Attack, count: int, stores: Stores, folder: Path) -> Counts:
    with named(stores.copy(), folder), under_attack() as target:
        got_in = tuple(f"{name} {number}: {how}" for number in range(count) for how in attack(target, number))
    return Counts(f"attacks: {name} ({stores.kind})", count, got_in, "got in")


def old_cookies(target: Target, number: int) -> Iterator[str]:
    """Go on with a cookie after its session is over."""
    person = target.person()
    yield from _must(target.opens(person.token), "the person's own cookie opens nothing")
    how = [*_ENDINGS, *_TIMES][number % (len(_ENDINGS) + len(_TIMES))]
    if how in _ENDINGS:
        _ENDINGS[how](target, person)
    if how == _TOO_OLD:
        yield from _is_in_use(target, person)
    with later(_TIMES.get(how, timedelta())):
        if target.opens(person.token):
            yield how


def _is_in_use(target: Target, person: Person) -> Iterator[str]:
    """Let a session be seen so often that it never idles: else its whole length would not be what ends it."""
    often = IDLE_LIMIT - timedelta(minutes=1)
    for times in range(1, LONGEST // often + 1):
        with later(times * often):
            yield from _must(target.opens(person.token), "a session that is in use ends before its time")


def _sign_out(target: Target, person: Person) -> None:
    target.asks("POST", "/sign-out", cookie=person.token)


def _disable(_target: Target, person: Person) -> None:
    with writing() as session:
        disable_account(session, viewer=OPERATOR, email=person.email)


def _reset(_target: Target, person: Person) -> None:
    with writing() as session:
        reset_account(session, viewer=OPERATOR, email=person.email)


def _set_password(_target: Target, person: Person) -> None:
    with writing() as session:
        account = session.get_one(Account, person.account_id)
        set_password(
            session,
            token=issue_password_link(session, account=account),
            password=f"{PASSWORD} {secrets.token_hex(4)}",
            address="",
        )


_ENDINGS: dict[str, Callable[[Target, Person], None]] = {
    "signed out": _sign_out,
    "disabled": _disable,
    "reset": _reset,
    "password changed": _set_password,
}
_TOO_OLD = "expired"
_TIMES = {"idle": IDLE_LIMIT, _TOO_OLD: LONGEST}


def lost_roles(target: Target, number: int) -> Iterator[str]:
    """Go on as what one was, after the role was taken away, in the same session."""
    person = target.person(Role.COORDINATOR if number % 2 else Role.ADMINISTRATOR)
    path = "/files/outbox.zip?up_to=0" if number % 2 else "/files/audit.csv?act=none"
    yield from _must(target.asks("GET", path, cookie=person.token).status_code < 400, "the role opens nothing")
    with writing() as session:
        role = Role.COORDINATOR if number % 2 else Role.ADMINISTRATOR
        withdraw_role(session, viewer=OPERATOR, email=person.email, role=role)
    if target.asks("GET", path, cookie=person.token).status_code < 400:
        yield path


def forged_tokens(target: Target, number: int) -> Iterator[str]:
    """Make a cookie up."""
    yield from _must(number > 0 or target.opens(target.somebody.token), "the person's own cookie opens nothing")
    cookie = forged(target.somebody, number)
    if target.opens(cookie):
        yield cookie[:80]


def tickets(target: Target, number: int) -> Iterator[str]:
    """Guess a ticket, use one twice, keep one too long, or have another site's page hand it in."""
    person = target.somebody
    ticket = target.signed_in(person.email).ticket
    match number % 5:
        case 0:
            taken = target.takes(secrets.token_urlsafe(32)) or target.takes(near(ticket)) or target.takes("")
        case 1:
            yield from _must(bool(target.takes(ticket)), "the ticket itself gives no cookie")
            taken = target.takes(ticket)
        case 2:
            with later(TICKET_LASTS):
                taken = target.takes(ticket)
        case 3:
            taken = target.takes(ticket, origin="https://elsewhere.example")
            taken = taken or target.takes(ticket, sec_fetch_site="cross-site")
        case _:
            taken = target.takes(forged(person, number // 5))
    if taken:
        yield f"ticket {number % 5}"


def fixation(target: Target, number: int) -> Iterator[str]:
    """Have a person sign in, or open a link, in a browser whose cookie the attacker chose."""
    person, attacker = target.somebody, target.person(Role.PARTNER)
    chosen = attacker.token if number % 2 else secrets.token_urlsafe(32)
    if number % 4 < 2:
        ticket = target.signed_in(person.email).ticket
        answer = target.asks("POST", "/session", cookie=chosen, x_charter_ticket=ticket)
    else:
        answer = target.asks("POST", f"/link/{target.link()[0]}", cookie=chosen)
    given = answer.cookies.get(COOKIE) or ""
    yield from _must(bool(given), "no cookie was given")
    viewer = see(token=chosen).viewer
    if given == chosen or viewer.account_id == person.account_id or viewer.invited is not None:
        yield "the chosen cookie is the person's"
    if viewer.session_id is not None:
        yield "the session that the browser had goes on"


def links(target: Target, number: int) -> Iterator[str]:
    """Guess a link, or go on with one that was put out of use or whose review has closed."""
    token, invitation = target.link()
    match number % 5:
        case 0:
            taken = target.follows(secrets.token_urlsafe(32)) or target.follows(near(token))
        case 1:
            cookie = target.follows(token)
            yield from _must(bool(cookie), "the link itself opens nothing")
            with writing() as session:
                revoke_link(session, viewer=OPERATOR, invitation_id=invitation)
            taken = target.follows(token) or (cookie if target.opens(cookie) else "")
        case 2:
            cookie = target.follows(token)
            yield from _must(bool(cookie), "the link itself opens nothing")
            with writing() as session:
                session.get_one(Period, session.get_one(Invitation, invitation).period_id).state = PeriodState.CLOSED
            taken = target.follows(token) or (cookie if target.opens(cookie) else "")
        case 3:
            taken = target.follows(token, origin="https://elsewhere.example")
        case _:
            taken = target.asks("GET", f"/link/{token}").cookies.get(COOKIE) or ""
    if taken:
        yield f"link {number % 5}"


def password_links(target: Target, number: int) -> Iterator[str]:
    """Set somebody else's password by a link that is guessed, used, too old, replaced, or of a shut account."""
    person = target.person()
    token = _new_link(person)
    match number % 5:
        case 0:
            tried = [secrets.token_urlsafe(32), near(token), "", person.email]
        case 1:
            yield from _must(_sets(token), "the link itself sets no password")
            tried = [token]
        case 2:
            with later(LINK_LASTS):
                if _sets(token):
                    yield "too old"
            return
        case 3:
            _new_link(person)
            tried = [token]
        case _:
            _disable(target, person)
            tried = [token]
    yield from (f"password link {number % 5}" for each in tried if _sets(each))


def _new_link(person: Person) -> str:
    with writing() as session:
        return reset_account(session, viewer=OPERATOR, email=person.email)


def _sets(token: str) -> bool:
    try:
        with writing() as session:
            set_password(session, token=token, password="an attackers own words", address="")
    except RefusedError:
        return False
    return True


def directories(target: Target, number: int) -> Iterator[str]:
    """Come back from an organisation's directory with what was not signed for this person, here and now."""
    person, unbound = target.person(), target.person()
    lies = {**LIES, **FIRST_LIES}
    how = list(lies)[number % len(lies)]
    yield from _must(rightly(target.directory, person).viewer.account_id is not None, "the directory lets nobody in")
    if lies[how](target.directory, unbound if how in FIRST_LIES else person).viewer.account_id is not None:
        yield how


def guesses_from_one_address(target: Target, number: int) -> Iterator[str]:
    """Guess one person's password from one address, over restarts of the site: five are looked at."""
    yield from target.guesser.guess(number, limit=PAIR_LIMIT, address="198.51.100.1")


def guesses_from_many_addresses(target: Target, number: int) -> Iterator[str]:
    """Guess one person's password from many addresses: thirty are looked at, and the person is not kept out."""
    address = f"198.51.{number // 250}.{number % 250}" if number % 2 else f"2001:db8:{number:x}::1"
    yield from target.guesser.guess(number, limit=ACCOUNT_LIMIT, address=address)
    if number % 10 == 0:
        yield from target.guesser.owner_is_kept_out()


def guesses_of_many_names(target: Target, number: int) -> Iterator[str]:
    """Guess with many names from one customer's network, a new address of it each time: sixty are looked at."""
    address, name = f"2001:db8:0:1::{number:x}", f"name{number}@x.example"
    yield from target.guesser.guess(number, limit=ADDRESS_LIMIT, address=address, name=name)


def _must(works: bool, otherwise: str) -> Iterator[str]:
    if not works:
        yield f"nothing was shown: {otherwise}"


ATTACKS: dict[str, Attack] = {
    "cookies of sessions that are over": old_cookies,
    "roles that were taken away": lost_roles,
    "forged tokens": forged_tokens,
    "tickets": tickets,
    "cookies that were chosen before": fixation,
    "links": links,
    "links that set a password": password_links,
    "directories": directories,
    "guesses from one address": guesses_from_one_address,
    "guesses from many addresses": guesses_from_many_addresses,
    "guesses of many names": guesses_of_many_names,
}
