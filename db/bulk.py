"""Writing many rows at once."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, SQLModel


def insert_rows(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, object]]) -> None:
    """Add many rows in one statement, without making an object of each: that takes half the time.

    Args:
        session: a writing session; what it holds is written first.
        table: the table's model.
        rows: for each row its columns by name, all rows the same columns. What is left out gets its default.
    """
    session.flush()
    if rows:
        session.connection().execute(SQLModel.metadata.tables[str(table.__tablename__)].insert(), list(rows))
