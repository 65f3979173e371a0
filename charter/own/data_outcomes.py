"""What is held of an organisation's indicators: all of each, down to the values that were replaced."""

from sqlmodel import Session, col, select

from charter.own.data_rows import Held, plain_row
from db.models import (
    AwardedGrant,
    Commentary,
    DefinitionSheet,
    ExpectedValue,
    Indicator,
    IndicatorBreak,
    IndicatorStory,
    Measurement,
    RegisterEntry,
    ReplacedMeasurement,
    Target,
)

_PARTS: dict[str, type[DefinitionSheet | ExpectedValue | IndicatorBreak | IndicatorStory | Target]] = {
    "definition_sheets": DefinitionSheet,
    "targets": Target,
    "expected": ExpectedValue,
    "breaks": IndicatorBreak,
    "stories": IndicatorStory,
}


def outcomes_held(session: Session, organisation_id: int) -> Held:
    """Give its indicators with all of each, its grants that files told of, and what the charity register says."""
    rows = session.exec(
        select(Indicator).where(Indicator.organisation_id == organisation_id).order_by(col(Indicator.ref))
    )
    grants = session.exec(select(AwardedGrant).where(AwardedGrant.organisation_id == organisation_id))
    register = session.exec(select(RegisterEntry).where(RegisterEntry.organisation_id == organisation_id))
    return {
        "indicators": [_indicator(session, row) for row in rows.all()],
        "grants": [plain_row(row) for row in grants],
        "charity_register": [plain_row(row) for row in register],
    }


def _indicator(session: Session, row: Indicator) -> Held:
    parts = {
        name: [plain_row(each) for each in session.exec(select(table).where(col(table.indicator_id) == row.id))]
        for name, table in _PARTS.items()
    }
    measured = session.exec(select(Measurement).where(Measurement.indicator_id == row.id)).all()
    return plain_row(row, **parts, measurements=[_measurement(session, each) for each in measured])


def _measurement(session: Session, row: Measurement) -> Held:
    return plain_row(row, replaced=_of(session, ReplacedMeasurement, row), commentary=_of(session, Commentary, row))


def _of(session: Session, table: type[ReplacedMeasurement | Commentary], row: Measurement) -> list[Held]:
    return [plain_row(each) for each in session.exec(select(table).where(col(table.measurement_id) == row.id))]
