"""The columns that all tables of outcomes have: which outcome a row is of, and which period."""

from decimal import Decimal

from charter.outcome_words import span_words
from charter.outcomes.facts import IndicatorFacts
from charter.reports.columns import Cell, Column, Kind
from charter.rules.outcomes import Span

OUTCOME = (
    Column("ref", "Reference", "The outcome’s reference."),
    Column("title", "Outcome", "What the outcome is called."),
)
PERIOD = (
    Column("starts_on", "First day", "The first day of the period.", Kind.DAY),
    Column("ends_on", "Last day", "The last day of the period; of a count on one day, that day.", Kind.DAY),
    Column("period", "Period", "The period in words."),
)
UNIT = Column("unit", "Unit", "The unit of the figures in the row.")


def outcome_cells(found: IndicatorFacts) -> dict[str, Cell]:
    """Name the outcome that a row is of."""
    return {"ref": found.ref, "title": found.title}


def period_cells(span: Span) -> dict[str, Cell]:
    """Name the period that a row is of."""
    return {"starts_on": span.starts_on, "ends_on": span.ends_on, "period": span_words(span)}


def exact(value: Decimal | None) -> Decimal | None:
    """Give a value without the zeros behind it that the store writes: 31, not 31.0000."""
    if value is None:
        return None
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
