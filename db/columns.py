"""How columns are made, so that every table makes them alike on SQLite and on PostgreSQL."""

import re
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import declared_attr
from sqlmodel import SQLModel

# Alembic's batch mode on SQLite can only change a constraint that has a name, and `db.errors` tells
# violated constraints apart by it.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """What every table shares: its name is its class's name in snake case."""

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - SQLAlchemy calls it with the class
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


def word(vocabulary: type[StrEnum], name: str, *, nullable: bool = False) -> Any:  # noqa: ANN401 - Field takes any Column
    """Make a column that holds one word of a closed list, by its value, with a check in the database.

    Args:
        vocabulary: the list, from `db.types`.
        name: the column's name, which also names the check.
        nullable: whether the word may be missing.
    """
    kind = sa.Enum(
        vocabulary,
        native_enum=False,
        create_constraint=True,
        values_callable=lambda words: [entry.value for entry in words],
        length=40,
        name=name,
    )
    return sa.Column(name, kind, nullable=nullable)
