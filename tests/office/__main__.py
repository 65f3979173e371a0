"""`make reports-check`: every report opened and checked: of the demonstration, and of two hard releases."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from charter import startup
from charter.reports.contents import Contents, read_contents
from charter.reports.forms import FORMS, ZIP, Form, make_form
from charter.rules.access import PUBLIC
from charter.settings import settings
from charter.store import reading
from tests.office.awkward import awkward
from tests.office.bare import bare
from tests.office.broken import require_that_it_finds
from tests.office.checking import look
from tests.office.programs import NoOfficeError, find_or_install

OUT = Path(__file__).parents[2] / "test-results" / "reports"
_LOOKED_AT = tuple(form for form in Form if FORMS[form].media_type not in {ZIP, "text/html"})
_MOST_SHOWN = 12  # of what is wrong with one file


def main() -> None:
    """Check every form, say what is wrong, and end with exit code 1 if anything is."""
    try:
        find_or_install()
    except NoOfficeError as error:
        sys.exit(str(error))
    shutil.rmtree(OUT, ignore_errors=True)
    require_that_it_finds(OUT / "wrong-on-purpose")
    plain = _demonstration()
    cases = {"demonstration": plain, "hard": awkward(plain), "bare": bare(plain)}
    wrong = sum(_checked(what, contents) for what, contents in cases.items())
    _say(f"The files and pictures of their pages are in {OUT.relative_to(Path.cwd())}: look at them.")
    sys.exit(1 if wrong else 0)


def _demonstration() -> Contents:
    """Read the newest release of a demonstration that is made for this, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for name in [name for name in os.environ if name.upper().startswith("CHARTER_")]:
            del os.environ[name]
        os.environ.update(CHARTER_DATA_DIR=folder, CHARTER_DATABASE_URL=f"sqlite:///{folder}/charter.db")
        _say("Making a demonstration to report on.")
        startup.initialise()
        startup.add_demonstration()
        with reading() as session:
            return read_contents(session, viewer=PUBLIC)


def _checked(what: str, contents: Contents) -> int:
    """Check every form of a release, and give how many things are wrong."""
    total = 0
    for form in _LOOKED_AT:
        path = OUT / what / form.value
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make_form(form, contents, address=settings().site_address))
        found = look(path, path.with_name(form.value.replace(".", "-")))
        total += len(found)
        for line in _lines(f"{what}/{form.value}", found):
            _say(line)
    return total


def _lines(name: str, found: list[str]) -> Iterator[str]:
    yield f"{name}: {f'{len(found)} wrong' if found else 'nothing wrong'}"
    yield from (f"    {each}" for each in found[:_MOST_SHOWN])
    if len(found) > _MOST_SHOWN:
        yield f"    … and {len(found) - _MOST_SHOWN} more"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
