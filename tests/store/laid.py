"""What many tests begin with: made once in a process, and from then on put into each test's own store row by row."""

from collections.abc import Callable
from typing import TypeVar, cast

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from charter import clock
from db.engine import Store

_Told = TypeVar("_Told")
_Rows = list[tuple[sa.Table, list[dict[str, object]]]]
_KEPT: dict[tuple[object, ...], tuple[object, _Rows]] = {}


def laid(store: Store, make: Callable[[Session], _Told]) -> _Told:
    """Have in an empty store what a function makes in it, and give what the function tells of it.

    To put the rows in takes a tenth of what it takes to make them, where charters are loaded or figures reckoned. What
    was made on another day or another database is made again.

    Args:
        store: an empty store.
        make: makes rows in a writing session, and tells which; what it tells must not change.
    """
    kind = store.engine.dialect.name
    key = (make, kind, clock.today())
    if key not in _KEPT:
        with store.writing() as session:
            told = make(session)
        _KEPT[key] = (told, _rows(store))
    else:
        with store.writing() as session:
            _put(session, _KEPT[key][1])
    return cast("_Told", _KEPT[key][0])


def _rows(store: Store) -> _Rows:
    with store.reading() as session:
        found = [
            (table, [dict(row) for row in session.execute(sa.select(table).order_by(*table.primary_key)).mappings()])
            for table in SQLModel.metadata.sorted_tables
        ]
    return [(table, rows) for table, rows in found if rows]


def _put(session: Session, kept: _Rows) -> None:
    for table, rows in kept:
        session.connection().execute(table.insert(), rows)
    if session.get_bind().dialect.name == "postgresql":
        # It gives its own numbers on, whatever number a row brings.
        numbered = [(table, table.autoincrement_column, rows) for table, rows in kept]
        session.execute(
            sa.select(
                *(
                    sa.func.setval(sa.func.pg_get_serial_sequence(table.name, column.name), rows[-1][column.name])
                    for table, column, rows in numbered
                    if column is not None
                )
            )
        )
