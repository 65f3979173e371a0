"""`/healthz`, with the store there and too new, and settings that are wrong. A store that is away has its own tests."""

import runpy
import subprocess
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from db.engine import open_engine
from db.migrations.running import newest_revision, upgrade
from tests.conftest import forget_settings
from tests.http.conftest import Site
from tests.http.serving import ROOT, free_port, start


def test_it_tells_the_state_of_the_store_and_its_migrations(site: Site) -> None:
    answer = httpx.get(f"{site.address}/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"store": "ready", "migration": newest_revision()}


@pytest.mark.slow
def test_a_store_that_is_newer_than_the_code_stops_the_start_in_one_line(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'newer.db'}"
    engine = open_engine(url)
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    said, code = _errors_of_a_start(tmp_path, {"CHARTER_DATABASE_URL": url})
    assert code == 1
    assert len(said) == 1, said
    assert "9999" in said[0]


WRONG = [
    ("CHARTER_DATABASE_URL", "mysql://somewhere"),
    ("CHARTER_SECRET_KEY", "change-me"),
    ("CHARTER_TIME_ZONE", "Essex/Grays"),
    ("CHARTER_ADDRESS", "charter.example.org"),
    ("CHARTER_DATABSE_URL", "sqlite:///misspelt.db"),
    ("CHARTER_DATA_DIR", "/proc/nowhere"),
]


@pytest.mark.parametrize(("setting", "value"), WRONG)
def test_a_wrong_setting_stops_the_start_with_one_line_that_names_it(
    settings_env: Path, monkeypatch: pytest.MonkeyPatch, setting: str, value: str
) -> None:
    """The application is run here; a start of the whole server, below, shows what becomes of the line."""
    del settings_env
    monkeypatch.setenv("CHARTER_DEMONSTRATION", "0")
    monkeypatch.setenv(setting, value)
    forget_settings()
    with pytest.raises(SystemExit) as stopped:
        runpy.run_path(str(ROOT / "app.py"))
    said = str(stopped.value.code)  # Python writes a code that is words to the error output, and exits with 1
    assert len(said.splitlines()) == 1
    assert said.startswith(f"{setting}: ")


@pytest.mark.slow
def test_a_server_with_a_wrong_setting_stops_with_one_line_that_names_it(tmp_path: Path) -> None:
    setting, value = WRONG[1]
    said, code = _errors_of_a_start(tmp_path, {setting: value})
    assert code == 1
    assert len(said) == 1, said
    assert said[0].startswith(f"{setting}: ")


def _errors_of_a_start(folder: Path, settings: dict[str, str]) -> tuple[list[str], int]:
    """Start the site, wait until it stops, and give the lines on its error output, and its exit code."""
    process = start(folder, settings, port=free_port(), output=subprocess.DEVNULL, errors=subprocess.PIPE)
    try:
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    return [line for line in errors.decode().splitlines() if line.strip()], process.returncode
