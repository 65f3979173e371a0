"""Taking grants in: which group each went to, money by year, funder and size, nothing twice, and taking it back."""

from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from charter.imports.grants import import_grants, preview_grants
from charter.imports.ledger import file_brought
from charter.imports.listing import list_imports, read_findings
from charter.imports.taking_back import take_back
from charter.organisations.merging import merge
from charter.outcomes.indicators import define_indicator
from charter.outcomes.measuring import report_measurement
from charter.rules.access import OPERATOR, PUBLIC, Viewer
from charter.rules.refusals import FieldError, NotAllowedError, NotFoundError, RefusedError
from charter.sources.grants import read_grants
from db.engine import Store
from db.models import AuditEntry, AwardedGrant, FileImport, Indicator, Measurement, Organisation, ReplacedMeasurement
from db.types import Finality, IncomeBand, OrganisationKind, Role
from tests import factories
from tests.grant_files import grant
from tests.store.bringing import TODAY, bring, look, sums
from tests.store.closed_reviews import person
from tests.store.databases import one_database
from tests.store.outcome_people import SHEET, fields, reported

CARERS = {"id": "360G-elm-org-7", "name": "The Elmford Carers Ltd."}
REASON = "It was the wrong file."


@pytest.fixture
def coordinator(store: Store) -> Viewer:
    """Make a coordinator, and groups: a gardening group with a charity number, and carers without one."""
    with store.writing() as session:
        band = IncomeBand.UNDER_10K
        factories.organisation(session, ref="GB-CHC-1000001", name="Elmford Gardeners", income_band=band)
        factories.organisation(session, ref="OWN-CARERS", name="Elmford Carers")
        factories.organisation(session, ref="GB-LAE-ELM", name="Elmford Council", kind=OrganisationKind.COUNCIL)
        return person(session, Role.COORDINATOR, name="Kim Park")


def held(store: Store) -> list[tuple[str, Decimal]]:
    with store.reading() as session:
        rows = session.exec(select(AwardedGrant).order_by(col(AwardedGrant.identifier)))
        return [(row.identifier, row.amount) for row in rows]


def test_grants_to_groups_on_the_list_become_money_by_year_by_funder_and_by_size(
    store: Store, coordinator: Viewer
) -> None:
    other = {"id": "GB-COH-01234567", "name": "Elmford Homes"}
    file = (
        grant(1, awardDate="2023-02-01"),
        grant(2, awardDate="2024-12-31", amountAwarded=2500.5),
        grant(3, fundingOrganization=[other]),
        grant(4, awardDate="2026-01-05"),
        grant(5, recipient={"id": "GB-CHC-9999999", "name": "Somebody else"}),
        grant(6, recipient={"id": "GB-LAE-ELM", "name": "Elmford Council"}),
    )
    planned = look(store, coordinator, *file)
    assert (held(store), sums(store)) == ([], {})
    done = bring(store, coordinator, *file)
    assert (planned.rows, planned.new, planned.left, planned.groups, planned.money) == (6, 4, 2, 1, Decimal("5500.5"))
    assert planned.findings == done.findings
    assert [each.reason for each in done.findings if each.left] == [
        "“Somebody else” is not on the list of groups.",
        "“Elmford Council” is not on the list of groups.",
    ]
    by_year = {2023: Decimal(1000), 2024: Decimal("3500.5")}
    assert sums(store) == {
        "360giving-all": by_year,
        "360giving-size-under-10k": by_year,
        "360giving-from-gb-chc-1111111": {2023: Decimal(1000), 2024: Decimal("2500.5")},
        "360giving-from-gb-coh-01234567": {2024: Decimal(1000)},
    }


def test_the_year_that_is_not_over_is_held_and_last_year_is_provisional(store: Store, coordinator: Viewer) -> None:
    bring(store, coordinator, grant(1, awardDate="2026-01-05"), grant(2, awardDate="2025-01-05"), grant(3))
    with store.reading() as session:
        rows = session.exec(
            select(Measurement).join(Indicator).where(Indicator.ref == "360giving-all").order_by("starts_on")
        ).all()
        assert [(row.starts_on.year, row.finality) for row in rows] == [
            (2024, Finality.FINAL),
            (2025, Finality.PROVISIONAL),
        ]
        assert {row.file_import_id for row in rows} == {session.exec(select(FileImport.id)).one()}
        assert session.exec(select(Indicator.made_up, Indicator.organisation_id).distinct()).all() == [(False, None)]
    assert len(held(store)) == 3


