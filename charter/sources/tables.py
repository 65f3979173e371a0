"""Tables that people bring as a file: a workbook or a CSV file, read as plain text with the number of each row."""

import csv
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from charter.rules.refusals import FieldError
from charter.typed import clean_text

SIZE_LIMIT = 5 * 1024 * 1024  # bytes
ROW_LIMIT = 10_000  # rows below the heading
_LINE_LIMIT = 100_000  # lines of a sheet, empty ones too: a row may say that it is the billionth
_COLUMN_LIMIT = 60  # columns that are looked at
_UNPACKED_LIMIT = 100 * 1024 * 1024  # bytes: a workbook is packed, and a small file could unpack to fill the memory
_WORKBOOK, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NOT_READ = "This is not a workbook or a CSV file that we can read. Save it as .xlsx or .csv and try again."
# What openpyxl raises for files that only look like workbooks, by what is broken in them.
_BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    zlib.error,
    lzma.LZMAError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)
_Cells = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A row of a file: its number as a spreadsheet shows it, and its cells as text by the heading in small letters."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class FileTable:
    """What a file holds.

    Attributes:
        headings: the headings in small letters, in their order.
        rows: the rows below them; empty ones are left out.
    """

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(content: bytes) -> FileTable:
    """Read a workbook's first sheet or a CSV file. Every cell comes in as plain text, a formula as what it says.

    Args:
        content: the file's bytes, up to 5 MB and 10,000 rows; which of the two it is, is seen from them.

    Raises:
        FieldError: the file is empty, too large, or neither of the two.
    """
    if len(content) > SIZE_LIMIT:
        raise FieldError("file", "The file is larger than 5 MB. Split it and bring the parts one by one.")
    if content.startswith(_OLD_WORKBOOK):
        raise FieldError("file", "This is an old kind of workbook. Save it as .xlsx or .csv and try again.")
    lines = _workbook_lines(content) if content.startswith(_WORKBOOK) else _csv_lines(content)
    return _table(lines)


def _table(lines: Iterable[tuple[int, _Cells]]) -> FileTable:
    filled = ((number, cells) for number, cells in lines if any(cells))
    _, first = next(filled, (0, ()))
    headings = tuple(cell.lower().replace(" ", "_").replace("-", "_") for cell in first)
    if not any(headings):
        raise FieldError("file", "The file is empty. Its first row should hold the names of the columns.")
    rows: list[Row] = []
    for number, cells in filled:
        if len(rows) == ROW_LIMIT:
            raise FieldError("file", f"The file has more than {ROW_LIMIT:,} rows. Split it and bring the parts.")
        rows.append(Row(number, _by_heading(headings, cells)))
    return FileTable(tuple(heading for heading in headings if heading), tuple(rows))


def _by_heading(headings: Sequence[str], cells: _Cells) -> dict[str, str]:
    # Of two columns with one name the first counts.
    return {heading: cell for heading, cell in reversed([*zip(headings, cells, strict=False)]) if heading}


def _csv_lines(content: bytes) -> Iterator[tuple[int, _Cells]]:
    text = _decoded(content)
    heading = text.split("\n", 1)[0]
    separator = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, tuple(clean_text(cell) for cell in cells[:_COLUMN_LIMIT])
    except csv.Error:
        raise FieldError("file", _NOT_READ) from None


def _decoded(content: bytes) -> str:
    """Read the text as UTF-8, or as what spreadsheets on Windows write. Anything with a zero byte in it is no text."""
    if b"\x00" in content:
        raise FieldError("file", _NOT_READ)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise FieldError("file", _NOT_READ) from None


def _workbook_lines(content: bytes) -> Iterator[tuple[int, _Cells]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _UNPACKED_LIMIT:
                raise FieldError("file", "The workbook unpacks to more than 100 MB. Save the list as .csv instead.")
        # Formulas are read as they are written: what a spreadsheet once made of one is not looked at.
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        # Some programs write down a smaller size than the sheet has, and rows beyond it would be left out unseen.
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=_COLUMN_LIMIT), start=1):
            if number > _LINE_LIMIT:
                raise FieldError("file", f"The sheet goes on below row {_LINE_LIMIT:,}. Take out the empty rows.")
            yield number, tuple(_text(cell) for cell in cells)
    except _BROKEN:
        raise FieldError("file", _NOT_READ) from None


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() | date():
            return cell.isoformat()[:10]
        case _:
            return clean_text(str(cell))
