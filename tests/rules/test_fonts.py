"""The fonts of what goes out: every letter of the languages that names come in, and how much room words take."""

from importlib.resources import files
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree as ET

import pytest
from PIL import ImageFont

from charter.reports import fonts
from charter.reports.fonts import Weight
from charter.reports.lettered_svg import fit_for_svg, lettered, written
from charter.reports.lettering import Letters, letter_runs, width_of, wrapped

WEIGHTS = get_args(Weight)
LETTERS = {
    "Welsh": "âêîôûŵŷÂÊÎÔÛŴŶáéíóúẃýàèìòùẁỳäëïöüẅÿ",
    "Polish": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”",
    "our signs": "–—‘’“”…−+·•■▲✓£%°",
}
PUNJABI = "ਅਆਇਈਉਊਏਐਓਔਕਖਗਘਙਚਛਜਝਞਟਠਡਢਣਤਥਦਧਨਪਫਬਭਮਯਰਲਵੜਸਹਸ਼ਜ਼ਾਿੀੁੂੇੈੋੌੰੱ੍੦੧੨"
NAME = "ਪੰਜਾਬੀ ਸਭਾ"


def lacking(file: Path, letters: str) -> list[str]:
    """Give the letters for which a font draws the same as for a sign that no font has."""
    font = ImageFont.truetype(file, 40)
    nothing = bytes(font.getmask("\uffff"))
    return [letter for letter in letters if bytes(font.getmask(letter)) == nothing]


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_font_has_every_letter_of_welsh_and_polish_and_the_signs_that_we_write(weight: Weight) -> None:
    for language, letters in LETTERS.items():
        assert lacking(fonts.font_file(weight), letters) == [], language


@pytest.mark.parametrize("weight", WEIGHTS)
def test_another_has_every_letter_of_punjabi_and_a_third_the_shapes(weight: Weight) -> None:
    assert lacking(fonts.gurmukhi_file(weight), PUNJABI) == []
    assert lacking(fonts.shapes_file(), fonts.SHAPES) == []
    assert lacking(fonts.font_file(weight), "ਪ●") == ["ਪ", "●"], "the check finds what is lacking"


def test_the_folder_holds_our_fonts_alone_and_is_made_once() -> None:
    folder = fonts.font_folder()
    assert {file.suffix for file in folder.iterdir()} == {".ttf"}
    assert len(list(folder.iterdir())) == 7
    assert fonts.font_folder() == folder


def test_each_font_has_its_licence_beside_it() -> None:
    brought = Path(fonts.__file__).parent / "letters" / "OFL.txt"
    packaged = files("font_source_sans_pro") / "files" / "LICENSE.txt"
    for licence in (brought.read_text(encoding="utf-8"), packaged.read_text(encoding="utf-8")):
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence
        assert "Copyright" in licence


def test_a_name_is_measured_in_the_fonts_that_write_it() -> None:
    assert width_of("Wide", size=20, weight=700) > width_of("Wide", size=20) > 0
    assert width_of("Wide", size=40) == pytest.approx(2 * width_of("Wide", size=20))
    whole = width_of(f"A {NAME}", size=20)
    assert whole == pytest.approx(width_of("A ", size=20) + width_of(NAME, size=20))
    assert width_of("two\nlines", size=20) == width_of("two lines", size=20)
    assert 60 < width_of(NAME, size=20) < 120, "not the width of boxes that stand for unknown letters"


def test_a_letter_of_punjabi_keeps_what_is_written_around_it() -> None:
    assert [part for _, part in letter_runs(NAME)] == ["ਪੰ", "ਜਾ", "ਬੀ", " ", "ਸ", "ਭਾ"]
    assert [letters for letters, _ in letter_runs("● ok ਪ੍ਰ")] == [Letters.SHAPES, Letters.OTHER, Letters.GURMUKHI]


@pytest.mark.parametrize("text", ["Every group " * 20, "W" * 200, NAME * 20, "One"])
def test_every_line_fits_its_width_and_nothing_is_lost(text: str) -> None:
    lines = wrapped(text, size=20, width=300, weight=600)
    assert all(width_of(line, size=20, weight=600) <= 300 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_what_is_left_after_the_last_line_is_cut_and_said_to_be() -> None:
    lines = wrapped("Every group " * 20, size=20, width=300, most=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert width_of(lines[1], size=20) <= 300
    assert wrapped("  ", size=20, width=300) == []


def test_a_line_of_several_fonts_becomes_several_each_in_its_place() -> None:
    line = (
        '<text text-anchor="end" transform="translate(100,20)" font-size="20px" font-weight="600" fill="#000">{}</text>'
    )
    assert lettered(line.format("Fish &amp; chips")) == line.format("Fish &amp; chips")
    parts = ET.fromstring(f"<svg>{lettered(line.format(f'● {NAME} &amp; more'))}</svg>")  # noqa: S314 - our own
    said = [part.text for part in parts]
    assert said == ["●", "ਪੰ", "ਜਾ", "ਬੀ", "ਸ", "ਭਾ", "& more"]
    families = [str(part.get("font-family")).partition(",")[0] for part in parts]
    assert families == ["'Noto Sans Symbols2'", *["'Noto Sans Gurmukhi'"] * 5, "'Source Sans Pro'"]
    places = [float(str(part.get("x"))) for part in parts]
    assert places == sorted(places)
    assert places[0] == pytest.approx(-width_of(f"● {NAME} & more", size=20, weight=600), abs=0.02)
    assert {part.get("text-anchor") for part in parts} == {None}


def test_what_xml_cannot_hold_becomes_a_space_wherever_it_stands() -> None:
    assert written("a\x07<b>") == "a &lt;b&gt;"
    told = {"data": [{"title": "a\x07b", "n": 3}], "x": ("\ufffe", None, True)}
    assert fit_for_svg(told) == {"data": [{"title": "a b", "n": 3}], "x": [" ", None, True]}