def test_a_recipient_of_the_same_name_waits_for_a_persons_word_which_is_remembered(
    store: Store, coordinator: Viewer
) -> None:
    file = (grant(1), grant(2, recipient=CARERS), grant(3, recipient=CARERS))
    planned = look(store, coordinator, *file)
    (suggestion,) = planned.suggestions
    assert (suggestion.recipient, suggestion.group.name, suggestion.grants) == (
        "The Elmford Carers Ltd.",
        "Elmford Carers",
        2,
    )
    assert (planned.new, planned.left) == (1, 2)
    said = "“The Elmford Carers Ltd.” may be Elmford Carers on the list. Nobody has said yet that it is."
    assert [each.reason for each in planned.findings] == [said, said]
    assert bring(store, coordinator, *file).new == 1
    assert bring(store, coordinator, *file, confirmed=[suggestion.key]).new == 2
    assert bring(store, coordinator, grant(4, recipient=CARERS)).new == 1
    assert len(held(store)) == 4


def test_nothing_comes_in_twice_and_a_newer_file_puts_an_amount_right(store: Store, coordinator: Viewer) -> None:
    first = (grant(1), grant(2))
    ref = bring(store, coordinator, *first).ref
    assert look(store, coordinator, *first).nothing_to_do
    with pytest.raises(RefusedError, match="brings nothing"):
        bring(store, coordinator, *first)
    newer = bring(store, coordinator, grant(2, amountAwarded=1500), grant(3))
    assert (newer.new, newer.changed) == (1, 1)
    assert sums(store)["360giving-all"] == {2024: Decimal(3500)}
    with store.reading() as session:
        replaced = session.exec(
            select(ReplacedMeasurement).join(Measurement).join(Indicator).where(Indicator.ref == "360giving-all")
        ).one()
        assert (replaced.value, replaced.reason) == (
            Decimal(2000),
            "The grants that are held have changed: a file was taken in, or taken back.",
        )
    with pytest.raises(RefusedError, match="brings nothing"):
        bring(store, coordinator, *first)
    assert look(store, coordinator, *first).findings[0].reason.startswith("Another file says something else")
    with store.reading() as session:
        imports = list_imports(session, viewer=coordinator)
        assert [(each.ref, each.rows_taken, each.rows_left, each.by) for each in imports] == [
            (newer.ref, 2, 0, "Kim Park"),
            (ref, 2, 0, "Kim Park"),
        ]


def test_a_file_that_comes_again_adds_what_it_could_not_bring_before(store: Store, coordinator: Viewer) -> None:
    file = (grant(1), grant(2, recipient={"id": "GB-CHC-2222222", "name": "Elmford Players"}))
    ref = bring(store, coordinator, *file).ref
    with store.writing() as session:
        factories.organisation(session, ref="GB-CHC-2222222", name="The Players of Elmford")
    again = bring(store, coordinator, *file)
    assert (again.ref, again.new, again.already, again.left) == (ref, 1, 1, 0)
    with store.reading() as session:
        assert read_findings(session, viewer=coordinator, ref=ref) == ()
        assert session.exec(select(func.count()).select_from(FileImport)).one() == 1


