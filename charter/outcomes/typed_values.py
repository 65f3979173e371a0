"""What is typed about outcomes, made fit to be stored: numbers, periods and words. What cannot be taken is said."""

import re
from datetime import date
from decimal import Decimal

from charter import clock
from charter.rules.outcomes import Span
from charter.rules.refusals import FieldError
from charter.typed import clean_text
from db.types import UnitKind

WORDS_LIMIT = 4000  # letters: about two pages
LINE_LIMIT = 500
MOST = Decimal(10) ** 11  # what the store keeps exactly lies below
PLACES = 4
_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)
_NUMBER = re.compile(r"[-−]?£?\s?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?\s?%?")


def read_number(field: str, typed: str) -> Decimal:
    """Read a number as people type it: with commas between thousands, a pound sign before or a per cent sign after.

    Raises:
        FieldError: it is no number.
    """
    text = clean_text(typed)
    if not _NUMBER.fullmatch(text):
        raise FieldError(field, "Please type a number in figures, such as 1,250 or 62.5. Nothing was lost.")
    return Decimal(re.sub(r"[£,%\s]", "", text.replace("−", "-")))


def checked_value(field: str, value: Decimal, unit_kind: UnitKind) -> Decimal:
    """Give a value that the store can keep exactly, and that its unit allows.

    Raises:
        FieldError: it is no number, is too large, has more than four places, or is a percentage outside 0 to 100.
    """
    if not value.is_finite() or abs(value) >= MOST:
        raise FieldError(field, "Please type a number below a hundred thousand million. Nothing was lost.")
    if value != round(value, PLACES):
        raise FieldError(field, "A number can have up to 4 figures after the point. Nothing was lost.")
    if unit_kind is UnitKind.PERCENT and not 0 <= value <= 100:  # noqa: PLR2004 - per cent
        raise FieldError(field, "A percentage lies between 0 and 100. Please check the number. Nothing was lost.")
    return value


def checked_span(span: Span, *, may_come: bool = False) -> Span:
    """Give a period whose days are in order.

    Args:
        span: the period.
        may_come: whether it may end after today, as a target's does.

    Raises:
        FieldError: it ends before it begins, begins before 1900, ends after 2100, or is not over yet where it has to
            be.
    """
    if span.starts_on < _EARLIEST:
        raise FieldError("starts_on", "This is a long time ago. Please check the year. Nothing was lost.")
    if span.ends_on > _LATEST:
        raise FieldError("ends_on", "This is a long time ahead. Please check the year. Nothing was lost.")
    if span.ends_on < span.starts_on:
        raise FieldError("ends_on", "The last day is before the first. Please check both. Nothing was lost.")
    if not may_come and span.ends_on > clock.today():
        raise FieldError("ends_on", "This period is not over yet. Please check the last day. Nothing was lost.")
    return span


def line(field: str, typed: str, *, what: str, limit: int = LINE_LIMIT, needed: bool = True) -> str:
    """Give words on one line.

    Raises:
        FieldError: they are missing where they are needed, or too long.
    """
    return _bounded(field, " ".join(clean_text(typed).split()), what=what, limit=limit, needed=needed)


def words(field: str, typed: str, *, what: str, limit: int = WORDS_LIMIT, needed: bool = True) -> str:
    """Give words that may have several lines.

    Raises:
        FieldError: they are missing where they are needed, or too long.
    """
    return _bounded(field, clean_text(typed), what=what, limit=limit, needed=needed)


def _bounded(field: str, text: str, *, what: str, limit: int, needed: bool) -> str:
    if needed and not text:
        raise FieldError(field, f"Please type {what}. Nothing was lost.")
    if len(text) > limit:
        raise FieldError(field, f"This has {len(text):,} letters, and there is room for {limit:,}. Nothing was lost.")
    return text


def told(span: Span) -> str:
    """Write a period for the audit log and for a message: its first and last day."""
    return f"{span.starts_on} to {span.ends_on}"
