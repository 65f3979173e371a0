"""The kinds of values that a backup knows, and how each is written, alike for both databases."""

import base64
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
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


_MOST_DIGITS = 30
_LARGEST = 2**63  # what a database's integers stay below

# How JSON has each kind; the others are words.
_IN_JSON: Mapping[Kind, tuple[type, ...]] = MappingProxyType(
    {Kind.BOOLEAN: (bool,), Kind.INTEGER: (int,), Kind.NUMBER: (int, float)}
)


def _decimal(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise ValueError("no decimal number") from None
    if not found.is_finite() or found.adjusted() > _MOST_DIGITS:
        raise ValueError("no decimal number that is kept")
    return found


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo != UTC:
        raise ValueError("no moment in UTC")
    return found


def _text(text: str) -> str:
    text.encode()  # half a character is none
    return text


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
        Kind.MOMENT: _moment,
        Kind.DAY: date.fromisoformat,
        Kind.DECIMAL: _decimal,
        Kind.BYTES: lambda text: base64.b64decode(text, validate=True),
        Kind.TEXT: _text,
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
    if value is None:
        return None
    if type(value) not in _IN_JSON.get(kind, (str,)):
        raise ValueError(f"no {kind}")
    if kind in _READ:
        return _READ[kind](str(value))
    if isinstance(value, int | float) and -_LARGEST <= value < _LARGEST:
        return value
    raise ValueError(f"no {kind} that is kept")
