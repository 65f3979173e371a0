"""The kinds of values that a backup knows, and how each is written, alike for both databases."""

import base64
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlmodel.sql.sqltypes import UTCDateTime

from db.columns import FourPlaces

Value = int | float | Decimal | str | bool | datetime | date | bytes | None


class Kind(StrEnum):
    """What a column holds."""

    BOOLEAN = "boolean"
    MOMENT = "moment"
    DAY = "day"
    INTEGER = "integer"
    NUMBER = "number"
    DECIMAL = "decimal"
    BYTES = "bytes"
    TEXT = "text"


# What a database says of a column, and what that is here.
_SEEN: tuple[tuple[type[sa.types.TypeEngine[Any]], Kind], ...] = (
    (sa.Boolean, Kind.BOOLEAN),
    (sa.DateTime, Kind.MOMENT),
    (sa.Date, Kind.DAY),
    (sa.Integer, Kind.INTEGER),
    (sa.Float, Kind.NUMBER),
    (sa.Numeric, Kind.DECIMAL),
    (sa.LargeBinary, Kind.BYTES),
    (sa.String, Kind.TEXT),
)
TYPES: Mapping[Kind, sa.types.TypeEngine[Any]] = MappingProxyType(
    {
        Kind.BOOLEAN: sa.Boolean(),
        Kind.MOMENT: UTCDateTime(),
        Kind.DAY: sa.Date(),
        Kind.INTEGER: sa.BigInteger(),
        Kind.NUMBER: sa.Double(),
        Kind.DECIMAL: FourPlaces(),
        Kind.BYTES: sa.LargeBinary(),
        Kind.TEXT: sa.Text(),
    }
)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError("no decimal number") from None


# JSON has no word for these; the others are written as they are.
_WRITE: Mapping[Kind, Callable[[Any], str]] = MappingProxyType(
    {
        Kind.MOMENT: lambda moment: moment.isoformat(timespec="microseconds"),
        Kind.DAY: lambda day: day.isoformat(),
        Kind.DECIMAL: str,
        Kind.BYTES: lambda raw: base64.b64encode(raw).decode(),
    }
)
_READ: Mapping[Kind, Callable[[str], Value]] = MappingProxyType(
    {
        Kind.MOMENT: datetime.fromisoformat,
        Kind.DAY: date.fromisoformat,
        Kind.DECIMAL: _decimal,
        Kind.BYTES: base64.b64decode,
    }
)


def kind_of(seen: sa.types.TypeEngine[Any]) -> Kind:
    """Tell the kind of a column from the type that the database says it has.

    Raises:
        TypeError: a backup has no word for this type yet. Nothing is left out in silence.
    """
    for known, kind in _SEEN:
        if isinstance(seen, known):
            return kind
    raise TypeError(f"a backup cannot hold {seen!r}")


def written(kind: Kind, value: Value) -> object:
    """Give a value as JSON takes it: moments in UTC and days by ISO 8601, decimals as text, bytes in base 64."""
    return value if value is None or kind not in _WRITE else _WRITE[kind](value)


def read(kind: Kind, value: object) -> Value:
    """Give back the value that was written.

    Raises:
        ValueError: it is no value of this kind.
    """
    if value is None or kind not in _READ:
        return value  # type: ignore[return-value]
    return _READ[kind](str(value))
