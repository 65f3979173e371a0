"""A browser at the second door: it goes to a directory, and comes back with whatever a test puts in its hands."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from charter.rules.access import Viewer
from charter.sessions import COOKIE
from charter.viewers import see
from pages.routes.outermost import OutermostMiddleware
from pages.routes.table import ROUTES
from tests.conftest import forget_settings
from tests.signed_statements import CLIENT, SECRET, Liar, claims, lying, signed

SITE = "http://localhost:8501"
DOOR, BACK = "/sign-in/openid", "/sign-in/openid/back"
JOURNEY = "charter_directory"


def open_door(patch: pytest.MonkeyPatch, issuer: str) -> None:
    """Let the settings name a directory."""
    patch.setenv("CHARTER_OPENID_ISSUER", issuer)
    patch.setenv("CHARTER_OPENID_CLIENT_ID", CLIENT)
    patch.setenv("CHARTER_OPENID_CLIENT_SECRET", SECRET)
    forget_settings()


@contextmanager
def second_door() -> Iterator[Liar]:
    """Let the settings name a directory that says what it is told to, for as long as the scope lasts."""
    with lying() as liar, pytest.MonkeyPatch.context() as patch:
        open_door(patch, liar.issuer)
        yield liar
    forget_settings()


class Browser:
    """A browser with cookies of its own, before the routes of the site."""

    def __init__(self) -> None:
        """Begin with no cookie."""
        self.cookies = httpx.Cookies()
        self._app = Starlette(routes=ROUTES, middleware=[Middleware(OutermostMiddleware)])

    def asks(self, path: str, *, method: str = "GET") -> httpx.Response:
        """Open an address of the site."""
        return asyncio.run(self.opens(path, method=method))

    async def opens(self, path: str, *, method: str = "GET") -> httpx.Response:
        """Open an address of the site, beside what else goes on."""
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url=SITE, cookies=self.cookies) as client:
            answer = await client.request(method, path)
            self.cookies = client.cookies
        return answer

    def goes(self, way_back: str = "/sign-in") -> dict[str, str]:
        """Press the button, and give what goes along to the directory."""
        answer = self.asks(f"{DOOR}?back={way_back}")
        assert answer.status_code == 303, answer.text
        sent = dict(parse_qsl(urlsplit(answer.headers["location"]).query))
        return sent | {"at": answer.headers["location"].partition("?")[0]}

    def comes_back(self, **brought: str) -> httpx.Response:
        """Come back from the directory."""
        return self.asks(f"{BACK}?{httpx.QueryParams(brought)}")

    def arrives(self, liar: Liar, **other: object) -> httpx.Response:
        """Go there and back, by a directory that signs what a right statement says but for what is to be different."""
        sent = self.goes()
        liar.statement = signed(claims(liar.issuer, **{"nonce": sent["nonce"]} | other))
        return self.comes_back(code="code", state=sent["state"])

    @property
    def viewer(self) -> Viewer:
        """Who this browser is to the site."""
        return see(token=self.cookies.get(COOKIE) or "").viewer
