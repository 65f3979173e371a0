"""Rows as comma-separated values for a spreadsheet program, in which no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

_MARK = "\ufeff"  # without it a spreadsheet program takes the letters for those of another alphabet
# What a spreadsheet program takes for the start of a formula and would carry out, or skips on its way to one.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_file(rows: Iterable[Sequence[str | int | Decimal]]) -> str:
    """Write rows, each line ending with carriage return and line feed as RFC 4180 has it.

    Words that a spreadsheet program would reckon with have an apostrophe put before them. Numbers stay numbers.
    """
    written = io.StringIO(newline="")
    csv.writer(written).writerows([_words(cell) for cell in row] for row in rows)
    return _MARK + written.getvalue()


def _words(cell: str | int | Decimal) -> str | int | Decimal:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_STARTS) else cell
