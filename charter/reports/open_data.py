"""Open data: every public table of a release as CSV and as JSON, with a Data Package that says what is in them.

Each row names its release and says whether it is made up, as a file is soon parted from what lay beside it. A cell that
holds nothing is empty, or null, so that every program takes figures for figures; where that is because figures are
hidden, the row's own column `mark` says `[c]`.
"""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from charter.csv_files import csv_file
from charter.reports.columns import Cell, Column, Kind, Missing, Outline, Table
from charter.reports.contents import Contents
from charter.reports.data_package import DESCRIPTOR, READ_ME, File, package, read_me
from charter.reports.tables import OUTLINES, tables_of

JsonValue = str | int | float | bool | None
_BEFORE = (
    Column("release", "Release", "The reference of the release that the row belongs to."),
    Column("made_up", "Made up", "True where it is a demonstration, and nothing in the row is real.", Kind.YES_NO),
)


def make_open_data(contents: Contents, *, address: str) -> dict[str, bytes]:
    """Make the open data of a release. Made twice from the same release, it is the same to the last byte.

    Args:
        contents: the release.
        address: where people reach the site, without a slash at its end.

    Returns:
        What is in each file, by its name: a CSV and a JSON file for each table, also for those without a row, the Data
        Package's descriptor, and a text that says how to read them.
    """
    files = [file for table in tables_of(contents) for file in _files(table, contents)]
    told = package(contents.release, files, address=address)
    return {
        **{file.name: file.content for file in files},
        DESCRIPTOR: _json(told),
        READ_ME: read_me(contents.release, OUTLINES, address=address).encode(),
    }


def columns_of(outline: Outline) -> tuple[Column, ...]:
    """Give the columns that a table has in open data: its own, after those of every row."""
    return (*_BEFORE, *outline.columns)


def _files(table: Table, contents: Contents) -> Iterator[File]:
    columns = columns_of(table.outline)
    rows = [(contents.release.ref, contents.release.made_up, *row) for row in table.rows]
    names = [column.name for column in columns]
    written = csv_file([names, *([_in_csv(cell) for cell in row] for row in rows)])
    as_json = [{name: _in_json(cell) for name, cell in zip(names, row, strict=True)} for row in rows]
    yield File(table.outline, "csv", columns, written.encode())
    yield File(table.outline, "json", columns, _json(as_json))


def _in_csv(cell: Cell) -> str | int | Decimal:
    if isinstance(cell, Missing):
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell.isoformat() if isinstance(cell, date) else cell


def _in_json(cell: Cell) -> JsonValue:
    if isinstance(cell, Missing):
        return None
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
