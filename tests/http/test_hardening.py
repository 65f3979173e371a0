"""What Streamlit and the headers are told to refuse: uploads from other sites and too large ones, and plain http."""

from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from charter.sessions import COOKIE
from pages.routes.cookies import drop_cookie, set_cookie, token_of
from pages.routes.headers import security_headers
from tests.conftest import forget_settings
from tests.http.conftest import Site
from tests.http.people import person, session_of

_MEGABYTE = 1024 * 1024  # bytes
_XSRF = "_streamlit_xsrf"


@pytest.fixture
def page(site: Site) -> Iterator[str]:
    """Give the number of a page that is open."""
    address = site.address.replace("http", "ws", 1)
    with connect(f"{address}/_stcore/stream", subprotocols=["streamlit"], proxy=None) as socket:  # type: ignore[list-item]
        asked = BackMsg()
        asked.rerun_script.page_name = "sign-in"
        socket.send(asked.SerializeToString())
        answer = ForwardMsg()
        while not answer.new_session.initialize.session_id:
            got = socket.recv(timeout=60)
            answer.ParseFromString(got if isinstance(got, bytes) else got.encode())
        yield answer.new_session.initialize.session_id


def sent(site: Site, page: str, *, size: int, token: str, signed_in: bool = True) -> int:
    """Send a file as a page does, with the token that our own pages have, or another."""
    with site.client() as client:
        client.get("/_stcore/health")
        if signed_in:
            client.cookies.set(COOKIE, session_of(site.store, person(site.store)).token)
        if not token:
            token = client.cookies[_XSRF]
        answer = client.put(
            f"/_stcore/upload_file/{page}/1",
            files={"file": ("a.csv", b"x" * size, "text/csv")},
            headers={"x-xsrftoken": token},
        )
    return answer.status_code


def test_a_file_of_a_page_of_ours_is_taken_up_to_five_megabytes(site: Site, page: str) -> None:
    assert sent(site, page, size=_MEGABYTE, token="") == httpx.codes.NO_CONTENT
    assert sent(site, page, size=6 * _MEGABYTE, token="") == httpx.codes.REQUEST_ENTITY_TOO_LARGE


def test_a_file_that_another_sites_page_sends_is_refused(site: Site, page: str) -> None:
    assert sent(site, page, size=10, token="made up") == httpx.codes.FORBIDDEN
    assert sent(site, "made-up", size=10, token="") == httpx.codes.BAD_REQUEST


def test_a_file_by_nobody_is_refused_before_it_is_in_memory(site: Site, page: str) -> None:
    assert sent(site, page, size=10, token="", signed_in=False) == httpx.codes.FORBIDDEN
    with site.client() as client:
        client.get("/_stcore/health")
        token = client.cookies[_XSRF]
        client.cookies.set(COOKIE, "made up")
        answer = client.put(f"/_stcore/upload_file/{page}/1", content=b"x", headers={"x-xsrftoken": token})
    assert answer.status_code == httpx.codes.FORBIDDEN
    assert "Please sign in first" in answer.text


@pytest.mark.parametrize("megabytes", [6, 21])
def test_a_message_over_a_socket_that_is_too_large_ends_it(site: Site, megabytes: int) -> None:
    address = site.address.replace("http", "ws", 1)
    streamlit = [Subprotocol("streamlit")]
    with connect(f"{address}/_stcore/stream", subprotocols=streamlit, proxy=None, max_size=None) as socket:
        with suppress(ConnectionClosed):  # the server ends it while it is still being sent
            socket.send(b"\n" * megabytes * _MEGABYTE)
        with suppress(ConnectionClosed):
            while socket.recv(timeout=20):
                pass
        # Above what a message may hold at all, the server may be gone before all of it is sent.
        assert socket.close_code in {CloseCode.MESSAGE_TOO_BIG, CloseCode.ABNORMAL_CLOSURE}


@pytest.mark.parametrize("path", ["/", "/healthz", "/session", "/files/audit.csv", "/link/a"])
def test_trace_is_refused(site: Site, path: str) -> None:
    with site.client() as client:
        assert client.request("TRACE", path).status_code == httpx.codes.METHOD_NOT_ALLOWED


@pytest.mark.parametrize("path", ["/", "/healthz", "/files/audit.csv", "/_stcore/health", "/_stcore/host-config"])
def test_no_other_site_is_let_read_an_answer(site: Site, path: str) -> None:
    with site.client() as client:
        answer = client.get(path, headers={"origin": "https://elsewhere.example"})
    assert answer.headers.get("access-control-allow-origin") is None


def test_behind_https_every_cookie_goes_back_by_https_alone(site: Site) -> None:
    proxy = site.address.replace("localhost", "127.0.0.1")  # one on the same machine is believed
    told = httpx.get(f"{proxy}/_stcore/health", headers={"x-forwarded-proto": "https"}).headers.get_list("set-cookie")
    plain = httpx.get(f"{proxy}/_stcore/health").headers.get_list("set-cookie")
    assert len(told) == len(plain) == 1
    assert told[0].startswith(_XSRF)
    assert told[0].endswith("; SameSite=Lax; Secure")
    assert "Secure" not in plain[0]


def test_signing_out_clears_what_the_browser_keeps(site: Site) -> None:
    with site.client() as client:
        assert client.post("/sign-out").headers["clear-site-data"] == '"cache", "storage"'


def test_what_is_refused_is_in_the_log_without_a_token(site: Site) -> None:
    token = "a-token-that-nobody-may-read"
    with site.client() as client:
        assert client.get("/files/audit.csv?who=somebody").status_code == httpx.codes.FORBIDDEN
        refused = client.post(f"/link/{token}", headers={"origin": "https://elsewhere.example"})
        assert refused.status_code == httpx.codes.FORBIDDEN
    log = site.server.log()
    assert "refused: GET /files/audit.csv\n" in log
    assert "refused: POST /link/…\n" in log
    assert token not in log
    assert "somebody" not in log


def headers_at(address: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("CHARTER_ADDRESS", address)
    forget_settings()
    security_headers.cache_clear()
    return {name.decode(): value.decode() for name, value in security_headers()}


@pytest.mark.usefixtures("settings_env")
def test_behind_https_a_browser_is_told_to_stay_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        told = headers_at("https://charter.example", monkeypatch)["strict-transport-security"]
        assert told == "max-age=31536000; includeSubDomains"
        assert "strict-transport-security" not in headers_at("http://localhost:8501", monkeypatch)
    finally:
        security_headers.cache_clear()


@pytest.mark.usefixtures("settings_env")
def test_behind_https_the_cookie_is_this_hosts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTER_ADDRESS", "https://charter.example")
    forget_settings()
    request = Request({"type": "http", "scheme": "http", "path": "/", "headers": [], "server": ("localhost", 80)})
    response = Response()
    set_cookie(response, request, "a-token")
    drop_cookie(response, request)
    set_it, drop_it = response.headers.getlist("set-cookie")
    assert set_it.startswith("__Host-charter_session=a-token; HttpOnly; ")
    assert {"Path=/", "SameSite=lax", "Secure"} <= set(set_it.split("; "))
    assert "domain" not in set_it.lower()
    assert drop_it.startswith('__Host-charter_session=""; ')
    asked = {**request.scope, "headers": [(b"cookie", b"charter_session=old; __Host-charter_session=a-token")]}
    assert token_of(Request(asked)) == "a-token"
