"""The tables of the Charity Commission's register extract: packed files of lines that tabs divide, read row by row.

The whole register has hundreds of thousands of rows, so that no table is ever held as a whole.
"""

import csv
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from charter.rules.refusals import FieldError
from charter.sources.tables import MB
from charter.typed import clean_text

_PACKED = b"PK\x03\x04"
_NOT_READ = (
    "This is no file of the charity register's extract. It comes from the Charity Commission as a .zip file for each "
    "table, such as publicextract.charity.zip."
)
# What zipfile and csv raise for files that are damaged, by what is.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    csv.Error,
    ValueError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)


class RegisterTable(StrEnum):
    """The tables of the extract that are read, in the order in which they are."""

    AREAS = "areas"
    CHARITIES = "charities"
    VOLUNTEERS = "volunteers"
    EMPLOYEES = "employees"
    MONEY = "money"


# By what a table is known, whatever its file is called.
_KNOWN_BY: Mapping[RegisterTable, frozenset[str]] = MappingProxyType(
    {
        RegisterTable.CHARITIES: frozenset({"charity_name", "charity_registration_status", "latest_income"}),
        RegisterTable.VOLUNTEERS: frozenset({"count_volunteers", "latest_fin_period_submitted_ind"}),
        RegisterTable.EMPLOYEES: frozenset({"count_employees", "latest_fin_period_submitted_ind"}),
        RegisterTable.AREAS: frozenset({"geographic_area_description"}),
        RegisterTable.MONEY: frozenset({"total_gross_income", "date_accounts_received"}),
    }
)


@dataclass(frozen=True)
class RegisterLimits:
    """How much is taken, in bytes: as the files come, and unpacked."""

    size: int
    unpacked: int


ON_THE_PAGE = RegisterLimits(size=5 * MB, unpacked=100 * MB)
BY_COMMAND = RegisterLimits(size=500 * MB, unpacked=4000 * MB)


@dataclass(frozen=True)
class RegisterFile:
    """One file of the extract, and which table it holds."""

    table: RegisterTable
    content: bytes

    def rows(self) -> Iterator[Mapping[str, str]]:
        """Give its rows, each by the names of the columns. One that breaks off has fewer.

        Raises:
            FieldError: the file is broken.
        """
        with _opened(self.content) as lines:
            yield from _rows(lines)


def known_files(contents: Sequence[bytes], limits: RegisterLimits) -> tuple[RegisterFile, ...]:
    """Tell which table each file holds, and give them in the order in which they are read.

    Raises:
        FieldError: one is no file of the extract or is broken, there are two of a table, or they are too large.
    """
    if sum(len(content) for content in contents) > limits.size:
        raise FieldError("file", f"The files are larger than {limits.size // MB} MB together.")
    if sum(_unpacked(content) for content in contents) > limits.unpacked:
        raise FieldError("file", f"The files unpack to more than {limits.unpacked // MB} MB.")
    found = {}
    for content in contents:
        table = _table_of(content)
        if table in found:
            raise FieldError("file", "Two of these files hold the same table. Bring each table once.")
        found[table] = RegisterFile(table, content)
    return tuple(found[table] for table in RegisterTable if table in found)


def read_register_day(cell: str) -> date | None:
    """Read a day as the extract writes it: 2023-09-07 00:00:00.0000000."""
    try:
        return date.fromisoformat(cell[:10])
    except ValueError:
        return None


def _table_of(content: bytes) -> RegisterTable:
    with _opened(content) as lines:
        headings = {heading.strip() for heading in next(_split(lines), [])}
    for table, columns in _KNOWN_BY.items():
        if columns <= headings and "registered_charity_number" in headings:
            return table
    raise FieldError("file", _NOT_READ)


def _unpacked(content: bytes) -> int:
    if not content.startswith(_PACKED):
        return len(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return sum(part.file_size for part in packed.infolist())
    except _BROKEN:
        raise FieldError("file", _NOT_READ) from None


@contextmanager
def _opened(content: bytes) -> Iterator[io.TextIOWrapper]:
    try:
        if not content.startswith(_PACKED):
            yield io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", errors="replace", newline="")
            return
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = [name for name in packed.namelist() if name.endswith(".txt")]
            if len(names) != 1:
                raise FieldError("file", _NOT_READ)
            with packed.open(names[0]) as lines:
                yield io.TextIOWrapper(lines, "utf-8-sig", errors="replace", newline="")
    except _BROKEN:
        raise FieldError("file", _NOT_READ) from None


def _split(lines: io.TextIOWrapper) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, escapechar="\\")


def _rows(lines: io.TextIOWrapper) -> Iterator[Mapping[str, str]]:
    split = _split(lines)
    headings = [heading.strip() for heading in next(split, [])]
    for cells in split:
        yield {name: clean_text(cell) for name, cell in zip(headings, cells, strict=False)}
