"""Find a browser for the tests, or install one. Prints its path; run by `make test`, and used by the browser tests.

In this order: the one that CHROMIUM names, one that is on the machine, Playwright's own, and the system's package
manager. If none of them gives a browser that starts, the run stops with an error: tests are never left out in silence.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

# Without a window of its own to draw, the first does the same pages in three quarters of the time.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PACKAGES = ("chromium-headless-shell", "chromium")  # not every system has the first
_START_SECONDS = 30
_INSTALL_SECONDS = 900


class NoBrowserError(Exception):
    """No browser starts on this machine, and none could be installed."""


def find() -> Path | None:
    """Give the path of a browser that starts, or None.

    Raises:
        NoBrowserError: CHROMIUM is set, but what it names does not start.
    """
    if named := os.environ.get("CHROMIUM"):
        found = shutil.which(named)
        if found is None or not _starts(Path(found)):
            raise NoBrowserError(f"CHROMIUM: {named} is not a browser that starts")
        return Path(found)
    # Playwright is asked only where the machine has none: it takes a second to answer.
    for place in (_on_the_machine, _from_playwright):
        for candidate in place():
            if _starts(candidate):
                return candidate
    return None


def find_or_install() -> Path:
    """Give the path of a browser that starts, and install one if there is none.

    Raises:
        NoBrowserError: there is none, and none could be installed.
    """
    ways: tuple[Callable[[], None], ...] = (_nothing, _install_from_playwright, _install_from_system)
    for install in ways:
        install()
        found = find()
        if found is not None:
            return found
    raise NoBrowserError(
        "The browser tests need Chromium, and it could not be installed. Install it with your package manager, "
        "or set CHROMIUM to its path, and run `make test` again."
    )


def _nothing() -> None:
    """Look first at what is there."""


def _on_the_machine() -> list[Path]:
    return [Path(found) for found in map(shutil.which, _NAMES) if found]


def _from_playwright() -> list[Path]:
    script = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)  # noqa: S603
    path = Path(answer.stdout.strip() or "/nonexistent")
    return [path] if path.is_file() else []


def _starts(browser: Path) -> bool:
    """Some distributions put a stand-in in a browser's place, which only says where the browser is to be had."""
    try:
        ran = subprocess.run([browser, "--version"], capture_output=True, timeout=_START_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ran.returncode == 0


def _install_from_playwright() -> None:
    _run([sys.executable, "-m", "playwright", "install", "chromium"])


def _install_from_system() -> None:
    if shutil.which("apt-get") is None:
        return
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    _run([*as_root, "apt-get", "update", "-q"])
    for package in _PACKAGES:
        if _run([*as_root, "apt-get", "install", "-y", "-q", "--no-install-recommends", package]):
            return


def _run(command: list[str]) -> bool:
    """Try an installation, its output going to standard error, and tell whether it went through.

    Whether it helped is seen by looking again.
    """
    try:
        return subprocess.run(command, stdout=sys.stderr, timeout=_INSTALL_SECONDS, check=False).returncode == 0  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"{command[0]}: {error}", file=sys.stderr)  # noqa: T201
        return False


def main() -> None:
    """Print the browser's path, or stop with one line that says what to do."""
    try:
        print(find_or_install())  # noqa: T201 - its output is its result
    except NoBrowserError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
