"""Long lists, one page at a time: the rows of the page, how many there are in all, and words to search for."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, or_
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import Session

from charter.typed import clean_text

PAGE_SIZE = 25  # rows: they fit on two screens of a laptop
_ESCAPE = "\\"
_MOST_WORDS = 20  # that are looked for: a whole letter that was pasted would be more than a database takes
Row = TypeVar("Row")
Other = TypeVar("Other")


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """One page of a list.

    Attributes:
        rows: the rows of the page.
        total: how many rows there are on all pages.
        page: which page this is, from 1.
        size: how many rows a page has.
    """

    rows: tuple[Row, ...]
    total: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are; one, where there is nothing."""
        return max(1, -(-self.total // self.size))

    def of(self, rows: tuple[Other, ...]) -> "Slice[Other]":
        """Give the same page with other rows in place of these."""
        return Slice(rows, self.total, self.page, self.size)


def slice_of(
    session: Session,
    statement: Select[*tuple[Any, ...]],
    *order: SQLCoreOperations[Any],
    page: int,
    size: int = PAGE_SIZE,
) -> Slice[Any]:
    """Read one page of what a statement finds, in an order.

    Args:
        session: a session.
        statement: what to read, without order or limit.
        order: what to order by; the last should be unique, so that no row is on two pages.
        page: which page, from 1; one that is not there gives the nearest that is.
        size: how many rows a page has.
    """
    total = session.execute(statement.with_only_columns(func.count(), maintain_column_froms=True)).scalar_one()
    nearest = min(max(1, page), max(1, -(-total // size)))
    found = session.execute(statement.order_by(*order).limit(size).offset((nearest - 1) * size))
    return Slice(tuple(found.all()), total, nearest, size)


def has_words(search: str, *columns: SQLCoreOperations[Any]) -> tuple[ColumnElement[bool], ...]:
    """Make conditions from typed words: each must stand in one of the columns, in capitals or not.

    Percent signs and underscores mean themselves. Of very many words the first twenty count.
    """
    words = clean_text(search).lower().split()[:_MOST_WORDS]
    return tuple(
        or_(*(func.lower(column).contains(word, autoescape=True, escape=_ESCAPE) for column in columns))
        for word in words
    )
