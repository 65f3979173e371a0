"""What the charity register says of an organisation on the list, as the last extract had it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session, select

from charter.rules.access import Act, Viewer, require
from db.models import RegisterEntry


@dataclass(frozen=True)
class RegisterSays:
    """What the register says: money in pounds for the year that ended on `accounts_end_on`; None is not said."""

    charity_number: str
    name: str
    removed_on: date | None
    income: Decimal | None
    accounts_end_on: date | None
    employees: int | None
    volunteers: int | None
    extracted_on: date


def register_says(session: Session, *, viewer: Viewer, organisation_id: int) -> RegisterSays | None:
    """Read what the register says of an organisation, or None where no extract named it.

    Raises:
        NotAllowedError: the viewer may not keep the list.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    row = session.exec(select(RegisterEntry).where(RegisterEntry.organisation_id == organisation_id)).first()
    if row is None:
        return None
    return RegisterSays(
        charity_number=row.charity_number,
        name=row.name,
        removed_on=row.removed_on,
        income=row.income,
        accounts_end_on=row.accounts_end_on,
        employees=row.employees,
        volunteers=row.volunteers,
        extracted_on=row.extracted_on,
    )
