"""Periods as people type them: "2024/25", "2024", "May 2024", "April to June 2024", or one day, or two."""

import calendar
import re
from datetime import date

from charter.rules.outcomes import Span
from charter.rules.refusals import FieldError
from charter.typed import clean_text

HOW = "such as 2024/25, 2024, May 2024, April to June 2024, or a day like 31 March 2025"
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name
}
_FINANCIAL = re.compile(r"(\d{4}) ?[/-] ?(\d{2}|\d{4})")
_BETWEEN = re.compile(r" to | until | - ")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_IN_FIGURES = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]+)\.? (\d{4})")
_MONTH = re.compile(r"([a-z]+)\.? (\d{4})")
_YEAR = re.compile(r"\d{4}")
_APRIL = 4


def read_span(field: str, typed: str) -> Span:
    """Read a period as people type it. A year with two numbers is a financial one, from April to March.

    Raises:
        FieldError: nothing is typed, or it names no period.
    """
    text = " ".join(clean_text(typed).casefold().replace("–", "-").replace("—", "-").split())
    if not text:
        raise FieldError(field, f"Please type the period that this is for, {HOW}. Nothing was lost.")
    try:
        found = _span(text)
    except ValueError:
        found = None
    if found is None:
        raise FieldError(field, f"Please type the period in a form {HOW}. Nothing was lost.")
    return found


def _span(text: str) -> Span | None:
    if financial := _FINANCIAL.fullmatch(text):
        return _financial(int(financial[1]), financial[2])
    first, *more = _BETWEEN.split(text)
    if not more:
        return _part(first)
    if len(more) > 1:
        return None
    end = _part(more[0])
    if end is None:
        return None
    # "April to June 2024" names the year once.
    start = _part(first) or _part(f"{first} {end.ends_on.year}")
    return Span(start.starts_on, end.ends_on) if start else None


def _financial(first: int, second: str) -> Span | None:
    if int(second) not in (first + 1, (first + 1) % 100):
        return None
    return Span(date(first, _APRIL, 1), date(first + 1, _APRIL - 1, 31))


def _part(text: str) -> Span | None:
    """Read one day, one month or one year."""
    if day := _day(text):
        return Span(day, day)
    if (month := _MONTH.fullmatch(text)) and month[1] in _MONTHS:
        year, number = int(month[2]), _MONTHS[month[1]]
        return Span(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]))
    if _YEAR.fullmatch(text):
        return Span(date(int(text), 1, 1), date(int(text), 12, 31))
    return None


def _day(text: str) -> date | None:
    if found := _ISO_DAY.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_IN_FIGURES.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if (found := _DAY.fullmatch(text)) and found[2] in _MONTHS:
        return date(int(found[3]), _MONTHS[found[2]], int(found[1]))
    return None
