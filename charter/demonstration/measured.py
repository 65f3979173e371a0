"""What the made-up partners measure, read from a file: an indicator of every sort."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from db.types import BreakKind, Frequency, PerformanceKind, Polarity, StoryKind, UnitKind

_FILE = Path(__file__).with_name("indicators.toml")


@dataclass(frozen=True)
class MadeUpComment:
    """What was said of a value, and the route to green."""

    place: int
    words: str
    route: str = ""


@dataclass(frozen=True)
class MadeUpStory:
    """Words beside an indicator."""

    kind: StoryKind
    words: str


@dataclass(frozen=True)
class MadeUpBreak:
    """What changed with the value at a place."""

    place: int
    kind: BreakKind
    reason: str


@dataclass(frozen=True)
class MadeUpRevision:
    """What was reported first of a value, and why it was revised."""

    place: int
    first: Decimal
    reason: str


@dataclass(frozen=True)
class MadeUpJudgement:
    """What the owner expects of the next period, and why."""

    value: Decimal
    reason: str


@dataclass(frozen=True)
class MadeUpIndicator:
    """A made-up indicator. A `place` counts from the end: 1 is the last value.

    Attributes:
        owner: the reference of the body that reports it, or None where all share it.
        question: which question a performance measure answers; None for what speaks of everybody.
        values: what was measured, the earliest first; the last one in the last period that is over.
        targets: what was aimed at in the last of these periods.
        aim: what is aimed at in the next period, or None.
        provisional: whether the last value may still change.
    """

    ref: str
    title: str
    definition: str
    theme: str
    polarity: Polarity
    frequency: Frequency
    unit_kind: UnitKind
    unit: str
    coverage: str
    commitments: frozenset[str]
    owner: str | None = None
    question: PerformanceKind | None = None
    values: tuple[Decimal, ...] = ()
    targets: tuple[Decimal, ...] = ()
    aim: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    floor: Decimal | None = None
    expected: MadeUpJudgement | None = None
    comments: tuple[MadeUpComment, ...] = ()
    stories: tuple[MadeUpStory, ...] = ()
    breaks: tuple[MadeUpBreak, ...] = ()
    revised: tuple[MadeUpRevision, ...] = ()
    provisional: bool = False


@cache
def made_up_indicators() -> tuple[MadeUpIndicator, ...]:
    """Read the file."""
    found = tomllib.loads(_FILE.read_text(encoding="utf-8"))["indicators"]
    return TypeAdapter(tuple[MadeUpIndicator, ...]).validate_python(found)
