"""Papers: PDF and Word say the same, word for word, and no word in them is ever code, markup, a formula or a field."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import docx
import pypdf
import pytest
import typst
from docx.oxml.ns import qn

from charter.reports.contents import Contents
from charter.reports.papers import document
from charter.reports.papers.annual import annual_review
from charter.reports.papers.briefing import briefing
from charter.reports.papers.document import MADE_UP_LINE, Document, Figure, Heading, Items, Paragraph, Table
from charter.reports.papers.pdf import NO_SIGN, make_pdf
from charter.reports.papers.scrutiny import scrutiny_paper
from charter.reports.papers.word import make_word
from tests.store.given_out import contents_of, smaller, without_outcomes
from tests.store.paper_cases import (
    CODE,
    NAMES,
    awkward,
    first_review,
    pdf_pages,
    said_in,
    small_chart,
    squeezed,
    without_figures,
    word_read,
)
from tests.templates import Templates

Make = Callable[[Contents], Document]
PAPERS: tuple[Make, ...] = (briefing, scrutiny_paper, annual_review)
ALTERED: dict[str, Callable[[Contents], Contents]] = {
    "a theme is hidden": lambda contents: without_figures(contents, contents.figures.themes[0].ref),
    "the first review": first_review,
    "without outcomes": without_outcomes,
    "strange names": lambda contents: awkward(contents, letters=400),
}


@pytest.fixture(scope="module")
def contents(templates: Templates) -> Contents:
    return contents_of(templates)


@pytest.fixture
def small_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "chart_svg", small_chart)


def paper_of(contents: Contents, *blocks: document.Block) -> Document:
    return Document("A paper", "About it", contents, blocks)


@pytest.mark.usefixtures("small_charts")
@pytest.mark.parametrize("make", PAPERS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("altered", ALTERED)
def test_a_paper_is_made_whatever_a_release_lacks_or_holds(contents: Contents, make: Make, altered: str) -> None:
    less = smaller(contents) if make is annual_review else contents  # which is else long to make, and as long to read
    told = make(ALTERED[altered](less))
    words = said_in(told)
    assert len(words) > 30
    assert list(word_read(make_word(told)).blocks) == words
    text = "".join(pdf_pages(make_pdf(told)))
    # Punjabi is drawn in another order than it is written in.
    assert [piece for piece in words if squeezed(piece) not in text and NAMES[2] not in piece] == []


def test_a_paper_that_is_not_made_up_does_not_say_so(contents: Contents) -> None:
    real = replace(contents, release=replace(contents.release, made_up=False))
    told = paper_of(real, Heading("Found"))
    assert squeezed(MADE_UP_LINE) not in "".join(pdf_pages(make_pdf(told)))
    assert docx.Document(io.BytesIO(make_word(told))).sections[0].header.paragraphs[0].text == ""


def test_words_that_look_like_code_stay_words(contents: Contents) -> None:
    tables = (Table(("What", "How"), tuple((each, each) for each in CODE), (1, 1), title=CODE[0]),)
    told = paper_of(contents, Heading(CODE[0]), *(Paragraph(each, lead=each) for each in CODE), Items(CODE), *tables)
    text = "".join(pdf_pages(make_pdf(told)))
    made = make_word(told)
    word = word_read(made)
    for each in CODE:
        assert text.count(squeezed(each)) >= 5
        assert list(word.blocks).count(each) >= 3
        assert (each, each) in word.tables[0]
    fields = re.findall(r'w:instr="(\w+)"', zipfile.ZipFile(io.BytesIO(made)).read("word/footer1.xml").decode())
    assert fields == ["PAGE", "NUMPAGES"]
    body = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    assert "fldSimple" not in body
    assert "instrText" not in body


def test_names_in_welsh_polish_and_punjabi_are_there_with_every_sign(contents: Contents) -> None:
    told = paper_of(contents, Heading("Names"), *(Paragraph(name) for name in NAMES))
    text = "".join(pdf_pages(make_pdf(told)))
    assert NO_SIGN not in text
    welsh, polish, punjabi = (squeezed(name) for name in NAMES)
    assert welsh in text
    assert polish in text
    assert set(punjabi) <= set(text)
    assert [words for words, _ in word_read(make_word(told)).paragraphs][-3:] == list(NAMES)


def test_signs_that_no_font_has_are_marked_and_nothing_else_changes(contents: Contents) -> None:
    told = paper_of(contents, Heading("Zażółć 😀 gęślą"), Paragraph("中文 a\u0488b end", lead="🏴\U000e0067"))
    text = "".join(pdf_pages(make_pdf(told)))
    assert f"Zażółć{NO_SIGN}gęślą" in text
    assert f"{NO_SIGN}{NO_SIGN}a" in text
    assert text.index("end") > 0
    assert "Zażółć 😀 gęślą" in word_read(make_word(told)).blocks


def test_signs_that_are_no_text_do_not_stop_a_paper(contents: Contents) -> None:
    told = paper_of(contents, Heading("One\x00two\x0bthree\ud800four\u202efive\ufffe"), Paragraph("\x07\u2028"))
    assert "Onetwothreefourfive" in "".join(pdf_pages(make_pdf(told)))
    assert "One two three four five" in word_read(make_word(told)).blocks


def test_a_very_long_word_is_broken_and_stays_in_its_cell(contents: Contents) -> None:
    told = paper_of(contents, Heading("Long"), Table(("A", "B"), (("W" * 200, "after"),), (1, 1)))
    reader = pypdf.PdfReader(io.BytesIO(make_pdf(told)))
    places: list[tuple[float, str]] = []

    def keep(text: str, _page: object, at: list[float], _font: object, _size: float) -> None:
        places.append((at[4], text.strip()))

    reader.pages[0].extract_text(visitor_text=keep)
    letters = [(x, text) for x, text in places if "WWW" in text]
    assert len(letters) > 5
    assert all(x < 100 and len(text) < 40 for x, text in letters)


def test_the_pdf_is_tagged_and_says_what_it_is(contents: Contents) -> None:
    drawing = contents.drawing("widest_gaps")
    assert drawing is not None
    told = paper_of(contents, Heading("Gaps"), Figure(drawing), Table(("A", "B"), (("1", "2"),), (1, 1)))
    made = make_pdf(told)
    reader = pypdf.PdfReader(io.BytesIO(made))
    root = reader.root_object
    marked = root["/MarkInfo"].get_object()
    assert isinstance(marked, pypdf.generic.DictionaryObject)
    assert marked["/Marked"]
    assert str(root["/Lang"]) == "en-GB"
    assert reader.metadata is not None
    assert reader.metadata.title == "A paper"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    tags = structure(root["/StructTreeRoot"])
    assert {"/H1", "/P", "/Figure", "/Table", "/TR", "/TH", "/TD"} <= {tag for tag, _ in tags}
    assert [alt for tag, alt in tags if tag == "/Figure"] == [" ".join(drawing.words.split())]
    assert sum(tag == "/TH" for tag, _ in tags) == 2


def structure(root: pypdf.generic.PdfObject) -> list[tuple[str, str]]:
    node, found = root.get_object(), list[tuple[str, str]]()
    if isinstance(node, pypdf.generic.DictionaryObject):
        if "/S" in node:
            found.append((str(node["/S"]), str(node.get("/Alt", ""))))
        inner = node.get("/K", pypdf.generic.ArrayObject()).get_object()
        for each in inner if isinstance(inner, pypdf.generic.ArrayObject) else [inner]:
            found += structure(each)
    return found


def test_what_breaks_a_rule_of_pdf_ua_is_refused(contents: Contents) -> None:
    with pytest.raises(typst.TypstError, match="PDF/UA-1 error"):
        make_pdf(paper_of(contents, Heading("One"), Heading("Three", level=3)))


def test_the_same_paper_gives_the_same_pdf(contents: Contents) -> None:
    assert make_pdf(briefing(contents)) == make_pdf(briefing(contents))


def test_word_has_headings_header_rows_a_language_and_text_alternatives(contents: Contents) -> None:
    drawing = contents.drawing("widest_gaps")
    assert drawing is not None
    told = paper_of(
        contents,
        Heading("One"),
        Items(("a", "b"), numbered=True),
        Heading("Two", level=2, new_page=True),
        Items(("c",), numbered=True),
        Table(("A", "B"), (("1", "2"), ("3", "4")), (1, 3), title="What it shows", strong=0),
        Figure(drawing),
    )
    made = make_word(told)
    file = docx.Document(io.BytesIO(made))
    styles = dict(word_read(made).paragraphs)
    assert (styles["A paper"], styles["One"], styles["Two"]) == ("Title", "Heading 1", "Heading 2")
    assert [file.paragraphs[at].paragraph_format.page_break_before for at in (2, 5)] == [None, True]
    (table,) = file.tables
    rows = table._tbl.findall(qn("w:tr"))  # noqa: SLF001 - the rows' own elements
    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [True, False, False]
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "What it shows"  # noqa: SLF001 - as above
    assert table.columns[1].width / (table.columns[0].width or 1) == pytest.approx(3, rel=0.01)
    (shape,) = file.inline_shapes
    assert shape._inline.docPr.get("descr") == " ".join(drawing.words.split())  # noqa: SLF001 - as above
    language = file.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language is not None
    assert language.get(qn("w:val")) == file.core_properties.language == "en-GB"
    assert file.core_properties.comments == file.core_properties.author == ""
    assert round((file.sections[0].page_width or 0) / 36000) == 210


def test_short_lists_and_tables_stay_on_one_page_and_a_header_with_its_first_row(contents: Contents) -> None:
    short = Table(("A", "B"), (("1", "2"), ("3", "4")), (1, 1))
    long = Table(("C", "D"), tuple((str(number), "x") for number in range(9)), (1, 1))
    told = paper_of(contents, Heading("Lists"), Items(("a", "b", "c")), Items(("d",) * 20), short, long)
    file = docx.Document(io.BytesIO(make_word(told)))
    held = [each.text for each in file.paragraphs if each.paragraph_format.keep_with_next]
    assert held == ["a", "b"]
    cells = [cell for table in file.tables for row in table.rows for cell in row.cells]
    kept = [cell.text for cell in cells if cell.paragraphs[0].paragraph_format.keep_with_next]
    assert kept == ["A", "B", "1", "2", "C", "D"]


def test_a_short_list_is_not_torn_over_two_pages(contents: Contents) -> None:
    for filled in range(36, 46):
        lines = tuple(Paragraph(f"Line {number}") for number in range(filled))
        pages = pdf_pages(make_pdf(paper_of(contents, *lines, Heading("Last"), Items(("one", "two", "three")))))
        assert [("Last" in page) for page in pages] == ["one•two•three" in page for page in pages]
    assert len(pages) == 2


def test_each_numbered_list_counts_from_one(contents: Contents) -> None:
    lists = (Items(("a", "b"), numbered=True), Paragraph("Then"), Items(("c",), numbered=True))
    told = paper_of(contents, Heading("Lists"), *lists)
    file = docx.Document(io.BytesIO(make_word(told)))
    listed = [each._p for each in file.paragraphs if each.text in "abc"]  # noqa: SLF001 - as above
    numbers = [each.find(f".//{qn('w:numId')}").get(qn("w:val")) for each in listed]
    assert numbers[0] == numbers[1] != numbers[2]
    assert "1.a2.bThen1.c" in "".join(pdf_pages(make_pdf(told)))


def test_a_chart_with_many_rows_still_fits_its_page(contents: Contents, monkeypatch: pytest.MonkeyPatch) -> None:
    widths: list[float] = []

    def drawn(_drawing: object, *, width: float) -> object:
        widths.append(width)
        return replace(small_chart(), width=width, height=3000)

    monkeypatch.setattr(document, "chart_svg", drawn)
    drawing = contents.drawing("gaps")
    assert drawing is not None
    picture = Figure(drawing).picture
    assert picture.height / picture.width == pytest.approx(1.3)
    assert widths == [document.CHART_WIDTH, picture.width]
