"""The workbook, read back: the same cells as the tables, laid out as the guidance asks, and nothing in it that runs."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from charter.headlines import headline, opening
from charter.reports.columns import Cell, Column, Missing, Table
from charter.reports.contents import Contents
from charter.reports.tables import tables_of
from charter.reports.workbook import make_workbook, sheet_name
from charter.words import HIDDEN_MARK, MADE_UP_MARK
from db.types import Withheld
from tests.store.given_out import TYPED, contents_of, sheet_rows, smaller, without_outcomes
from tests.templates import Templates

BEFORE = ["Cover", "Contents", "Notes"]


@pytest.fixture(scope="module")
def contents(templates: Templates) -> Contents:
    return contents_of(templates)


@pytest.fixture(scope="module")
def made(contents: Contents) -> bytes:
    return make_workbook(contents)


@pytest.fixture(scope="module")
def book(made: bytes) -> openpyxl.Workbook:
    return read(made)


def read(made: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made))


def columns_of(table: Table) -> list[tuple[int, Column]]:
    return [(place, column) for place, column in enumerate(table.outline.columns) if column.on_sheet]


def expected(column: Column, cell: Cell) -> object:
    match cell:
        case Missing():
            return cell.value
        case bool():
            return "Yes" if cell else "No"
        case datetime() | date():
            return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - a day in a spreadsheet has no zone
        case Decimal():
            return int(cell) if cell == cell.to_integral_value() else float(cell)
        case str() if column.words:
            return opening(column.words[cell])
        case _:
            return cell


def test_every_cell_of_every_table_stands_on_its_sheet(book: openpyxl.Workbook, contents: Contents) -> None:
    cells = 0
    for table in tables_of(contents):
        columns = columns_of(table)
        headings, *rows = sheet_rows(book, sheet_name(table))
        assert [str(heading).split("\n")[0] for heading in headings] == [column.title for _, column in columns]
        wanted = [tuple(expected(column, row[place]) for place, column in columns) for row in table.rows]
        assert rows == wanted, table.outline.name
        cells += len(rows) * len(columns)
    assert cells > 10_000


def test_it_has_a_cover_a_list_of_sheets_notes_and_one_table_a_sheet(
    book: openpyxl.Workbook, contents: Contents
) -> None:
    names = [sheet_name(table) for table in tables_of(contents)]
    assert book.sheetnames == [*BEFORE, *names]
    assert all(len(name) <= 31 for name in names)
    assert [row[0] for row in sheet_rows(book, "Contents")[1:]] == names
    for sheet in book.worksheets[1:]:
        assert len(sheet.tables) == 1, sheet.title
        assert not sheet.merged_cells.ranges
        (table,) = sheet.tables.values()
        assert sheet.max_row == int(re.findall(r"\d+", table.ref)[-1])
    assert not book["Cover"].tables


def test_no_cell_of_a_table_is_empty_and_a_sheet_explains_each_mark_that_stands_in_it(book: openpyxl.Workbook) -> None:
    seen = set()
    for sheet in book.worksheets[3:]:
        headings, *rows = sheet_rows(book, sheet.title)
        marks = {str(cell) for row in rows for cell in row} & {mark.value for mark in Missing}
        assert all(cell is not None and str(cell).strip() for row in [headings, *rows] for cell in row), sheet.title
        above = [str(sheet.cell(row, 1).value) for row in range(1, sheet.max_row - len(rows))]
        assert {line[:3] for line in above if line.startswith("[")} == marks, sheet.title
        seen |= marks
    assert seen == {mark.value for mark in Missing}


def test_a_hidden_number_of_concerns_is_explained_as_what_it_is(book: openpyxl.Workbook) -> None:
    concerns, themes = (
        [str(book[sheet].cell(row, 1).value) for row in range(1, 12)] for sheet in ("Concerns", "Shares")
    )
    assert "[c] means that the number is hidden." in concerns
    assert "There were from 1 to 4 concerns." in concerns
    assert not any(line.startswith("Fewer than 10 groups") for line in concerns)
    assert any(line.startswith("Fewer than 10 groups") for line in themes)


def test_the_notes_that_columns_refer_to_are_there_in_the_words_of_the_method(book: openpyxl.Workbook) -> None:
    notes = {row[0]: row for row in sheet_rows(book, "Notes")[1:]}
    asked = {
        int(number)
        for sheet in book.worksheets[3:]
        for heading in sheet_rows(book, sheet.title)[0]
        for number in re.findall(r"\[note (\d+)\]", str(heading))
    }
    assert asked == set(notes) == set(range(1, len(notes) + 1))
    headings = [str(heading) for heading in sheet_rows(book, "Theme scores")[0]]
    number = int(re.findall(r"\d+\]$", next(each for each in headings if each.startswith("Likely from")))[0][:-1])
    assert notes[number][1] == "The likely range"
    assert "95 times in 100" in str(notes[number][2])


def test_figures_bear_their_unit_and_days_are_days(book: openpyxl.Workbook) -> None:
    headings = [str(heading) for heading in sheet_rows(book, "Theme scores")[0]]
    assert next(each for each in headings if each.startswith("Score\n")).split("\n")[1] == "(points out of 100)"
    (table,) = book["Outcome figures"].tables.values()
    first = book["Outcome figures"][table.ref][1]
    day = next(cell for cell in first if cell.is_date)
    assert day.number_format == "d mmmm yyyy"


def test_every_sheet_says_that_it_is_made_up_and_the_file_does_too(book: openpyxl.Workbook) -> None:
    assert all(str(sheet["A1"].value).endswith(MADE_UP_MARK) for sheet in book.worksheets)
    assert book.properties.title.endswith(MADE_UP_MARK)
    assert all("everything in this workbook is made up" in _above(sheet) for sheet in book.worksheets[3:])
    assert "everything in this workbook is made up" in _above(book["Cover"])


def _above(sheet: openpyxl.worksheet.worksheet.Worksheet) -> str:
    return "\n".join(str(sheet.cell(row, 1).value) for row in range(1, 12))


def test_the_cover_opens_with_the_headlines(book: openpyxl.Workbook, contents: Contents) -> None:
    said = [str(row[0].value) for row in book["Cover"].iter_rows()]
    assert set(headline(contents.figures, contents.who)) <= set(said)
    assert "Published on 17 November 2025 as release 2025.1." in said


def test_rows_are_high_enough_for_their_words_and_no_higher_than_a_program_makes_them(book: openpyxl.Workbook) -> None:
    sheet = book["Promises"]
    (table,) = sheet.tables.values()
    widths = {
        number: column.width
        for column in sheet.column_dimensions.values()
        for number in range(column.min, column.max + 1)
    }
    for cells in sheet[table.ref][1:]:
        height = sheet.row_dimensions[cells[0].row].height
        assert all(height >= 15 * len(str(cell.value)) / widths[cell.column] for cell in cells)
    assert max(each.height or 0 for sheet in book.worksheets for each in sheet.row_dimensions.values()) <= 409


def test_nothing_in_it_is_a_formula_and_links_lead_to_its_own_sheets_alone(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.endswith((".xml", ".rels"))}
    sheets = [text for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert not any("<f>" in text or "<f " in text for text in sheets)
    assert not any('TargetMode="External"' in text for text in parts.values())


def test_made_again_it_is_the_same_file(contents: Contents) -> None:
    small = smaller(without_outcomes(contents))
    assert make_workbook(small) == make_workbook(small)


def test_what_people_typed_is_text_and_nothing_else(contents: Contents) -> None:
    small = smaller(without_outcomes(contents))
    actions = tuple(
        replace(contents.actions[0], ref=f"AC-{number}", heading=typed, notes=typed)
        for number, typed in enumerate(TYPED)
    )
    release = replace(small.release, period_title="=1+1 $$x$$ [a](http://evil.example)", made_up=False)
    made = make_workbook(replace(small, actions=actions, release=release))
    book = read(made)
    sheet = book["Actions"]
    (table,) = sheet.tables.values()
    rows = sheet[table.ref][1:]
    assert [row[1].value for row in rows] == list(TYPED)
    assert {cell.data_type for row in rows for cell in row[:2]} == {"s"}
    assert not any(cell.hyperlink for row in rows for cell in row)
    assert str(book["Cover"]["A1"].value).startswith("=1+1 $$x$$ [a](http://evil.example)")
    test_nothing_in_it_is_a_formula_and_links_lead_to_its_own_sheets_alone(made)


def test_what_is_hidden_prints_its_mark_in_place_of_every_figure(contents: Contents) -> None:
    small = smaller(without_outcomes(contents))
    theme = small.figures.themes[0]
    assert theme.sector is not None
    gone: dict[str, Any] = dict.fromkeys(("answered", "score", "low", "high", "lowest", "highest"))
    sector = replace(theme.sector, **gone, withheld=Withheld.FEW_OR_UNIFORM)
    figures = replace(small.figures, themes=(replace(theme, sector=sector, groups=()),))
    headings, row = sheet_rows(read(make_workbook(replace(small, figures=figures))), "Theme scores")
    told = dict(zip([str(heading).split("\n")[0] for heading in headings], row, strict=True))
    assert told["Asked"] == 350
    shown = ("Answered", "Score", "Likely from", "Likely to", "Lowest it could be", "Highest it could be")
    assert {told[name] for name in shown} == {HIDDEN_MARK}
    assert (
        told["Why not shown"]
        == "Too few answers, or nearly all alike"[0].lower() + "oo few answers, or nearly all alike"
    )


def test_tables_without_a_row_have_no_sheet_and_the_cover_names_them(templates: Templates) -> None:
    book = read(make_workbook(smaller(without_outcomes(contents_of(templates, "2023.1")))))
    assert not {"Changes", "Outcomes", "Actions", "Concerns"} & set(book.sheetnames)
    said = "\n".join(str(row[0].value) for row in book["Cover"].iter_rows())
    assert "Nothing was published of: What changed since the review before, " in said
    assert "Outcomes" in said
