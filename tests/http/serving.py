"""A real server of the site, in a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx

ROOT = Path(__file__).parents[2]
_START_SECONDS = 120  # on a machine that does other work


@dataclass
class Server:
    """A running server: where it is, and what it has written so far."""

    address: str
    process: subprocess.Popen[bytes]
    log_path: Path

    def log(self) -> str:
        """Give everything that the server has written."""
        return self.log_path.read_text(encoding="utf-8")


@contextmanager
def serving(folder: Path, settings: Mapping[str, str]) -> Iterator[Server]:
    """Start the site with these settings, wait until it answers at all, and stop it at the end."""
    port = free_port()
    log_path = folder / f"server-{port}.log"
    with log_path.open("wb") as log:
        process = start(folder, settings, port=port, output=log)
    try:
        server = Server(f"http://localhost:{port}", process, log_path)
        _wait_until_it_answers(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


def start(
    folder: Path, settings: Mapping[str, str], *, port: int, output: IO[bytes] | int, errors: int = subprocess.STDOUT
) -> subprocess.Popen[bytes]:
    """Start the site as a person would, with no other setting than these."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("CHARTER_")}
    environment = kept | {"CHARTER_DATA_DIR": str(folder / "var"), "CHARTER_DEMONSTRATION": "0"} | dict(settings)
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=errors)  # noqa: S603


def free_port() -> int:
    """Give a port that nothing listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_for(address: str, status: int, *, seconds: float = _START_SECONDS) -> httpx.Response:
    """Wait until an address answers with a status."""
    end = time.monotonic() + seconds
    last = "nothing"
    while time.monotonic() < end:
        try:
            answer = httpx.get(address, timeout=10)
        except httpx.HTTPError as error:
            last = repr(error)
        else:
            if answer.status_code == status:
                return answer
            last = f"{answer.status_code} {answer.text[:200]}"
        time.sleep(0.2)
    raise AssertionError(f"{address} did not answer {status} within {seconds} s, but {last}")


def _wait_until_it_answers(server: Server) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if server.process.poll() is not None:
            break
        try:
            httpx.get(f"{server.address}/healthz", timeout=10)
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"the server did not answer:\n{server.log()}")