def test_an_import_is_taken_back_in_whatever_order(store: Store, coordinator: Viewer) -> None:
    one = bring(store, coordinator, grant(1), grant(2)).ref
    other = bring(store, coordinator, grant(2, amountAwarded=1500), grant(3, awardDate="2023-03-03")).ref
    for ref, left, money in (
        (one, ["360G-elm-2", "360G-elm-3"], {2023: Decimal(1000), 2024: Decimal(1500)}),
        (other, [], {}),
    ):
        with store.writing() as session:
            assert take_back(session, viewer=coordinator, ref=ref, reason=REASON) == "g.json"
        assert [identifier for identifier, _ in held(store)] == left
        assert sums(store).get("360giving-all", {}) == money
    with pytest.raises(RefusedError, match="taken back already"), store.writing() as session:
        take_back(session, viewer=coordinator, ref=one, reason=REASON)
    assert bring(store, coordinator, grant(1), grant(2)).new == 2
    with store.reading() as session:
        states = [(each.ref, each.taken_back_at is None) for each in list_imports(session, viewer=coordinator)]
        assert states[1:] == [(other, False), (one, False)]
        acts = session.exec(select(AuditEntry.act).where(col(AuditEntry.act).contains("import")))
        assert sorted(acts) == ["grants_imported"] * 3 + ["import_taken_back"] * 2


def test_taking_a_newer_file_back_puts_the_earlier_amount_back(store: Store, coordinator: Viewer) -> None:
    bring(store, coordinator, grant(1))
    newer = bring(store, coordinator, grant(1, amountAwarded=1500, awardDate="2023-03-03")).ref
    assert sums(store)["360giving-all"] == {2023: Decimal(1500)}
    with store.writing() as session:
        take_back(session, viewer=coordinator, ref=newer, reason=REASON)
    assert held(store) == [("360G-elm-1", Decimal(1000))]
    assert sums(store)["360giving-all"] == {2024: Decimal(1000)}


@one_database
def test_a_value_of_a_persons_own_stays_when_no_grant_is_left(store: Store, coordinator: Viewer) -> None:
    with store.writing() as session:
        wanted = fields(unit_kind="pounds", tolerance=Decimal(0))
        define_indicator(
            session, viewer=coordinator, ref="360giving-ours", organisation_id=None, fields=wanted, sheet=SHEET
        )
        report_measurement(session, viewer=coordinator, indicator_ref="360giving-ours", reported=reported(2024, "5"))
    ref = bring(store, coordinator, grant(1)).ref
    with store.writing() as session:
        take_back(session, viewer=coordinator, ref=ref, reason=REASON)
    assert sums(store) == {"360giving-ours": {2024: Decimal(5)}}


def test_grants_of_a_duplicate_belong_to_the_group_that_it_is(store: Store, coordinator: Viewer) -> None:
    with store.writing() as session:
        other = factories.organisation(session, ref="GB-CHC-3333333", name="Elmford Gardening")
        into = session.exec(select(Organisation.id).where(Organisation.ref == "GB-CHC-1000001")).one() or 0
    bring(store, coordinator, grant(1, recipient={"id": "GB-CHC-3333333", "name": "Elmford Gardening"}))
    with store.writing() as session:
        merge(session, viewer=coordinator, organisation_id=other, into_id=into, reason="One group, twice")
    bring(store, coordinator, grant(2, recipient={"id": "GB-CHC-3333333", "name": "Elmford Gardening"}))
    with store.reading() as session:
        assert session.exec(select(AwardedGrant.organisation_id).distinct()).all() == [into]


@one_database
def test_made_up_people_bring_grants_of_made_up_groups_and_others_of_real_ones(
    store: Store, coordinator: Viewer
) -> None:
    with store.writing() as session:
        account = factories.account(session, made_up=True)
        made_up = Viewer(account_id=account, grants=coordinator.grants)
        factories.organisation(session, ref="GB-CHC-4444444", name="Made-up gardeners", made_up=True)
    theirs = grant(9, recipient={"id": "GB-CHC-4444444", "name": "Made-up gardeners"})
    bring(store, made_up, theirs, grant(1))
    assert held(store) == [("360G-elm-9", Decimal(1000))]
    bring(store, coordinator, theirs, grant(1))
    assert set(sums(store)) == {
        f"{mark}360giving-{part}"
        for mark, size in (("", "under-10k"), ("made-up-", "not-known"))
        for part in ("all", "from-gb-chc-1111111", f"size-{size}")
    }
    with store.reading() as session:
        made = session.exec(select(Indicator.ref).where(Indicator.made_up)).all()
        assert all(ref.startswith("made-up-") for ref in made)
        sources = select(Measurement.source).join(Indicator).where(Indicator.made_up).distinct()
        assert session.exec(sources).one().endswith("(made up)")
        assert [row.made_up for row in session.exec(select(FileImport).order_by("id"))] == [True, False]


