"""Importing a list of organisations: every way in which a file can be wrong, and nothing half imported."""

import csv
import io
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from sqlmodel import select
from typer.testing import CliRunner

from charter.__main__ import app
from charter.rules.access import PUBLIC, Grant, Viewer
from charter.rules.refusals import FieldError, NotAllowedError, RefusedError
from charter.sources.organisations import Import, Stage, import_organisations, on_the_list, read_organisations
from charter.sources.tables import ROW_LIMIT, SIZE_LIMIT, read_table
from db.engine import Store
from db.models import AuditEntry, Organisation
from db.types import IncomeBand, OrganisationKind, Role
from tests import factories
from tests.store.databases import one_database

COORDINATOR = Viewer(account_id=1, grants=frozenset({Grant(Role.COORDINATOR)}))
HEADING = ("name", "kind", "income", "ward", "email", "phone", "org_id")
SECONDS = 20  # of the processor's time to read 10,000 rows: it takes about 5, and more where much else is done
SECONDS_HELD = 4  # of it while the store is held: it takes about half a second


def csv_of(*rows: tuple[object, ...], heading: tuple[str, ...] = HEADING) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([heading, *rows])
    return written.getvalue().encode()


def workbook_of(*rows: tuple[object, ...], heading: tuple[str, ...] = HEADING) -> bytes:
    book = openpyxl.Workbook()
    for row in (heading, *rows):
        book.active.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def read(store: Store, content: bytes) -> Import:
    with store.reading() as session:
        known = on_the_list(session, viewer=COORDINATOR)
    return read_organisations(content, known=known)


def bring(store: Store, content: bytes, *, leave_out: bool = False) -> Import:
    found = read(store, content)
    with store.writing() as session:
        return import_organisations(session, viewer=COORDINATOR, found=found, leave_out_lookalikes=leave_out)


def names(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.exec(select(Organisation.name).order_by(Organisation.name)))


def wrong(found: Import) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in found.problems]


@pytest.mark.parametrize(
    ("backend", "made"), [("sqlite", csv_of), ("sqlite", workbook_of), ("postgresql", csv_of)], indirect=["backend"]
)
def test_a_list_comes_in_with_every_column(store: Store, made: object) -> None:
    with store.writing() as session:
        ward = factories.ward(session, code="W1", name="Old Town")
    content = made(  # type: ignore[operator]
        ("Grays Gardeners", "community", "under_10k", "old town", "A@x.example", "01375 000000", "GB-CHC-1000000"),
        ("Chess Club", "Community groups", "", "W1", "", "", ""),
    )
    done = bring(store, content)
    assert (done.added, done.missing, done.not_used) == (2, (), ())
    with store.reading() as session:
        row = session.exec(select(Organisation).where(Organisation.ref == "GB-CHC-1000000")).one()
        assert (row.name, row.kind, row.income_band) == (
            "Grays Gardeners",
            OrganisationKind.COMMUNITY,
            IncomeBand.UNDER_10K,
        )
        assert (row.ward_id, row.email, row.phone) == (ward, "a@x.example", "01375 000000")
        other = session.exec(select(Organisation).where(Organisation.name == "Chess Club")).one()
        assert (other.ref[:4], other.email, other.income_band) == ("OWN-", None, IncomeBand.NOT_KNOWN)
        assert session.exec(select(AuditEntry.act)).one() == "organisations_imported"


@one_database
def test_a_missing_column_is_named_with_those_that_there_should_be(store: Store) -> None:
    (problem,) = read(store, csv_of(("Grays",), heading=("name",))).problems
    assert "The column kind is missing" in str(problem)
    assert "name, kind, income, ward, email, phone and org_id" in str(problem)


@one_database
def test_an_unknown_code_is_said_by_row_and_column_with_what_is_allowed(store: Store) -> None:
    with store.writing() as session:
        factories.ward(session, code="W1", name="Old Town")
    found = read(
        store,
        csv_of(
            ("One", "charity", "", "", "", "", ""),
            ("Two", "faith", "rich", "", "", "", ""),
            ("Three", "faith", "", "Atlantis", "", "", ""),
            ("Four", "faith", "", "", "nobody", "", ""),
            ("Five", "faith", "", "", "", "", "GB-CHC-1"),
            ("", "faith", "", "", "x@x.example", "", ""),
        ),
    )
    assert wrong(found) == [(2, "kind"), (3, "income"), (4, "ward"), (5, "email"), (6, "org_id"), (7, "name")]
    assert "“charity” is not one of council, nhs" in found.problems[0].message
    assert "under_10k" in found.problems[1].message
    assert "old town" in found.problems[2].message


