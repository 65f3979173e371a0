"""The shape of the file of indicators: what is measured, the figures that sources state, and what nobody measures yet.

These models say what one value may be. What values must be together is said in `checks.py`.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from charter.catalogue.fields import Key, Line, PartialDate, Ref, Text, Title, first_day, last_day
from charter.catalogue.schema import Document, Entry, FromWord, Rows, Source
from db.types import BreakKind, Finality, Frequency, IndicatorKind, PerformanceKind, Polarity, Qualifier, UnitKind


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("no_number", "must be a number, without quotation marks")
    return Decimal(str(value))


#: A value as the store holds it: at most 14 digits before the point and 4 behind it.
Value = Annotated[Decimal, BeforeValidator(_number), Field(max_digits=18, decimal_places=4, allow_inf_nan=False)]
Percent = Annotated[int, Field(ge=0, le=100)]


class DatedBy(StrEnum):
    """Whether a source dates a figure, or only the document that states it has a date."""

    FIGURE = "figure"
    DOCUMENT = "document"


class Measured(Entry):
    """What an indicator measures, whether anybody has a figure of it or not.

    `theme` and `commitments` are our reading of what it speaks to. `area` is the place that it speaks of.
    """

    key: Key
    title: Title
    definition: Text
    kind: FromWord[IndicatorKind]
    performance_kind: FromWord[PerformanceKind] | None = None
    unit: Title
    unit_kind: FromWord[UnitKind]
    polarity: FromWord[Polarity]
    frequency: FromWord[Frequency]
    area: Line
    theme: Key
    commitments: Rows[Ref]


class Figure(Entry):
    """One value of an indicator, as a source states it.

    Attributes:
        indicator: the key of what it measures.
        value: in the indicator's unit, as exact as the source is.
        qualifier: how the source words it; `over 50` is a value of 50.
        when: the date, or the first day, month or year of the time that it covers.
        until: the last day, month or year of that time, where it is a span.
        called: what the source calls that time, such as 2016/17.
        dated_by: whether the source dates the figure itself.
        coverage: who or what was counted or asked. Values of different coverage are never joined by a line.
        replies: how many answered, where it comes from a survey that says so.
        percent_response: whole per cent of those asked that answered, likewise.
        break_kind: what changed since the value before, so that the two are not compared.
        break_reason: how it changed, in words.
    """

    indicator: Key
    value: Value
    qualifier: FromWord[Qualifier]
    when: PartialDate
    until: PartialDate | None = None
    called: Line | None = None
    dated_by: FromWord[DatedBy]
    finality: FromWord[Finality]
    coverage: Text
    replies: Annotated[int, Field(ge=1)] | None = None
    percent_response: Percent | None = None
    break_kind: FromWord[BreakKind] | None = None
    break_reason: Text | None = None
    source: Source

    @property
    def starts_on(self) -> date:
        """The first day of the time that the figure covers."""
        return first_day(self.when)

    @property
    def ends_on(self) -> date:
        """The last day of the time that the figure covers."""
        return last_day(self.until or self.when)


class Wanted(Measured):
    """An indicator worth having, with no data yet: why, where data could come from, and what in a source asks."""

    why: Text
    could_come_from: Text
    source: Source


class IndicatorsFile(Entry):
    """A whole file of indicators."""

    documents: Annotated[Rows[Document], Field(min_length=1)]
    indicators: Rows[Measured] = ()
    figures: Rows[Figure] = ()
    agenda: Rows[Wanted] = ()

    def figures_of(self, key: str) -> tuple[Figure, ...]:
        """Give an indicator's figures, the oldest first."""
        return tuple(each for each in self.figures if each.indicator == key)

    def document(self, key: str) -> Document:
        """Give the document that a source names.

        Raises:
            StopIteration: the file has no such document.
        """
        return next(each for each in self.documents if each.key == key)
