"""A paper as a Word file that a council can edit: real heading styles, header rows, text alternatives, a language.

Words are put in as runs of text, so that nothing in them is a field, a formula or markup.
"""

import io

import docx
import vl_convert
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph

from charter.charts.theme import LIGHT
from charter.reports.papers import word_parts as parts
from charter.reports.papers.document import (
    LANGUAGE,
    MADE_UP_LINE,
    Block,
    Document,
    Figure,
    Heading,
    Items,
    Look,
    Paragraph,
    Table,
    plain_text,
)
from charter.reports.picture import Picture

FONT = "Arial"  # it is on every council's machines; ours would have to be installed there
_INK, _MUTED, _BLUE = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x50, 0x5A, 0x5F), RGBColor(0x12, 0x43, 0x6D)
_PAPER = (Cm(21), Cm(29.7))
_PIXELS = 1400  # of a chart from side to side: about 210 an inch
_TABLE_TEXT, _AFTER_TABLE = "Table Text", "After Table"
_FINDING, _NOTE = "Finding", "Note"


def make_word(document: Document) -> bytes:
    """Set a paper as a Word file."""
    file = docx.Document()
    _set_styles(file, dense=document.dense)
    _set_page(file, document)
    _set_properties(file, document)
    _say(file, document.title, "Title")
    _say(file, document.subtitle, "Subtitle")
    for block in document.blocks:
        _add(file, block, document)
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def _add(file: WordFile, block: Block, document: Document) -> None:
    match block:
        case Heading():
            heading = _say(file, block.words, f"Heading {block.level}")
            heading.paragraph_format.page_break_before = block.new_page or None
        case Paragraph():
            _add_paragraph(file, block)
        case Items():
            _add_items(file, block)
        case Table():
            _add_table(file, block, dense=document.dense)
        case Figure():
            _add_figure(file, block)


def _add_paragraph(file: WordFile, block: Paragraph) -> None:
    paragraph = _say(file, "", {Look.PLAIN: "Normal", Look.FINDING: _FINDING, Look.NOTE: _NOTE}[block.look])
    if block.lead:
        paragraph.add_run(f"{plain_text(block.lead)} ").bold = True
    paragraph.add_run(plain_text(block.words))


def _say(file: WordFile, words: str, style: str) -> WordParagraph:
    paragraph = file.add_paragraph(plain_text(words))
    parts.dress(paragraph, style)
    return paragraph


def _add_items(file: WordFile, block: Items) -> None:
    style = "List Number" if block.numbered else "List Bullet"
    listed = [_say(file, item, style) for item in block.items]
    if block.short:
        parts.keep_together(listed)
    if block.numbered:
        parts.count_from_one(file, listed)


