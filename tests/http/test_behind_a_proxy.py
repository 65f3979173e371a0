"""Two servers on one PostgreSQL, behind the real proxy with the configuration that the product ships."""

import re
import secrets
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from sqlmodel import col, select
from websockets.exceptions import InvalidStatus

from charter.sessions import COOKIE
from db.engine import Store, open_engine
from db.models import AuditDetail, AuditEntry, SignInAttempt
from tests.conftest import forget_settings
from tests.http.people import link_to
from tests.http.proxying import PROXY_ADDRESS, Proxy, proxying
from tests.http.serving import Server, serving, wait_for
from tests.http.talking import opened_page
from tests.postgresql import PostgresqlServer

STICKY = "charter_server"
FORGED = "198.51.100.66"
HALL = 300  # people who share an address
SOME = 3  # people who open a page each, which takes longer than a request
SOMEWHERE = "127.0.0.9"  # an address of this machine that nobody believes


@dataclass(frozen=True)
class Fleet:
    """Two servers, and the store behind both."""

    servers: tuple[Server, Server]
    store: Store
    url: str

    @property
    def places(self) -> list[str]:
        """Where the servers are, as host and port."""
        return [server.address.replace("http://localhost", "127.0.0.1") for server in self.servers]


@pytest.fixture(scope="module")
def fleet(
    postgresql_server: PostgresqlServer, postgresql_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Fleet]:
    """Give two servers that start at once on one store, with one data folder."""
    folder, name = tmp_path_factory.mktemp("fleet"), postgresql_server.create(template=postgresql_template)
    url = postgresql_server.address(name)
    settings = {"CHARTER_DATABASE_URL": url, "CHARTER_PROXIES": PROXY_ADDRESS, "CHARTER_LOG": "json"}
    with ExitStack() as stack:
        with ThreadPoolExecutor(2) as both:
            started = both.map(lambda _: stack.enter_context(serving(folder, settings)), range(2))
            first, second = started
        for server in (first, second):
            wait_for(f"{server.address}/healthz", 200)
        store = Store(open_engine(url))
        yield Fleet((first, second), store, url)
        store.engine.dispose()
    postgresql_server.drop(name)


