"""What an entry of the audit log holds, in words that people read."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import db.types
from charter import clock
from charter.evidence.held import ref_of as evidence_ref

_NAMES = {
    "sha256": "fingerprint of the file",
    "door": "signed in by",
    "failed_before": "tries before",
    "lookalikes": "names nearly the same",
}
_KINDS = {"self_assessment": "answers", "early_access": "early look", "mail": "e-mail"}
# Every other list of two is a change: what was there before, and what is there after.
_LISTS = frozenset({"promises", "periods", "values"})
_STORED = frozenset(
    str(member)
    for each in vars(db.types).values()
    if isinstance(each, type) and issubclass(each, StrEnum)
    for member in each
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DAYS = re.compile(rf"{_DAY.pattern}( to {_DAY.pattern})?")
_MOMENT = re.compile(rf"{_DAY.pattern}[ T]\d\d:\d\d:\d\d[.\d]*[+-]\d\d:\d\d")
_FIGURE = re.compile(r"-?\d{1,20}\.\d{4}")  # as the store writes one


def act_words(act: str) -> str:
    """Say an act as the screen does: "Period opened"."""
    return act.replace("_", " ").capitalize()


def subject_words(subject: str, *, named: str = "") -> str:
    """Say what an act was done to: "account 7: Ana".

    Args:
        subject: the subject as it is stored.
        named: the name that goes with it, if it has one.
    """
    kind, _, ref = subject.partition(" ")
    if kind == "evidence" and ref.isdecimal():
        ref = evidence_ref(int(ref))
    words = f"{_KINDS.get(kind, kind.replace('_', ' '))} {ref}".strip()
    return f"{words}: {named}" if named else words


def detail_words(detail: Mapping[str, object]) -> str:
    """Say what changed: "name: Old → New; state: open → closed"."""
    return "; ".join(
        f"{_NAMES.get(name, name.replace('_', ' '))}: {_said(name, value)}" for name, value in sorted(detail.items())
    )


def _said(name: str, value: object) -> str:
    match value:
        case [before, after] if name not in _LISTS:
            return f"{_value(before)} → {_value(after)}"
        case dict():
            return ", ".join(f"{part.replace('_', ' ')} {_said(part, inner)}" for part, inner in value.items())
        case _:
            return _value(value)


def _value(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case None | "":
            return "none"
        case dict():
            return _said("", value)
        case list():
            return ", ".join(_value(inner) for inner in value) or "none"
        case str():
            return _text(value)
        case _:
            return str(value)


def _text(text: str) -> str:
    """Say a stored word, a day, a moment or a figure as people do. Anything else stays as it was typed."""
    if text in _STORED:
        return text.replace("_", " ")
    try:
        if _DAYS.fullmatch(text):
            return _DAY.sub(lambda day: clock.day_in_words(date.fromisoformat(day[0])), text)
        if _MOMENT.fullmatch(text):
            return clock.moment_in_words(datetime.fromisoformat(text))
    except ValueError:  # somebody typed what only looks like a day
        return text
    return f"{Decimal(text).normalize():,f}" if _FIGURE.fullmatch(text) else text
