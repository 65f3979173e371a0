"""Taking the charity register in: what it fills in, what it only says, and taking it back."""

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import col, select

from charter.imports.entries import register_says
from charter.imports.ledger import file_brought
from charter.imports.register import RegisterPlan, import_register, income_band, looked_for, preview_register
from charter.imports.taking_back import take_back
from charter.organisations.merging import merge
from charter.own.data import data_on_request
from charter.rules.access import PUBLIC, Viewer
from charter.rules.refusals import NotAllowedError, RefusedError
from charter.sources.register import read_register
from db.engine import Store
from db.models import AuditEntry, EarlyAccess, Organisation
from db.types import IncomeBand, OrganisationKind, PeriodState, Role
from tests import factories
from tests.grant_files import grant
from tests.register_files import area, charity, employees, table, volunteers
from tests.store.bringing import bring as bring_grants
from tests.store.closed_reviews import person
from tests.store.databases import one_database

REASON = "The wrong extract."
GONE = {"charity_registration_status": "Removed", "date_of_removal": "2025-06-30 00:00:00.0000000"}
FILES = (
    table(
        charity(),
        charity("1000002", "Elmford Carers", latest_income="9999"),
        charity("1000003", "The Elmford Players CIO", latest_income="250000", **GONE),
        charity("1000004", "Elmford Swimmers", latest_income="120"),
    ),
    table(volunteers("1000001", "25"), volunteers("1000003", "3")),
    table(employees("1000001", "4")),
    table(area("1000001"), area("1000004")),
)
PLAYERS = [
    "It was taken off the register on 2025-06-30. Look whether it has closed, and give its last day.",
    "The register calls it The Elmford Players CIO. Its name here stays.",
    "The register says £250,000 a year. Its income here stays.",
]


@pytest.fixture
def coordinator(store: Store) -> Viewer:
    """Make a coordinator, and groups: two with charity numbers, and one without that has a charity's name."""
    with store.writing() as session:
        factories.organisation(session, ref="GB-CHC-1000001", name="Elmford Gardeners")
        factories.organisation(session, ref="OWN-CARERS", name="Elmford Carers")
        band = IncomeBand.UNDER_10K
        factories.organisation(session, ref="GB-CHC-1000003", name="Elmford Actors", income_band=band)
        return person(session, Role.COORDINATOR)


def bring(
    store: Store,
    viewer: Viewer,
    files: Sequence[bytes] = FILES,
    *,
    confirmed: Sequence[str] = (),
    area: str = "",
    add: bool = False,
    dry: bool = False,
) -> RegisterPlan:
    with store.reading() as session:
        wanted = looked_for(session, viewer=viewer, area=area)
    read = read_register(files, wanted=wanted)
    file = file_brought({f"{number}.zip": content for number, content in enumerate(files)})
    if dry:
        with store.reading() as session:
            return preview_register(session, viewer=viewer, read=read, file=file, confirmed=confirmed)
    with store.writing() as session:
        return import_register(session, viewer=viewer, read=read, file=file, confirmed=confirmed, add_newcomers=add)


def bands(store: Store) -> dict[str, IncomeBand]:
    with store.reading() as session:
        return {row.name: row.income_band for row in session.exec(select(Organisation).order_by(col(Organisation.id)))}


def says(store: Store, viewer: Viewer, name: str) -> tuple[object, ...] | None:
    with store.reading() as session:
        key = session.exec(select(Organisation.id).where(Organisation.name == name)).one()
        found = register_says(session, viewer=viewer, organisation_id=key or 0)
    return (found.name, found.income, found.employees, found.volunteers, found.removed_on) if found else None


