"""A site that really runs: its own process, data folder and port."""

import io
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from charter.__main__ import app
from tests.conftest import forget_settings
from tests.http.serving import free_port

ROOT = Path(__file__).parents[1]
_START_SECONDS = 120  # on a machine that does other work


@dataclass
class RunningSite:
    """A running site.

    Attributes:
        address: where it answers, without a slash at the end.
        data_dir: its data folder.
        settings: its settings, by their names in the environment.
        log: the file that it writes its output to.
    """

    address: str
    data_dir: Path
    settings: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] = field(repr=False)

    @contextmanager
    def here(self) -> Iterator[None]:
        """Have this process know the site's settings, and so its store, for as long as the scope lasts."""
        others = [name for name in os.environ if name.startswith("CHARTER_")]
        try:
            with pytest.MonkeyPatch.context() as patched:
                for name in others:
                    patched.delenv(name)
                for name, value in self.settings.items():
                    patched.setenv(name, value)
                forget_settings()
                yield
        finally:
            forget_settings()

    def command(self, *arguments: str) -> str:
        """Run a command of `python -m charter` on the site's store, and give what it prints. It must succeed.

        It runs in this process, which is another one than the site's: to start one takes seconds each time.
        """
        with self.here(), redirect_stdout(io.StringIO()) as printed:
            code = app(arguments, standalone_mode=False)
        assert not code, printed.getvalue()
        return printed.getvalue()

    def password(self, name: str) -> tuple[str, str]:
        """Give the e-mail address and the password of a made-up account, by the first part of its address."""
        lines = (self.data_dir / "demonstration-accounts.txt").read_text(encoding="utf-8").splitlines()
        email, password = next(line.split()[:2] for line in lines if line.startswith(f"{name}@"))
        return email, password

    def link(self) -> str:
        """Give the invitation link that the demonstration made for a group which has not started."""
        told = (self.data_dir / "demonstration-accounts.txt").read_text(encoding="utf-8")
        found = re.search(r"(/link/\S+)", told)
        assert found is not None
        return f"{self.address}{found[1]}"


@contextmanager
def running_site(folder: Path, settings: Mapping[str, str], *, by_command: bool = False) -> Iterator[RunningSite]:
    """Start a site in a folder of its own, wait until it is ready, and stop it at the end.

    Args:
        folder: where its data and its log go.
        settings: further settings by their names in the environment.
        by_command: whether it is started by the command that a person uses, `python -m charter run`, which makes the
            store ready first. The server does so too, and to load everything twice takes seconds.
    """
    port = free_port()
    address = f"http://localhost:{port}"
    own = {"PORT": str(port), "CHARTER_DATA_DIR": str(folder / "var"), "CHARTER_ADDRESS": address}
    named = {**own, **settings}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHARTER_")}
    served = ["streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)]
    log = folder / "site.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, with words of our own
            [sys.executable, "-m", *(["charter", "run"] if by_command else served)],
            cwd=ROOT,
            env=kept | named,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    site = RunningSite(address, folder / "var", named, log, process)
    try:
        _wait_until_ready(site)
        yield site
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(site: RunningSite) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        assert site.process.poll() is None, site.log.read_text(encoding="utf-8")
        try:
            with urllib.request.urlopen(f"{site.address}/healthz", timeout=5) as answer:  # noqa: S310 - our own site
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"the site did not start:\n{site.log.read_text(encoding='utf-8')}")
