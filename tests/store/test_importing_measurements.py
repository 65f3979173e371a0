"""Taking measurements in from a spreadsheet: all rows or none, revised only when asked, and taken back."""

from decimal import Decimal

import pytest
from sqlmodel import col, select

from charter.imports.ledger import file_brought
from charter.imports.listing import list_imports
from charter.imports.measurements import MeasurementPlan, import_measurements, preview_measurements
from charter.imports.taking_back import take_back
from charter.outcomes.measuring import revise_measurement
from charter.rules.access import PUBLIC, Viewer
from charter.rules.refusals import FieldError, NotAllowedError, RefusedError
from charter.sources.measurement_rows import read_measurements
from db.engine import Store
from db.models import Commentary, Indicator, Measurement, ReplacedMeasurement
from tests import factories
from tests.measurement_files import as_csv, cells
from tests.store.databases import one_database
from tests.store.outcome_people import REF, Owners, define, owners, report, reported

REASON = "The wrong sheet."
EARLIER = {"first_day": "2023-04-01", "last_day": "2024-03-31"}


@pytest.fixture
def who(store: Store) -> Owners:
    """Make a council with an indicator that waits for its first value, and one that all partners share."""
    with store.writing() as session:
        found = owners(session)
        define(session, found, on_agenda=True)
        define(session, found, ref="shared", shared=True)
        return found


def bring(store: Store, viewer: Viewer, *rows: dict[str, str], revise: bool = False) -> MeasurementPlan:
    content = as_csv(*rows)
    with store.writing() as session:
        return import_measurements(
            session,
            viewer=viewer,
            read=read_measurements(content),
            file=file_brought({"m.csv": content}),
            revise=revise,
        )


def look(store: Store, viewer: Viewer, *rows: dict[str, str]) -> MeasurementPlan:
    with store.reading() as session:
        return preview_measurements(session, viewer=viewer, read=read_measurements(as_csv(*rows)))


def wrong(found: MeasurementPlan) -> list[str]:
    return [str(problem) for problem in found.problems]


def values(store: Store) -> list[tuple[str, int, Decimal]]:
    with store.reading() as session:
        rows = session.exec(
            select(Indicator.ref, Measurement)
            .join(Measurement, col(Measurement.indicator_id) == col(Indicator.id))
            .order_by(col(Indicator.ref), col(Measurement.starts_on))
        )
        return [(ref, row.starts_on.year, row.value) for ref, row in rows]


def test_a_partner_brings_its_own_measurements_and_takes_them_back(store: Store, who: Owners) -> None:
    rows = (cells(), cells(value="60", **EARLIER))
    planned = look(store, who.partner, *rows)
    assert (len(planned.new), planned.problems, values(store)) == (2, (), [])
    done = bring(store, who.partner, *rows)
    assert values(store) == [(REF, 2023, Decimal(60)), (REF, 2024, Decimal(62))]
    with store.reading() as session:
        (found,) = list_imports(session, viewer=who.partner)
        assert (found.ref, found.rows_taken, found.file_name) == (done.ref, 2, "m.csv")
        assert list_imports(session, viewer=who.other) == ()
        assert len(list_imports(session, viewer=who.coordinator)) == 1
        assert not session.exec(select(Indicator.on_agenda).where(Indicator.ref == REF)).one()
    with pytest.raises(RefusedError, match="very file was taken in already"):
        bring(store, who.partner, *rows)
    with pytest.raises(NotAllowedError), store.writing() as session:
        take_back(session, viewer=who.other, ref=done.ref, reason=REASON)
    with store.writing() as session:
        take_back(session, viewer=who.partner, ref=done.ref, reason=REASON)
    assert values(store) == []
    with store.reading() as session:
        assert session.exec(select(Indicator.on_agenda).where(Indicator.ref == REF)).one()
    assert len(bring(store, who.partner, *rows).new) == 2


