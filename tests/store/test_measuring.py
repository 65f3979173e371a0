"""Measurements: reported, revised without a loss, refused where they cannot be right, and what is aimed at and said."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session, select

from charter.outcomes.measuring import report_measurement, revise_measurement
from charter.outcomes.typed_values import read_number
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.outcomes import IndicatorStatus, Span
from charter.rules.refusals import EditedElsewhereError, FieldError, NotAllowedError, NotFoundError
from charter.saved import Saved
from db.engine import Store
from db.models import (
    AuditEntry,
    Indicator,
    Measurement,
    ReplacedMeasurement,
)
from db.types import Finality, Qualifier, UnitKind
from tests.store.databases import one_database
from tests.store.outcome_people import REF, Owners, define, owners, report, reported

pytestmark = pytest.mark.usefixtures("settings_env")
OFF, ON = IndicatorStatus.OFF_TRACK, IndicatorStatus.ON_TRACK


@pytest.fixture
def who(store: Store) -> Owners:
    with store.writing() as session:
        found = owners(session)
        define(session, found, on_agenda=True)
        return found


def test_a_measurement_is_kept_as_it_was_reported(store: Store, who: Owners) -> None:
    with store.writing() as session:
        report(session, who, 2024, "62.0001", qualifier=Qualifier.ABOUT, finality=Finality.PROVISIONAL)
    with store.reading() as session:
        row = session.exec(select(Measurement)).one()
        assert (row.starts_on, row.ends_on, row.value) == (date(2024, 4, 1), date(2025, 3, 31), Decimal("62.0001"))
        assert (row.qualifier, row.finality) == (Qualifier.ABOUT, Finality.PROVISIONAL)
        assert (row.source, row.coverage, row.account_id) == ("Payroll", "All staff", who.partner.account_id)
        assert session.exec(select(AuditEntry.act).order_by("number")).all()[-1] == "measurement_reported"
        # It has data now, so it is not on the list of those that have none.
        assert session.exec(select(Indicator.on_agenda)).one() is False


@one_database
def test_only_its_owner_and_those_who_run_the_charter_report(store: Store, who: Owners) -> None:
    for viewer in (who.other, who.reviewer, PUBLIC):
        with pytest.raises(NotAllowedError), store.writing() as session:
            report_measurement(session, viewer=viewer, indicator_ref=REF, reported=reported(2024, "62"))
    with pytest.raises(NotFoundError), store.writing() as session:
        report_measurement(session, viewer=OPERATOR, indicator_ref="nowhere", reported=reported(2024, "62"))
    with store.writing() as session:
        for number, viewer in enumerate((who.coordinator, OPERATOR)):
            report_measurement(session, viewer=viewer, indicator_ref=REF, reported=reported(2020 + number, "62"))
        assert len(session.exec(select(Measurement.id)).all()) == 2


@one_database
@pytest.mark.parametrize(
    ("value", "more", "field"),
    [
        ("140", {}, "value"),
        ("-1", {}, "value"),
        ("NaN", {}, "value"),
        ("Infinity", {}, "value"),
        ("62.00001", {}, "value"),
        ("62", {"source": " "}, "source"),
        ("62", {"coverage": ""}, "coverage"),
        ("62", {"source": "x" * 501}, "source"),
        ("62", {"span": Span(date(2025, 3, 31), date(2024, 4, 1))}, "ends_on"),
        ("62", {"span": Span(date(2024, 4, 1), date(2094, 3, 31))}, "ends_on"),
        ("62", {"span": Span(date(1024, 4, 1), date(1025, 3, 31))}, "starts_on"),
    ],
)
def test_what_cannot_be_right_is_refused_beside_its_field(
    store: Store, who: Owners, value: str, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(FieldError, match="Nothing was lost") as refused, store.writing() as session:
        report(session, who, 2024, value, **more)
    assert refused.value.field == field
    with store.reading() as session:
        assert session.exec(select(Measurement)).all() == []


@one_database
def test_a_number_above_a_hundred_is_no_percentage_and_may_be_a_count(store: Store, who: Owners) -> None:
    with store.writing() as session:
        define(session, who, ref="volunteers", unit_kind=UnitKind.NUMBER, unit="volunteers")
        asked: dict[str, Any] = {"viewer": who.partner, "indicator_ref": "volunteers"}
        report_measurement(session, reported=reported(2024, "99999999999.9999"), **asked)
        with pytest.raises(FieldError, match="hundred thousand million"):
            report_measurement(session, reported=reported(2023, "100000000000"), **asked)
        assert session.exec(select(Measurement.value)).one() == Decimal("99999999999.9999")  # type: ignore[call-overload]


@one_database
def test_a_period_has_one_value(store: Store, who: Owners) -> None:
    with store.writing() as session:
        report(session, who, 2024, "62")
    with pytest.raises(FieldError, match="revise it instead"), store.writing() as session:
        report(session, who, 2024, "63")
    for span in (Span(date(2024, 10, 1), date(2025, 3, 31)), Span(date(2025, 3, 31), date(2025, 3, 31))):
        with pytest.raises(FieldError, match="overlap"), store.writing() as session:
            report(session, who, 2024, "63", span=span)


def revise(session: Session, who: Owners, value: str, *, seen: int, **more: Any) -> Saved:  # noqa: ANN401
    reason = more.pop("reason", "A late return.")
    asked: dict[str, Any] = {"viewer": more.pop("viewer", who.partner), "indicator_ref": REF}
    wanted = reported(more.pop("number", 2024), value, **more)
    return revise_measurement(session, reported=wanted, reason=reason, seen_revision=seen, **asked)


def test_a_revision_keeps_what_it_replaces(store: Store, who: Owners) -> None:
    with store.writing() as session:
        first = report(session, who, 2024, "62", qualifier=Qualifier.ABOUT, finality=Finality.PROVISIONAL)
        assert revise(session, who, "61.5", seen=1, source="Payroll, final").revision == 2
        assert revise(session, who, "61.25", seen=2, viewer=who.coordinator, reason="Audited.").revision == 3
    with store.reading() as session:
        row = session.exec(select(Measurement)).one()
        assert (row.value, row.qualifier, row.finality) == (Decimal("61.25"), Qualifier.EXACT, Finality.FINAL)
        assert row.account_id == who.coordinator.account_id
        old, newer = session.exec(select(ReplacedMeasurement).order_by("revision")).all()
        assert (old.revision, old.value, old.source, old.reason) == (1, Decimal(62), "Payroll", "A late return.")
        assert (old.qualifier, old.finality) == (Qualifier.ABOUT, Finality.PROVISIONAL)
        assert (old.reported_at, old.account_id) == (first.saved_at, who.partner.account_id)
        assert (newer.revision, newer.value, newer.source, newer.reason) == (
            2, Decimal("61.5"), "Payroll, final", "Audited.",
        )  # fmt: skip


@one_database
def test_a_revision_needs_a_reason_and_what_the_page_showed(store: Store, who: Owners) -> None:
    with store.writing() as session:
        report(session, who, 2024, "62")
        revise(session, who, "63", seen=1)
    with pytest.raises(FieldError, match="why the figure changes"), store.writing() as session:
        revise(session, who, "64", seen=2, reason=" ")
    with pytest.raises(EditedElsewhereError), store.writing() as session:
        revise(session, who, "64", seen=1)
    with pytest.raises(NotFoundError, match="no value for this period"), store.writing() as session:
        revise(session, who, "64", seen=2, number=2020)
    with pytest.raises(NotAllowedError), store.writing() as session:
        revise(session, who, "64", seen=2, viewer=who.other)
    with store.writing() as session:
        # The same press twice is one revision.
        assert revise(session, who, "63", seen=1).revision == 2
        assert len(session.exec(select(ReplacedMeasurement.id)).all()) == 1


@pytest.mark.parametrize(
    ("typed", "value"),
    [("6,500", "6500"), (" 62% ", "62"), ("£1,250,000.50", "1250000.50"), ("-3", "-3"), ("−3.5", "-3.5"), ("0", "0")],
)
def test_numbers_are_read_as_people_type_them(typed: str, value: str) -> None:
    assert read_number("value", typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["", "many", "about 350", "6,50", "1e5", "12 March", "NaN", "1.2.3", "٣", "=1+1"])
def test_text_is_no_number(typed: str) -> None:
    with pytest.raises(FieldError, match="number in figures"):
        read_number("value", typed)
