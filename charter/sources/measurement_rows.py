"""Measurements from a spreadsheet, one a row: each cell read as what its column holds, and what cannot be read said."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

import openpyxl
from openpyxl.styles import Font

from charter.outcomes.measuring import Reported
from charter.outcomes.typed_values import read_number
from charter.rules.outcomes import Span
from charter.rules.refusals import FieldError
from charter.sources import tables
from charter.sources.grant_values import is_formula, read_day
from charter.sources.organisation_rows import Problem
from charter.sources.row_findings import quoted
from charter.sources.tables import SIZE_LIMIT, Limits, Row, read_table
from charter.words import listed
from db.types import Finality, Qualifier

REQUIRED = ("indicator", "first_day", "last_day", "value", "source", "coverage")
COLUMNS = (*REQUIRED, "how_exact", "standing")
MOST_ROWS = 1000  # as many as are read, checked and shown on a page in a few seconds
_ON_THE_PAGE = Limits(SIZE_LIMIT, MOST_ROWS)
BY_COMMAND = Limits(tables.BY_COMMAND.size, 30_000)  # as many as one statement may name, on either database
_SHEET = "measurements"
_FORMULA = "This is a formula. Put in the cell what it comes to."
_NOTES = (
    ("indicator", "The indicator's address, as its page shows it, such as volunteers-in-the-borough."),
    ("first_day", "The first day that the figure speaks of, as 2025-04-01 or 01/04/2025."),
    ("last_day", "The last day that it speaks of. For a count on one day it is the same day."),
    ("value", "The figure, such as 1,250 or 62.5. No words and no formula."),
    ("source", "Where the figure comes from."),
    ("coverage", "Whom or what it covers. Use the same words each time: other words begin a new line on the chart."),
    ("how_exact", f"One of {', '.join(word.value for word in Qualifier)}. Empty means exact."),
    ("standing", "provisional while the source may still change it, else final. Empty means final."),
)
_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True)
class MeasurementRow:
    """A row that can be read: its number, the indicator's address, and the outcome that it reports."""

    number: int
    indicator_ref: str
    reported: Reported


@dataclass(frozen=True)
class MeasurementFile:
    """What a file of measurements holds, and what is wrong with it; the rows are those that can be read."""

    rows: tuple[MeasurementRow, ...]
    problems: tuple[Problem, ...]


def read_measurements(content: bytes, *, limits: Limits = _ON_THE_PAGE) -> MeasurementFile:
    """Read a workbook or a CSV file of measurements.

    Args:
        content: the file.
        limits: how much of it is taken; without, what a page takes.

    Raises:
        FieldError: it is neither, or too large.
    """
    table = read_table(content, limits=limits, sheet=_SHEET)
    lacking = [name for name in REQUIRED if name not in table.headings]
    if lacking:
        said = f"The column {listed(lacking)} is missing. The first row should name the columns: {listed(COLUMNS)}."
        return MeasurementFile((), (Problem(0, "", said),))
    rows, problems = [], list[Problem]()
    for row in table.rows:
        found, wrong = _read(row)
        problems += wrong
        if found is not None:
            rows.append(found)
    return MeasurementFile(tuple(rows), tuple(problems))


def template() -> bytes:
    """Make the workbook that people fill in: the columns by name, and a sheet that says what goes into each."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Measurements"
    sheet.append(COLUMNS)
    sheet.freeze_panes = "A2"
    notes = book.create_sheet("How to fill it in")
    for row in (("Column", "What goes into it"), *_NOTES):
        notes.append(row)
    for each in (sheet, notes):
        for cell in each[1]:
            cell.font = Font(bold=True)
            each.column_dimensions[cell.column_letter].width = 18
    notes.column_dimensions["B"].width = 100
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _read(row: Row) -> tuple[MeasurementRow | None, list[Problem]]:
    formulas = [Problem(row.number, name, _FORMULA) for name in COLUMNS if is_formula(row.cells.get(name))]
    if formulas:
        return None, formulas
    wrong = [Problem(row.number, name, "This cell is empty.") for name in REQUIRED if not row.cells.get(name)]
    first, last = _day(row, "first_day", wrong), _day(row, "last_day", wrong)
    value = _value(row, wrong)
    qualifier = _word(row, "how_exact", Qualifier, Qualifier.EXACT, wrong)
    finality = _word(row, "standing", Finality, Finality.FINAL, wrong)
    if wrong or first is None or last is None or value is None:
        return None, wrong
    reported = Reported(Span(first, last), value, row.cells["source"], row.cells["coverage"], qualifier, finality)
    return MeasurementRow(row.number, row.cells["indicator"].casefold(), reported), []


def _day(row: Row, name: str, wrong: list[Problem]) -> date | None:
    cell = row.cells.get(name, "")
    day = read_day(cell)
    if day is None and cell:
        said = f"{quoted(cell)} is no day that we can read. Write it as 2025-04-01 or 01/04/2025."
        wrong.append(Problem(row.number, name, said))
    return day


def _value(row: Row, wrong: list[Problem]) -> Decimal | None:
    cell = row.cells.get("value", "")
    if not cell:
        return None
    try:
        return read_number("value", cell)
    except FieldError:
        said = f"{quoted(cell)} is no number. Write it in figures, such as 1,250 or 62.5."
        wrong.append(Problem(row.number, "value", said))
        return None


def _word(row: Row, name: str, words: type[_Word], otherwise: _Word, wrong: list[Problem]) -> _Word:
    typed = row.cells.get(name, "").casefold().replace(" ", "_")
    known: Mapping[str, _Word] = {word.value: word for word in words}
    if typed and typed not in known:
        said = f"{quoted(row.cells[name])} is not one of {', '.join(known)}."
        wrong.append(Problem(row.number, name, said))
    return known.get(typed, otherwise)
