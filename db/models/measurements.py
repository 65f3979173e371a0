"""Measurements: reported outcomes, what each revision replaced, and the commentary with the route to green."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import Table, number, word
from db.types import Finality, Qualifier


class Measurement(Table, table=True):
    """The value of an indicator for one period, as it stands now. A period of one day is a count on that day."""

    __table_args__ = (
        UniqueConstraint("indicator_id", "starts_on", "ends_on"),
        CheckConstraint("ends_on >= starts_on", name="period_in_order"),
        CheckConstraint("source <> ''", name="measurement_has_source"),
        CheckConstraint("coverage <> ''", name="measurement_has_coverage"),
    )

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    starts_on: date
    ends_on: date
    value: Decimal = Field(sa_column=number("value"))
    qualifier: Qualifier = Field(default=Qualifier.EXACT, sa_column=word(Qualifier, "qualifier"))
    finality: Finality = Field(default=Finality.FINAL, sa_column=word(Finality, "finality"))
    source: str = Field(max_length=500)
    coverage: str = Field(max_length=500)
    file_import_id: int | None = Field(default=None, foreign_key="file_import.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    revision: int = 1
    reported_at: datetime


class ReplacedMeasurement(Table, table=True):
    """A measurement as it was before a revision, by the number that it then had, and why it was revised."""

    __table_args__ = (
        UniqueConstraint("measurement_id", "revision"),
        CheckConstraint("reason <> ''", name="revision_has_reason"),
    )

    id: int | None = Field(default=None, primary_key=True)
    measurement_id: int = Field(foreign_key="measurement.id", index=True)
    revision: int
    value: Decimal = Field(sa_column=number("value"))
    qualifier: Qualifier = Field(sa_column=word(Qualifier, "qualifier"))
    finality: Finality = Field(sa_column=word(Finality, "finality"))
    source: str = Field(max_length=500)
    coverage: str = Field(max_length=500)
    file_import_id: int | None = Field(default=None, foreign_key="file_import.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    reported_at: datetime
    reason: str
    replaced_at: datetime


class Commentary(Table, table=True):
    """What the owner says to one measurement; off track, with the route to green."""

    __table_args__ = (CheckConstraint("words <> ''", name="commentary_has_words"),)

    id: int | None = Field(default=None, primary_key=True)
    measurement_id: int = Field(foreign_key="measurement.id", unique=True)
    words: str
    route_to_green: str = ""
    revision: int = 1
    saved_at: datetime
