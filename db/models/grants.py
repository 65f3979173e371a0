"""What files told of organisations on the list: grants that they were given, and what the charity register says."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from db.columns import Table, number, word
from db.types import IncomeBand


class AwardedGrant(Table, table=True):
    """A grant to an organisation on the list, as its funder published it. `identifier` is the funder's own.

    `income_band` is the organisation's as it was known when the grant was taken in: the size of group that it counts
    for.
    """

    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        CheckConstraint("length(currency) = 3", name="currency_is_code"),
    )

    id: int | None = Field(default=None, primary_key=True)
    identifier: str = Field(max_length=200, unique=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    recipient_ref: str = Field(default="", max_length=100)
    recipient_name: str = Field(max_length=200)
    funder_ref: str = Field(max_length=100)
    funder_name: str = Field(max_length=200)
    title: str = Field(default="", max_length=200)
    amount: Decimal = Field(sa_column=number("amount"))
    currency: str = Field(max_length=3)
    awarded_on: date = Field(index=True)
    income_band: IncomeBand = Field(sa_column=word(IncomeBand, "income_band"))
    file_import_id: int = Field(foreign_key="file_import.id", index=True)


class RegisterEntry(Table, table=True):
    """What the charity register said of an organisation on the day of its extract. Money is in pounds a year."""

    __table_args__ = (
        CheckConstraint("income >= 0", name="income_not_negative"),
        CheckConstraint("employees >= 0 AND volunteers >= 0", name="people_not_negative"),
    )

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", unique=True)
    charity_number: str = Field(max_length=10)
    name: str = Field(max_length=200)
    registered_on: date | None = None
    removed_on: date | None = None
    income: Decimal | None = Field(default=None, sa_column=number("income", nullable=True))
    accounts_end_on: date | None = None
    employees: int | None = None
    volunteers: int | None = None
    extracted_on: date
    file_import_id: int = Field(foreign_key="file_import.id", index=True)
