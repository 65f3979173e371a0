"""Tables that people bring as a file: a workbook or a CSV file, read as plain text with the number of each row."""

import csv
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from charter.rules.refusals import FieldError
from charter.typed import clean_text

MB = 1024 * 1024  # bytes
SIZE_LIMIT = 5 * MB
ROW_LIMIT = 10_000  # rows below the heading
_EMPTY_LIMIT = 90_000  # lines of a sheet beyond its rows: a row may say that it is the billionth
_COLUMN_LIMIT = 200  # columns that are looked at: the standard for grants has more than a hundred fields
_UNPACKS_TO = 20  # times its limit: a workbook is packed, and a small file could unpack to fill the memory
_WORKBOOK, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NOT_READ = "This is not a workbook or a CSV file that we can read. Save it as .xlsx or .csv and try again."
# What openpyxl raises for files that only look like workbooks, by what is broken in them.
_BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    SyntaxError,  # of the XML inside: openpyxl reads it by whichever reader of XML is installed
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
class Limits:
    """How much of a file is taken: bytes, and rows below the heading."""

    size: int = SIZE_LIMIT
    rows: int = ROW_LIMIT


ON_THE_PAGE = Limits()
BY_COMMAND = Limits(size=200 * MB, rows=1_000_000)


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


def require_size(content: bytes, limits: Limits) -> None:
    """Refuse a file that is larger than is taken, or empty.

    Raises:
        FieldError: it is.
    """
    if len(content) > limits.size:
        advice = "Split it and bring the parts one by one" if limits == ON_THE_PAGE else "Split it"
        raise FieldError("file", f"The file is larger than {limits.size // MB} MB. {advice}.")
    if not content:
        raise FieldError("file", "The file is empty. Choose another one.")


def read_table(content: bytes, *, limits: Limits = ON_THE_PAGE, sheet: str = "") -> FileTable:
    """Read one sheet of a workbook, or a CSV file. Every cell comes in as plain text, a formula as what it says.

    Args:
        content: the file's bytes; which of the two it is, is seen from them.
        limits: how much is taken.
        sheet: the name of the sheet that is wanted; where none has it, the first is read.

    Raises:
        FieldError: the file is empty, too large, or neither of the two.
    """
    require_size(content, limits)
    if content.startswith(_OLD_WORKBOOK):
        raise FieldError("file", "This is an old kind of workbook. Save it as .xlsx or .csv and try again.")
    workbook = content.startswith(_WORKBOOK)
    return _table(_workbook_lines(content, limits, sheet) if workbook else _csv_lines(content), limits)


def _table(lines: Iterable[tuple[int, _Cells]], limits: Limits) -> FileTable:
    filled = ((number, cells) for number, cells in lines if any(cells))
    _, first = next(filled, (0, ()))
    headings = tuple(cell.lower().replace(" ", "_").replace("-", "_") for cell in first)
    if not any(headings):
        raise FieldError("file", "The file is empty. Its first row should hold the names of the columns.")
    rows: list[Row] = []
    for number, cells in filled:
        if len(rows) == limits.rows:
            raise FieldError("file", f"The file has more than {limits.rows:,} rows. Split it and bring the parts.")
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


def _workbook_lines(content: bytes, limits: Limits, wanted: str) -> Iterator[tuple[int, _Cells]]:
    unpacked, lines = limits.size * _UNPACKS_TO, limits.rows + _EMPTY_LIMIT
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > unpacked:
                said = f"The workbook unpacks to more than {unpacked // MB} MB. Save the list as .csv instead."
                raise FieldError("file", said)
        # Formulas are read as they are written: what a spreadsheet once made of one is not looked at.
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        named = [each for each in book.worksheets if each.title.casefold() == wanted]
        sheet = (named or book.worksheets)[0]
        # Some programs write down a smaller size than the sheet has, and rows beyond it would be left out unseen.
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=_COLUMN_LIMIT), start=1):
            if number > lines:
                raise FieldError("file", f"The sheet goes on below row {lines:,}. Take out the empty rows.")
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
