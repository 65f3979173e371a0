"""The kinds of value that a charter file may hold: plain text, references, and dates known to a precision."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from db.types import Precision

# Marks that turn the direction of writing round can make a text look like another one.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_LAST_MONTH = 12
_PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


def _plain(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("blank_text", "is empty; write the words, or take the line out")
    if value != value.strip():
        raise PydanticCustomError("loose_text", "begins or ends with a blank; take the blank out")
    if _UNSEEN.search(value):
        raise PydanticCustomError("unseen_text", "holds a line break or a mark that cannot be seen; take it out")
    return value


def _written_as(pattern: str, advice: str) -> Callable[[str], str]:
    compiled = re.compile(pattern, re.ASCII)

    def check(value: str) -> str:
        if compiled.fullmatch(value) is None:
            raise PydanticCustomError("written_otherwise", "{advice}", {"advice": advice})
        return value

    return check


def _is_date(value: str) -> bool:
    if _DATE.fullmatch(value) is None:
        return False
    try:
        first_day(value)
    except ValueError:
        return False
    return True


def _real_date(value: str) -> str:
    if not _is_date(value):
        raise PydanticCustomError(
            "partial_date", 'is not a date; write a year ("2009"), a month ("2009-07") or a day ("2009-07-20")'
        )
    return value


Key = Annotated[
    str,
    Field(max_length=60),
    AfterValidator(_written_as(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "may hold only small letters, digits and hyphens")),
]
Ref = Annotated[
    str,
    Field(max_length=40),
    AfterValidator(
        _written_as(
            r"[A-Z]{2,8}(-[A-Z]{2,8})?-[1-9][0-9]{0,2}",
            "is not a reference; write capital letters, hyphens and a number, such as ENG-DIA-1",
        )
    ),
]
OrgId = Annotated[
    str,
    Field(max_length=60),
    AfterValidator(
        _written_as(r"[A-Z]{2}-[A-Z0-9]+-[A-Za-z0-9./-]+", "is not an org-id; write one such as GB-LAE-THR")
    ),
]
PartialDate = Annotated[str, AfterValidator(_real_date)]
Position = Annotated[int, Field(ge=1, le=999)]
Title = Annotated[str, Field(max_length=60), AfterValidator(_plain)]
Line = Annotated[str, Field(max_length=140), AfterValidator(_plain)]
Text = Annotated[str, Field(max_length=300), AfterValidator(_plain)]


def first_day(when: str) -> date:
    """Give the earliest day that a date of a charter file can mean.

    Args:
        when: A `PartialDate`: `2009`, `2009-07` or `2009-07-20`.

    Returns:
        The day itself, or the first day of the month or of the year.

    Raises:
        ValueError: The text is not such a date.
    """
    year, month, day = (int(part) for part in [*when.split("-"), "1", "1"][:3])
    return date(year, month, day)


def last_day(when: str) -> date:
    """Give the latest day that a date of a charter file can mean.

    Args:
        when: A `PartialDate`: `2009`, `2009-07` or `2009-07-20`.

    Returns:
        The day itself, or the last day of the month or of the year.

    Raises:
        ValueError: The text is not such a date.
    """
    first = first_day(when)
    if precision(when) is Precision.DAY:
        return first
    month = first.month if precision(when) is Precision.MONTH else _LAST_MONTH
    return date(first.year, month, monthrange(first.year, month)[1])


def precision(when: str) -> Precision:
    """Tell how exactly a date of a charter file is known.

    Args:
        when: A `PartialDate`: `2009`, `2009-07` or `2009-07-20`.

    Returns:
        Year, month or day.

    Raises:
        KeyError: The text is not such a date.
    """
    return _PRECISIONS[len(when)]
