"""`python -m charter run` while the store is away, as a person sees it on the screen."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.http.serving import ROOT, free_port, wait_for

PASSWORD = "sesame-of-the-store"


@pytest.mark.slow
def test_the_site_starts_all_the_same_and_says_so_in_one_line(tmp_path: Path) -> None:
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("CHARTER_")}
    environment = kept | {
        "PORT": str(port),
        "CHARTER_DATA_DIR": str(tmp_path / "var"),
        # Nothing listens there.
        "CHARTER_DATABASE_URL": f"postgresql://charter:{PASSWORD}@127.0.0.1:{free_port()}/charter",
    }
    screen, log = tmp_path / "screen", tmp_path / "log"
    with screen.open("wb") as output, log.open("wb") as errors:
        command = [sys.executable, "-m", "charter", "run"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=errors)  # noqa: S603
    try:
        away = wait_for(f"http://localhost:{port}/healthz", 503)
        assert away.json() == {"store": "not ready", "reason": "the store is away"}
        assert wait_for(f"http://localhost:{port}/", 200).headers["content-type"].startswith("text/html")
        assert process.poll() is None
    finally:
        process.terminate()
        process.wait(timeout=20)
    assert screen.read_text(encoding="utf-8").splitlines()[:2] == [
        "The store is away. The site starts all the same, and goes on trying.",
        f"The site is at http://localhost:{port}",
    ]
    told = [re.sub(r"^\S+ \S+ ", "", line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert told[0] == "WARNING charter: the store is away; trying again every 5 seconds"
    everything = screen.read_text(encoding="utf-8") + log.read_text(encoding="utf-8")
    assert "Traceback" not in everything
    assert PASSWORD not in everything
