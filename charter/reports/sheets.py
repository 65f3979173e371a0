"""One table as a sheet of the workbook: its cells in words, what stands above them, and the notes they refer to."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import pandas as pd
from gptables import GPTable
from gptables.core.gptable import FormatList

from charter.clock import day_in_words
from charter.headlines import opening
from charter.reports.columns import OWN_UNIT, Cell, Column, Kind, Missing, Table
from charter.words import hidden_note

#: What each mark in a cell means, given below how many groups a figure is hidden.
MARKS: Mapping[Missing, Callable[[int], str]] = {
    Missing.HIDDEN: hidden_note,
    Missing.NO_DATA: lambda _: f"{Missing.NO_DATA} means that there is no figure, or that nothing was said.",
    Missing.DOES_NOT_APPLY: lambda _: f"{Missing.DOES_NOT_APPLY} means that it does not apply here.",
}
_DAY_FORMAT = "d mmmm yyyy"
_FIGURES = frozenset({Kind.WHOLE, Kind.NUMBER})
_SENTENCES = re.compile(r"(?<=[.?!]) ")


def verbatim(text: str) -> list[object]:
    """Give text that the library writes as it stands: it would make links of some words."""
    return [{}, text]


def line(text: str) -> list[object]:
    """Give a line above a table as it stands. See `verbatim`.

    There words between two pairs of dollar signs are taken for a note even so: an invisible letter parts the pair.
    """
    return verbatim(text.replace("$$", "$\u2060$"))


def sheet_of(table: Table, *, title: str, about: Sequence[str], threshold: int) -> GPTable:
    """Lay a table out as a sheet.

    Args:
        table: a table with at least one row.
        title: the sheet's title.
        about: what stands below it, a line each.
        threshold: below how many groups a figure is hidden.
    """
    columns = columns_of(table)
    frame = pd.DataFrame(
        [[_cell(column, row[place]) for place, column in columns] for row in table.rows],
        columns=[column.title for _, column in columns],
        dtype=object,
    )
    found = {row[place] for row in table.rows for place, _ in columns if isinstance(row[place], Missing)}
    return GPTable(
        frame,
        table_name=table.outline.name.replace("-", "_"),
        title=line(title),
        # A line a sentence: lines above a table do not wrap, and long ones are cut off on paper.
        subtitles=[line(each) for each in (*about, *_SENTENCES.split(table.outline.means))],
        instructions="This sheet holds one table.",
        legend=[each for mark in MARKS if mark in found for each in _SENTENCES.split(_meaning(mark, table, threshold))],
        source=f"Source: {table.outline.source}.",
        units={column.title: column.unit for _, column in columns if _has_unit(column)} or None,
        table_notes={number: f"$${column.note}$$" for number, (_, column) in enumerate(columns) if column.note},
        index_columns={},
        additional_formatting=_formats([column for _, column in columns]),
    )


def _meaning(mark: Missing, table: Table, threshold: int) -> str:
    own = table.outline.hidden if mark is Missing.HIDDEN else ""
    return own or MARKS[mark](threshold)


def columns_of(table: Table) -> list[tuple[int, Column]]:
    """Give the columns that a sheet has, each with its place in the rows."""
    return [(place, column) for place, column in enumerate(table.outline.columns) if column.on_sheet]


def indented(columns: Sequence[Column]) -> list[int]:
    """Give the numbers of the columns whose words are moved in: those beside figures."""
    return [
        number
        for number, column in enumerate(columns)
        if number and column.kind not in _FIGURES and columns[number - 1].kind in _FIGURES
    ]


def words_of(table: Table) -> list[list[str]]:
    """Give all that stands in a table as words, row by row, for which room is needed; the headings first."""
    columns = columns_of(table)
    return [
        [_heading(column) for _, column in columns],
        *([_words(column, row[place]) for place, column in columns] for row in table.rows),
    ]


def _has_unit(column: Column) -> bool:
    return column.unit not in ("", OWN_UNIT)


def _heading(column: Column) -> str:
    """Give what stands above a column: its title, its unit, and the note that it refers to, a line each."""
    unit, note = f"\n({column.unit})" if _has_unit(column) else "", "\n[note 1]" if column.note else ""
    return f"{column.title}{unit}{note}"


def _cell(column: Column, cell: Cell) -> object:
    """Give a cell as the library writes it: figures and days as such, marks and all words as text."""
    if isinstance(cell, Missing):
        return cell.value
    if isinstance(cell, int | Decimal | date) and not isinstance(cell, bool):
        return cell
    return FormatList(verbatim(_words(column, cell)))


def _words(column: Column, cell: Cell) -> str:
    if isinstance(cell, Missing):
        return cell.value
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, date):
        return day_in_words(cell)
    return opening(column.words[str(cell)]) if column.words else str(cell)


def _formats(columns: Sequence[Column]) -> list[dict[str, object]]:
    days = [number for number, column in enumerate(columns) if column.kind is Kind.DAY]
    figures = [number for number, column in enumerate(columns) if column.kind in _FIGURES]
    wanted: list[tuple[list[int], dict[str, object]]] = [
        # The library takes some columns of figures for words: those whose heading refers to no note.
        (figures, {"align": "right"}),
        (days, {"num_format": _DAY_FORMAT, "align": "left"}),
        # Figures stand at the right of their column: words beside them need a little room.
        (indented(columns), {"indent": 1}),
    ]
    return [{"column": {"columns": which, "format": form}} for which, form in wanted if which]
