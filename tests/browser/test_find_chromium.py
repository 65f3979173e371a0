"""Finding a browser, or installing one: in which order, and what is said where there is none.

Every program that is called has a stand-in: a shell script that writes down its call, and makes a browser where the
test wants the installation to help. No test here needs a browser.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser import find_chromium
from tests.browser.find_chromium import NoBrowserError, find_or_install
from tests.making import ROOT, few_programs, stand_in

STARTS = "exit 0"
# What some distributions put in a browser's place.
ONLY_TALKS = "echo 'This browser is to be had elsewhere' >&2; exit 1"
PLAYWRIGHT = """
case "$*" in
    "-c "*) echo "{folder}/playwright/chrome" ;;
    *)
        echo "$*" >> "{folder}/log"
        test ! -e "{folder}/helps-playwright" || ln -s "{browser}" "{folder}/playwright/chrome" ;;
esac
"""
APT = """
echo "apt-get $*" >> "{folder}/log"
test "$1" = install || exit 0
for name; do :; done
test -e "{folder}/helps-$name" && ln -s "{browser}" "{folder}/programs/$name"
"""
SUDO = 'echo "sudo $1" >> "{folder}/log"; shift; exec "$@"'
BY_PLAYWRIGHT = ["-m playwright install chromium"]
SMALL, LARGE = "chromium-headless-shell", "chromium"
BY_APT = ["apt-get update -q", *(f"apt-get install -y -q --no-install-recommends {name}" for name in (SMALL, LARGE))]


@dataclass(frozen=True)
class Machine:
    """A made-up machine: a folder with its programs, and a log of the installations that were tried on it."""

    folder: Path

    def has(self, name: str, script: str = STARTS) -> Path:
        """Put a program on the search path."""
        return stand_in(self.folder / "programs", name, script.format(folder=self.folder, browser=self._browser))

    def has_playwrights(self, script: str = STARTS) -> Path:
        """Put a browser where Playwright keeps its own."""
        return stand_in(self.folder / "playwright", "chrome", script)

    def is_helped_by(self, installer: str) -> None:
        """Let an installation bring a browser."""
        (self.folder / f"helps-{installer}").touch()

    def tried(self) -> list[str]:
        """List the installations that were tried."""
        log = self.folder / "log"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []

    @property
    def _browser(self) -> Path:
        return stand_in(self.folder / "elsewhere", "browser", STARTS)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Give a machine without a browser, on which nothing helps; its user is its administrator."""
    made = Machine(tmp_path)
    (tmp_path / "playwright").mkdir()
    few_programs(tmp_path / "programs", "ln")
    made.has("apt-get", APT)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "programs"))
    monkeypatch.setattr(sys, "executable", str(made.has("python", PLAYWRIGHT)))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return made


@pytest.mark.parametrize("name", [SMALL, LARGE, "chromium-browser", "google-chrome", "google-chrome-stable"])
def test_one_on_the_machine_is_taken_before_playwrights_own(machine: Machine, name: str) -> None:
    machine.has_playwrights()
    browser = machine.has(name)
    assert find_or_install() == browser
    assert machine.tried() == []


def test_playwright_is_not_even_asked_where_the_machine_has_one(machine: Machine) -> None:
    # Asking it takes a second, each time that a browser is looked for.
    (machine.folder / "programs" / "python").unlink()
    browser = machine.has("chromium")
    assert find_or_install() == browser


def test_playwrights_own_is_taken_where_the_machine_has_none(machine: Machine) -> None:
    browser = machine.has_playwrights()
    assert find_or_install() == browser
    assert machine.tried() == []


def test_what_only_bears_the_name_of_a_browser_is_passed_over(machine: Machine) -> None:
    machine.has("chromium", ONLY_TALKS)
    machine.has("chromium-browser").write_bytes(b"\x7fnot a program")
    browser = machine.has("google-chrome")
    assert find_or_install() == browser
    assert machine.tried() == []


def test_where_there_is_none_playwright_installs_its_own_first(machine: Machine) -> None:
    machine.is_helped_by("playwright")
    machine.is_helped_by(SMALL)
    assert find_or_install() == machine.folder / "playwright" / "chrome"
    assert machine.tried() == BY_PLAYWRIGHT


@pytest.mark.parametrize("playwrights", [None, ONLY_TALKS])
def test_where_that_did_not_help_the_system_installs_one(machine: Machine, playwrights: str | None) -> None:
    if playwrights:
        machine.has_playwrights(playwrights)
    machine.is_helped_by(SMALL)
    assert find_or_install() == machine.folder / "programs" / SMALL
    assert machine.tried() == BY_PLAYWRIGHT + BY_APT[:2]


def test_where_the_system_has_not_the_small_one_it_installs_the_large_one(machine: Machine) -> None:
    machine.is_helped_by(LARGE)
    assert find_or_install() == machine.folder / "programs" / LARGE
    assert machine.tried() == BY_PLAYWRIGHT + BY_APT


def test_the_small_one_is_taken_where_the_machine_has_both(machine: Machine) -> None:
    machine.has(LARGE)
    small = machine.has(SMALL)
    assert find_or_install() == small


def test_who_is_not_the_administrator_asks_without_waiting_for_a_password(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    machine.has("sudo", SUDO)
    machine.is_helped_by(SMALL)
    assert find_or_install() == machine.folder / "programs" / SMALL
    assert machine.tried() == [*BY_PLAYWRIGHT, "sudo -n", BY_APT[0], "sudo -n", BY_APT[1]]


def test_where_nothing_helps_the_run_stops_and_says_what_to_do(
    machine: Machine, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        find_chromium.main()
    # Python prints words that it is stopped with, and exits with 1.
    assert stopped.value.code == (
        "The browser tests need Chromium, and it could not be installed. Install it with your package manager, "
        "or set CHROMIUM to its path, and run `make test` again."
    )
    assert machine.tried() == BY_PLAYWRIGHT + BY_APT
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("missing", ["sudo", "apt-get"])
def test_a_machine_without_the_systems_installer_ends_in_the_same_words(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    (machine.folder / "programs" / missing).unlink(missing_ok=True)
    with pytest.raises(NoBrowserError, match="The browser tests need Chromium"):
        find_or_install()
    assert machine.tried() == BY_PLAYWRIGHT


def test_the_one_that_is_named_is_taken_before_all_others(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.has("chromium")
    named = stand_in(machine.folder / "elsewhere", "my-browser", STARTS)
    monkeypatch.setenv("CHROMIUM", str(named))
    assert find_or_install() == named


def test_one_that_is_named_and_does_not_start_is_an_error_and_no_other_is_taken(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.has("chromium")
    named = stand_in(machine.folder / "elsewhere", "my-browser", ONLY_TALKS)
    monkeypatch.setenv("CHROMIUM", str(named))
    with pytest.raises(NoBrowserError, match=f"CHROMIUM: {named} is not a browser that starts"):
        find_or_install()
    assert machine.tried() == []


def test_a_browser_is_printed_and_an_error_is_not_a_success(tmp_path: Path) -> None:
    named = stand_in(tmp_path, "my-browser", STARTS)
    for chromium, code, out, error in (
        (named, 0, f"{named}\n", ""),
        (tmp_path / "none", 1, "", f"CHROMIUM: {tmp_path / 'none'} is not a browser that starts\n"),
    ):
        command = [sys.executable, "-m", "tests.browser.find_chromium"]
        environment = {**os.environ, "CHROMIUM": str(chromium)}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        assert (done.returncode, done.stdout, done.stderr) == (code, out, error)
