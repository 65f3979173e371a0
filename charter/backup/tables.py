"""The tables of a store as the database itself sees them, so that a store of any revision can be read and filled."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from charter.backup.kinds import TYPES, Kind, Value, kind_of
from charter.rules.refusals import RefusedError

_AT_ONCE = 1000  # rows that are in memory at a time
_FILES_AT_ONCE = 4  # of a table that holds files, of which each may have megabytes
_REVISIONS = "alembic_version"  # what the migrations keep for themselves; it is made by them


@dataclass(frozen=True)
class Column:
    """A column: its name, and the kind of its values."""

    name: str
    kind: Kind


@dataclass(frozen=True)
class TableShape:
    """A table: its name, its columns in their order, and those that its rows are ordered by."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def as_table(self) -> sa.TableClause:
        """Give the table for statements, with values that are alike on both databases."""
        return sa.table(self.name, *(sa.column(column.name, TYPES[column.kind]) for column in self.columns))

    @property
    def at_once(self) -> int:
        """How many of its rows are in memory at a time."""
        return _FILES_AT_ONCE if any(column.kind is Kind.BYTES for column in self.columns) else _AT_ONCE

    @property
    def holds(self) -> frozenset[Column]:
        """The columns whatever their order, which migrations may have changed."""
        return frozenset(self.columns)


def shapes(session: Session) -> tuple[TableShape, ...]:
    """Give every table, each after those that it points at."""
    seen = sa.inspect(session.connection())
    columns, keys = seen.get_multi_columns(), seen.get_multi_pk_constraint()
    names = [name for name, _ in seen.get_sorted_table_and_fkc_names() if name not in {None, _REVISIONS}]
    return tuple(
        TableShape(
            str(name),
            tuple(Column(column["name"], kind_of(column["type"])) for column in columns[None, str(name)]),
            tuple(keys[None, str(name)]["constrained_columns"]),
        )
        for name in names
    )


def revision(session: Session) -> str | None:
    """Give the number of the last migration that the store has had, as this session sees it, or None for no store."""
    if not sa.inspect(session.connection()).has_table(_REVISIONS):
        return None
    numbers = sa.select(sa.column("version_num", sa.String)).select_from(sa.table(_REVISIONS))
    return session.execute(numbers).scalar_one_or_none()


def rows(session: Session, shape: TableShape) -> Iterator[tuple[Value, ...]]:
    """Give a table's rows, some at a time, in the order of its key."""
    table = shape.as_table()
    statement = sa.select(table).order_by(*_order(session, shape, table))
    try:
        for row in session.execute(statement, execution_options={"yield_per": shape.at_once}):
            yield tuple(row)
    except (ValueError, TypeError, ArithmeticError):
        # SQLite keeps in a column what is of another kind; only a file that was damaged or changed by hand has it.
        raise RefusedError(
            f"{shape.name} holds what cannot be read: the store was damaged. Nothing was changed. Restore a backup."
        ) from None


def _order(session: Session, shape: TableShape, table: sa.TableClause) -> Iterator[sa.ColumnElement[Any]]:
    """Order words by their bytes, as SQLite does, and not by the rules of a language that PostgreSQL may have."""
    by_language = session.get_bind().dialect.name == "postgresql"
    kinds = {column.name: column.kind for column in shape.columns}
    for name in shape.key:
        key = table.c[name]
        yield sa.collate(key, "C") if by_language and kinds[name] is Kind.TEXT else key


def count(session: Session, shape: TableShape) -> int:
    """Count a table's rows."""
    return int(session.execute(sa.select(sa.func.count()).select_from(shape.as_table())).scalar_one())
