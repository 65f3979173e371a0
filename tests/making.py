"""Calling `make` and its like in a folder of a test's own, with stand-ins for the programs that they call."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
NEEDED_BY_MAKE = ("Makefile", "requirements.txt", "tests/requirements.txt")
FAKE_UV = """
echo "$@" >> "{log}"
case "$1" in
    venv) mkdir -p .venv/bin && cp "{python}" .venv/bin/python ;;
    pip) test ! -e "{broken}" ;;
esac
"""


def stand_in(folder: Path, name: str, script: str) -> Path:
    """Write a shell script that takes a program's place wherever this folder is searched first."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def few_programs(folder: Path, *names: str) -> Path:
    """Make a search path with these programs of the machine alone, and give its one folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).symlink_to(shutil.which(name) or "")
    return folder


def stand_in_uv(folder: Path, python: str) -> str:
    """Give a search path on which a stand-in for uv comes first, which writes a line a call to the file `log`.

    Args:
        folder: where its files go. While a file `broken` is in it, its installations fail.
        python: the script that it puts in the place of the virtual environment's Python.
    """
    made = stand_in(folder / "made-by-uv", "python", python)
    script = FAKE_UV.format(log=folder / "log", broken=folder / "broken", python=made)
    return f"{stand_in(folder / 'programs', 'uv', script).parent}:{os.environ['PATH']}"


def clone_for_make(folder: Path) -> Path:
    """Copy what `make` needs into a new folder, whose name may hold a space."""
    (folder / "tests").mkdir(parents=True)
    for name in NEEDED_BY_MAKE:
        shutil.copyfile(ROOT / name, folder / name)
    return folder


def make(
    *arguments: str, folder: Path = ROOT, path: str | None = None, settings: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `make` in a folder, with a search path and further variables of the environment."""
    # `make test` runs these tests too: what it hands on to a make inside it is left out.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    environment = {**kept, "PATH": path or os.environ["PATH"], **(settings or {})}
    command = [shutil.which("make") or "make", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
