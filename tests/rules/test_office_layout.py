"""What `make reports-check` finds: each of its rules shown something wrong and something right, without LibreOffice."""

import io
import zipfile

import pytest
from docx import Document

from tests.office import layout
from tests.office.layout import Box, Page, Word, read_pages
from tests.office.packages import needs_repair

WRITTEN = """<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body><doc>
<page width="960.0" height="540.0">
<word xMin="40.0" yMin="20.0" xMax="90.0" yMax="44.0">Ŵyn\x02</word>
</page><page width="595.0" height="842.0"></page></doc></body></html>"""
EDGES = Box(0, 0, 100, 100)
NUMBERED = b'<p:docPr xmlns:p="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" id="1"/>'
INSIDE = Word("inside", Box(10, 10, 40, 20))


def page(*words: Word) -> Page:
    return Page(1, EDGES, words)


def test_pages_and_words_are_read_with_their_places() -> None:
    first, second = read_pages(WRITTEN)
    assert first.edges == Box(0, 0, 960, 540)
    assert first.words == (Word("Ŵyn", Box(40, 20, 90, 44)),)
    assert (second.number, second.words) == (2, ())


def test_a_word_over_the_edge_of_the_page_is_found() -> None:
    assert list(layout.off_the_page(page(INSIDE))) == []
    for box in (Box(-5, 10, 20, 20), Box(80, 10, 110, 20), Box(10, -5, 20, 5), Box(10, 95, 20, 105)):
        assert len(list(layout.off_the_page(page(INSIDE, Word("out", box))))) == 1


def test_words_over_each_other_are_found_and_lines_that_stand_close_are_not() -> None:
    close = Word("next", Box(10, 18, 40, 28))
    assert list(layout.over_each_other(page(INSIDE, close))) == []
    over = Word("over", Box(20, 12, 60, 22))
    assert list(layout.over_each_other(page(INSIDE, over))) == ["page 1: “inside” and “over” stand over each other"]


def test_a_word_out_of_every_box_is_found() -> None:
    boxes = [Box(0, 0, 50, 30), Box(0, 60, 100, 100)]
    assert list(layout.out_of_its_box(page(INSIDE), boxes)) == []
    below = Word("below", Box(10, 40, 40, 50))
    assert list(layout.out_of_its_box(page(below), boxes)) == ["slide 1: “below” reaches out of its box"]


def test_a_column_that_is_too_narrow_for_its_number_is_found() -> None:
    assert list(layout.too_narrow(page(INSIDE))) == []
    assert len(list(layout.too_narrow(page(Word("####", INSIDE.box))))) == 1


def test_words_that_are_cut_off_are_found_and_words_that_are_broken_at_a_lines_end_are_not() -> None:
    shown = page(Word("Świętochło", INSIDE.box), Word("wice", INSIDE.box), Word("and", INSIDE.box))
    assert list(layout.gone([shown], ["Świętochłowice and"], where="slide 1")) == []
    (found,) = layout.gone([shown], ["Świętochłowice and more"], where="slide 1")
    assert found == "slide 1: “more” of “Świętochłowice and more” is not to be seen"


@pytest.fixture(scope="module")
def document() -> dict[str, bytes]:
    written = io.BytesIO()
    made = Document()
    made.add_paragraph("Whole")
    made.save(written)
    with zipfile.ZipFile(written) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return written.getvalue()


def test_a_whole_file_needs_no_repair(document: dict[str, bytes]) -> None:
    assert list(needs_repair(packed(document))) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"word/document.xml": b"<w:document"}, "word/document.xml cannot be read"),
        ({"word/styles.xml": None}, "word/styles.xml is listed and not there"),
        ({"word/media/a.odd": b""}, "nothing says what kind of part word/media/a.odd is"),
        ({"[Content_Types].xml": None}, "the list of its parts is missing"),
        (
            {"word/document.xml": b"<d>%s</d>" % (NUMBERED * 2)},
            "word/document.xml has two shapes of one number",
        ),
    ],
)
def test_what_would_be_repaired_is_found(
    document: dict[str, bytes], changed: dict[str, bytes | None], said: str
) -> None:
    parts = {name: part for name, part in (document | changed).items() if part is not None}
    assert any(found.startswith(said) for found in needs_repair(packed(parts)))


def test_a_file_that_is_cut_off_is_found(document: dict[str, bytes]) -> None:
    (found,) = needs_repair(packed(document)[:-100])
    assert found.startswith("this is no file of its kind")