def _add_table(file: WordFile, block: Table, *, dense: bool) -> None:
    if block.title:
        _say(file, block.title, "Caption")
    table = file.add_table(rows=1 + len(block.rows), cols=len(block.columns))
    table.autofit = False
    widths = [Length(_room(file) * width // sum(block.widths)) for width in block.widths]
    for row, cells in zip(parts.rows_of(table), (block.columns, *block.rows), strict=True):
        header = cells is block.columns
        for place, (cell, words) in enumerate(zip(row, cells, strict=True)):
            cell.width = widths[place]
            paragraph = cell.paragraphs[0]
            parts.dress(paragraph, _TABLE_TEXT)
            paragraph.add_run(plain_text(words)).bold = True if header or place == block.strong else None
            if header:
                parts.shade(cell)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    # A paper that holds to few pages has no room to spare at the foot of one.
    parts.keep_rows_together(table, rows=len(block.rows) if block.short and not dense else 1)
    parts.rule(table, padding=30 if dense else 50)
    parts.mark_header(table)
    parts.describe(table, plain_text(block.title or ", ".join(block.columns)))
    _say(file, "", _AFTER_TABLE)


def _add_figure(file: WordFile, block: Figure) -> None:
    drawing = block.drawing
    _say(file, drawing.title, "Caption")
    if drawing.subtitle:
        _say(file, drawing.subtitle, _NOTE).paragraph_format.keep_with_next = True
    shape = file.add_picture(io.BytesIO(_points(block.picture)), width=Length(_room(file)))
    parts.tell(shape, plain_text(drawing.words))


def _points(picture: Picture) -> bytes:
    """Give a chart in points, as not every Word shows lines; on white, as Word's paper may be dark."""
    end = picture.svg.index(">") + 1
    white = f'{picture.svg[:end]}<rect width="100%" height="100%" fill="{LIGHT.paper}"/>{picture.svg[end:]}'
    made: bytes = vl_convert.svg_to_png(white, scale=_PIXELS / picture.width)
    return made


def _room(file: WordFile) -> int:
    """Give the width between the margins."""
    section = file.sections[0]
    return int((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0))


def _set_properties(file: WordFile, document: Document) -> None:
    told = file.core_properties
    told.title, told.subject = plain_text(document.title), plain_text(document.subtitle)
    told.language = LANGUAGE
    told.author = told.last_modified_by = told.comments = told.keywords = ""
    told.created = told.modified = document.made_on.replace(tzinfo=None)
    parts.speak(file, language=LANGUAGE)


def _set_page(file: WordFile, document: Document) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = _PAPER
    side, top = (Cm(1.8), Cm(1.6)) if document.dense else (Cm(2.2), Cm(2.2))
    section.left_margin = section.right_margin = side
    section.top_margin = section.bottom_margin = top
    section.header_distance = section.footer_distance = Cm(0.8)
    head = section.header.paragraphs[0]
    head.style, head.alignment = _NOTE, WD_ALIGN_PARAGRAPH.RIGHT
    if document.made_up:
        head.add_run(MADE_UP_LINE).bold = True
    foot = section.footer.paragraphs[0]
    foot.style = _NOTE
    foot.paragraph_format.tab_stops.add_tab_stop(Length(_room(file)), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{plain_text(document.foot)}\t")
    parts.write_page_number(foot, of="of")


def _set_styles(file: WordFile, *, dense: bool) -> None:
    base = 10 if dense else 11
    _style(file, "Normal", size=base, after=5 if dense else 7)
    _style(file, "Title", size=17 if dense else 24, bold=True, after=2)
    _style(file, "Subtitle", size=base, colour=_MUTED, after=8)
    for level, size in enumerate((12, 11, 10) if dense else (16, 13, 11.5), start=1):
        colour = _BLUE if level == 1 else _INK
        _style(file, f"Heading {level}", size=size, bold=True, colour=colour, before=9 if dense else 14, after=4)
    _style(file, "List Bullet", size=base, after=3)
    _style(file, "List Number", size=base, after=3)
    caption = _style(file, "Caption", size=base, bold=True, before=4, after=3)
    caption.paragraph_format.keep_with_next = True
    _style(file, _FINDING, size=base + 1.5, bold=True, after=5, new=True)
    _style(file, _NOTE, size=base - 1, colour=_MUTED, after=4, new=True)
    _style(file, _TABLE_TEXT, size=base - (0.5 if dense else 1), after=0, new=True)
    _style(file, _AFTER_TABLE, size=4, after=2 if dense else 7, new=True)


def _style(
    file: WordFile,
    name: str,
    *,
    size: float,
    bold: bool = False,
    colour: RGBColor = _INK,
    before: float = 0,
    after: float = 0,
    new: bool = False,
) -> ParagraphStyle:
    """Set what a style looks like; a new one is made after the ordinary one."""
    if new:
        style = file.styles.add_style(name, 1)  # a style of paragraphs
        style.base_style = file.styles["Normal"]
    else:
        style = file.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is no style of paragraphs.")
    parts.write_in(style, font=FONT)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = colour
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.05
    return style
