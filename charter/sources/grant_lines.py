"""The grants of a 360Giving file, each as an object of the standard's shape: from JSON, or from a spreadsheet."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from charter.rules.refusals import FieldError
from charter.sources.grant_fields import GRANT, OBJECTS, Field, Holds
from charter.sources.row_findings import WHOLE_FILE, Finding, quoted
from charter.sources.tables import ON_THE_PAGE, Limits, read_table, require_size
from charter.words import listed

_SHEET = "grants"
_NOT_JSON = "This file looks like JSON, but it breaks off or has a mistake in it. Nothing was read."
_NOT_GRANTS = (
    "This is no file of grants in the 360Giving standard. A spreadsheet has the columns Identifier, Amount Awarded and "
    "Recipient Org:Name; a JSON file a list that is called grants."
)
_NEEDED = (("id",), ("amountAwarded",))
_MOST_NAMED = 12  # headings that mean nothing here
_SIGNS = re.compile(r"[\W_]+")
Raw = Mapping[str, Any]


@dataclass(frozen=True)
class GrantLine:
    """One grant of a file: where it stands, and what is given of it, whatever that is."""

    place: str
    raw: object


def read_lines(content: bytes, *, limits: Limits = ON_THE_PAGE) -> tuple[tuple[GrantLine, ...], tuple[Finding, ...]]:
    """Give the grants of a file in the order in which they stand there, and what is to be said of the file as a whole.

    Args:
        content: JSON, a workbook or a CSV file; which of them it is, is seen from the bytes, never from its name.
        limits: how much is taken.

    Raises:
        FieldError: it is no such file, or too large.
    """
    require_size(content, limits)
    if content.lstrip()[:1] in {b"{", b"["} or content.startswith(b"\xef\xbb\xbf{"):
        return _json_lines(content, limits)
    return _sheet_lines(content, limits)


def _json_lines(content: bytes, limits: Limits) -> tuple[tuple[GrantLine, ...], tuple[Finding, ...]]:
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_float=Decimal, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        raise FieldError("file", _NOT_JSON) from None
    grants = found.get("grants") if isinstance(found, dict) else found
    if not isinstance(grants, list) or not grants:
        raise FieldError("file", _NOT_GRANTS)
    if len(grants) > limits.rows:
        raise FieldError("file", f"The file has more than {limits.rows:,} grants. Split it and bring the parts.")
    known = {field.name for field in GRANT}
    others = list(dict.fromkeys(name for each in grants if isinstance(each, dict) for name in each.keys() - known))
    lines = tuple(GrantLine(f"Grant {number}", raw) for number, raw in enumerate(grants, start=1))
    return lines, _not_used(others)


def _sheet_lines(content: bytes, limits: Limits) -> tuple[tuple[GrantLine, ...], tuple[Finding, ...]]:
    table = read_table(content, limits=limits, sheet=_SHEET)
    paths = {heading: _path(heading) for heading in table.headings}
    if any(needed not in paths.values() for needed in _NEEDED):
        raise FieldError("file", _NOT_GRANTS)
    lines = tuple(GrantLine(f"Row {row.number}", _as_object(row.cells, paths)) for row in table.rows)
    return lines, _not_used([heading for heading, path in paths.items() if not path])


def _not_used(names: Sequence[str]) -> tuple[Finding, ...]:
    if not names:
        return ()
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    said = listed([quoted(name) for name in names[:_MOST_NAMED]])
    return (Finding(WHOLE_FILE, f"These are no part of the standard and were not read: {said}{more}."),)


def _path(heading: str) -> tuple[str, ...]:
    """Find the field that a heading means, as the way to it; empty where it means none.

    Headings are written in many ways: "Recipient Org:Name", "recipient org : 0 : name", "recipientOrganization/0/name".
    """
    parts = [_plain(part) for part in re.split(r"[:/]", heading)]
    fields: Sequence[Field] = GRANT
    path: list[str] = []
    for part in (part for part in parts if part and not part.isdecimal()):
        field = next((each for each in fields if part in {_plain(each.title), _plain(each.name)}), None)
        if field is None:
            return ()
        path.append(field.name)
        fields = OBJECTS.get(field.of, ())
    return tuple(path) if path and not fields else ()


def _plain(words: str) -> str:
    return _SIGNS.sub("", words).casefold()


def _as_object(cells: Mapping[str, str], paths: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Lay the cells of a row out as the standard's object: one of each thing that may be there several times."""
    grant: dict[str, Any] = {}
    # Where two columns mean one field, the first counts.
    for heading, cell in reversed([*cells.items()]):
        if cell and (path := paths[heading]):
            _put(grant, path, cell, GRANT)
    return grant


def _put(into: dict[str, Any], path: tuple[str, ...], cell: str, fields: Sequence[Field]) -> None:
    field = next(each for each in fields if each.name == path[0])
    if len(path) == 1:
        into[field.name] = cell
        return
    many = field.holds is Holds.MANY
    inner = into.setdefault(field.name, [{}])[0] if many else into.setdefault(field.name, {})
    _put(inner, path[1:], cell, OBJECTS[field.of])
