"""The second door before a directory that does not answer, or not as it should: plain words, and the server goes on."""

import asyncio
import time
from http.server import BaseHTTPRequestHandler

import httpx
import pytest

from charter.openid import asking
from charter.sessions import COOKIE
from tests.http.serving import free_port
from tests.second_door import DOOR, Browser, open_door
from tests.signed_statements import METADATA, Answer, Liar, signed
from tests.signed_statements import claims as stated

pytestmark = pytest.mark.usefixtures("settings_env")
RUBBISH: dict[str, tuple[str, Answer]] = {
    "a page": (METADATA, (200, "<html>Welcome</html>")),
    "a list": (METADATA, (200, "[]")),
    "an error": (METADATA, (500, "{}")),
    "a way elsewhere": (METADATA, (302, "https://evil.example/")),
    "too much": (METADATA, (200, " " * 300_000 + "{}")),
    "no letters": (METADATA, lambda answer: _bytes(answer, b"HTTP/1.0 200 OK\r\n\r\n\xff\xfe")),
    "half an answer": (METADATA, lambda answer: _bytes(answer, b"HTTP/1.0 200 OK\r\ncontent-length: 99\r\n\r\n{")),
    "no answer": (METADATA, lambda answer: _bytes(answer, b"")),
    "somebody else": (METADATA, (200, '{"issuer": "https://evil.example"}')),
    "no token": ("/token", (200, "{}")),
    "no code": ("/token", (400, '{"error": "invalid_grant"}')),
    "no keys": ("/keys", (404, "{}")),
}


def _bytes(answer: BaseHTTPRequestHandler, sent: bytes) -> None:
    answer.wfile.write(sent)
    answer.close_connection = True


@pytest.mark.parametrize("how", RUBBISH)
def test_rubbish_is_told_in_plain_words(liar: Liar, how: str) -> None:
    browser = Browser()
    sent = browser.goes()
    liar.statement = signed(stated(liar.issuer, nonce=sent["nonce"]))
    path, liar.answers[path] = RUBBISH[how][0], RUBBISH[how][1]
    answers = [browser.comes_back(code="code", state=sent["state"])]
    answers += [browser.asks(DOOR)] if path == METADATA else []
    for answer in answers:
        assert answer.status_code in ({403} if how == "no token" else {424})
        assert "Nothing was changed" in answer.text
    assert COOKIE not in browser.cookies


@pytest.mark.parametrize("endpoint", ["http://evil.example/a", "file:///etc/passwd", "http://[", "/a", ""])
def test_a_secret_goes_to_no_address_that_is_not_safe(liar: Liar, endpoint: str) -> None:
    said = str(liar.usual(METADATA)).replace("'", '"').replace(f"{liar.issuer}/token", endpoint)
    liar.answers[METADATA] = (200, said)
    liar.handed_in = {}
    assert Browser().asks(DOOR).status_code == 424
    assert liar.handed_in == {}


def test_one_that_is_away_is_told_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    open_door(monkeypatch, f"http://localhost:{free_port()}")
    answer = Browser().asks(f"{DOOR}?back=/audit")
    assert answer.status_code == 424
    assert "in a few minutes" in answer.text
    assert '<a href="/audit">Go back to sign in</a>' in answer.text


def _slowly(answer: BaseHTTPRequestHandler) -> None:
    """Answer a letter at a time, each in good time."""
    answer.send_response(200)
    answer.end_headers()
    try:
        for _ in range(60):
            answer.wfile.write(b" ")
            time.sleep(0.05)
    except OSError:
        pass


def test_a_slow_one_keeps_nobody_else_and_is_given_up(liar: Liar, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asking.LIMIT == 5
    monkeypatch.setattr(asking, "LIMIT", 0.5)
    liar.answers[METADATA] = _slowly

    async def at_once() -> tuple[list[httpx.Response], float, float]:
        began = time.monotonic()
        slow = [asyncio.create_task(Browser().opens(DOOR)) for _ in range(50)]
        await asyncio.sleep(0.1)
        asked = time.monotonic()
        assert (await Browser().opens("/sign-out")).status_code == 200
        other = time.monotonic() - asked
        return await asyncio.gather(*slow), other, time.monotonic() - began

    answers, other, all_of_it = asyncio.run(at_once())
    assert {answer.status_code for answer in answers} == {424}
    assert other < 2
    assert all_of_it < 10
