"""The log of a real server, as JSON: what happens to people is in it, and nothing that is theirs."""

import json
import os
import runpy
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from charter.__main__ import main
from charter.sessions import COOKIE
from db.engine import Store, open_engine
from tests.conftest import forget_settings
from tests.http.people import link_to, person, session_of
from tests.http.serving import ROOT, Server, serving, wait_for
from tests.http.talking import opened_page

SECRETS = {
    "name": "Philomena Typed-Name",
    "email": "philomena.typed@example.org",
    "password": "a password that was typed",
    "token": "token-that-must-not-be-logged",
    "address": "203.0.113.77",
    "group": "The Very Private Gardeners",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server that writes its log as JSON."""
    with serving(folder := tmp_path_factory.mktemp("logs"), {"CHARTER_LOG": "json"}) as running:
        wait_for(f"{running.address}/healthz", 200)
        assert (folder / "var").is_dir()
        yield running


@pytest.fixture
def store(server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Store]:
    """Give the server's store, while this process has its settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHARTER_DATA_DIR", str(server.log_path.parent / "var"))
    monkeypatch.setenv("CHARTER_DEMONSTRATION", "0")
    monkeypatch.delenv("CHARTER_DATABASE_URL", raising=False)
    forget_settings()
    opened = Store(open_engine(f"sqlite:///{server.log_path.parent / 'var' / 'charter.db'}"))
    yield opened
    opened.engine.dispose()
    forget_settings()


def lines(server: Server) -> list[dict[str, str]]:
    """Give the log's lines, each of which must be an object; the greeting before it is Streamlit's own."""
    written = [line for line in server.log().splitlines() if line.strip()]
    return [json.loads(line) for line in written if not line.startswith(("  You can now", "  URL: "))]


def test_everything_that_happens_is_an_object_a_line_without_a_secret(server: Server, store: Store) -> None:
    email = person(store, name=SECRETS["name"], password="three random words")
    cookie, (token, _) = session_of(store, email).token, link_to(store, organisation=SECRETS["group"])
    theirs = opened(server, cookie=cookie, token=token)
    typed(server, store)
    found = lines(server)
    for line in found:
        assert {"time", "level", "logger", "message"} <= set(line)
        assert datetime.fromisoformat(line["time"]).utcoffset() is not None
    assert found[0]["message"] == "the site is open"
    failed = [line for line in found if "incident" in line]
    assert len({line["incident"] for line in failed}) == 1
    assert failed[0]["message"].startswith(f"incident {failed[0]['incident']}: sqlalchemy.exc.OperationalError")
    assert any("sign_in_form.py" in line["message"] for line in failed)
    key = (server.log_path.parent / "var" / "secret-key").read_text(encoding="utf-8")
    for secret in (*SECRETS.values(), token, cookie, theirs, key, email, "three random words"):
        assert secret not in server.log()


def opened(server: Server, *, cookie: str, token: str) -> str:
    """Open links and other addresses with what must stay secret in them, and give the cookie that came of it."""
    proxy, other = server.address.replace("localhost", "127.0.0.1"), SECRETS["token"]
    kept, headers = {COOKIE: cookie}, {"x-forwarded-for": SECRETS["address"]}
    with httpx.Client(base_url=proxy, headers=headers, cookies=kept) as client:
        for path in (f"/link/{token}", f"/link/{other}", f"/stop/{other}", f"/sign-in?set={other}"):
            client.get(path)
        answer = client.post(f"/link/{token}", headers={"origin": proxy})
        client.post("/session", headers={"X-Charter-Ticket": other})
        client.post("/session", content="x" * 100_000)
        client.request("WRONG", f"/{other}")
    with socket.create_connection(("127.0.0.1", int(proxy.rpartition(":")[2]))) as raw:
        raw.sendall(f"no request {other}\r\n\r\n".encode())
        raw.recv(100)
    assert answer.status_code == 303
    return answer.cookies[COOKIE]


def typed(server: Server, store: Store) -> None:
    """Fail to sign in, by words that are wrong and by a page that fails."""
    words = {"E-mail address": SECRETS["email"], "Password": SECRETS["password"]}
    address, headers = server.address.replace("localhost", "127.0.0.1"), {"x-forwarded-for": SECRETS["address"]}
    with opened_page(address, "sign-in", headers=headers) as page:
        page.drawn()
        assert "is not right" in page.pressed("Sign in", words)
        assert failing_sign_in(store, lambda: page.pressed("Sign in", words))


def failing_sign_in(store: Store, press: Callable[[], str]) -> bool:
    """Take a table away while somebody signs in, and tell whether the page gave them a code to quote."""
    with store.writing() as session:
        session.execute(sa.text("ALTER TABLE sign_in_attempt RENAME TO elsewhere"))
    said = press()
    with store.writing() as session:
        session.execute(sa.text("ALTER TABLE elsewhere RENAME TO sign_in_attempt"))
    return "this code: " in said


@pytest.fixture
def wrong(settings_env: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Have a setting wrong, and give the line that must be said of it."""
    assert settings_env.is_dir()
    monkeypatch.setenv("CHARTER_LOG", "json")
    monkeypatch.setenv("CHARTER_TIME_ZONE", "Essex/Grays")
    forget_settings()
    return "CHARTER_TIME_ZONE: no such time zone; Europe/London is one"


def test_a_start_that_ends_over_a_setting_says_so_as_json_too(wrong: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        runpy.run_path(str(ROOT / "app.py"))
    assert json.loads(str(stopped.value.code))["message"] == wrong


def test_so_does_the_command(wrong: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["charter", "run"])
    with pytest.raises(SystemExit):
        main()
    assert json.loads(capsys.readouterr().err)["message"] == wrong


@pytest.mark.slow
def test_the_command_says_all_as_json_also_before_the_site_is_loaded(tmp_path: Path) -> None:
    """A demonstration's passwords, which it prints for a person at a terminal, are not in it."""
    with socket.socket(socket.AF_INET6 if socket.has_ipv6 else socket.AF_INET) as taken:
        taken.bind(("", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = ended(by_command(tmp_path, {"CHARTER_LOG": "json", "PORT": str(port)}))
    assert [line["message"] for line in said] == [f"Port {port} is not available"]


def by_command(folder: Path, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start the site by `python -m charter run`."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("CHARTER_")}
    return subprocess.Popen(
        [sys.executable, "-m", "charter", "run"],
        cwd=ROOT,
        env=kept | {"CHARTER_DATA_DIR": str(folder / "var")} | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def ended(process: subprocess.Popen[bytes]) -> list[dict[str, str]]:
    """Wait until a start has ended with an error, and give what it said, each line an object."""
    try:
        output, errors = process.communicate(timeout=90)
    finally:
        process.kill()
    assert process.returncode == 1
    return [json.loads(line) for line in (output or errors).decode().splitlines() if line.strip()]
