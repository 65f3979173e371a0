"""The list of organisations: added, changed, searched, and names that are nearly the same."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from charter import clock
from charter.organisations.fields import Fields, checked
from charter.organisations.keeping import add_organisation, edit_organisation, fields_of
from charter.organisations.listing import Order, Standing, Wanted, find_organisation, list_organisations
from charter.organisations.lookalikes import find_lookalikes, pairs_alike
from charter.organisations.names import normal_name
from charter.rules.access import OPERATOR, PUBLIC, Grant, Viewer
from charter.rules.refusals import EditedElsewhereError, FieldError, NotAllowedError, NotFoundError, RefusedError
from db.engine import Store
from db.models import AuditDetail, AuditEntry, EarlyAccess, Organisation
from db.types import IncomeBand, OrganisationKind, PeriodState, Role
from tests import factories
from tests.store.databases import one_database

GROUP = Fields(name="Grays Gardeners", kind=OrganisationKind.COMMUNITY)
COORDINATOR = Viewer(account_id=1, grants=frozenset({Grant(Role.COORDINATOR)}))


def add(session: Session, name: str = GROUP.name, **more: object) -> int:
    ref = add_organisation(session, viewer=COORDINATOR, typed=replace(GROUP, name=name, **more))  # type: ignore[arg-type]
    return session.exec(select(Organisation.id).where(Organisation.ref == ref)).one() or 0


def edit(session: Session, key: int, seen: Fields, **changes: object) -> str:
    typed = replace(seen, **changes)  # type: ignore[arg-type]
    return edit_organisation(session, viewer=COORDINATOR, organisation_id=key, seen=seen, typed=typed)


def test_one_is_added_with_every_field_and_the_log_says_so_without_its_contacts(store: Store) -> None:
    with store.writing() as session:
        ward, umbrella = factories.ward(session), add(session, "Umbrella")
        typed = Fields(
            name="  Grays   Gardeners ",
            kind=OrganisationKind.COMMUNITY,
            ref="gb-chc-1000000",
            income_band=IncomeBand.UNDER_10K,
            ward_id=ward,
            part_of_id=umbrella,
            email=" Hello@Grays.example ",
            phone="01375 000000",
            starts_on=date(1998, 5, 1),
        )
        assert add_organisation(session, viewer=COORDINATOR, typed=typed) == "GB-CHC-1000000"
    with store.reading() as session:
        row = session.exec(select(Organisation).where(Organisation.ref == "GB-CHC-1000000")).one()
        wanted = replace(typed, name="Grays Gardeners", ref="GB-CHC-1000000", email="hello@grays.example")
        assert fields_of(row) == wanted
        entry = session.exec(select(AuditEntry).where(AuditEntry.subject == "organisation GB-CHC-1000000")).one()
        detail = session.get_one(AuditDetail, entry.number).detail
        assert entry.act == "organisation_added"
    assert "grays.example" not in detail
    assert "01375" not in detail


@one_database
def test_one_without_a_number_gets_a_reference_of_ours(store: Store) -> None:
    with store.writing() as session:
        add(session)
        assert session.exec(select(Organisation.ref)).one().startswith("OWN-")


WRONG: list[tuple[str, dict[str, object]]] = [
    ("name", {"name": "  "}),
    ("name", {"name": "x" * 201}),
    ("ref", {"ref": "GB-CHC-12"}),
    ("ref", {"ref": "GB-COH-1"}),
    ("ref", {"ref": "GB-LAE-thurrock"}),
    ("ref", {"ref": "no/slash"}),
    ("ref", {"ref": "X" * 41}),
    ("email", {"email": "nobody"}),
    ("phone", {"phone": "ring me"}),
    ("phone", {"phone": "12"}),
    ("ends_on", {"starts_on": date(2020, 1, 2), "ends_on": date(2020, 1, 1)}),
    ("ward_id", {"ward_id": 99}),
    ("part_of_id", {"part_of_id": 99}),
]


@one_database
def test_a_field_that_cannot_be_taken_is_named_and_nothing_is_added(store: Store) -> None:
    with store.writing() as session:
        first = add(session, "First")
        for field, typed in [*WRONG, ("ends_on", {"successor_id": first})]:
            with pytest.raises(FieldError) as refused:
                add_organisation(session, viewer=COORDINATOR, typed=replace(GROUP, **typed))  # type: ignore[arg-type]
            assert refused.value.field == field, typed
        assert len(session.exec(select(Organisation)).all()) == 1


@pytest.mark.parametrize(
    "ref",
    ["GB-CHC-1000000", "GB-CHC-200000-1", "GB-COH-01234567", "GB-COH-IP123456", "GB-LAE-THR", "XI-EIN-1", "MINE-7"],
)
def test_a_reference_of_a_register_is_taken(ref: str) -> None:
    assert checked(replace(GROUP, ref=ref.lower())).ref == ref


@one_database
def test_a_reference_that_another_has_is_refused_with_its_name(store: Store) -> None:
    with store.writing() as session:
        add(session, "The first", ref="GB-CHC-1000000")
        with pytest.raises(FieldError, match="The first has this reference already"):
            add(session, "The second", ref="GB-CHC-1000000")


def test_a_change_is_saved_and_the_log_holds_before_and_after(store: Store) -> None:
    with store.writing() as session:
        key = add(session, ref="MINE-1")
        edit(session, key, replace(GROUP, ref="MINE-1"), name="Grays Growers", email="new@grays.example")
    with store.reading() as session:
        assert session.get_one(Organisation, key).name == "Grays Growers"
        entry = session.exec(select(AuditEntry).where(AuditEntry.act == "organisation_edited")).one()
        detail = session.get_one(AuditDetail, entry.number).detail
    assert '"name": ["Grays Gardeners", "Grays Growers"]' in detail
    assert '"email": "changed"' in detail
    assert "new@grays" not in detail


def test_of_two_who_change_one_the_second_is_told_and_the_first_change_stays(store: Store) -> None:
    with store.writing() as session:
        key = add(session, ref="MINE-1")
    seen = replace(GROUP, ref="MINE-1")
    with store.writing() as session:
        edit(session, key, seen, phone="01375 000000")
    with pytest.raises(EditedElsewhereError, match="Somebody else changed"), store.writing() as session:
        edit(session, key, seen, name="Another name")
    with store.reading() as session:
        row = session.get_one(Organisation, key)
        assert (row.name, row.phone) == ("Grays Gardeners", "01375 000000")


@one_database
def test_a_group_stays_in_its_kind_and_income_while_figures_that_count_it_are_shown(store: Store) -> None:
    with store.writing() as session:
        key = add(session, ref="MINE-1")
        period = factories.period(session, state=PeriodState.CLOSED)
        factories.invitation(session, period_id=period, organisation_id=key)
        factories.add(session, EarlyAccess, {"period_id": period})
    seen = replace(GROUP, ref="MINE-1")
    with pytest.raises(RefusedError, match="were shown to people"), store.writing() as session:
        edit(session, key, seen, income_band=IncomeBand.OVER_100K)
    with store.writing() as session:
        edit(session, key, seen, phone="01375 000000")
        row = session.get_one(Organisation, key)
        assert (row.income_band, row.phone) == (GROUP.income_band, "01375 000000")


@one_database
def test_nothing_is_a_part_of_itself_through_others(store: Store) -> None:
    with store.writing() as session:
        top = add(session, "Top", ref="TOP")
        middle = add(session, "Middle", part_of_id=top)
        bottom = add(session, "Bottom", part_of_id=middle)
        with pytest.raises(FieldError, match="itself a part of this one"):
            edit(session, top, replace(GROUP, name="Top", ref="TOP"), part_of_id=bottom)


def test_a_body_ends_with_a_successor(store: Store) -> None:
    with store.writing() as session:
        old, new = add(session, "Old council", ref="OLD"), add(session, "New council")
        yesterday = clock.today() - timedelta(days=1)
        edit(session, old, replace(GROUP, name="Old council", ref="OLD"), ends_on=yesterday, successor_id=new)
        assert session.get_one(Organisation, old).successor_id == new
        names = [one.name for one in list_organisations(session, viewer=COORDINATOR, wanted=Wanted()).rows]
        assert names == ["New council"]
        ended = list_organisations(session, viewer=COORDINATOR, wanted=Wanted(standing=Standing.ENDED)).rows
        assert [one.name for one in ended] == ["Old council"]


def test_the_list_is_searched_filtered_put_in_order_and_paged(store: Store) -> None:
    with store.writing() as session:
        ward = factories.ward(session, name="Old Town")
        for number in range(30):
            add(session, f"Group {number:02}", email=f"g{number}@x.example" if number % 2 else "")
        add(session, "Percent 100% choir", kind=OrganisationKind.FAITH, ward_id=ward)

        def found(page: int = 1, **wanted: object) -> list[str]:
            asked = Wanted(**wanted)  # type: ignore[arg-type]
            return [each.name for each in list_organisations(session, viewer=OPERATOR, wanted=asked, page=page).rows]

        assert found(search="100% CHOIR") == ["Percent 100% choir"]
        assert found(search="g7@x") == ["Group 07"]
        assert found(kind=OrganisationKind.FAITH) == found(ward_id=ward) == ["Percent 100% choir"]
        assert len(found(standing=Standing.NO_EMAIL)) == 16
        assert found(order=Order.NEWEST)[0] == "Percent 100% choir"
        assert found()[:2] == ["Group 00", "Group 01"]
        assert found(page=2) == [*(f"Group {number}" for number in range(25, 30)), "Percent 100% choir"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Grays Gardeners", "Grays Gardeners Ltd."),
        ("Grays Gardeners C.I.C.", "grays  gardeners"),
        ("St. Mary’s & Friends", "Friends and Saint Marys"),
        ("Café Ensemble", "Cafe Ensemble"),
    ],
)
def test_small_words_marks_accents_and_order_do_not_count(one: str, other: str) -> None:
    assert normal_name(one) == normal_name(other)


def test_nearly_the_same_names_are_pointed_out_and_neighbours_are_not(store: Store) -> None:
    names = ("Grays Gardeners", "The Grays Gardners CIC", "1st Grays Scouts", "2nd Grays Scouts", "!!!", "???")
    with store.writing() as session:
        for name in (*names, "East Tilbury Choir", "West Tilbury Choir"):
            add(session, name)
        pairs = pairs_alike(session, viewer=COORDINATOR)
        assert [{one.name, other.name} for one, other in pairs] == [{"Grays Gardeners", "The Grays Gardners CIC"}]
        alike = find_lookalikes(session, viewer=COORDINATOR, name="Grays gardener")
        assert {one.name for one in alike} == {"Grays Gardeners", "The Grays Gardners CIC"}
        assert find_lookalikes(session, viewer=COORDINATOR, name="  ") == ()


NOBODY = [PUBLIC, *(Viewer(account_id=1, grants=frozenset({Grant(role)})) for role in Role if role != "coordinator")]


@one_database
def test_only_the_coordinator_and_the_operator_keep_the_list(store: Store) -> None:
    with store.writing() as session:
        key = add(session)
        for viewer in NOBODY:
            with pytest.raises(NotAllowedError):
                add_organisation(session, viewer=viewer, typed=GROUP)
            with pytest.raises(NotAllowedError):
                edit_organisation(session, viewer=viewer, organisation_id=key, seen=GROUP, typed=GROUP)
            with pytest.raises(NotAllowedError):
                list_organisations(session, viewer=viewer, wanted=Wanted())
            with pytest.raises(NotAllowedError):
                find_organisation(session, viewer=viewer, ref="X")
            with pytest.raises(NotAllowedError):
                pairs_alike(session, viewer=viewer)


@one_database
def test_an_unknown_one_is_said_to_be_unknown(store: Store) -> None:
    with store.writing() as session:
        with pytest.raises(NotFoundError, match="no organisation NOWHERE"):
            find_organisation(session, viewer=COORDINATOR, ref="NOWHERE")
        with pytest.raises(NotFoundError):
            edit(session, 99, GROUP)
