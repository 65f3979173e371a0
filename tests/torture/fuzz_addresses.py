"""Addresses that nobody would type: every route beside the pages, and every page with odd words in its address."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit.testing.v1 import AppTest

from charter.sessions import COOKIE, start_account_session
from charter.store import reading, store, writing
from db.types import Role
from pages.routes.outermost import OutermostMiddleware
from pages.routes.table import ROUTES
from pages.ui.navigation import PLACES
from tests import factories
from tests.screens.site_under_test import standing_at
from tests.store.asked_forms import ask
from tests.torture.counts import Counts
from tests.torture.fuzzing import Cases, tried
from tests.torture.stores import Stores, named

SITE = "http://localhost:8501"
# Attempts are counted, which is a write that whoever asks too often brings about; nothing else may change.
_COUNTED = {"link_request", "sign_in_attempt", "account_session", "audit_entry", "audit_detail", "job", "mail"}
_WORDS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "",
            "%00",
            "../../etc/passwd",
            "' OR 1=1 --",
            "<script>alert(1)</script>",
            "{{7*7}}",
            "A" * 3_000,
            "9" * 400,
            "-1",
            "1e999",
            "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
            "latest",
            "2026.1",
            "SA-00000000",
            "EV-1",
            "EV-99999999999999999999",
        ]
    ),
)
_OWN = ("period", "release", "ref", "org", "organisation", "person", "part", "step", "ward", "as", "up_to", "set")
_NAMES = st.sampled_from((*_OWN, "act", "subject", "who", "from", "until", "kind", "promise", "about", "deck", "size"))
_QUERY = st.dictionaries(_NAMES, _WORDS, max_size=4)
_BODY = st.one_of(st.binary(max_size=300), st.builds(lambda words: f"email={words}".encode(), _WORDS))
_METHODS = st.sampled_from(["GET", "POST", "HEAD", "PUT", "OPTIONS"])
_PATHS = st.sampled_from([route.path for route in ROUTES if isinstance(route, Route)])
_ASKED = st.tuples(_METHODS, _PATHS, _WORDS, _QUERY, _BODY, _WORDS, st.booleans())


def run(*, count: int, stores: Stores) -> tuple[Counts, Counts]:
    """Ask for so many addresses, a tenth of them pages."""
    with tempfile.TemporaryDirectory() as folder, named(stores.copy(), Path(folder) / "var"):
        ask(store())
        with writing() as session:
            account = factories.account(session)
            factories.grant(session, account_id=account, role=Role.COORDINATOR)
            started = start_account_session(session, account_id=account)
        before = _held()
        routes = _routes(count - count // 10, token=started.token)
        pages = _pages(max(1, count // 10), session_id=started.session_id)
        if _held() != before:
            routes.wrong("something was written", str(before))
        return routes.counts("addresses"), pages.counts("pages")


def _held() -> dict[str, int]:
    """Give how many rows each table has."""
    with reading() as session:
        tables = sa.inspect(session.connection()).get_table_names()
        counted = {name: sa.select(sa.func.count()).select_from(sa.table(name)) for name in tables}
        return {name: session.execute(asked).scalar_one() for name, asked in counted.items() if name not in _COUNTED}


def _routes(count: int, *, token: str) -> Cases:
    cases = Cases()
    app = Starlette(routes=ROUTES, middleware=[Middleware(OutermostMiddleware)])

    def attempt(drawn: tuple[str, str, str, dict[str, str], bytes, str, bool]) -> None:
        method, path, word, query, body, cookie, signed_in = drawn
        address = path.replace("{token}", word).replace("{name}", word).replace("{ref}", word)
        headers = {"cookie": f"{COOKIE}={token if signed_in else cookie.encode('ascii', 'ignore').decode()}"}
        if path in ("/sign-out", "/session"):
            headers = {}  # the person would be signed out, and the rest would be asked for by nobody
        with cases.case(f"{method} {address} {query}"):
            status = asyncio.run(_status(app, method, address, params=query, content=body, headers=headers))
            # The site is not started here, so that it says of itself that it is not ready.
            if status >= 500 and path != "/healthz":
                cases.wrong(f"status {status}", f"{method} {address} {query}")

    tried(cases, _ASKED, attempt, count=count)
    return cases


async def _status(app: Starlette, method: str, address: str, **more: Any) -> int:  # noqa: ANN401 - httpx's own
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url=SITE) as client:
        try:
            return (await client.request(method, address, **more)).status_code
        except (httpx.InvalidURL, UnicodeEncodeError):
            return 0  # the browser's stand-in cannot even write it


def _pages(count: int, *, session_id: int) -> Cases:
    cases = Cases()

    def attempt(drawn: tuple[str, dict[str, str], bool]) -> None:
        path, query, signed_in = drawn
        with cases.case(f"{path} {query}"):
            site: AppTest = standing_at(path, query, session_id=session_id if signed_in else None).run()
            for failed in site.exception:
                cases.wrong(str(failed.value)[:160], f"{path} {query}")

    addresses = st.tuples(st.sampled_from([place.path for place in PLACES]), _QUERY, st.booleans())
    tried(cases, addresses, attempt, count=count)
    return cases