def test_nothing_is_half_imported(store: Store) -> None:
    content = csv_of(("Good", "faith", "", "", "", "", ""), ("Bad", "nonsense", "", "", "", "", ""))
    with pytest.raises(FieldError, match=r"Row 3, column kind.*Nothing was added"):
        bring(store, content)
    assert names(store) == []


@one_database
def test_a_row_that_is_in_the_file_twice_is_refused_with_both_rows(store: Store) -> None:
    found = read(
        store,
        csv_of(
            ("Chess Club", "community", "", "", "", "", "GB-CHC-1000000"),
            ("CHESS CLUB", "community", "", "", "", "", ""),
            ("Tea Club", "community", "", "", "", "", "gb-chc-1000000"),
        ),
    )
    assert wrong(found) == [(3, "name"), (4, "org_id")]
    assert "in row 2 already" in found.problems[0].message


def test_who_is_on_the_list_already_is_not_added_again_and_lookalikes_are_pointed_out(store: Store) -> None:
    with store.writing() as session:
        factories.organisation(session, ref="GB-CHC-1000000", name="Grays Gardeners")
        factories.organisation(session, name="Chess Club")
    content = csv_of(
        ("Renamed", "community", "", "", "", "", "GB-CHC-1000000"),
        ("chess club", "community", "", "", "", "", ""),
        ("The Grays Gardner's CIC", "community", "", "", "", "", ""),
        ("Tilbury Tap Dancers", "community", "", "", "", "", ""),
        ("Tilbury Tap Dancer", "community", "", "", "", "", ""),
        ("Walking Group", "community", "", "", "", "", ""),
    )
    found = read(store, content)
    assert [(one.row, one.other) for one in found.already] == [(2, "Grays Gardeners"), (3, "Chess Club")]
    assert [(one.row, one.other) for one in found.lookalikes] == [
        (4, "Grays Gardeners"),
        (6, "Tilbury Tap Dancers (row 5)"),
    ]
    assert names(store) == ["Chess Club", "Grays Gardeners"], "a dry run changes nothing"
    assert bring(store, content, leave_out=True).added == 2
    assert bring(store, content).added == 2
    assert bring(store, content).added == 0, "a second time nothing is new"


@one_database
@pytest.mark.parametrize("made", [csv_of, workbook_of])
def test_a_formula_comes_in_as_plain_text(store: Store, made: object) -> None:
    bring(store, made(("=1+1", "faith", "", "", "", "", ""), ("+cmd|' /C'!A0", "faith", "", "", "", "", "")))  # type: ignore[operator]
    assert set(names(store)) == {"=1+1", "+cmd|' /C'!A0"}


def test_numbers_days_and_empty_rows_of_a_workbook_are_read_as_they_are_shown() -> None:
    table = read_table(workbook_of((2024, 1.5), (None, None), (1375000000.0, True), heading=("Name", "Org-ID")))
    assert table.headings == ("name", "org_id")
    assert [(row.number, *row.cells.values()) for row in table.rows] == [
        (2, "1.5", "2024"),
        (4, "True", "1375000000"),
    ]


NO_LISTS = (
    b"PK\x03\x04 not really",
    b"\x89PNG\r\n\x1a\n\x00\x00",
    b"\xd0\xcf\x11\xe0old",
    b"name,kind\n\x81\x8d\xff\xfe",
    b"",
    b"\n\n,,\n",
    b'name,kind\n"' + b"x" * 200_000,
)


@one_database
def test_what_is_no_workbook_is_refused_in_words(store: Store) -> None:
    for content in NO_LISTS:
        with pytest.raises(RefusedError) as refused:
            read(store, content)
        assert "Traceback" not in str(refused.value)
        assert str(refused.value).endswith(".")


