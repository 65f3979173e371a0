"""How columns are made, so that every table makes them alike on SQLite and on PostgreSQL."""

import re
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
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


_PLACES = Decimal("0.0001")


class FourPlaces(sa.TypeDecorator[Decimal]):
    """A decimal number with four places, alike on both databases.

    SQLite keeps it as a double, which gives four places back exactly below a hundred thousand million: whoever writes
    one sees to that.
    """

    impl = sa.Numeric(18, 4)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        """Let SQLite's driver have the doubles that it knows: it would warn of every decimal number."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.Numeric(18, 4, asdecimal=False))
        return dialect.type_descriptor(sa.Numeric(18, 4))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:  # noqa: ANN401 - the driver's own
        """Give the driver what it keeps."""
        return float(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ANN401, ARG002
        """Give back the number with its four places."""
        return None if value is None else Decimal(repr(value) if isinstance(value, float) else value).quantize(_PLACES)


def number(name: str, *, nullable: bool = False) -> Any:  # noqa: ANN401 - Field takes any Column
    """Make a column that holds a decimal number with four places, such as a measured value or an amount of money.

    Args:
        name: the column's name.
        nullable: whether the number may be missing.
    """
    return sa.Column(name, FourPlaces(), nullable=nullable)


def one_of(*names: str) -> str:
    """Write the condition of a check that exactly one of some columns has a value, as both databases take it."""
    return " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in names) + " = 1"
