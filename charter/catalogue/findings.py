"""What is wrong in a charter file, before it is put into words with a place: a path into the file and a reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError

from charter.catalogue.schema import Entry

E = TypeVar("E", bound=Entry)
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: where in the file's tables, and why."""

    path: Path
    reason: str


def rows(raw: Mapping[str, object], section: str) -> list[object]:
    """Give a section's rows as they stand in the file, or none where the section is not a list."""
    found = raw.get(section)
    return found if isinstance(found, list) else []


def tables(raw: Mapping[str, object], section: str) -> Iterator[tuple[int, dict[str, object]]]:
    """Give those rows of a section that are tables, each with its place in the list."""
    return ((index, row) for index, row in enumerate(rows(raw, section)) if isinstance(row, dict))


def word(row: Mapping[str, object], field: str) -> str:
    """Give the text of a field, or none where the field is left out or is no text."""
    value = row.get(field)
    return value if isinstance(value, str) else ""


def valid(raw: Mapping[str, object], section: str, model: type[E]) -> list[tuple[int, E]]:
    """Give those rows of a section that are right in themselves, each with its place in the list.

    The checks between rows run on these, so that one mistyped row does not hide what is wrong with another.
    """
    found = []
    for index, row in enumerate(rows(raw, section)):
        try:
            found.append((index, model.model_validate(row)))
        except ValidationError:
            continue  # The shape check has already reported this row.
    return found


def named(raw: Mapping[str, object], section: str, key: str = "key") -> set[str]:
    """Give the keys that a section's rows carry, those of mistyped rows included."""
    values = (row.get(key) for row in rows(raw, section) if isinstance(row, dict))
    return {value for value in values if isinstance(value, str)}
