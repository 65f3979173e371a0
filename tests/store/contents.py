"""What a store holds, for telling that nothing of it changed, or that all of something is gone."""

import hashlib
from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import SQLModel

from db.engine import Store

LOG = frozenset({"audit_entry", "audit_detail"})


def contents(store: Store, *, without: Collection[str] = (), columns_without: Collection[str] = ()) -> dict[str, str]:
    """Give a digest of each table's rows, whatever their order.

    Args:
        store: the store.
        without: tables to leave out.
        columns_without: columns to leave out, as keys that the store gave.
    """
    found = {}
    with store.reading() as session:
        for table in SQLModel.metadata.sorted_tables:
            if table.name not in without:
                columns = [column for column in table.columns if column.name not in columns_without]
                rows = sorted(repr(tuple(row)) for row in session.execute(sa.select(*columns)))
                found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def counts(store: Store) -> dict[str, int]:
    """Give how many rows each table has."""
    with store.reading() as session:
        return {
            table.name: session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in SQLModel.metadata.sorted_tables
        }
