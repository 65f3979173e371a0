"""`python -m charter run` while the store is away: what is seen on the screen, over HTTP, and once it is back."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import make_url

from db.migrations.running import newest_revision
from tests.http.serving import ROOT, free_port, wait_for
from tests.postgresql import PostgresqlServer

PASSWORD = "sesame-of-the-store"


@contextmanager
def begun(folder: Path, url: str) -> Iterator[str]:
    """Start the site as a person does, and give its address; its output goes to `screen`, its errors to `log`."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("CHARTER_")}
    port = free_port()
    environment = kept | {
        "PORT": str(port),
        "CHARTER_DATA_DIR": str(folder / "var"),
        "CHARTER_DEMONSTRATION": "0",
        "CHARTER_DATABASE_URL": url,
    }
    with (folder / "screen").open("wb") as output, (folder / "log").open("wb") as errors:
        command = [sys.executable, "-m", "charter", "run"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=errors)  # noqa: S603
    try:
        yield f"http://localhost:{port}"
        assert process.poll() is None
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.mark.slow
def test_the_site_starts_all_the_same_says_so_in_one_line_and_tries_until_it_is_back(
    tmp_path: Path, postgresql_server: PostgresqlServer
) -> None:
    name = postgresql_server.create()
    url = make_url(postgresql_server.address(name)).set(password=PASSWORD).render_as_string(hide_password=False)
    postgresql_server.drop(name)
    with begun(tmp_path, url) as site:
        says_that_it_is_away(site, name)
        postgresql_server.create(name=name)  # under the name that the site was given
        assert wait_for(f"{site}/healthz", 200).json() == {"store": "ready", "migration": newest_revision()}
        assert httpx.get(f"{site}/link/some-token").status_code == 404
    postgresql_server.drop(name)
    screen, log = ((tmp_path / kept).read_text(encoding="utf-8") for kept in ("screen", "log"))
    assert screen.splitlines()[:2] == [
        "The store is away. The site starts all the same, and goes on trying.",
        f"The site is at {site}",
    ]
    told = [re.sub(r"^\S+ \S+ ", "", line) for line in log.splitlines()]
    assert told[0] == "WARNING charter: the store is away; trying again every 5 seconds"
    for secret in ("Traceback", PASSWORD, "some-token"):
        assert secret not in screen + log


def says_that_it_is_away(site: str, name: str) -> None:
    """Hold what is answered without a store: the state, the page, and of a link no more than that it went wrong."""
    away = wait_for(f"{site}/healthz", 503)
    assert away.json() == {"store": "not ready", "reason": "the store is away"}
    assert "frame-ancestors" in away.headers["content-security-policy"]
    page = httpx.get(f"{site}/")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    link = httpx.get(f"{site}/link/some-token")
    assert link.status_code == 500
    assert "Something went wrong" in link.text
    assert name not in link.text
