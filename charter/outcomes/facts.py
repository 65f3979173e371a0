"""All that is told of one indicator, alike whether it stands in a release or is read as it stands now."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from charter.outcomes.indicators import Baseline
from charter.outcomes.sheets import Sheet
from charter.rules.outcomes import Span
from db.types import (
    BreakKind,
    Finality,
    Frequency,
    IndicatorKind,
    PerformanceKind,
    Polarity,
    Qualifier,
    StoryKind,
    UnitKind,
)


@dataclass(frozen=True)
class Said:
    """A value as it was reported at one time; `reason` is why it was replaced, empty of the one in force."""

    revision: int
    value: Decimal
    qualifier: Qualifier
    finality: Finality
    source: str
    coverage: str
    reported_at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Measured:
    """The value of one period, what it replaced (the first one first), and the commentary on it, if any."""

    span: Span
    now: Said
    before: tuple[Said, ...] = ()
    commentary: str = ""
    route_to_green: str = ""
    commentary_revision: int = 0


@dataclass(frozen=True)
class Numbered:
    """A definition sheet with its number, from 1, and when it was written."""

    number: int
    sheet: Sheet
    written_at: datetime


@dataclass(frozen=True)
class Aim:
    """What is aimed at for a period; the revision is to be shown with the next change."""

    span: Span
    value: Decimal
    revision: int


@dataclass(frozen=True)
class Judgement:
    """What the owner expects for a period, and why; the revision is to be shown with the next change."""

    span: Span
    value: Decimal
    reason: str
    revision: int


@dataclass(frozen=True)
class BreakFound:
    """A break, with what changed."""

    starts_on: date
    kind: BreakKind
    reason: str


@dataclass(frozen=True)
class Told:
    """Words beside an indicator; the revision is to be shown with the next change."""

    kind: StoryKind
    words: str
    revision: int


@dataclass(frozen=True)
class IndicatorFacts:
    """What is held of an indicator, from which its standing and its forecast are derived.

    Attributes:
        owner: the name of the organisation that reports it; empty where all partners share it.
        owner_ref: that organisation's reference, or empty.
        theme: the reference of its theme, or empty.
        commitments: references of the commitments that it speaks to.
        stated: whether it came from the sources, and nobody has reported a value since.
        revision: the indicator's own, to be shown with the next change of its fields.
        sheets: its definition sheets, the one in force first.
        history: its values, the earliest first.
        targets: what is aimed at, the earliest first.
        expected: what the owner expects, the earliest first. It is judgement.
        breaks: its breaks, the earliest first.
        stories: the words beside it.
    """

    ref: str
    title: str
    owner: str
    owner_ref: str
    theme: str
    theme_title: str
    kind: IndicatorKind
    performance_kind: PerformanceKind | None
    polarity: Polarity
    frequency: Frequency
    unit_kind: UnitKind
    unit: str
    tolerance: Decimal
    floor: Decimal | None
    baseline: Baseline | None
    on_agenda: bool
    made_up: bool
    stated: bool
    revision: int
    commitments: tuple[str, ...]
    sheets: tuple[Numbered, ...]
    history: tuple[Measured, ...]
    targets: tuple[Aim, ...]
    expected: tuple[Judgement, ...]
    breaks: tuple[BreakFound, ...]
    stories: tuple[Told, ...]