@one_database
def test_only_those_who_run_the_charter_bring_grants_and_take_them_back(store: Store, coordinator: Viewer) -> None:
    with store.writing() as session:
        partner = person(session, Role.PARTNER, factories.organisation(session))
        reviewer = person(session, Role.REVIEWER)
    ref = bring(store, OPERATOR, grant(1)).ref
    for viewer in (PUBLIC, partner, reviewer):
        with pytest.raises(NotAllowedError):
            look(store, viewer, grant(1))
        with pytest.raises(NotAllowedError):
            bring(store, viewer, grant(2))
        with pytest.raises(NotAllowedError), store.writing() as session:
            take_back(session, viewer=viewer, ref=ref, reason=REASON)
        with pytest.raises(NotAllowedError), store.reading() as session:
            read_findings(session, viewer=viewer, ref=ref)
    with pytest.raises(NotAllowedError), store.reading() as session:
        list_imports(session, viewer=reviewer)
    with store.reading() as session:
        assert list_imports(session, viewer=partner) == ()
        with pytest.raises(NotFoundError):
            read_findings(session, viewer=coordinator, ref="IM-NONE")
    for wrong, why in ((("IM-NONE", REASON), NotFoundError), ((ref, " "), FieldError)):
        with pytest.raises(why), store.writing() as session:
            take_back(session, viewer=coordinator, ref=wrong[0], reason=wrong[1])
    assert len(held(store)) == 1


def test_signs_that_no_database_takes_are_left_out_of_what_is_kept(store: Store, coordinator: Viewer) -> None:
    odd = "a\x00b\ud800c"
    ref = bring(store, coordinator, grant(1, title=odd, fromOpenCall=odd), grant(2, currency=odd) | {odd: 1}).ref
    with store.reading() as session:
        said = [each.reason for each in read_findings(session, viewer=coordinator, ref=ref)]
        assert session.exec(select(AwardedGrant.title)).one() == "abc"
    assert said == [
        "These are no part of the standard and were not read: “abc”.",
        "From An Open Call? says “abc”, where Yes or No is asked.",
        "Its amount is in “ABC”. Only pounds (GBP) can be added up.",
    ]


def test_the_name_of_a_file_is_shown_without_its_folder() -> None:
    assert file_brought({"C:\\Users\\kim\\../x/grants\n.json": b"1"}).name == "grants .json"
    assert file_brought({"b.zip": b"1", "a.zip": b"2"}).name == "a.zip, b.zip"
    assert file_brought({"b.zip": b"1", "a.zip": b"2"}).sha256 == file_brought({"x": b"2", "y": b"1"}).sha256


@one_database
def test_the_783_published_grants_come_in_for_the_groups_on_the_list(shared_data: Path, store: Store) -> None:
    content = (shared_data / "360giving" / "abct-grants-2013-2021.xlsx").read_bytes()
    read, file = read_grants(content, today=TODAY), file_brought({"abct.xlsx": content})
    with store.writing() as session:
        coordinator = person(session, Role.COORDINATOR)
        for ref in ("GB-CHC-1126147", "GB-CHC-277927"):
            name = next(each.recipient_name for each in read.grants if ref in each.recipients)
            factories.organisation(session, ref=ref, name=name)
    with store.reading() as session:
        planned = preview_grants(session, viewer=coordinator, read=read, file=file)
    with store.writing() as session:
        done = import_grants(session, viewer=coordinator, read=read, file=file)
    own = [each for each in read.grants if {"GB-CHC-1126147", "GB-CHC-277927"} & {*each.recipients}]
    assert (planned.rows, planned.new, planned.left) == (783, len(own), 783 - len(own))
    assert done.money == sum(each.amount for each in own) > 0
    assert sum(sums(store)["360giving-all"].values()) == done.money
