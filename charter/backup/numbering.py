"""Which numbers a store has given to rows, so that another goes on after them, and after those of rows now gone."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import REGCLASS
from sqlmodel import Session

from charter.backup.kinds import Kind
from charter.backup.tables import TableShape, shapes

_KEPT = sa.table("sqlite_sequence", sa.column("name", sa.String), sa.column("seq", sa.Integer))
# SQLite's tables whose numbers never come again.
_KEEPING = sa.text("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'")


def given_numbers(session: Session) -> dict[str, int]:
    """Give the last number that was given to a row, by table, where the database remembers it.

    SQLite does so for the tables whose numbers never come again; PostgreSQL for every table that it numbers.
    """
    if session.get_bind().dialect.name != "postgresql":
        keeping = session.execute(_KEEPING).first() is not None
        return {row.name: row.seq for row in session.execute(sa.select(_KEPT))} if keeping else {}
    found = {
        shape.name: session.execute(sa.select(sa.func.pg_sequence_last_value(_place(shape)))).scalar_one()
        for shape in shapes(session)
        if _is_numbered(shape)
    }
    return {name: number for name, number in found.items() if number}


def number_after(session: Session, given: Mapping[str, int]) -> None:
    """Have new rows numbered after these numbers, and after those that are given already.

    Args:
        session: a writing session, in which every row has been put in.
        given: the last number, by table.
    """
    if session.get_bind().dialect.name != "postgresql":
        _number_sqlite(session, given)
        return
    for shape in shapes(session):
        if number := _is_numbered(shape) and given.get(shape.name, 0):
            here = sa.func.nextval(_place(shape)) - 1
            session.execute(sa.select(sa.func.setval(_place(shape), sa.func.greatest(number, here))))


def _number_sqlite(session: Session, given: Mapping[str, int]) -> None:
    here = given_numbers(session)
    for name in session.execute(_KEEPING).scalars().all():
        if given.get(name, 0) > here.get(name, 0):
            session.execute(sa.delete(_KEPT).where(_KEPT.c.name == name))
            session.execute(sa.insert(_KEPT).values(name=name, seq=given[name]))


def _is_numbered(shape: TableShape) -> bool:
    return [column.kind for column in shape.columns if column.name in shape.key] == [Kind.INTEGER]


def _place(shape: TableShape) -> sa.Cast[str]:
    return sa.cast(sa.func.pg_get_serial_sequence(shape.name, shape.key[0]), REGCLASS)
