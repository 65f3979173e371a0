"""LibreOffice and poppler: found on the machine or installed, and what the check asks them for."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.office.layout import Page, read_pages

_NEEDED = ("soffice", "pdftotext", "pdftoppm")
_PACKAGES = ("libreoffice-impress", "libreoffice-writer", "libreoffice-calc", "poppler-utils")
_INSTALL_SECONDS, _OPEN_SECONDS = 1800, 180
_DOTS = 60  # an inch: enough to see what is wrong


class NoOfficeError(Exception):
    """LibreOffice is not on this machine, and could not be installed."""


class NotOpenedError(Exception):
    """LibreOffice could not open a file."""


def find_or_install() -> None:
    """See that the programs are there, and install them if not.

    Raises:
        NoOfficeError: they are not there, and could not be installed.
    """
    if _missing() and shutil.which("apt-get") is not None:
        as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        _try([*as_root, "apt-get", "update", "-q"])
        _try([*as_root, "apt-get", "install", "-y", "-q", "--no-install-recommends", *_PACKAGES])
    if _missing():
        raise NoOfficeError(
            f"The check needs {', '.join(_missing())}, and could not install them. Install LibreOffice and poppler "
            "with your package manager, and run `make reports-check` again."
        )


def as_pdf(path: Path, folder: Path, *, fonts: Path) -> Path:
    """Have LibreOffice open a file and write it as PDF.

    Args:
        path: the file.
        folder: where the PDF file goes.
        fonts: a folder of fonts, to be found beside those of the machine.

    Raises:
        NotOpenedError: it could not be opened.
    """
    with tempfile.TemporaryDirectory() as profile:
        # A profile of its own: another LibreOffice that runs would be asked in its place, and the answer lost.
        _lay_fonts(fonts, Path(profile))
        command = ["soffice", f"-env:UserInstallation=file://{profile}/office", "--headless", "--norestore"]
        command += ["--convert-to", "pdf", "--outdir", str(folder), str(path)]
        environment = {**os.environ, "XDG_DATA_HOME": f"{profile}/data", "HOME": profile}
        try:
            ran = _run(command, _OPEN_SECONDS, environment)
        except subprocess.TimeoutExpired:
            raise NotOpenedError(f"it was not opened within {_OPEN_SECONDS} seconds") from None
    made = folder / f"{path.stem}.pdf"
    if ran.returncode != 0 or not made.is_file():
        raise NotOpenedError((ran.stderr or ran.stdout).strip() or "it was not opened")
    return made


def pages_of(pdf: Path) -> tuple[Page, ...]:
    """Give the words of each page with their places."""
    return read_pages(_run(["pdftotext", "-bbox", str(pdf), "-"], _OPEN_SECONDS).stdout)


def draw_pages(pdf: Path, folder: Path) -> None:
    """Draw each page as a picture, to be looked at."""
    folder.mkdir(parents=True, exist_ok=True)
    _run(["pdftoppm", "-png", "-r", str(_DOTS), str(pdf), str(folder / "page")], _OPEN_SECONDS)


def _lay_fonts(fonts: Path, profile: Path) -> None:
    place = profile / "data" / "fonts"
    place.parent.mkdir()
    shutil.copytree(fonts, place)


def _missing() -> list[str]:
    return [name for name in _NEEDED if shutil.which(name) is None]


def _try(command: list[str]) -> None:
    """Try an installation. Whether it helped is seen by looking again."""
    try:
        subprocess.run(command, stdout=sys.stderr, timeout=_INSTALL_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        sys.stderr.write(f"{command[0]}: {error}\n")


def _run(
    command: list[str], seconds: float, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - programs of the machine, with words of our own
        command, capture_output=True, text=True, timeout=seconds, check=False, env=environment
    )
