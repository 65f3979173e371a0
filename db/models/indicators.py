"""Indicators: what an outcome is measured by, what is aimed at and expected, and the words that turn the curve."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import Table, number, word
from db.types import (
    BreakKind,
    Frequency,
    IndicatorKind,
    PerformanceKind,
    Polarity,
    StoryKind,
    UnitKind,
)

_IN_ORDER = "ends_on >= starts_on"


class Indicator(Table, table=True):
    """What an outcome is measured by. One without an owner is shared by all partners.

    `tolerance` and `floor` are in the indicator's own unit. One on the agenda would be worth having, and has no data.
    `from_sources` marks what came with the product or a file: what documents say, which everybody may read at once.
    """

    __table_args__ = (
        CheckConstraint("(kind = 'performance') = (performance_kind IS NOT NULL)", name="performance_has_its_kind"),
        CheckConstraint("tolerance >= 0", name="tolerance_not_negative"),
        CheckConstraint(
            "(baseline IS NULL) = (baseline_starts_on IS NULL) AND (baseline IS NULL) = (baseline_ends_on IS NULL)",
            name="baseline_has_period",
        ),
        CheckConstraint("baseline_ends_on >= baseline_starts_on", name="baseline_in_order"),
    )

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(max_length=60, unique=True)
    title: str = Field(max_length=200)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    theme_id: int | None = Field(default=None, foreign_key="theme.id", index=True)
    kind: IndicatorKind = Field(sa_column=word(IndicatorKind, "kind"))
    performance_kind: PerformanceKind | None = Field(
        default=None, sa_column=word(PerformanceKind, "performance_kind", nullable=True)
    )
    polarity: Polarity = Field(sa_column=word(Polarity, "polarity"))
    frequency: Frequency = Field(sa_column=word(Frequency, "frequency"))
    unit_kind: UnitKind = Field(sa_column=word(UnitKind, "unit_kind"))
    unit: str = Field(max_length=60)
    tolerance: Decimal = Field(default=Decimal(0), sa_column=number("tolerance"))
    floor: Decimal | None = Field(default=None, sa_column=number("floor", nullable=True))
    baseline: Decimal | None = Field(default=None, sa_column=number("baseline", nullable=True))
    baseline_starts_on: date | None = None
    baseline_ends_on: date | None = None
    on_agenda: bool = False
    from_sources: bool = False
    revision: int = 1
    created_at: datetime
    changed_at: datetime
    made_up: bool = False


class DefinitionSheet(Table, table=True):
    """What an indicator means, numbered from 1; the highest number is in force, and those before it stay.

    `limits` is what the figure does not tell, `why` why it is worth having.
    """

    __table_args__ = (
        UniqueConstraint("indicator_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("definition <> ''", name="sheet_has_definition"),
    )

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    number: int
    definition: str
    source: str = Field(default="", max_length=500)
    coverage: str = Field(default="", max_length=500)
    limits: str = ""
    why: str = ""
    written_at: datetime


class IndicatorCommitment(Table, table=True):
    """An indicator speaks to a commitment."""

    __table_args__ = (UniqueConstraint("indicator_id", "commitment_id"),)

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    commitment_id: int = Field(foreign_key="commitment.id", index=True)


class Target(Table, table=True):
    """What is aimed at for one period, as it was set; one that was replaced stays in the audit log."""

    __table_args__ = (
        UniqueConstraint("indicator_id", "starts_on", "ends_on"),
        CheckConstraint(_IN_ORDER, name="period_in_order"),
    )

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    starts_on: date
    ends_on: date
    value: Decimal = Field(sa_column=number("value"))
    revision: int = 1
    set_at: datetime


class IndicatorBreak(Table, table=True):
    """From this day on, values are not compared with those before, nor joined to them by a line."""

    __table_args__ = (
        UniqueConstraint("indicator_id", "starts_on"),
        CheckConstraint("reason <> ''", name="break_has_reason"),
    )

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    starts_on: date
    kind: BreakKind = Field(sa_column=word(BreakKind, "kind"))
    reason: str
    marked_at: datetime


class IndicatorStory(Table, table=True):
    """Words beside an indicator: the story behind it, the partners' part, what works, and what is proposed."""

    __table_args__ = (
        UniqueConstraint("indicator_id", "kind"),
        CheckConstraint("words <> ''", name="story_has_words"),
    )

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    kind: StoryKind = Field(sa_column=word(StoryKind, "kind"))
    words: str
    revision: int = 1
    saved_at: datetime


class ExpectedValue(Table, table=True):
    """What the owner expects for a period, with the reason. It is judgement, and always marked so."""

    __table_args__ = (
        UniqueConstraint("indicator_id", "starts_on", "ends_on"),
        CheckConstraint(_IN_ORDER, name="period_in_order"),
        CheckConstraint("reason <> ''", name="expectation_has_reason"),
    )

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    starts_on: date
    ends_on: date
    value: Decimal = Field(sa_column=number("value"))
    reason: str
    revision: int = 1
    saved_at: datetime