@pytest.fixture(scope="module")
def proxy(fleet: Fleet, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """Give the proxy before both."""
    with proxying(tmp_path_factory.mktemp("proxy"), fleet.places) as running:
        yield running


@pytest.fixture
def token(fleet: Fleet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """Give the token of a group's link, made with the servers' secret key."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHARTER_DATA_DIR", str(fleet.servers[0].log_path.parent / "var"))
    monkeypatch.setenv("CHARTER_DATABASE_URL", fleet.url)
    forget_settings()
    yield link_to(fleet.store, organisation=f"Group {secrets.token_hex(4)}")[0]
    forget_settings()


def address_of_newest(store: Store, act: str) -> str:
    """Give the network address in the audit log's newest entry of an act."""
    with store.reading() as session:
        detail = session.exec(
            select(AuditDetail.detail)
            .join(AuditEntry, col(AuditEntry.number) == col(AuditDetail.number))
            .where(AuditEntry.act == act)
            .order_by(col(AuditEntry.number).desc())
        ).first()
    found = re.search(r'"address": "([^"]*)"', detail or "")
    assert found is not None
    return found[1]


def opened_link(address: str, token: str, *, source: str, headers: dict[str, str]) -> None:
    with httpx.Client(transport=httpx.HTTPTransport(local_address=source), headers=headers) as client:
        assert client.post(f"{address}/link/{token}").status_code == 303


FORGERIES = [
    {},
    {"X-Forwarded-For": FORGED},
    {"X-Forwarded-For": f"{FORGED}, {PROXY_ADDRESS}", "Forwarded": f"for={FORGED}"},
]


@pytest.mark.parametrize("headers", FORGERIES, ids=len)
def test_a_persons_own_address_reaches_the_log_by_the_proxy_whatever_they_say(
    fleet: Fleet, proxy: Proxy, token: str, headers: dict[str, str]
) -> None:
    opened_link(proxy.address, token, source=SOMEWHERE, headers=headers)
    assert address_of_newest(fleet.store, "link_opened") == SOMEWHERE


@pytest.mark.parametrize("headers", FORGERIES, ids=len)
def test_who_goes_past_the_proxy_is_not_believed(fleet: Fleet, token: str, headers: dict[str, str]) -> None:
    server = fleet.servers[0].address.replace("localhost", "127.0.0.1")
    opened_link(server, token, source=SOMEWHERE, headers=headers | {"X-Forwarded-Proto": "https"})
    assert address_of_newest(fleet.store, "link_opened").removeprefix("::ffff:") == SOMEWHERE


def test_attempts_to_sign_in_are_counted_by_the_persons_own_address(fleet: Fleet, proxy: Proxy) -> None:
    forged = {"X-Forwarded-For": FORGED, "Origin": proxy.address}
    with opened_page(proxy.address, "sign-in", headers=forged, source=SOMEWHERE) as page:
        page.drawn()
        typed = {"E-mail address": "nobody@example.org", "Password": "not the password"}
        assert "is not right" in page.pressed("Sign in", typed)
    with fleet.store.reading() as session:
        assert [attempt.address for attempt in session.exec(select(SignInAttempt))] == [SOMEWHERE]


def servers_of(proxy: Proxy) -> list[str]:
    """Give the server of each request, as the proxy's log tells it."""
    return re.findall(r'"server": "([^"]+)"', (proxy.folder / "access.log").read_text(encoding="utf-8"))


def asked_since(proxy: Proxy, before: int, *, times: int) -> list[str]:
    """Wait until so many requests are in the proxy's log, a socket when it is closed, and give their servers."""
    end = time.monotonic() + 10
    while len(found := servers_of(proxy)[before:]) < times and time.monotonic() < end:
        time.sleep(0.02)
    assert len(found) == times
    return found


def test_a_person_stays_with_one_server_and_people_are_spread_over_both(fleet: Fleet, proxy: Proxy) -> None:
    theirs: set[str] = set()
    for number in range(60):
        before, draws = len(servers_of(proxy)), number < SOME
        with httpx.Client(base_url=proxy.address) as person:
            cookie = person.get("/").headers["set-cookie"]
            assert re.fullmatch(rf"{STICKY}=[0-9a-f]{{32}}; Path=/; HttpOnly; SameSite=Lax", cookie)
            for path in ("/", "/_stcore/health", "/healthz"):
                assert STICKY not in person.get(path).headers.get("set-cookie", "")
            headers = {"Cookie": f"{STICKY}={person.cookies[STICKY]}", "Origin": proxy.address}
            if draws:
                with opened_page(proxy.address, "", headers=headers) as page:
                    page.drawn()
        (server,) = set(asked_since(proxy, before, times=5 if draws else 4))
        theirs.add(server)
        if len(theirs) == len(fleet.places) and not draws:
            break
    assert theirs == set(fleet.places)
    forged = httpx.get(proxy.address, headers={"Cookie": f"{STICKY}=../../etc/passwd"})
    assert forged.headers["set-cookie"].startswith(f"{STICKY}=")


def test_a_page_is_drawn_through_the_proxy_and_another_sites_page_opens_no_socket(proxy: Proxy) -> None:
    with opened_page(proxy.address, "method", headers={"Origin": proxy.address}) as page:
        assert "How are the figures made?" in page.drawn()
    elsewhere = opened_page(proxy.address, "", headers={"Origin": "https://elsewhere.example"})
    with pytest.raises(InvalidStatus, match="403"), elsewhere:
        pass


def test_scripts_come_compressed_and_pages_that_differ_by_person_do_not(proxy: Proxy) -> None:
    page = httpx.get(proxy.address)
    script = re.search(r'src="\.?(/static/js/[^"]+\.js)"', page.text)
    assert script is not None
    sent = httpx.get(f"{proxy.address}{script[1]}", headers={"Accept-Encoding": "gzip"})
    assert sent.headers["content-encoding"] == "gzip"
    assert "set-cookie" not in sent.headers, "others on the way may keep it"
    assert int(sent.headers.get("content-length", 0)) < len(sent.content)
    plain = httpx.get(f"{proxy.address}{script[1]}", headers={"Accept-Encoding": "identity"})
    assert plain.content == sent.content
    assert (
        "content-encoding" not in httpx.get(f"{proxy.address}/link/none", headers={"Accept-Encoding": "gzip"}).headers
    )


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/metrics/",
        "//_stcore/metrics",
        "/_stcore/%6detrics",
        "/x/../_stcore/metrics",
        "/_stcore/agent/x",
    ],
)
def test_how_the_server_is_doing_is_told_to_nobody(proxy: Proxy, path: str) -> None:
    with socket.create_connection(("127.0.0.1", int(proxy.address.rpartition(":")[2]))) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        answer = raw.makefile("rb").read().decode()
    assert answer.startswith("HTTP/1.1 404")
    assert "cache_memory" not in answer