@one_database
def test_a_packed_file_that_is_no_workbook_or_unpacks_to_too_much_is_refused(store: Store) -> None:
    for name, size in (("letter.txt", 10), ("xl/workbook.xml", 101 * 1024 * 1024)):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, b"0" * size)
        with pytest.raises(FieldError):
            read(store, packed.getvalue())


@one_database
def test_a_file_that_is_too_large_is_refused(store: Store) -> None:
    with pytest.raises(FieldError, match="larger than 5 MB"):
        read(store, b"x" * (SIZE_LIMIT + 1))
    with pytest.raises(FieldError, match="more than 10,000 rows"):
        read(store, csv_of(*((f"G{number}", "faith") for number in range(ROW_LIMIT + 1)), heading=("name", "kind")))


@one_database
def test_semicolons_and_the_letters_of_windows_are_read(store: Store) -> None:
    bring(store, "Name;Kind\nCafé “Noël”;faith\n".encode("cp1252"))
    assert names(store) == ["Café “Noël”"]


@one_database
def test_ten_thousand_rows_come_in_at_once_with_the_store_held_for_a_moment_only(store: Store) -> None:
    rows = ((f"Group {number * 7919 % 99991} of {number:05}", "community") for number in range(ROW_LIMIT))
    content = csv_of(*rows, heading=("name", "kind"))
    told: list[tuple[Stage, int, int]] = []
    begun = time.process_time()
    with store.reading() as session:
        known = on_the_list(session, viewer=COORDINATOR)
    found = read_organisations(content, known=known, progress=lambda *said: told.append(said))
    assert time.process_time() - begun < SECONDS
    # It is said how far it is: row n of N, first while reading, then while comparing.
    assert told[:2] == [(Stage.READING, 0, ROW_LIMIT), (Stage.READING, 250, ROW_LIMIT)]
    assert told[-1] == (Stage.COMPARING, ROW_LIMIT, ROW_LIMIT)
    assert told == sorted(told, key=lambda said: (said[0] is Stage.COMPARING, said[1]))
    begun = time.process_time()
    with store.writing() as session:
        assert import_organisations(session, viewer=COORDINATOR, found=found).added == ROW_LIMIT
    assert time.process_time() - begun < SECONDS_HELD
    assert len(names(store)) == ROW_LIMIT


def test_whoever_came_on_the_list_since_the_file_was_read_is_not_added_again(store: Store) -> None:
    found = read(store, csv_of(("Chess Club", "faith"), ("Tea Club", "faith"), heading=("name", "kind")))
    with store.writing() as session:
        factories.organisation(session, name="chess club")
    with store.writing() as session:
        done = import_organisations(session, viewer=COORDINATOR, found=found)
    assert (done.added, [one.name for one in done.already]) == (1, ["Chess Club"])
    assert names(store) == ["Tea Club", "chess club"]


@one_database
def test_only_the_coordinator_brings_a_list(store: Store) -> None:
    for viewer in (PUBLIC, *(Viewer(grants=frozenset({Grant(role)})) for role in Role if role != "coordinator")):
        with store.writing() as session, pytest.raises(NotAllowedError):
            import_organisations(session, viewer=viewer, found=Import())
        with store.reading() as session, pytest.raises(NotAllowedError):
            on_the_list(session, viewer=viewer)


@one_database
def test_the_command_says_what_it_would_do_and_then_does_it(site_store: Store, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(csv_of(("Chess Club", "community", "", "", "", "", ""), ("The Chess Clubs", "faith")))
    dry = CliRunner().invoke(app, ["organisation", "import", str(file), "--dry-run"])
    assert "It would add 2 organisations. Nothing was added." in dry.stdout
    assert "Row 3, The Chess Clubs, looks like Chess Club (row 2)." in dry.stdout
    assert names(site_store) == []
    done = CliRunner().invoke(app, ["organisation", "import", str(file), "--leave-out-lookalikes"])
    assert "Added: 1 organisations." in done.stdout
    assert names(site_store) == ["Chess Club"]
    file.write_bytes(csv_of(("Tea Club", "tea", "", "", "", "", "")))
    failed = CliRunner().invoke(app, ["organisation", "import", str(file)])
    assert isinstance(failed.exception, RefusedError)
    assert "Row 2, column kind: “tea” is not one of" in failed.stdout
    assert names(site_store) == ["Chess Club"]
