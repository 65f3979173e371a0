"""What the words in an office file are, and which boxes a slide has for them."""

import io
from collections.abc import Iterator

from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from pptx.shapes.base import BaseShape

from tests.office.layout import Box

_POINT = 12_700  # of the units that slides are measured in


def slide_texts(content: bytes) -> list[list[str]]:
    """Give the texts of each slide, those in tables too."""
    slides = Presentation(io.BytesIO(content)).slides
    return [[text for shape in _shapes(slide.shapes) for text in _texts_of(shape)] for slide in slides]


def slide_boxes(content: bytes) -> list[list[Box]]:
    """Give the boxes of everything that stands on each slide: its own, and those of its layout."""
    slides = Presentation(io.BytesIO(content)).slides
    return [
        [
            _box(shape)
            for place in (slide.shapes, slide.slide_layout.shapes, slide.slide_layout.slide_master.shapes)
            for shape in _shapes(place)
            # A placeholder of a layout only shows where one on a slide would stand.
            if place is slide.shapes or not shape.is_placeholder
        ]
        for slide in slides
    ]


def document_texts(content: bytes) -> list[str]:
    """Give the texts of a Word document's body, those in tables too."""
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def sheet_texts(content: bytes) -> list[str]:
    """Give what stands in each cell of a workbook."""
    sheets = load_workbook(io.BytesIO(content)).worksheets
    values = (value for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row)
    return [str(value) for value in values if isinstance(value, str | int)]


def _shapes(shapes: object) -> Iterator[BaseShape]:
    for shape in shapes:  # type: ignore[attr-defined]  # several classes of shapes, and none that is common to them
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _texts_of(shape: BaseShape) -> Iterator[str]:
    if shape.has_text_frame:
        # What PowerPoint fills in, such as the slide's number, is no run of the paragraph's.
        for paragraph in shape.text_frame.paragraphs:
            yield "".join(run.text for run in paragraph.runs)
    elif getattr(shape, "has_table", False):
        yield from (cell.text for row in shape.table.rows for cell in row.cells)


def _box(shape: BaseShape) -> Box:
    left, top, width, height = ((value or 0) / _POINT for value in (shape.left, shape.top, shape.width, shape.height))
    return Box(left, top, left + width, top + height)
