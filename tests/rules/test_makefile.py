"""The commands of `make`: listed, documented, and safe to break off. No network is used."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from charter.__main__ import app

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
README = ROOT / "README.md"
DESCRIBED = re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE)
FAKE_UV = """#!/bin/sh
echo "$@" >> "{log}"
case "$1" in
    venv) mkdir -p .venv/bin && touch .venv/bin/python ;;
    pip) test ! -e "{broken}" ;;
esac
"""


def make(*arguments: str, folder: Path = ROOT, path: str | None = None) -> subprocess.CompletedProcess[str]:
    # `make test` runs these tests too: what it hands on to a make inside it is left out.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    environment = {**kept, "PATH": path or os.environ["PATH"]}
    command = [shutil.which("make") or "make", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Give a copy of what `make` needs, in a folder with a space in its name."""
    folder = tmp_path / "my clone"
    (folder / "tests").mkdir(parents=True)
    for name in ("Makefile", "requirements.txt", "tests/requirements.txt"):
        shutil.copyfile(ROOT / name, folder / name)
    return folder


@pytest.fixture
def with_uv(tmp_path: Path) -> str:
    """Give a search path on which a stand-in for uv comes first. While a file `broken` is there, it fails."""
    programs = tmp_path / "programs"
    programs.mkdir()
    program = programs / "uv"
    program.write_text(FAKE_UV.format(log=tmp_path / "log", broken=tmp_path / "broken"), encoding="utf-8")
    program.chmod(0o755)
    return f"{programs}:{os.environ['PATH']}"


def calls(tmp_path: Path) -> list[str]:
    """List what the stand-in was called with, by its first word."""
    return [line.split()[0] for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]


def test_help_lists_every_command_that_is_described() -> None:
    listed = [line.split()[1] for line in make("help").stdout.splitlines()]
    assert listed == DESCRIBED
    assert {"help", "run", "test", "lock", "format"} <= set(listed)


def test_make_alone_lists_the_commands() -> None:
    assert make().stdout == make("help").stdout


def test_every_command_is_described() -> None:
    phony = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert sorted(" ".join(phony).split()) == sorted(DESCRIBED)


def test_the_readmes_make_commands_are_there() -> None:
    written = set(re.findall(r"^ +make ([a-z]+)|`make ([a-z]+)", README.read_text(encoding="utf-8"), re.MULTILINE))
    named = {first or second for first, second in written}
    assert {"run", "test"} <= named <= set(DESCRIBED)


@pytest.mark.parametrize("line", re.findall(r"python -m charter ([^`#\n]+)", README.read_text(encoding="utf-8")))
def test_the_readmes_own_commands_are_there(line: str) -> None:
    words = line.split()
    command = everything = get_command(app)
    while isinstance(command, TyperGroup) and words and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    assert command is not everything, f"{line} is no command"
    options = {name for option in command.params for name in option.opts}
    assert {word for word in words if word.startswith("--")} <= options
    # What is left is a file, a reference or a name, and not a command of a group of them.
    assert not words or not isinstance(command, TyperGroup), f"{words[0]} is not a command of {command.name}"


def test_an_installation_is_done_once(clone: Path, with_uv: str, tmp_path: Path) -> None:
    assert make(".venv/.run-ready", folder=clone, path=with_uv).returncode == 0
    assert calls(tmp_path) == ["venv", "pip"]
    assert make(".venv/.run-ready", folder=clone, path=with_uv).returncode == 0
    assert calls(tmp_path) == ["venv", "pip"]


def test_an_installation_that_was_broken_off_is_done_again(clone: Path, with_uv: str, tmp_path: Path) -> None:
    (tmp_path / "broken").touch()
    assert make(".venv/.run-ready", folder=clone, path=with_uv).returncode != 0
    assert not (clone / ".venv" / ".run-ready").exists()
    (tmp_path / "broken").unlink()
    assert make(".venv/.run-ready", folder=clone, path=with_uv).returncode == 0
    assert calls(tmp_path) == ["venv", "pip", "pip"]


def test_new_requirements_are_installed(clone: Path, with_uv: str, tmp_path: Path) -> None:
    make(".venv/.test-ready", folder=clone, path=with_uv)
    later = (clone / ".venv" / ".test-ready").stat().st_mtime + 10
    os.utime(clone / "tests" / "requirements.txt", (later, later))
    make(".venv/.test-ready", folder=clone, path=with_uv)
    assert calls(tmp_path) == ["venv", "pip", "pip", "pip"]


def test_a_machine_without_python_is_told_so_in_one_line(clone: Path, tmp_path: Path) -> None:
    programs = tmp_path / "few"
    programs.mkdir()
    for name in ("sh", "echo", "rm"):
        (programs / name).symlink_to(shutil.which(name) or "")
    ran = make(".venv/.run-ready", folder=clone, path=str(programs))
    assert ran.returncode != 0
    said = [line for line in ran.stderr.splitlines() if not line.startswith("make")]
    assert said == ["Python 3.11 is needed, and was not found. Install it and try again."]
    assert not (clone / ".venv").exists()


def test_the_exact_versions_name_no_host() -> None:
    for path in (ROOT / "requirements.txt", ROOT / "tests" / "requirements.txt"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*", line)] == []


def test_both_lists_agree_on_every_version() -> None:
    run, test = ((ROOT / name).read_text(encoding="utf-8") for name in ("requirements.txt", "tests/requirements.txt"))
    assert set(run.split()) <= set(test.split())
