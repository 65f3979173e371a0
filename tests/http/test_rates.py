"""How often one address may ask: a machine has to wait, and is told so in words; a hall full of people has not."""

import asyncio

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from pages.routes.outermost import OutermostMiddleware
from pages.routes.rates import Rates, TooManyRequestsError
from tests.http.conftest import Site

OFFICE, OTHER = "198.51.100.7", "203.0.113.5"
PEOPLE = 200


def scope(path: str, method: str = "GET", address: str = OFFICE) -> Scope:
    return {"type": "http", "method": method, "path": path, "client": (address, 1234)}


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
def rates(moment: Standing) -> Rates:
    return Rates(moment)


@pytest.mark.parametrize(
    ("method", "path", "limit"),
    [
        ("POST", "/session", 300),
        ("POST", "/new-link", 300),
        ("PUT", "/_stcore/upload_file/1/2", 300),
        ("GET", "/link/unknown", 300),
        ("GET", "/sign-in/openid", 300),
        ("GET", "/preview/unknown", 300),
        ("GET", "/files/audit.csv", 120),
    ],
)
def test_each_kind_has_its_limit(rates: Rates, method: str, path: str, limit: int) -> None:
    assert let_through(rates, limit + 50, path, method) == limit
    assert let_through(rates, 1, path, method, address=OTHER) == 1


def test_a_hall_of_people_at_one_address_opens_its_links_within_a_minute(rates: Rates) -> None:
    assert let_through(rates, PEOPLE, "/link/a") == PEOPLE
    assert let_through(rates, PEOPLE, "/link/a", "POST") == PEOPLE
    assert let_through(rates, 10_000, "/static/js/index.js") == 10_000
    assert let_through(rates, 10_000, "/") == 10_000
    assert let_through(rates, 10_000, "/healthz") == 10_000


def test_who_waits_is_let_through_again(rates: Rates, moment: Standing) -> None:
    let_through(rates, 300, "/session", "POST")
    with pytest.raises(TooManyRequestsError) as refused:
        rates.count(scope("/session", "POST"))
    assert refused.value.seconds == 1
    moment.at += 10
    assert let_through(rates, 100, "/session", "POST") == 50
    moment.at += 3600
    assert let_through(rates, 400, "/session", "POST") == 300


def test_all_addresses_of_one_customer_are_one_and_this_machine_is_not_counted(rates: Rates) -> None:
    passed = [let_through(rates, 1, "/files/form", address=f"2001:db8::{number:x}") for number in range(200)]
    assert sum(passed) == 120
    for here in ("127.0.0.1", "::1", "::ffff:127.0.0.1"):
        assert let_through(rates, 500, "/files/form", address=here) == 500


def test_many_addresses_do_not_use_up_the_memory(rates: Rates) -> None:
    for number in range(12_000):
        let_through(rates, 1, "/files/form", address=f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(rates._left) == 10_000  # noqa: SLF001 - nothing else tells of the memory


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
