"""How often one address may ask: a machine has to wait, and is told so in words; a hall full of people has not."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.types import Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from pages.routes import rates as counted
from pages.routes.buckets import Buckets, TooManyRequestsError
from pages.routes.outermost import OutermostMiddleware
from pages.routes.rates import Rates
from tests.http.conftest import Site

OFFICE, OTHER = "198.51.100.7", "203.0.113.5"
PEOPLE = 300


def scope(path: str, method: str = "GET", address: str = OFFICE) -> Scope:
    return {"type": "http", "method": method, "path": path, "client": (address, 1234)}


def socket_of(address: str) -> Scope:
    return {"type": "websocket", "path": "/_stcore/stream", "client": (address, 1234), "headers": []}


def let_through(rates: Rates, count: int, path: str, method: str = "GET", address: str = OFFICE) -> int:
    """Ask so often, and give how many were let through."""
    passed = 0
    for _ in range(count):
        try:
            rates.count(scope(path, method, address))
        except TooManyRequestsError:
            continue
        passed += 1
    return passed


class Standing:
    """A clock that stands until it is set forward."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def moment() -> Standing:
    return Standing()


@pytest.fixture
def buckets(moment: Standing) -> Buckets:
    return Buckets(moment)


@pytest.fixture
def rates(buckets: Buckets) -> Rates:
    return Rates(buckets)


@pytest.mark.parametrize(
    ("method", "path", "limit"),
    [
        ("POST", "/session", 600),
        ("POST", "/new-link", 600),
        ("PUT", "/_stcore/upload_file/1/2", 300),
        ("GET", "/link/unknown", 600),
        ("GET", "/sign-in/openid", 600),
        ("GET", "/preview/unknown", 600),
        ("GET", "/files/audit.csv", 120),
        ("GET", "/files/reports/2026.1/briefing.pdf", 900),
        ("GET", "/files/charts/2026.1/widest_gaps.png", 900),
        ("GET", "/deck/2026.1", 900),
        ("GET", "/open-data/2026.1/theme-scores.csv", 900),
    ],
)
def test_each_kind_has_its_limit(rates: Rates, method: str, path: str, limit: int) -> None:
    assert let_through(rates, limit + 50, path, method) == limit
    assert let_through(rates, 1, path, method, address=OTHER) == 1


def test_a_hall_of_people_at_one_address_opens_its_links_within_a_minute(rates: Rates) -> None:
    assert let_through(rates, PEOPLE, "/link/a") == PEOPLE
    assert let_through(rates, PEOPLE, "/link/a", "POST") == PEOPLE
    assert let_through(rates, PEOPLE, "/session", "POST") == PEOPLE
    assert let_through(rates, PEOPLE, "/deck/2026.1") == PEOPLE
    assert let_through(rates, PEOPLE, "/files/reports/2026.1/briefing.pdf") == PEOPLE
    assert let_through(rates, 10_000, "/static/js/index.js") == 10_000
    assert let_through(rates, 10_000, "/") == 10_000
    assert let_through(rates, 10_000, "/healthz") == 10_000


def test_who_waits_is_let_through_again(rates: Rates, moment: Standing) -> None:
    let_through(rates, 600, "/session", "POST")
    with pytest.raises(TooManyRequestsError) as refused:
        rates.count(scope("/session", "POST"))
    assert refused.value.seconds == 1
    moment.at += 10
    assert let_through(rates, 200, "/session", "POST") == 100
    moment.at += 3600
    assert let_through(rates, 700, "/session", "POST") == 600


def test_all_addresses_of_one_customer_are_one_and_this_machine_is_not_counted(rates: Rates) -> None:
    passed = [let_through(rates, 1, "/files/form", address=f"2001:db8::{number:x}") for number in range(200)]
    assert sum(passed) == 120
    for here in ("127.0.0.1", "::1", "::ffff:127.0.0.1"):
        assert let_through(rates, 500, "/files/form", address=here) == 500


