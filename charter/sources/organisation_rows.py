"""The rows of a file as organisations: each cell read as what its column holds, and what cannot be read said."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from charter.organisations.fields import Fields, checked
from charter.organisations.wards import WardFound
from charter.rules.refusals import FieldError
from charter.sources.tables import FileTable, Row
from charter.words import INCOMES, KINDS
from db.types import IncomeBand, OrganisationKind

REQUIRED = ("name", "kind")
COLUMNS = ("name", "kind", "income", "ward", "email", "phone", "org_id")
_FIELD_COLUMNS = {"ref": "org_id", "income_band": "income", "ward_id": "ward"}
_MOST_WARDS_NAMED = 30
_MOST_QUOTED = 40  # letters of a cell
_TOLD_EVERY = 250  # rows
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class Problem:
    """Something that is wrong with a file: where, and what to do. The row is 0 for the file as a whole."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        place = f"Row {self.row}, column {self.column}: " if self.row else ""
        return f"{place}{self.message}"


@dataclass
class _Reading:
    """What is known while a file is read."""

    wards: Mapping[str, int]
    problems: list[Problem] = field(default_factory=list)
    rows: list[tuple[int, Fields]] = field(default_factory=list)


def read_rows(
    table: FileTable, wards: Sequence[WardFound], *, read: Callable[[int], None]
) -> tuple[tuple[tuple[int, Fields], ...], tuple[Problem, ...]]:
    """Read the rows of a file that has the columns which are needed.

    Args:
        table: the file.
        wards: those in force, which may be named by code or by name.
        read: is told now and then how many rows have been read.

    Returns:
        The rows that can be read, each with its number; and what is wrong, in the order of the file.
    """
    reading = _Reading({word.casefold(): ward.id for ward in wards for word in (ward.code, ward.name)})
    names: dict[str, int] = {}
    refs: dict[str, int] = {}
    for number, row in enumerate(table.rows):
        if number % _TOLD_EVERY == 0:
            read(number)
        fields = _read_row(reading, row)
        if fields is None:
            continue
        for seen, key, column in ((names, fields.name.casefold(), "name"), (refs, fields.ref, "org_id")):
            first = seen.setdefault(key, row.number)
            if first != row.number:
                said = f"this is in row {first} already. Take one of the two rows out."
                reading.problems.append(Problem(row.number, column, said))
        reading.rows.append((row.number, fields))
    return tuple(reading.rows), tuple(sorted(reading.problems, key=lambda problem: problem.row))


def _read_row(reading: _Reading, row: Row) -> Fields | None:
    def cell(name: str) -> str:
        return row.cells.get(name, "")

    before = len(reading.problems)
    kind = _word(reading, row, "kind", KINDS, OrganisationKind.VOLUNTARY, needed=True)
    income = _word(reading, row, "income", INCOMES, IncomeBand.NOT_KNOWN)
    ward_id = _ward(reading, row)
    typed = Fields(cell("name"), kind, cell("org_id"), income, ward_id, email=cell("email"), phone=cell("phone"))
    try:
        fields = checked(typed)
    except FieldError as refusal:
        column = _FIELD_COLUMNS.get(refusal.field, refusal.field)
        reading.problems.append(Problem(row.number, column, str(refusal).removesuffix(" Nothing was changed.")))
        return None
    return fields if len(reading.problems) == before else None


def _word(
    reading: _Reading, row: Row, column: str, words: Mapping[Word, str], otherwise: Word, *, needed: bool = False
) -> Word:
    """Read a word of a closed list as it is stored, or as the screen says it."""
    typed = row.cells.get(column, "").casefold()
    if not typed and not needed:
        return otherwise
    for word, label in words.items():
        if typed in {word.value, word.value.replace("_", " "), label.casefold()}:
            return word
    allowed = ", ".join(word.value for word in words)
    said = f"“{row.cells.get(column, '')[:_MOST_QUOTED]}” is not one of {allowed}."
    reading.problems.append(Problem(row.number, column, said))
    return otherwise


def _ward(reading: _Reading, row: Row) -> int | None:
    typed = row.cells.get("ward", "")
    if not typed:
        return None
    found = reading.wards.get(typed.casefold())
    if found is None:
        known = sorted(reading.wards)[:_MOST_WARDS_NAMED]
        allowed = f"It should be one of {', '.join(known)}" if known else "There is no ward yet"
        said = f"“{typed[:_MOST_QUOTED]}” is no ward that is in force today. {allowed}, or be left empty."
        reading.problems.append(Problem(row.number, "ward", said))
    return found
