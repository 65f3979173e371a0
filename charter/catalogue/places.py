"""Where a mistake is: the path into a charter file in words, and the line it stands on."""

import re
from collections import Counter
from collections.abc import Mapping

from charter.catalogue.findings import Path

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_-]+(?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
_LONG_TEXT = ('"""', "'''")
_LONGEST_NAME = 40


def lines_of(text: str) -> dict[Path, int]:
    """Tell on which line each table and each key of a TOML text stands.

    Args:
        text: A text that the TOML reader has accepted.

    Returns:
        Line numbers from 1, by path. Rows of a list of tables are counted from 0. Keys inside inline tables,
        quoted keys and dotted keys are not listed: their table is.
    """
    lines: dict[Path, int] = {}
    counts: Counter[Path] = Counter()
    table: Path = ()
    in_long_text = False
    for number, line in enumerate(text.split("\n"), start=1):
        opens = sum(line.count(mark) for mark in _LONG_TEXT) % 2 == 1
        if in_long_text:
            in_long_text = not opens
            continue
        in_long_text = opens
        if header := _HEADER.fullmatch(line):
            table = _table(header.group(2), header.group(1) == "[[", counts)
            lines.setdefault(table, number)
            lines.setdefault(tuple(step for step in table if isinstance(step, str)), number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, key.group(1)), number)
    return lines


def _table(name: str, is_row: bool, counts: Counter[Path]) -> Path:
    path: Path = ()
    parts = re.split(r"\s*\.\s*", name)
    for depth, part in enumerate(parts, start=1):
        path = (*path, part)
        if is_row and depth == len(parts):
            counts[path] += 1
        if counts[path]:
            path = (*path, counts[path] - 1)
    return path


def in_words(path: Path, raw: Mapping[str, object], lines: Mapping[Path, int]) -> str:
    """Say where a path leads, by references instead of numbers, with its line where that is known.

    Args:
        path: Keys and row numbers, from the top of the file.
        raw: The file's tables.
        lines: What `lines_of` says of the file.

    Returns:
        For example `commitments → ENG-DIA-1 → core (line 41)`.
    """
    words: list[str] = []
    here: object = raw
    for step in path:
        here = _inside(here, step)
        words.append(_name(here, step) if isinstance(step, int) else _short(step))
    line = nearest_line(path, lines)
    place = " → ".join(words) or "the whole file"
    return f"{place} (line {line})" if line else place


def nearest_line(path: Path, lines: Mapping[Path, int]) -> int:
    """Give the line of a path, or of the innermost table around it that has one, or 0."""
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), 0)


def _inside(here: object, step: str | int) -> object:
    if isinstance(step, int):
        return here[step] if isinstance(here, list) and step < len(here) else None
    return here.get(step) if isinstance(here, dict) else None


def _name(row: object, index: int) -> str:
    if isinstance(row, dict):
        for key in ("ref", "key"):
            if isinstance(row.get(key), str) and row[key]:
                return _short(row[key])
    return f"number {index + 1}"


def _short(name: str) -> str:
    shown = "".join(mark if mark.isprintable() else "?" for mark in name[:_LONGEST_NAME])
    return shown if len(name) <= _LONGEST_NAME else f"{shown}…"
