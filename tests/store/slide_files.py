"""A PowerPoint file read back, and templates to make slides with."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import openpyxl
import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Inches

OLD = "The words of a slide that came with the template"


@dataclass(frozen=True)
class ChartRead:
    """A chart of a slide: its categories, its series by name, its sheet as rows, and its alternative text."""

    names: tuple[str, ...]
    series: dict[str, tuple[float | None, ...]]
    sheet: list[tuple[object, ...]]
    formulas: int
    words: str


@dataclass(frozen=True)
class SlideRead:
    """A slide, read back."""

    title: str
    said: tuple[str, ...]
    source: str
    charts: tuple[ChartRead, ...]
    pictures: tuple[str, ...]
    notes: tuple[str, ...]
    layout: str
    empty: int
    sizes: frozenset[float]


def slides_read(content: bytes) -> list[SlideRead]:
    """Read every slide of a file."""
    return [_slide(slide) for slide in pptx.Presentation(io.BytesIO(content)).slides]


def _slide(slide: pptx.slide.Slide) -> SlideRead:
    title = slide.shapes.title
    numbers = (PP_PLACEHOLDER.SLIDE_NUMBER,)
    places = [each for each in slide.placeholders if each.placeholder_format.type not in numbers]
    said = [each.text_frame for each in places if each != title and each.has_text_frame]
    texts = [each.text_frame for each in slide.shapes if each.has_text_frame]
    return SlideRead(
        title=title.text_frame.text,
        said=tuple(paragraph.text for frame in said for paragraph in frame.paragraphs),
        source=next(each.text_frame.text for each in slide.shapes if each.name == "Source"),
        charts=tuple(_chart(each) for each in slide.shapes if each.has_chart),
        pictures=tuple(_words(each) for each in slide.shapes if hasattr(each, "image")),
        notes=tuple(slide.notes_slide.notes_text_frame.text.split("\n")),
        layout=slide.slide_layout.name,
        empty=sum(not frame.text for frame in said),
        sizes=frozenset(
            run.font.size.pt for frame in texts for each in frame.paragraphs for run in each.runs if run.font.size
        ),
    )


def _chart(frame: pptx.shapes.graphfrm.GraphicFrame) -> ChartRead:
    plot = frame.chart.plots[0]
    book = openpyxl.load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))
    cells = list(book.active.iter_rows())
    return ChartRead(
        names=tuple(plot.categories),
        series={each.name: tuple(each.values) for each in plot.series},
        sheet=[tuple(cell.value for cell in row) for row in cells],
        formulas=sum(cell.data_type == "f" for row in cells for cell in row),
        words=_words(frame),
    )


def _words(shape: pptx.shapes.base.BaseShape) -> str:
    (properties,) = shape.element.xpath("*/p:cNvPr")
    return str(properties.get("descr", ""))


def template(*, slides: int = 1, wide: bool = False, only: tuple[int, ...] | None = None) -> bytes:
    """Give a template: the library's own look, which is 4:3, with slides in it.

    Args:
        slides: how many slides it has.
        wide: whether it is 16:9.
        only: which of its layouts it has; all where None.
    """
    made = pptx.Presentation()
    if wide:
        made.slide_width = Inches(13.333)
    for _ in range(slides):
        made.slides.add_slide(made.slide_layouts[0]).shapes.title.text = OLD
    for place, layout in enumerate(list(made.slide_layouts)):
        if only is not None and place not in only:
            made.slide_layouts.remove(layout)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def repacked(content: bytes, changed: Mapping[str, bytes | None]) -> bytes:
    """Give a packed file with some of its parts changed, added, or, where they are None, left out."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in _parts(source, changed):
            target.writestr(name, part)
    return written.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    """Give a part of a packed file."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


def _parts(source: zipfile.ZipFile, changed: Mapping[str, bytes | None]) -> Iterator[tuple[str, bytes]]:
    for name in source.namelist():
        if name not in changed:
            yield name, source.read(name)
    yield from ((name, part) for name, part in changed.items() if part is not None)
