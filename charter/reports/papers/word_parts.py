"""What python-docx has no words for: header rows, lines of tables, text alternatives, page numbers, the language."""

from collections.abc import Sequence

from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shape import InlineShape
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

LINE = "C9D3DC"
TINT = "F3F6F9"
INK = "0B0C0C"


def speak(file: WordFile, *, language: str) -> None:
    """Say in which language a file is, so that a screen reader reads it in that voice."""
    properties = file.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if properties is None:
        raise ValueError("The file has no style that all others rest on, so its language cannot be said.")
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(_made("w:lang", val=language, eastAsia=language))


def write_in(style: ParagraphStyle, *, font: str) -> None:
    """Set the font of a style for every alphabet, in place of the theme's, without what else the theme does to it."""
    letters, paragraph = style.element.get_or_add_rPr(), style.element.get_or_add_pPr()
    for found in (*letters.findall(qn("w:spacing")), *letters.findall(qn("w:kern")), *paragraph.findall(qn("w:pBdr"))):
        found.getparent().remove(found)
    fonts = letters.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for alphabet in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{alphabet}"), font)


def rows_of(table: WordTable) -> list[list[_Cell]]:
    """Give the cells of a table by rows; asked for one row after another, each would be found by counting anew."""
    cells, across = table._cells, len(table.columns)  # noqa: SLF001 - the list that python-docx itself counts in
    return [cells[start : start + across] for start in range(0, len(cells), across)]


def dress(paragraph: WordParagraph, style: str) -> None:
    """Give a paragraph a style of ours by its name; python-docx would read all styles anew for each of many cells."""
    paragraph._p.style = style.replace(" ", "")  # noqa: SLF001 - as above


def mark_header(table: WordTable) -> None:
    """Make the first row the header: it is repeated on each page, and read out with each cell. No row is torn apart."""
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx shows the row's element nowhere else
        properties.append(_made("w:cantSplit"))
        if number == 0:
            properties.append(_made("w:tblHeader"))


def keep_together(paragraphs: Sequence[WordParagraph]) -> None:
    """Keep paragraphs on one page."""
    for paragraph in paragraphs[:-1]:
        paragraph.paragraph_format.keep_with_next = True


def keep_rows_together(table: WordTable, *, rows: int) -> None:
    """Keep the header and so many rows on one page: each row of these holds on to the one that follows."""
    for row in table._tbl.tr_lst[:rows]:  # noqa: SLF001 - rows of python-docx read all cells anew for each
        for paragraph in row.iter(qn("w:p")):
            paragraph.get_or_add_pPr().get_or_add_keepNext()


def describe(table: WordTable, words: str) -> None:
    """Give a table a title that a screen reader says before it."""
    table._tbl.tblPr.append(_made("w:tblCaption", val=words))  # noqa: SLF001 - as above


def rule(table: WordTable, *, padding: int) -> None:
    """Draw lines between rows and below the table, and none beside its columns.

    Args:
        table: the table.
        padding: the space above and below each cell's words, in twentieths of a point.
    """
    properties = table._tbl.tblPr  # noqa: SLF001 - as above
    borders = _made("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_made(f"w:{side}", val="single", sz="4", space="0", color=LINE))
    room = _made("w:tblCellMar")
    for side, wide in (("top", padding), ("left", 80), ("bottom", padding), ("right", 80)):
        room.append(_made(f"w:{side}", w=str(wide), type="dxa"))
    layout = properties.find(qn("w:tblLayout"))
    if layout is None:
        raise ValueError("A table of fixed width is wanted.")
    # The order of these is fixed: a program that is strict about it would have to repair the file.
    layout.addprevious(_made("w:tblInd", w="80", type="dxa"))
    layout.addprevious(borders)
    layout.addnext(room)


def shade(cell: _Cell) -> None:
    """Give a cell of the header row the second paper."""
    cell._tc.get_or_add_tcPr().append(_made("w:shd", val="clear", color="auto", fill=TINT))  # noqa: SLF001 - as above


def tell(picture: InlineShape, words: str) -> None:
    """Give a picture its text alternative."""
    picture._inline.docPr.set("descr", words)  # noqa: SLF001 - python-docx has no other way to it


def count_from_one(file: WordFile, listed: Sequence[WordParagraph]) -> None:
    """Have a numbered list begin with 1; otherwise Word goes on counting from the list before it."""
    numbering = file.part.numbering_part.element
    style = file.styles["List Number"].element.pPr.numPr.numId.val
    again = numbering.add_num(numbering.num_having_numId(style).abstractNumId.val)
    again.add_lvlOverride(ilvl=0).add_startOverride(1)
    for paragraph in listed:
        paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = again.numId  # noqa: SLF001 - as above


def write_page_number(paragraph: WordParagraph, *, of: str) -> None:
    """Write "Page 3 of 8" with fields that Word counts.

    Args:
        paragraph: where it stands; what it holds stays before it.
        of: the word between the two numbers.
    """
    paragraph.add_run("Page ")
    _add_field(paragraph, "PAGE")
    paragraph.add_run(f" {of} ")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: WordParagraph, code: str) -> None:
    field = _made("w:fldSimple", instr=code)
    shown, number = _made("w:r"), _made("w:t")
    number.text = "1"
    shown.append(number)
    field.append(shown)
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields


def _made(tag: str, **attributes: str) -> BaseOxmlElement:
    made: BaseOxmlElement = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made
