"""The first screen of the README: what this is, how it looks, and the two commands, before anything else."""

import re

import pytest
from PIL import Image
from starlette.routing import Route

from pages.routes.table import ROUTES
from pages.ui.navigation import PLACES, Place
from tests.making import ROOT

_WHOLE = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
SCREEN = _WHOLE[:40]
PICTURES = re.findall(r"^!\[([^\]]+)\]\(([^)]+)\)", "\n".join(SCREEN), re.MULTILINE)


def line_of(pattern: str) -> int:
    """Give the number of the first line in which a pattern is found, counted from 0."""
    return next(number for number, line in enumerate(SCREEN) if re.search(pattern, line))


def test_it_begins_with_what_this_is() -> None:
    title, empty, *rest = SCREEN
    assert title.startswith("# ")
    assert empty == ""
    about = " ".join(rest[: rest.index("")])
    assert about.endswith(".")
    assert {"promises", "groups", "site", "gap"} <= set(re.findall(r"\w+", about))


@pytest.mark.parametrize("what", [r"^    make run\b", r"^    make test\b", r"^!\["])
def test_the_commands_and_the_picture_come_before_any_section_and_any_other_command(what: str) -> None:
    assert line_of(what) < line_of(r"^## ")
    assert line_of(what) < line_of(r"python -m charter|streamlit|docker")


def test_the_commands_on_the_first_screen_are_these_two() -> None:
    indented = [line.split("#")[0].strip() for line in SCREEN if line.startswith("    ")]
    assert indented == ["make run", "make test"]


def test_its_picture_is_there_and_shows_a_page_of_the_site() -> None:
    ((words, place),) = PICTURES
    assert len(words.split()) > 3
    path = ROOT / place
    assert path.stat().st_size < 1_000_000
    with Image.open(path) as picture:
        assert picture.format == "PNG"
        assert 1000 <= picture.width <= 2600
        assert 500 <= picture.height <= 2 * picture.width
        # A page that failed, or was taken too soon, is nearly of one colour.
        colours = picture.convert("RGB").getcolors(maxcolors=picture.width * picture.height) or []
        assert len(colours) > 100


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.title)
def test_every_page_is_named(place: Place) -> None:
    assert re.search(rf"`/{re.escape(place.url_path)}(\?[^`]*)?`", "\n".join(_WHOLE))


def test_every_address_beside_the_pages_is_named() -> None:
    first = {f"/{route.path.split('/')[1]}" for route in ROUTES if isinstance(route, Route)}
    named = set(re.findall(r"`(/[a-z-]+)", "\n".join(_WHOLE)))
    assert first - named == {"/assets"}