def test_many_addresses_do_not_use_up_the_memory(rates: Rates, buckets: Buckets) -> None:
    for number in range(12_000):
        let_through(rates, 1, "/files/form", address=f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(buckets) == 10_000


async def _never(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.mark.usefixtures("settings_env")
def test_the_answer_says_in_plain_words_to_wait_and_carries_the_headers() -> None:
    transport = httpx.ASGITransport(OutermostMiddleware(_never), client=(OFFICE, 1234))

    async def ask() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return [await client.get("/files/form") for _ in range(125)]

    answers = asyncio.run(ask())
    assert [answer.status_code for answer in answers[:120]] == [204] * 120
    last = answers[-1]
    assert last.status_code == 429
    assert int(last.headers["retry-after"]) >= 1
    assert "Wait a minute, then try again. Nothing was lost." in last.text
    assert "default-src 'self'" in last.headers["content-security-policy"]


def test_a_real_server_counts_by_the_address_that_its_proxy_tells(site: Site) -> None:
    """Whoever writes an address of this machine into the header gains nothing: the proxy adds the true one to it."""
    with httpx.Client(base_url=site.address.replace("localhost", "127.0.0.1"), timeout=20) as client:
        asked = [
            client.get("/files/form", headers={"x-forwarded-for": f"127.0.0.1, {OFFICE}"}).status_code
            for _ in range(130)
        ]
        elsewhere = client.get("/files/form", headers={"x-forwarded-for": OTHER}).status_code
    assert asked[0] == elsewhere
    assert asked[0] != 429
    assert asked[-1] == 429


def test_a_hall_of_people_has_its_pages_open_and_a_machine_does_not_have_thousands(
    rates: Rates, moment: Standing
) -> None:
    with ExitStack() as hall:
        for _ in range(3 * PEOPLE + 100):
            hall.enter_context(rates.open_socket(socket_of(OFFICE)))
        moment.at += 60
        with pytest.raises(TooManyRequestsError) as refused, rates.open_socket(socket_of(OFFICE)):
            pass
        assert refused.value.seconds >= 1
        for address in (OTHER, "127.0.0.1"):
            hall.enter_context(rates.open_socket(socket_of(address)))
    for _ in range(2 * PEOPLE):  # who left makes room for others, and who is refused takes none
        with rates.open_socket(socket_of(OFFICE)):
            pass


def test_a_machine_that_opens_and_leaves_has_to_wait_too(rates: Rates, moment: Standing) -> None:
    for _ in range(1_200):
        with rates.open_socket(socket_of(OFFICE)):
            pass
    with pytest.raises(TooManyRequestsError), rates.open_socket(socket_of(OFFICE)):
        pass
    with rates.open_socket(socket_of(OTHER)):
        moment.at += 1
    with rates.open_socket(socket_of(OFFICE)):
        pass


def test_a_socket_that_breaks_is_counted_no_more(rates: Rates, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counted, "_SOCKETS_OPEN", 1)
    for _ in range(3):
        with pytest.raises(OSError, match="gone"), rates.open_socket(socket_of(OFFICE)):
            raise OSError("gone")


def test_a_socket_too_many_is_refused_before_it_is_open(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """By an answer with words where the server can send one, else by the code that says to try later."""
    monkeypatch.setattr(counted, "_SOCKETS_OPEN", 0)

    middleware = OutermostMiddleware(_never)

    def sent(**more: object) -> list[Message]:
        told: list[Message] = []

        async def send(message: Message) -> None:
            told.append(message)

        async def receive() -> Message:
            return {"type": "websocket.connect"}

        asyncio.run(middleware({**socket_of(OFFICE), **more}, receive, send))
        return told

    begun, words = sent(extensions={"websocket.http.response": {}})
    assert (begun["type"], begun["status"]) == ("websocket.http.response.start", 429)
    assert b"Wait a minute, then try again. Nothing was lost." in words["body"]
    assert sent() == [{"type": "websocket.close", "code": 1013}]
    assert caplog.text.count("refused: more was asked from one address") == 1
    assert OFFICE not in caplog.text


async def _speaks(scope: Scope, receive: Receive, send: Send) -> None:
    """Speak over a socket until it is left, as Streamlit does, without a page behind it."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give the address of a real server that opens three sockets for each address: a thousand would take a minute."""
    monkeypatch.setattr(counted, "_SOCKETS_OPEN", 3)
    site: Any = OutermostMiddleware(_speaks)  # uvicorn's types of the same protocol are narrower
    app = ProxyHeadersMiddleware(site, trusted_hosts=["127.0.0.1"])
    running = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, ws="websockets-sansio", log_config=None))
    thread = threading.Thread(target=running.run)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    port = running.servers[0].sockets[0].getsockname()[1]
    yield f"ws://127.0.0.1:{port}/_stcore/stream"
    running.should_exit = True
    thread.join()


def test_a_real_server_refuses_a_socket_too_many_and_goes_on_with_those_that_are_open(server: str) -> None:
    def opened(address: str) -> ClientConnection:
        return connect(server, additional_headers={"X-Forwarded-For": address}, proxy=None)

    with ExitStack() as left:
        first, *_ = [left.enter_context(opened(OFFICE)) for _ in range(3)]
        with pytest.raises(InvalidStatus) as refused:
            opened(f"127.0.0.1, {OFFICE}")
        answer = refused.value.response
        assert answer.status_code == httpx.codes.TOO_MANY_REQUESTS
        assert int(answer.headers["retry-after"]) >= 1
        assert b"Wait a minute, then try again. Nothing was lost." in (answer.body or b"")
        left.enter_context(opened(OTHER))
        assert first.ping().wait(timeout=10)
        first.close()
        for _ in range(500):
            with suppress(InvalidStatus):  # until the server has seen that one left
                left.enter_context(opened(OFFICE))
                return
        pytest.fail("who left made no room")
