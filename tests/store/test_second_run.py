"""A second `make run`: what would make it slow is not done again, and not a byte of the data changes."""

import sys
from pathlib import Path

import pytest

from db.engine import Store
from tests.making import ROOT, clone_for_make, make, stand_in_uv

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
# It stands where `python -m streamlit` looks first, so that the command does all that it does and no server is left.
STREAMLIT = "import sys\nprint('served', *sys.argv[1:])\n"


def data(*folders: Path) -> dict[Path, bytes]:
    """Give what every file holds, without the empty ones: locks, and logs in which nothing is left to be written."""
    files = [path for folder in folders for path in folder.iterdir() if path.is_file()]
    # SQLite's index of its log, which each process makes anew.
    held = {path: path.read_bytes() for path in files if not path.name.endswith("-shm")}
    return {path: content for path, content in held.items() if content}


def test_it_makes_and_installs_nothing_again(demo_store: Store, settings_env: Path, tmp_path: Path) -> None:
    demo_store.engine.dispose()
    clone = clone_for_make(tmp_path / "my clone")
    path = stand_in_uv(tmp_path, f'exec "{sys.executable}" "$@"')
    make(".venv/.run-ready", folder=clone, path=path)
    installed = (tmp_path / "log").read_bytes()
    (clone / "streamlit.py").write_text(STREAMLIT, encoding="utf-8")
    before = data(settings_env, Path(demo_store.engine.url.database or "").parent)
    assert {"demonstration.db", "demonstration-accounts.txt"} <= {path.name for path in before}

    done = make("run", folder=clone, path=path, settings={"PYTHONPATH": str(ROOT), "PORT": "8765"})
    assert (done.returncode, done.stderr) == (0, "")
    site, *accounts, served = done.stdout.splitlines()
    assert site == "The site is at http://localhost:8765"
    assert len(accounts) == 8
    assert served.startswith(f"served run {ROOT / 'app.py'} --server.port 8765")
    assert data(*{path.parent for path in before}) == before
    assert (tmp_path / "log").read_bytes() == installed
