"""Looking at one file: whether it is whole, opens, and has every word in sight and in its place."""

from collections.abc import Iterator
from pathlib import Path

from charter.reports.fonts import font_folder
from tests.office import layout, packages, programs, texts
from tests.office.layout import Page

MOST_BRIEFING_PAGES = 2
_OFFICE = (".pptx", ".docx", ".xlsx")


def look(path: Path, pictures: Path) -> list[str]:
    """Open a file, draw its pages, and give what is wrong with it.

    Args:
        path: a file for Word, PowerPoint or Excel, or a PDF file.
        pictures: the folder that the pages go into, as pictures.
    """
    pictures.mkdir(parents=True, exist_ok=True)
    damaged = list(packages.needs_repair(path.read_bytes())) if path.suffix in _OFFICE else []
    try:
        pdf = path if path.suffix == ".pdf" else programs.as_pdf(path, pictures, fonts=font_folder())
    except programs.NotOpenedError as error:
        return [*damaged, f"LibreOffice did not open it: {error}"]
    programs.draw_pages(pdf, pictures)
    return [*damaged, *_misplaced(path, programs.pages_of(pdf))]


def _misplaced(path: Path, pages: tuple[Page, ...]) -> Iterator[str]:
    if not any(page.words for page in pages):
        yield "nothing is to be seen on its pages"
    for page in pages:
        yield from layout.off_the_page(page)
        yield from layout.over_each_other(page)
    match path.suffix:
        case ".pptx":
            yield from _slides(path.read_bytes(), pages)
        case ".docx":
            yield from layout.gone(pages, texts.document_texts(path.read_bytes()), where="the document")
        case ".xlsx":
            yield from layout.gone(pages, texts.sheet_texts(path.read_bytes()), where="the workbook")
            for page in pages:
                yield from layout.too_narrow(page)
    if "briefing" in path.name and len(pages) > MOST_BRIEFING_PAGES:
        yield f"the briefing has {len(pages)} pages"


def _slides(content: bytes, pages: tuple[Page, ...]) -> Iterator[str]:
    said, boxes = texts.slide_texts(content), texts.slide_boxes(content)
    if len(said) != len(pages):
        yield f"{len(said)} slides came out as {len(pages)} pages"
        return
    for page, slide, places in zip(pages, said, boxes, strict=True):
        yield from layout.gone([page], slide, where=f"slide {page.number}")
        yield from layout.out_of_its_box(page, places)
