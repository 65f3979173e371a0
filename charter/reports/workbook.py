"""The workbook: every public table of a release, a sheet each, as the Analysis Function's guidance asks for.

A cover, a list of the sheets, notes, and one table a sheet: marked up as a table, without empty or merged cells, with a
mark in each cell that holds no figure. What people typed is written as text and nothing else: never a formula, a link
or a note.
"""

import io
from collections.abc import Sequence
from copy import deepcopy

import gptables
import pandas as pd
from gptables import GPWorkbook
from gptables.core.gptable import FormatList

from charter import clock, headlines, method, missing
from charter.reports.columns import Table
from charter.reports.contents import Contents
from charter.reports.licence import LICENCE
from charter.reports.sheet_sizes import column_width, row_height, set_sizes
from charter.reports.sheets import MARKS, columns_of, indented, line, sheet_of, verbatim, words_of
from charter.reports.tables import tables_of
from charter.words import listed, marked

MADE_UP = "Demonstration: everything in this workbook is made up, and nothing in it is real."
_AS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": False,
}
_LIST, _NOTES = "Contents", "Notes"
_COVER_WIDTH, _NAME_WIDTH, _NOTE_WIDTH = 100, 30, 100  # widths of a digit
_A4, _PAGE_WIDTH = 9, 260  # the width in widths of a digit, in letters half their size


def make_workbook(contents: Contents) -> bytes:
    """Make the workbook of a release. Made twice from the same release, it is the same to the last byte.

    Tables without a row have no sheet: the cover names them.

    Args:
        contents: the release.

    Returns:
        An XLSX file.
    """
    tables = tables_of(contents)
    filled = [table for table in tables if table.rows]
    written = io.BytesIO()
    sheets = {sheet_name(table): _sheet(table, contents) for table in filled}
    notes = _notes(filled, contents)
    cover = _cover(contents, [table for table in tables if not table.rows])
    book = gptables.produce_workbook(
        written,
        sheets,
        theme=_theme(),
        cover=cover,
        contentsheet_label=_LIST,
        contentsheet_options={"title": line(_marked("The sheets of this workbook", contents))},
        notes_table=notes,
        notesheet_label=_NOTES,
        notesheet_options={"title": line(_marked("Notes", contents))},
        auto_width=False,
        workbook_options=_AS_TEXT,
    )
    for table in filled:
        _make_room(book, table, first_row=sheets[sheet_name(table)].data_range[0])
    _make_room_before(book, cover, notes)
    _set_pages(book)
    _set_properties(book, contents)
    book.close()
    return written.getvalue()


def sheet_name(table: Table) -> str:
    """Give the name of a table's sheet."""
    return table.outline.name.replace("-", " ").capitalize()


def _theme() -> gptables.Theme:
    """Give the library's own look, but for words that begin at the top of their cell, and smaller lines of text."""
    theme = deepcopy(gptables.gptheme)
    theme.data_format["valign"] = "top"
    theme.subtitle_format["font_size"] = 12
    return theme


def _sheet(table: Table, contents: Contents) -> gptables.GPTable:
    release = contents.release
    about = [f"{release.period_title}, release {release.ref}. {release.charter_title}."]
    if release.made_up:
        about.append(MADE_UP)
    return sheet_of(table, title=_marked(table.outline.title, contents), about=about, threshold=release.threshold)


