"""A council with an indicator, and the people who report for it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from charter.outcomes.indicators import IndicatorFields, define_indicator
from charter.outcomes.measuring import Reported, report_measurement
from charter.outcomes.sheets import Sheet
from charter.rules.access import Viewer
from charter.rules.outcomes import Span
from charter.saved import Saved
from db.types import Frequency, IndicatorKind, OrganisationKind, PerformanceKind, Polarity, Role, UnitKind
from tests import factories
from tests.store.closed_reviews import person

REF = "council-staff-living-here"
FIELDS: dict[str, Any] = {
    "title": "Council staff who live in Elmford",
    "kind": IndicatorKind.PERFORMANCE,
    "performance_kind": PerformanceKind.BETTER_OFF,
    "polarity": Polarity.UP,
    "frequency": Frequency.YEARLY,
    "unit_kind": UnitKind.PERCENT,
    "unit": "of staff",
    "tolerance": Decimal(2),
}
SHEET = Sheet(definition="Staff whose home is in Elmford, of all staff.", source="Payroll", coverage="All staff")


@dataclass(frozen=True)
class Owners:
    """The council, its partner, another body's partner, the monitoring group's reviewer and the coordinator."""

    council: int
    partner: Viewer
    other: Viewer
    reviewer: Viewer
    coordinator: Viewer


def owners(session: Session) -> Owners:
    """Make them."""
    council = factories.organisation(session, kind=OrganisationKind.COUNCIL)
    health = factories.organisation(session, kind=OrganisationKind.NHS)
    return Owners(
        council,
        partner=person(session, Role.PARTNER, council),
        other=person(session, Role.PARTNER, health),
        reviewer=person(session, Role.REVIEWER),
        coordinator=person(session, Role.COORDINATOR),
    )


def fields(**more: object) -> IndicatorFields:
    """Give an indicator's fields, with some in place of the ordinary ones."""
    return IndicatorFields(**{**FIELDS, **more})


def define(session: Session, who: Owners, *, ref: str = REF, viewer: Viewer | None = None, **more: Any) -> Saved:  # noqa: ANN401
    """Define the council's indicator; `shared=True` makes it everyone's."""
    owner = None if more.pop("shared", False) else who.council
    sheet = more.pop("sheet", SHEET)
    return define_indicator(
        session, viewer=viewer or who.coordinator, ref=ref, organisation_id=owner, fields=fields(**more), sheet=sheet
    )


def year(number: int) -> Span:
    """Give a financial year by the year in which it begins."""
    return Span(date(number, 4, 1), date(number + 1, 3, 31))


def reported(number: int, value: str, **more: Any) -> Reported:  # noqa: ANN401
    """Give a reported outcome of a financial year."""
    values: dict[str, Any] = {"span": year(number), "source": "Payroll", "coverage": "All staff"}
    return Reported(value=Decimal(value), **(values | more))


def report(session: Session, who: Owners, number: int, value: str, **more: Any) -> Saved:  # noqa: ANN401
    """Report the council's outcome of a financial year, by its partner."""
    return report_measurement(session, viewer=who.partner, indicator_ref=REF, reported=reported(number, value, **more))
