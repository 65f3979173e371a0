"""The site where nothing can be written but the data folder and the temporary one, as in its container."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.http.serving import ROOT, free_port, wait_for
from tests.http.talking import opened_page

# The folder stays as it is; the root that it lies in becomes one that nobody writes, for this process alone.
_READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,bind,ro / && ! touch / 2>/dev/null && shift && exec "$@"'


@pytest.fixture
def read_only(tmp_path: Path) -> list[str]:
    """Give what a command begins with to see a root that it cannot write, where that can be had."""
    unshare = shutil.which("unshare")
    begins = [unshare or "", "--mount", "--propagation", "private", "sh", "-c", _READ_ONLY, "sh", str(tmp_path)]
    if unshare is None or subprocess.run([*begins, "true"], capture_output=True, check=False).returncode:  # noqa: S603
        pytest.skip("this machine lets nobody make its root read-only for one process")
    return begins


@pytest.mark.slow
def test_the_site_starts_and_draws_a_page(read_only: list[str], tmp_path: Path) -> None:
    port, temporary, log = free_port(), tmp_path / "temporary", tmp_path / "log"
    temporary.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("CHARTER_")}
    settings = {
        "PORT": str(port),
        "HOME": str(temporary),
        "TMPDIR": str(temporary),
        "PYTHONDONTWRITEBYTECODE": "1",
        "CHARTER_DATA_DIR": str(tmp_path / "var"),
        "CHARTER_DEMONSTRATION": "0",
        "CHARTER_LOG": "json",
    }
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, with words of our own
            [*read_only, sys.executable, "-m", "charter", "run"],
            cwd=ROOT,
            env=kept | settings,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(f"http://localhost:{port}/healthz", 200)
        with opened_page(f"http://localhost:{port}", "method") as page:
            assert "How are the figures made?" in page.drawn()
        assert "Read-only file system" not in log.read_text(encoding="utf-8")
        assert '"level": "ERROR"' not in log.read_text(encoding="utf-8")
    finally:
        process.terminate()
        process.wait(timeout=20)
    assert {path.name for path in (tmp_path / "var").iterdir()} >= {"charter.db", "secret-key"}