def test_one_wrong_row_keeps_the_whole_file_out(store: Store, who: Owners) -> None:
    rows = (
        cells(),
        cells(value="140", **EARLIER),
        cells("shared"),
        cells("nowhere"),
        cells(first_day="2024-06-01", last_day="2024-06-30"),
        cells(first_day="2022-04-01", last_day="2021-03-31"),
        cells(first_day="2026-04-01", last_day="2099-03-31"),
        cells("360giving-all"),
    )
    found = look(store, who.partner, *rows)
    assert wrong(found) == [
        "Row 3, column value: A percentage lies between 0 and 100. Please check the number.",
        "Row 4, column indicator: You report for no indicator of this address.",
        "Row 5, column indicator: You report for no indicator of this address.",
        "Row 6, column first_day: Row 2 has a value for 2024-04-01 to 2025-03-31, and the two overlap.",
        "Row 7, column last_day: The last day is before the first. Please check both.",
        "Row 8, column last_day: This period is not over yet. Please check the last day.",
        "Row 9, column indicator: You report for no indicator of this address.",
    ]
    with pytest.raises(FieldError, match="Row 3, column value: A percentage"):
        bring(store, who.partner, *rows)
    assert values(store) == []
    with store.writing() as session:
        define(session, who, ref="360giving-all", shared=True)
    assert wrong(look(store, who.coordinator, cells("360giving-all"))) == [
        "Row 2, column indicator: This one is added up from grants. Bring a file of grants instead."
    ]


def test_two_values_for_one_period_and_one_that_overlaps_what_is_there_are_refused(store: Store, who: Owners) -> None:
    with store.writing() as session:
        report(session, who, 2024, "61")
    found = look(store, who.partner, cells(**EARLIER), cells(value="63", **EARLIER), cells(first_day="2024-05-01"))
    assert wrong(found) == [
        "Row 3, column first_day: Row 2 has a value for 2023-04-01 to 2024-03-31, and the two overlap.",
        "Row 4, column first_day: There is a value for 2024-04-01 to 2025-03-31 already, and the two overlap.",
    ]


def test_a_value_that_differs_is_revised_only_when_asked_and_put_back(store: Store, who: Owners) -> None:
    with store.writing() as session:
        report(session, who, 2024, "61")
    rows = (cells(), cells(value="60", **EARLIER))
    planned = look(store, who.partner, *rows)
    assert (len(planned.new), len(planned.revised), planned.already) == (1, 1, 0)
    kept = bring(store, who.partner, *rows)
    assert values(store) == [(REF, 2023, Decimal(60)), (REF, 2024, Decimal(61))]
    with store.writing() as session:
        take_back(session, viewer=who.coordinator, ref=kept.ref, reason=REASON)
    done = bring(store, who.partner, *rows, revise=True)
    assert values(store) == [(REF, 2023, Decimal(60)), (REF, 2024, Decimal(62))]
    assert look(store, who.partner, cells()).already == 1
    with store.writing() as session:
        take_back(session, viewer=who.partner, ref=done.ref, reason=REASON)
    assert values(store) == [(REF, 2024, Decimal(61))]
    with store.reading() as session:
        rows_ = session.exec(select(ReplacedMeasurement).order_by(col(ReplacedMeasurement.revision)))
        assert [(row.value, row.reason) for row in rows_] == [
            (Decimal(61), "A file was taken in: m.csv."),
            (Decimal(62), "An import was taken back: m.csv."),
        ]


def test_what_a_person_revised_or_wrote_about_keeps_an_import_from_being_taken_back(store: Store, who: Owners) -> None:
    ref = bring(store, who.partner, cells(), cells(value="60", **EARLIER)).ref
    with store.writing() as session:
        key = session.exec(select(Measurement.id).where(Measurement.value == 62)).one()
        factories.add(session, Commentary, {"measurement_id": key})
    with pytest.raises(RefusedError, match="Somebody wrote about it"), store.writing() as session:
        take_back(session, viewer=who.partner, ref=ref, reason=REASON)
    again = reported(2023, "61.5")
    with store.writing() as session:
        revise_measurement(
            session, viewer=who.partner, indicator_ref=REF, reported=again, reason="A late return.", seen_revision=1
        )
    before = values(store)
    with pytest.raises(RefusedError, match="was revised since"), store.writing() as session:
        take_back(session, viewer=who.partner, ref=ref, reason=REASON)
    assert values(store) == before


@one_database
def test_only_those_who_report_bring_measurements(store: Store, who: Owners) -> None:
    for viewer in (PUBLIC, who.reviewer):
        with pytest.raises(NotAllowedError):
            look(store, viewer, cells())
        with pytest.raises(NotAllowedError):
            bring(store, viewer, cells())
    assert wrong(look(store, who.other, cells())) == [
        "Row 2, column indicator: You report for no indicator of this address."
    ]
    assert len(bring(store, who.coordinator, cells(), cells("shared")).new) == 2
    with pytest.raises(RefusedError, match="brings nothing"):
        bring(store, who.coordinator, cells("shared"))