@pytest.mark.parametrize(
    ("path", "size", "status"), [("/link/a", 70_000, 413), ("/_stcore/upload_file/a/b", 7_000_000, 413)]
)
def test_too_much_is_refused_before_a_server_sees_it(proxy: Proxy, path: str, size: int, status: int) -> None:
    before = len(servers_of(proxy))
    assert httpx.request("PUT", f"{proxy.address}{path}", content=b"x" * size).status_code == status
    assert len(servers_of(proxy)) == before


def test_a_flood_at_a_door_is_held_back_and_other_people_come_in(proxy: Proxy) -> None:
    flood = httpx.HTTPTransport(local_address="127.0.0.20")
    with httpx.Client(transport=flood, timeout=60) as client, ThreadPoolExecutor(8) as many:
        for expected in ({404}, {404, 429}):
            answers = many.map(client.get, [f"{proxy.address}/stop/none"] * HALL)
            assert {answer.status_code for answer in answers} == expected
    other = httpx.HTTPTransport(local_address="127.0.0.21")
    with httpx.Client(transport=other) as client:
        assert client.get(f"{proxy.address}/stop/none").status_code == 404


def test_the_proxys_log_names_no_token_and_no_person(proxy: Proxy) -> None:
    token = "token-that-must-not-be-logged"
    for path in (f"/link/{token}", f"/sign-in?set={token}", f"/{token}-7K3M/x", f"/preview/{token}"):
        httpx.get(
            f"{proxy.address}{path}", headers={"Cookie": f"{COOKIE}={token}", "Referer": token, "User-Agent": token}
        )
    assert '"GET /link 404"' in proxy.log()
    assert token not in proxy.log()
    assert not re.search(r"127\.0\.0\.\d+(?!:)(?!\d)", re.sub(r'"server": "[^"]*"', "", proxy.log()))
    assert '"GET elsewhere 200"' in proxy.log()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Give the folder of a proxy with a certificate in it."""
    folder = tmp_path / "certificates"
    folder.mkdir()
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(1)
    )
    made = builder.sign(key, hashes.SHA256())
    (folder / "fullchain.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    )
    return tmp_path


def test_with_tls_the_servers_know_that_people_come_by_https(fleet: Fleet, certificate: Path, token: str) -> None:
    with proxying(certificate, fleet.places, listen="https") as proxy, httpx.Client(verify=False) as client:  # noqa: S501
        moved = client.get(f"{proxy.address}/engagement?period=2025")
        assert moved.status_code == 308
        assert moved.headers["location"].startswith("https://127.0.0.1/engagement?period=2025")
        assert client.get(proxy.secure_address).headers["set-cookie"].endswith("; Secure")
        opened = client.post(f"{proxy.secure_address}/link/{token}", headers={"Origin": proxy.secure_address})
        assert "Secure" in next(line for line in opened.headers.get_list("set-cookie") if line.startswith(COOKIE))


def test_people_of_a_server_that_is_gone_go_on_with_the_other(fleet: Fleet, proxy: Proxy, token: str) -> None:
    """The last test: one of the servers is ended in it. A session is in the store, so the other server knows it."""
    with httpx.Client(base_url=proxy.address, follow_redirects=False) as person:
        person.get("/")
        assert person.post(f"/link/{token}").status_code == 303
        mine = servers_of(proxy)[-1]
        server = fleet.servers[fleet.places.index(mine)]
        server.process.terminate()
        server.process.wait(timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
        with opened_page(
            proxy.address, "my-organisation", headers={"Cookie": cookies, "Origin": proxy.address}
        ) as page:
            assert "Sign in" not in (said := page.drawn())
        assert "Group " in said
    assert token not in proxy.log()