def test_an_unknown_income_is_filled_in_and_what_differs_is_only_said(store: Store, coordinator: Viewer) -> None:
    before = bands(store)
    planned = bring(store, coordinator, dry=True)
    assert bands(store) == before
    done = bring(store, coordinator)
    assert (planned.told, planned.findings) == (done.told, done.findings)
    assert [each.group.name for each in done.told] == ["Elmford Gardeners", "Elmford Actors"]
    assert [(each.place, each.reason) for each in done.findings] == [("Elmford Actors", said) for said in PLAYERS]
    assert bands(store) == {
        "Elmford Gardeners": IncomeBand.FROM_10K_TO_100K,
        "Elmford Carers": IncomeBand.NOT_KNOWN,
        "Elmford Actors": IncomeBand.UNDER_10K,
    }
    assert says(store, coordinator, "Elmford Gardeners") == ("Elmford Gardeners", Decimal(54321), 4, 25, None)
    assert says(store, coordinator, "Elmford Carers") is None
    with store.reading() as session:
        assert session.exec(select(AuditEntry.act)).all() == ["register_imported"]


def test_a_charity_of_the_same_name_waits_for_a_persons_word(store: Store, coordinator: Viewer) -> None:
    (suggested,) = bring(store, coordinator, dry=True).suggestions
    assert (suggested.charity.ref, suggested.group.ref, suggested.by_name) == ("GB-CHC-1000002", "OWN-CARERS", True)
    bring(store, coordinator, confirmed=["GB-CHC-1000002"])
    assert bands(store)["Elmford Carers"] is IncomeBand.UNDER_10K


def test_charities_of_the_area_are_added_when_asked(store: Store, coordinator: Viewer) -> None:
    planned = bring(store, coordinator, area="Elmford", dry=True)
    assert [each.name for each in planned.newcomers] == ["Elmford Swimmers"]
    bring(store, coordinator, area="Elmford")
    assert "Elmford Swimmers" not in bands(store)
    done = bring(store, coordinator, area="Elmford", add=True)
    assert bands(store)["Elmford Swimmers"] is IncomeBand.UNDER_10K
    with store.reading() as session:
        row = session.exec(select(Organisation).where(Organisation.ref == "GB-CHC-1000004")).one()
        assert (row.kind, str(row.starts_on), row.made_up) == (OrganisationKind.VOLUNTARY, "1999-03-01", False)
    with pytest.raises(RefusedError, match="bring nothing"):
        bring(store, coordinator, area="Elmford", add=True)
    with store.writing() as session:
        take_back(session, viewer=coordinator, ref=done.ref, reason=REASON)
    assert "Elmford Swimmers" not in bands(store)


@one_database
def test_a_newcomer_that_is_in_use_keeps_an_import_from_being_taken_back(store: Store, coordinator: Viewer) -> None:
    ref = bring(store, coordinator, area="Elmford", add=True).ref
    before = bands(store)
    with store.writing() as session:
        key = session.exec(select(Organisation.id).where(Organisation.ref == "GB-CHC-1000004")).one()
        factories.invitation(session, organisation_id=key)
    why = "Elmford Swimmers came with this file and is in use"
    with pytest.raises(RefusedError, match=why), store.writing() as session:
        take_back(session, viewer=coordinator, ref=ref, reason=REASON)
    assert bands(store) == before
    assert says(store, coordinator, "Elmford Gardeners") is not None


def test_taking_it_back_empties_what_was_filled_in_unless_a_person_changed_it(
    store: Store, coordinator: Viewer
) -> None:
    ref = bring(store, coordinator, confirmed=["GB-CHC-1000002"]).ref
    with store.writing() as session:
        row = session.exec(select(Organisation).where(Organisation.name == "Elmford Carers")).one()
        row.income_band = IncomeBand.OVER_100K
    with store.writing() as session:
        take_back(session, viewer=coordinator, ref=ref, reason=REASON)
    assert bands(store)["Elmford Gardeners"] is IncomeBand.NOT_KNOWN
    assert bands(store)["Elmford Carers"] is IncomeBand.OVER_100K
    assert says(store, coordinator, "Elmford Gardeners") is None


