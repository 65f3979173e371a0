"""The installation on a machine that has no uv: with pip, which comes with Python. No network is used."""

import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.making import clone_for_make, few_programs, make, stand_in

NEEDED = ("sh", "rm", "touch")
PYTHON_OF_THIS_MACHINE = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
WHEEL = "made_up-1.0-py3-none-any.whl"
FAKE_PYTHON = """
case "$*" in
    "-c"*) exit 0 ;;
    "-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
    "-m ensurepip --upgrade") echo "$*" >> "{log}" && touch pip-is-there ;;
    "-m pip --version") test -e pip-is-there ;;
    "-m pip install"*) echo "$*" >> "{log}" && test -e pip-is-there ;;
    *) exit 9 ;;
esac
"""


def write_wheel(folder: Path) -> None:
    """Write a package of one line, which pip can install from a file."""
    about = "made_up-1.0.dist-info"
    files = {
        "made_up.py": "HERE = True\n",
        f"{about}/METADATA": "Metadata-Version: 2.1\nName: made-up\nVersion: 1.0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{about}/RECORD": "",
    }
    with zipfile.ZipFile(folder / WHEEL, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)


@pytest.mark.slow
@pytest.mark.skipif(find_spec("ensurepip") is None, reason="this machine's Python came without pip: python3-venv")
def test_pip_installs_what_the_list_names_once(tmp_path: Path) -> None:
    clone = clone_for_make(tmp_path / "my clone")
    (clone / "requirements.txt").write_text(f"./{WHEEL}\n", encoding="utf-8")
    write_wheel(clone)
    programs = few_programs(tmp_path / "few", *NEEDED)
    stand_in(programs, "python3.11", f'exec "{PYTHON_OF_THIS_MACHINE}" "$@"')
    done = make(".venv/.run-ready", folder=clone, path=str(programs), settings={"PIP_NO_INDEX": "1"})
    assert done.returncode == 0, done.stderr
    assert done.stderr == "Installing requirements.txt ...\n"
    assert list((clone / ".venv").glob("lib/python3*/site-packages/made_up.py"))
    again = make(".venv/.run-ready", folder=clone, path=str(programs))
    assert (again.returncode, again.stderr) == (0, "")


def test_an_environment_without_pip_gets_it_first(tmp_path: Path) -> None:
    clone = clone_for_make(tmp_path / "my clone")
    log = tmp_path / "log"
    programs = few_programs(tmp_path / "few", *NEEDED, "mkdir", "cp")
    stand_in(programs, "python3", FAKE_PYTHON.format(log=log))
    done = make(".venv/.test-ready", folder=clone, path=str(programs))
    assert done.returncode == 0, done.stderr
    quietly = "-m pip install -qq --disable-pip-version-check -r"
    assert log.read_text(encoding="utf-8").splitlines() == [
        "-m ensurepip --upgrade",
        f"{quietly} requirements.txt",
        f"{quietly} tests/requirements.txt",
    ]


def test_a_python_that_makes_no_environment_is_told_in_words_and_leaves_nothing_behind(tmp_path: Path) -> None:
    clone = clone_for_make(tmp_path / "my clone")
    programs = few_programs(tmp_path / "few", *NEEDED, "mkdir", "echo")
    # As on Debian without python3-venv: a half of it is made, and then it fails.
    stand_in(programs, "python3", 'case "$*" in "-m venv"*) mkdir -p .venv/bin && exit 1 ;; esac')
    done = make("run", folder=clone, path=str(programs))
    assert done.returncode != 0
    assert "The virtual environment could not be made; on Debian, install python3-venv." in done.stderr
    assert not (clone / ".venv").exists()
