"""A release with all that is hard to set: titles of 200 letters, and names in Welsh, Polish and Punjabi."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from charter.reports.contents import Contents

LONG = 200  # letters: what a promise's title may have
NAMES = (
    "Cymdeithas Gŵyl a Thŷ’r Ŵyn, Ynys Môn",
    "Stowarzyszenie „Żółta Łódź” w Świętochłowicach",
    "ਪੰਜਾਬੀ ਭਾਈਚਾਰਾ ਸੇਵਾ ਸਮੂਹ",
)
_MORE = " and to say in plain words what came of it, to everyone whom it concerns, before the next year begins"
_TITLES = frozenset({"title", "heading", "theme"})
_CALLED = frozenset({"name", "organisation", "keeper", "owner", "committee"})


def awkward(contents: Contents) -> Contents:
    """Give the release with long titles, and with names that few fonts can write."""
    names: dict[str, str] = {}

    def change(field: str, text: str) -> str:
        if not text:
            return text
        if field in _TITLES:
            return lengthened(text)
        if field in _CALLED:
            return names.setdefault(text, _named(len(names)))
        return text

    told = ("figures", "who", "answers", "promises", "looked", "indicators", "actions", "recommendations")
    return replace(contents, **{name: _changed(getattr(contents, name), change) for name in told})


def _named(number: int) -> str:
    """Give a name of its own to each organisation."""
    name, turn = NAMES[number % len(NAMES)], number // len(NAMES)
    return f"{name} {turn + 1}" if turn else name


def lengthened(title: str) -> str:
    """Make a title as long as one may be, out of words."""
    return (title + _MORE * LONG)[:LONG]


def _changed(found: Any, change: Callable[[str, str], str], field: str = "") -> Any:  # noqa: ANN401 - whatever a release holds
    if isinstance(found, tuple):
        return tuple(_changed(each, change, field) for each in found)
    if is_dataclass(found) and not isinstance(found, type):
        inner = {each.name: _changed(getattr(found, each.name), change, each.name) for each in fields(found)}
        return replace(found, **inner)
    return change(field, found) if type(found) is str else found
