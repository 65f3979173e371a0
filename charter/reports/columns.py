"""The form of a public table: its columns with what each means, its unit and its words, and what its cells may be.

Each table is laid down once. The workbook and open data are both written from it, so that a figure is the same in each.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from charter.reports.contents import Contents
from charter.words import HIDDEN_MARK


class Missing(StrEnum):
    """Why a cell holds nothing, in the marks that statistics in the UK use for it."""

    HIDDEN = HIDDEN_MARK
    NO_DATA = "[x]"
    DOES_NOT_APPLY = "[z]"


class Kind(StrEnum):
    """What the cells of a column are, in the words of a Table Schema."""

    TEXT = "string"
    WHOLE = "integer"
    NUMBER = "number"
    DAY = "date"
    YES_NO = "boolean"


OWN_UNIT = "the row’s own unit"  # where each row has its own, which stands in a column beside
Cell = str | int | bool | Decimal | date | Missing
Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        name: its name in open data.
        title: its name on a sheet.
        means: what stands in it, in a sentence.
        kind: what its cells are.
        unit: the unit of its figures; empty where they have none.
        words: where its cells are words of a closed list, what a person reads for each.
        on_sheet: whether a workbook has it too. Codes that stand beside their words are for programs alone.
        note: the part of the published method that explains it, by its title; empty where none needs to.
    """

    name: str
    title: str
    means: str
    kind: Kind = Kind.TEXT
    unit: str = ""
    words: Mapping[Any, str] = field(default_factory=dict)
    on_sheet: bool = True
    note: str = ""


@dataclass(frozen=True)
class Outline:
    """A table before it is filled.

    Attributes:
        name: its name in addresses and files, of small letters and hyphens.
        title: what a person calls it.
        means: what a row is, and what stands in it.
        source: where its figures or words come from.
        key: the columns that tell its rows apart.
        columns: its columns, in their order.
        fill: gives its rows from a release, each with a cell for every column.
        hidden: what the mark of a hidden figure means in it; empty where it is the same as in most tables.
    """

    name: str
    title: str
    means: str
    source: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    fill: Callable[[Contents], Iterable[Row]]
    hidden: str = ""


@dataclass(frozen=True)
class Table:
    """A table of a release: its outline, and its rows, each with its cells in the order of the columns."""

    outline: Outline
    rows: tuple[tuple[Cell, ...], ...]


def filled(outline: Outline, contents: Contents) -> Table:
    """Fill a table from a release.

    Raises:
        KeyError: a row lacks a cell, or has one that no column is for.
    """
    names = [column.name for column in outline.columns]
    rows = []
    for row in outline.fill(contents):
        if row.keys() - set(names):
            raise KeyError(f"{outline.name} has no column {sorted(row.keys() - set(names))}.")
        rows.append(tuple(row[name] for name in names))
    return Table(outline, tuple(rows))


def or_missing(value: Cell | None, missing: Missing = Missing.DOES_NOT_APPLY) -> Cell:
    """Give a cell, or why there is none: None and empty words stand for nothing; 0 and no are something."""
    return missing if value is None or value == "" else value
