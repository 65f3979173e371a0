"""What a release gives out, read back: its contents from the demonstration, and its files as rows of words."""

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import openpyxl
from sqlmodel import Session

from charter.reports.contents import Contents, read_contents
from charter.rules.access import PUBLIC
from db.engine import Store, open_engine
from tests.templates import Templates

ADDRESS = "https://charter.example.org"
#: Words that a program would take for something else: formulas, links, notes, marks, and names in other alphabets.
TYPED = (
    "=1+1",
    "+44 1375 000000",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "[see](http://evil.example/x) and [this](http://evil.example/y)",
    "$$likely$$ for $$10",
    "http://evil.example",
    "{=1}",
    "–",
    "  ",
    "Gŵyl y Môr, Llŷn",
    "Świetlica „Żółw”",
    "ਪੰਜਾਬੀ ਸਭਾ",
    "*Bold* <b>bold</b> & “so on”",
    'Two\nlines, and a "quote"',
    "W" * 200,
)


@contextmanager
def demonstration(templates: Templates) -> Iterator[Session]:
    """Give a session that reads the demonstration."""
    store = Store(open_engine(templates.readable(templates.demonstration("sqlite"))))
    with store.reading() as session:
        yield session
    store.engine.dispose()


def contents_of(templates: Templates, ref: str = "latest") -> Contents:
    """Read what a release of the demonstration tells."""
    with demonstration(templates) as session:
        return read_contents(session, viewer=PUBLIC, ref=ref)


def without_outcomes(contents: Contents) -> Contents:
    """Take all that came of it away."""
    nothing: dict[str, Any] = dict.fromkeys(("indicators", "actions", "recommendations", "concerns", "promises"), ())
    return replace(contents, **nothing)


def smaller(contents: Contents) -> Contents:
    """Leave one theme with two promises, and two of each other thing, where only the way of writing is at stake."""
    theme = contents.figures.themes[0]
    figures = replace(
        contents.figures, themes=(replace(theme, promises=theme.promises[:2]),), together=contents.figures.together[:2]
    )
    return replace(
        contents,
        figures=figures,
        shares=contents.shares[:2],
        answers=contents.answers[:2],
        indicators=contents.indicators[:2],
        actions=contents.actions[:2],
    )


def csv_rows(files: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    """Read a table's CSV file back."""
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode("utf-8-sig"), newline="")))


def sheet_rows(book: openpyxl.Workbook, sheet: str) -> list[tuple[object, ...]]:
    """Read the table of a sheet back, its headings first."""
    (table,) = book[sheet].tables.values()
    return [tuple(cell.value for cell in row) for row in book[sheet][table.ref]]
