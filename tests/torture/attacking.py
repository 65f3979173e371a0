"""What an attacker stands before: the routes of the site, people with sessions and links, and what they hold."""

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from unittest.mock import patch

import bcrypt
import httpx
import time_machine
from sqlmodel import select
from starlette.applications import Starlette
from starlette.middleware import Middleware

from charter import clock
from charter.links import issue_link
from charter.passwords import hash_password
from charter.rules.access import OPERATOR
from charter.sessions import COOKIE
from charter.sign_in import SignedIn, use_ticket
from charter.store import reading, writing
from charter.viewers import see
from db.models import Account, AccountSession
from db.types import PeriodState, Role
from pages.routes.outermost import OutermostMiddleware
from pages.routes.table import ROUTES
from tests import factories
from tests.second_door import second_door
from tests.signed_statements import Liar
from tests.signing_in import by_password
from tests.torture.guessing import HOME, Guesser

PASSWORD = "three random words"
SITE = "http://localhost:8501"
_LEAST_WORK = bcrypt.gensalt(rounds=4)  # a quarter of a second for each password would be an hour for all


@dataclass(frozen=True)
class Person:
    """Somebody with an account, and the token in the cookie of their browser."""

    email: str
    account_id: int
    token: str


@contextmanager
def under_attack() -> Iterator["Target"]:
    """Give the site whose store the settings name."""
    app = Starlette(routes=ROUTES, middleware=[Middleware(OutermostMiddleware)])
    with patch.object(bcrypt, "gensalt", lambda: _LEAST_WORK), ExitStack() as until_the_end:
        yield Target(app, until_the_end)


class Target:
    """The site, as an attacker sees it, and what shows whether they got in."""

    def __init__(self, app: Starlette, until_the_end: ExitStack) -> None:
        """Stand before a site. What is opened for an attack is closed at the end of all."""
        self._app = app
        self._until_the_end = until_the_end

    @cached_property
    def somebody(self) -> Person:
        """Somebody who is signed in and stays so."""
        return self.person()

    @cached_property
    def directory(self) -> Liar:
        """A directory by which people sign in from now on. It says what it is told to."""
        return self._until_the_end.enter_context(second_door())

    @cached_property
    def guesser(self) -> Guesser:
        """Somebody who guesses that person's password."""
        return Guesser(email=self.somebody.email, token=self.somebody.token)

    def person(self, role: Role = Role.ADMINISTRATOR) -> Person:
        """Make somebody who is signed in."""
        with writing() as session:
            account_id = factories.account(session, password_hash=hash_password(PASSWORD))
            factories.grant(session, account_id=account_id, role=role)
            email = session.get_one(Account, account_id).email
        return Person(email, account_id, self.cookie_of(email))

    def signed_in(self, email: str) -> SignedIn:
        """Do what the form does after a right password."""
        with writing() as session:
            return by_password(session, email=email, address=HOME)

    def cookie_of(self, email: str) -> str:
        """Sign somebody in, and give the token in their cookie."""
        ticket = self.signed_in(email).ticket
        with writing() as session:
            return use_ticket(session, ticket=ticket)

    def link(self) -> tuple[str, int]:
        """Invite a group, and give the token of its link and the invitation's number."""
        with writing() as session:
            today = clock.today()
            until = today + timedelta(days=9)
            period = factories.period(session, state=PeriodState.OPEN, opens_on=today, closes_on=until)
            group = factories.organisation(session)
            invitation = factories.invitation(session, period_id=period, organisation_id=group)
            return issue_link(session, viewer=OPERATOR, invitation_id=invitation), invitation

    def asks(self, method: str, path: str, *, cookie: str = "", **headers: str) -> httpx.Response:
        """Send a request as an attacker does, with any cookie."""
        sent = {name.replace("_", "-").encode(): value.encode("utf-8", "replace") for name, value in headers.items()}
        if cookie:
            sent[b"cookie"] = f"{COOKIE}={cookie}".encode("utf-8", "replace")
        return asyncio.run(self._answer(method, path, sent))

    async def _answer(self, method: str, path: str, headers: dict[bytes, bytes]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url=SITE) as client:
            return await client.request(method, path, headers=headers)

    def opens(self, cookie: str) -> bool:
        """Tell whether a cookie opens what only an administrator may, by a route, or is anybody on a page."""
        by_route = self.asks("GET", "/files/audit.csv?act=none", cookie=cookie)
        viewer = see(token=cookie).viewer
        somebody = viewer.account_id is not None or viewer.invited is not None
        return somebody or by_route.status_code == httpx.codes.OK

    def takes(self, ticket: str, **headers: str) -> str:
        """Hand in a ticket, and give the cookie that came of it, or nothing."""
        answer = self.asks("POST", "/session", **{"x_charter_ticket": ticket, **headers})
        return answer.cookies.get(COOKIE) or ""

    def follows(self, token: str, **headers: str) -> str:
        """Press the button on a link's page, and give the cookie that came of it, or nothing."""
        return self.asks("POST", f"/link/{token}", **headers).cookies.get(COOKIE) or ""


def digests() -> list[str]:
    """Give what a copy of the store holds in place of tokens."""
    with reading() as session:
        return list(session.exec(select(AccountSession.token_digest)))


def later(by: timedelta) -> time_machine.travel:
    """Let time pass."""
    return time_machine.travel(clock.now() + by, tick=False)


def near(token: str) -> str:
    """Give a token that differs from a good one in one letter."""
    place = secrets.randbelow(len(token))
    other = "A" if token[place] != "A" else "B"
    return f"{token[:place]}{other}{token[place + 1 :]}"
