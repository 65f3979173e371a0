"""Replacing every row of a store by those of a backup, in the caller's transaction."""

from collections.abc import Iterator, Sequence
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import REGCLASS
from sqlmodel import Session

from charter.backup.guards import guards_aside
from charter.backup.kinds import Kind, Value
from charter.backup.tables import TableShape, shapes
from charter.rules.refusals import RefusedError

Filled = tuple[TableShape, Iterator[tuple[Value, ...]]]


def replace_all(session: Session, tables: Sequence[Filled]) -> int:
    """Take every row out of a store, and put others in.

    Args:
        session: a writing session of a store that nobody else writes to.
        tables: every table that the store has, with its rows.

    Returns:
        How many rows it has now.

    Raises:
        RefusedError: the store has other tables or columns.
    """
    here = shapes(session)
    if {shape.name: shape.holds for shape in here} != {shape.name: shape.holds for shape, _ in tables}:
        raise RefusedError("The backup's tables are not those of this store. Nothing was changed.")
    given = {shape.name: (shape, rows) for shape, rows in tables}
    with guards_aside(session):
        for shape in reversed(here):
            session.execute(sa.delete(shape.as_table()))
        filled = sum(_fill(session, *given[shape.name]) for shape in here)
    if session.get_bind().dialect.name == "postgresql":
        for shape in here:
            _number_on(session, shape)
    return filled


def _fill(session: Session, shape: TableShape, rows: Iterator[tuple[Value, ...]]) -> int:
    names = [column.name for column in shape.columns]
    filled = 0
    while some := [dict(zip(names, row, strict=True)) for row in islice(rows, shape.at_once)]:
        session.connection().execute(shape.as_table().insert(), some)
        filled += len(some)
    return filled


def _number_on(session: Session, shape: TableShape) -> None:
    """Have PostgreSQL number new rows after those that are there; it does not look at rows that bring a number.

    A number never goes back: an open tab could know a row by one that was given out before. So it also does no harm
    that this alone stays when the transaction is undone. SQLite does the same by itself.
    """
    if [column.kind for column in shape.columns if column.name in shape.key] != [Kind.INTEGER]:
        return
    table, (key,) = shape.as_table(), shape.key
    place = sa.cast(sa.func.pg_get_serial_sequence(shape.name, key), REGCLASS)
    following = sa.func.greatest(sa.func.coalesce(sa.func.max(table.c[key]), 0) + 1, sa.func.nextval(place))
    session.execute(sa.select(sa.func.setval(place, following, False)))
