"""Comparing two stores row by row, and column by column in each row."""

from collections.abc import Callable, Sequence
from itertools import zip_longest

from sqlmodel import Session

from charter.backup.kinds import Kind, Value
from charter.backup.tables import TableShape, rows
from charter.rules.refusals import RefusedError

_ZERO = "\0"


class DifferentError(RefusedError):
    """A row did not come out as it was. The message names its table, its key and its columns, and no value."""


def require_alike(
    here: Session, there: Session, tables: Sequence[TableShape], *, told: Callable[[TableShape, int], None]
) -> int:
    """Compare every column of every row of two stores.

    Args:
        here: a session of the one store.
        there: a session of the other.
        tables: the tables to compare.
        told: called after each row with its table and the row's place in it, from 1.

    Returns:
        How many rows were compared.

    Raises:
        DifferentError: a row differs, or is in one of the two alone.
    """
    compared = 0
    for shape in tables:
        both = zip_longest(rows(here, shape), rows(there, shape))
        for place, (one, other) in enumerate(both, start=1):
            if one != other:
                raise DifferentError(_told(shape, one, other))
            compared += 1
            told(shape, place)
    return compared


def _told(shape: TableShape, one: tuple[Value, ...] | None, other: tuple[Value, ...] | None) -> str:
    if one is None or other is None:
        return f"{shape.name} has not the same number of rows there."
    names = [column.name for column in shape.columns]
    key = ", ".join(str(value) for name, value in zip(names, one, strict=True) if name in shape.key)
    different = [column for column, before, after in zip(shape.columns, one, other, strict=True) if before != after]
    kept = dict(zip(names, one, strict=True))
    zero = any(column.kind is Kind.TEXT and _ZERO in str(kept[column.name]) for column in different)
    why = ", as there is a zero byte in it, which PostgreSQL has no room for: take it out" if zero else ""
    return f"{shape.name}: row {key} is not the same there in {', '.join(c.name for c in different)}{why}."
