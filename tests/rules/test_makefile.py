"""The commands of `make`: listed, documented, and safe to break off. No network is used."""

import os
import re
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from charter.__main__ import app
from tests.making import ROOT, clone_for_make, few_programs, make, stand_in_uv

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
README = ROOT / "README.md"
DESCRIBED = re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE)
PYTHON = """
echo "python $*" >> "{log}"
case "$*" in *"$(cat "{failing}" 2>/dev/null || echo none)"*) exit 3 ;; esac
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Give a copy of what `make` needs, in a folder with a space in its name."""
    return clone_for_make(tmp_path / "my clone")


@pytest.fixture
def with_uv(tmp_path: Path) -> str:
    """Give a search path with a stand-in for uv. The Python that it makes fails at what the file `failing` names."""
    return stand_in_uv(tmp_path, PYTHON.format(log=tmp_path / "log", failing=tmp_path / "failing"))


def calls(tmp_path: Path) -> list[str]:
    """List what the stand-ins were called with, by its first word."""
    return [line.split()[0] for line in said(tmp_path)]


def said(tmp_path: Path) -> list[str]:
    """List what the stand-ins were called with."""
    return (tmp_path / "log").read_text(encoding="utf-8").splitlines()


def test_help_lists_every_command_that_is_described() -> None:
    listed = [line.split()[1] for line in make("help").stdout.splitlines()]
    assert listed == DESCRIBED
    assert {"help", "run", "test", "reports-check", "lock", "format"} <= set(listed)


def test_make_alone_lists_the_commands() -> None:
    assert make().stdout == make("help").stdout


def test_every_command_is_described() -> None:
    phony = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert sorted(" ".join(phony).split()) == sorted(DESCRIBED)


def test_the_readmes_make_commands_are_there() -> None:
    written = set(re.findall(r"^ +make ([a-z-]+)|`make ([a-z-]+)", README.read_text(encoding="utf-8"), re.MULTILINE))
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


def test_a_second_run_installs_nothing_and_only_starts_the_site(clone: Path, with_uv: str, tmp_path: Path) -> None:
    assert make("run", folder=clone, path=with_uv).returncode == 0
    assert calls(tmp_path) == ["venv", "pip", "python"]
    again = make("run", folder=clone, path=with_uv)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert said(tmp_path)[3:] == ["python -m charter run"]


def test_every_test_is_run_and_none_is_left_out(clone: Path, with_uv: str, tmp_path: Path) -> None:
    assert make("test", folder=clone, path=with_uv).returncode == 0
    assert said(tmp_path)[3] == "python -m tests.browser.find_chromium"
    asked = [line for line in said(tmp_path) if line.startswith("python -m pytest ")]
    assert len(asked) == 1
    assert not re.search(r" -k | -m .* -m | --ignore| --deselect| tests", asked[0])


@pytest.mark.parametrize("what", ["find_chromium", "ruff check", "ruff format", "mypy", "pytest"])
def test_whatever_fails_stops_the_tests_there(clone: Path, with_uv: str, tmp_path: Path, what: str) -> None:
    (tmp_path / "failing").write_text(what, encoding="utf-8")
    assert make("test", folder=clone, path=with_uv).returncode != 0
    assert what in said(tmp_path)[-1]


def test_a_machine_without_python_is_told_so_in_one_line(clone: Path, tmp_path: Path) -> None:
    programs = few_programs(tmp_path / "few", "sh", "echo", "rm")
    ran = make(".venv/.run-ready", folder=clone, path=str(programs))
    assert ran.returncode != 0
    told = [line for line in ran.stderr.splitlines() if not line.startswith("make")]
    assert told == ["Python 3.11 is needed, and was not found. Install it and try again."]
    assert not (clone / ".venv").exists()


def test_the_exact_versions_name_no_host() -> None:
    for path in (ROOT / "requirements.txt", ROOT / "tests" / "requirements.txt"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*", line)] == []


def test_both_lists_agree_on_every_version() -> None:
    run, test = ((ROOT / name).read_text(encoding="utf-8") for name in ("requirements.txt", "tests/requirements.txt"))
    assert set(run.split()) <= set(test.split())
