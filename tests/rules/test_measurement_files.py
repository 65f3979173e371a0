"""Spreadsheets of measurements: what each cell may hold, and what is said of one that cannot be read."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from charter.rules.outcomes import Span
from charter.rules.refusals import FieldError
from charter.sources.measurement_rows import COLUMNS, MOST_ROWS, MeasurementFile, read_measurements, template
from db.types import Finality, Qualifier
from tests.measurement_files import as_csv, cells


def said(found: MeasurementFile) -> list[str]:
    return [str(problem) for problem in found.problems]


def test_a_row_is_read_with_everything_that_it_says() -> None:
    found = read_measurements(as_csv(cells(value='"1,250"', how_exact="About", standing="provisional")))
    (row,) = found.rows
    assert (row.number, row.indicator_ref, found.problems) == (2, "council-staff-living-here", ())
    assert row.reported.span == Span(date(2024, 4, 1), date(2025, 3, 31))
    assert (row.reported.value, row.reported.source, row.reported.coverage) == (Decimal(1250), "Payroll", "All staff")
    assert (row.reported.qualifier, row.reported.finality) == (Qualifier.ABOUT, Finality.PROVISIONAL)


WRONG = {
    "no period": ({"first_day": ""}, "Row 2, column first_day: This cell is empty."),
    "a date in words": (
        {"first_day": "last spring"},
        "Row 2, column first_day: “last spring” is no day that we can read. Write it as 2025-04-01 or 01/04/2025.",
    ),
    "no value": ({"value": ""}, "Row 2, column value: This cell is empty."),
    "text in a number": (
        {"value": "quite a few"},
        "Row 2, column value: “quite a few” is no number. Write it in figures, such as 1,250 or 62.5.",
    ),
    "a formula": ({"value": "=1+1"}, "Row 2, column value: This is a formula. Put in the cell what it comes to."),
    "a formula among words": (
        {"source": '=HYPERLINK("x")'},
        "Row 2, column source: This is a formula. Put in the cell what it comes to.",
    ),
    "no source": ({"source": ""}, "Row 2, column source: This cell is empty."),
    "another word": (
        {"how_exact": "roughly"},
        "Row 2, column how_exact: “roughly” is not one of exact, about, over, at_least, almost.",
    ),
}


@pytest.mark.parametrize(("more", "reason"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_read_is_said_by_row_and_column(more: dict[str, str], reason: str) -> None:
    found = read_measurements(as_csv(cells(**more)))
    assert (found.rows, said(found)) == ((), [reason])


def test_a_column_that_is_missing_is_named_and_too_many_rows_are_refused() -> None:
    found = read_measurements(b"indicator,value\nx,1")
    assert said(found)[0].startswith("The column first_day, last_day, source and coverage is missing.")
    with pytest.raises(FieldError, match="more than 1,000 rows"):
        read_measurements(as_csv(*[cells() for _ in range(MOST_ROWS + 1)]))


def test_the_template_has_the_columns_says_what_goes_into_each_and_can_be_brought_back() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template()))
    assert tuple(cell.value for cell in book["Measurements"][1]) == COLUMNS
    notes = book["How to fill it in"]
    assert tuple(notes.cell(number, 1).value for number in range(2, len(COLUMNS) + 2)) == COLUMNS
    book["Measurements"].append(
        ["council-staff-living-here", date(2024, 4, 1), date(2025, 3, 31), 62.5, "Payroll", "All staff"]
    )
    saved = io.BytesIO()
    book.save(saved)
    found = read_measurements(saved.getvalue())
    assert ([row.reported.value for row in found.rows], found.problems) == ([Decimal("62.5")], ())
