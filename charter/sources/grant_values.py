"""Single values of a 360Giving file: what a field may hold, and a sum and a day read from what stands in a cell."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from charter.sources.grant_fields import Field, Holds
from charter.sources.row_findings import quoted

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(T.*)?")
_BRITISH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MONTH = re.compile(r"\d{4}(-(0[1-9]|1[012]))?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_TYPED_NUMBER = re.compile(r"-?£?\s?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
YES_OR_NO = ("Yes", "No")


def wrong_with(field: Field, value: object) -> str:
    """Say what is wrong with the value of a field that holds no objects; empty where nothing is.

    Args:
        field: the field.
        value: a value as JSON has it, or the text of a cell. An empty one is not given, and so not wrong.
    """
    if value is None or value == "" or field.holds in {Holds.ONE, Holds.MANY}:
        return ""
    fits, should = _FITS[field.holds]
    return "" if fits(value) else f"{field.title or field.name} says {quoted(value)}, where {should} is asked."


def read_amount(value: object) -> Decimal | None:
    """Read a sum of money, also one that is typed with a pound sign or commas; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    text = str(value).strip().replace("−", "-")
    try:
        found = Decimal(re.sub(r"[£,\s]", "", text)) if _TYPED_NUMBER.fullmatch(text) else Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def read_day(value: object) -> date | None:
    """Read a day as the standard writes it, or as people in the UK do (26/01/2021); None where it is neither."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        if found := _DAY.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _BRITISH_DAY.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
    return None


def is_formula(value: object) -> bool:
    """Tell whether a cell holds a formula, of which nobody can see here what it comes to."""
    return isinstance(value, str) and value.startswith("=")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not is_formula(value)


def _is_number(value: object) -> bool:
    if isinstance(value, str):
        return bool(_NUMBER.fullmatch(value))
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _is_day(value: object) -> bool:
    return isinstance(value, str) and bool(_DAY.fullmatch(value)) and read_day(value) is not None


def _matches(shape: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and bool(shape.fullmatch(value))


def _are_texts(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, Sequence) and all(isinstance(each, str) for each in value))


_FITS: Mapping[Holds, tuple[Callable[[object], bool], str]] = {
    Holds.TEXT: (_is_text, "text"),
    Holds.NUMBER: (_is_number, "a number"),
    Holds.YES_OR_NO: (lambda value: value in YES_OR_NO, "Yes or No"),
    Holds.CURRENCY: (_matches(_CURRENCY), "a currency such as GBP"),
    Holds.DAY: (_is_day, "a day such as 2026-03-31"),
    Holds.DAY_OR_MONTH: (lambda value: _is_day(value) or _matches(_MONTH)(value), "a day, a month or a year"),
    Holds.MOMENT: (_is_day, "a moment such as 2026-03-31T12:00:00Z"),
    Holds.ADDRESS: (_matches(_ADDRESS), "a web address"),
    Holds.TEXTS: (_are_texts, "text"),
}