def _cover(contents: Contents, empty: Sequence[Table]) -> gptables.Cover:
    release = contents.release
    told = [MADE_UP] if release.made_up else []
    told += headlines.headline(contents.figures, contents.who)
    about = [
        f"Published on {clock.day_in_words(clock.local(release.published_at).date())} as release {release.ref}.",
        "A published figure never changes: a correction is a new release.",
        *([f"This release corrects the one before: {release.reason}"] if release.reason else []),
        "All scores are out of 100, in whole points. Each sheet holds one table.",
        *(said(release.threshold) for said in MARKS.values()),
        *missing.what_is_missing(contents.figures, contents.who, contents.charters),
        *([f"Nothing was published of: {listed([each.outline.title for each in empty])}."] if empty else []),
        f"You may use this under the {LICENCE.title}: {LICENCE.address}",
    ]
    return gptables.Cover(
        title=FormatList(verbatim(_marked(f"{release.period_title}: {release.charter_title}", contents))),
        intro=[verbatim(each) for each in told],
        about=[verbatim(each) for each in about],
        width=_COVER_WIDTH,
    )


def _notes(tables: Sequence[Table], contents: Contents) -> pd.DataFrame:
    """Give what the columns of the sheets refer to: parts of the published method, word for word."""
    known = {part.title: part for part in method.parts(threshold=contents.release.threshold)}
    # In the order in which the sheets refer to them, as the library numbers them so.
    wanted = dict.fromkeys(column.note for table in tables for _, column in columns_of(table) if column.note)
    parts = [known[title] for title in wanted]
    return pd.DataFrame(
        {
            "Note": [part.title for part in parts],
            "What it is about": [part.title for part in parts],
            "What the method says": [" ".join(part.paragraphs) for part in parts],
        },
        dtype=object,
    )


def _make_room(book: GPWorkbook, table: Table, *, first_row: int) -> None:
    """Make room for the words of a table, and let it be read when it is printed: its headings stand on each page."""
    words = words_of(table)
    widths = [column_width(title, cells) for title, *cells in zip(*words, strict=True)]
    sheet = book.get_worksheet_by_name(sheet_name(table))
    moved = indented([column for _, column in columns_of(table)])
    set_sizes(sheet, first_row=first_row, rows=words, widths=widths, indented=moved)
    pages = max(round(sum(widths) / _PAGE_WIDTH), 1)
    sheet.fit_to_pages(pages, 0)
    sheet.repeat_rows(first_row)
    if pages > 1:
        sheet.repeat_columns(0, 1)


def _make_room_before(book: GPWorkbook, cover: gptables.Cover, notes: pd.DataFrame) -> None:
    """Make room for the words of the sheets before the tables."""
    book.get_worksheet_by_name(_LIST).set_column(0, 0, _NAME_WIDTH)
    book.get_worksheet_by_name(_LIST).set_column(1, 1, _NOTE_WIDTH)
    widths = (_NAME_WIDTH // 2, _NAME_WIDTH, _NOTE_WIDTH)
    words = [["Note number", *notes.columns[1:]], *(["", *row[1:]] for row in notes.to_numpy().tolist())]
    set_sizes(book.get_worksheet_by_name(_NOTES), first_row=2, rows=words, widths=widths)
    lines = [cover.title, "", *cover.intro, "", *cover.about]
    for number, each in enumerate(lines[1:], start=1):
        text = each if isinstance(each, str) else each.string
        book.get_worksheet_by_name(cover.cover_label).set_row(number, row_height([(text, _COVER_WIDTH)]))


def _set_pages(book: GPWorkbook) -> None:
    """Let sheets be printed on paper that everybody has."""
    for sheet in book.worksheets():
        sheet.set_landscape()
        sheet.set_paper(_A4)
    for name in (_LIST, _NOTES):
        book.get_worksheet_by_name(name).fit_to_pages(1, 0)


def _set_properties(book: GPWorkbook, contents: Contents) -> None:
    release = contents.release
    book.set_properties(
        {
            "title": _marked(f"{release.period_title}: {release.charter_title}", contents),
            "subject": f"Release {release.ref}",
            "comments": MADE_UP if release.made_up else "",
            # The day of publication, so that a workbook that is made again is the same file.
            "created": clock.local(release.published_at).replace(tzinfo=None),
        }
    )


def _marked(title: str, contents: Contents) -> str:
    return marked(title, made_up=contents.release.made_up)