def test_an_older_extract_takes_nothing_back_and_a_newer_one_is_undone_to_it(store: Store, coordinator: Viewer) -> None:
    bring(store, coordinator)
    newer = bring(store, coordinator, [table(charity(latest_income="60000"), day="2026-10-07 00:00:00.0")])
    assert [each.group.name for each in newer.told] == ["Elmford Gardeners"]
    with pytest.raises(RefusedError, match="bring nothing"):
        bring(store, coordinator, [table(charity(latest_income="1"), day="2020-01-07 00:00:00.0")])
    with store.writing() as session:
        take_back(session, viewer=coordinator, ref=newer.ref, reason=REASON)
    assert says(store, coordinator, "Elmford Gardeners") == ("Elmford Gardeners", Decimal(54321), 4, 25, None)


@one_database
def test_income_is_not_filled_in_while_figures_that_count_it_are_shown(store: Store, coordinator: Viewer) -> None:
    with store.writing() as session:
        key = session.exec(select(Organisation.id).where(Organisation.ref == "GB-CHC-1000001")).one()
        period = factories.period(session, state=PeriodState.CLOSED)
        factories.invitation(session, period_id=period, organisation_id=key)
        factories.add(session, EarlyAccess, {"period_id": period})
    done = bring(store, coordinator)
    assert done.findings[-1].place == "Elmford Gardeners"
    assert "were shown to people before they are published" in done.findings[-1].reason
    assert bands(store)["Elmford Gardeners"] is IncomeBand.NOT_KNOWN


def test_what_the_register_says_goes_along_in_a_merge(store: Store, coordinator: Viewer) -> None:
    bring(store, coordinator)
    with store.writing() as session:
        keys = dict(session.exec(select(Organisation.ref, Organisation.id)).all())
        one, into = keys["GB-CHC-1000001"] or 0, keys["OWN-CARERS"] or 0
        merge(session, viewer=coordinator, organisation_id=one, into_id=into, reason="One group")
    assert says(store, coordinator, "Elmford Carers") == ("Elmford Gardeners", Decimal(54321), 4, 25, None)


@one_database
def test_a_group_is_given_what_files_told_of_it(
    store: Store,
    coordinator: Viewer,
    settings_env: Path,  # noqa: ARG001 - the time zone in which the day of the request is told
) -> None:
    bring(store, coordinator)
    bring_grants(store, coordinator, grant(1))
    with store.writing() as session:
        key = session.exec(select(Organisation.id).where(Organisation.ref == "GB-CHC-1000001")).one()
        partner = person(session, Role.PARTNER, key)
    with store.writing() as session:
        held = json.loads(data_on_request(session, viewer=partner, ref="GB-CHC-1000001"))
    assert [(row["identifier"], row["amount"]) for row in held["grants"]] == [("360G-elm-1", "1000.0000")]
    assert [(row["name"], row["volunteers"]) for row in held["charity_register"]] == [("Elmford Gardeners", 25)]


@one_database
def test_only_those_who_run_the_charter_bring_the_register(store: Store, coordinator: Viewer) -> None:
    with store.writing() as session:
        partner = person(session, Role.PARTNER, factories.organisation(session))
    for viewer in (PUBLIC, partner):
        with pytest.raises(NotAllowedError):
            bring(store, viewer, dry=True)
    with pytest.raises(NotAllowedError):
        says(store, partner, "Elmford Gardeners")
    assert says(store, coordinator, "Elmford Gardeners") is None


@pytest.mark.parametrize(
    ("income", "band"),
    [
        (None, IncomeBand.NOT_KNOWN),
        (0, IncomeBand.UNDER_10K),
        (9999, IncomeBand.UNDER_10K),
        (10_000, IncomeBand.FROM_10K_TO_100K),
        (100_000, IncomeBand.FROM_10K_TO_100K),
        (100_001, IncomeBand.OVER_100K),
    ],
)
def test_the_band_of_an_income(income: int | None, band: IncomeBand) -> None:
    assert income_band(None if income is None else Decimal(income)) is band
