"""Files that are wrong on purpose: a check that finds nothing in them would hold nothing."""

import io
from pathlib import Path

from docx import Document
from openpyxl import Workbook
from pptx import Presentation
from pptx.util import Pt

from tests.office.checking import look


def require_that_it_finds(folder: Path) -> None:
    """Stop unless the check finds what is wrong with each of some files.

    They are a slide whose words do not fit, a document that is cut off, a briefing of three pages, and a sheet with a
    column that is too narrow.

    Raises:
        RuntimeError: it finds nothing in one of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wrong = (
        ("too-much.pptx", _too_much(), "reaches out of its box"),
        ("cut-off.docx", _cut_off(), "did not open it"),
        ("briefing.docx", _three_pages(), "the briefing has 3 pages"),
        ("narrow.xlsx", _narrow(), "a column is too narrow for its number"),
    )
    for name, content, expected in wrong:
        path = folder / name
        path.write_bytes(content)
        if not any(expected in found for found in look(path, folder / path.stem)):
            raise RuntimeError(f"The check did not find what is wrong with {path}, so it would pass over a report too.")


def _too_much() -> bytes:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    box = slide.shapes.add_textbox(Pt(40), Pt(40), Pt(300), Pt(60))
    box.text_frame.word_wrap = True
    box.text_frame.text = "More than a box of this height can ever hold. " * 12
    written = io.BytesIO()
    presentation.save(written)
    return written.getvalue()


def _cut_off() -> bytes:
    document = Document()
    document.add_paragraph("A document of which the end is missing.")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()[:-200]


def _three_pages() -> bytes:
    document = Document()
    for number in range(1, 4):
        document.add_heading(f"Page {number}").paragraph_format.page_break_before = number > 1
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _narrow() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = 123_456_789_012
    sheet["A1"].number_format = "#,##0"
    sheet.column_dimensions["A"].width = 5
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
