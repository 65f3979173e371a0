"""Files of the charity register's extract: which table each is, what is read of it, and what is refused."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from charter.organisations.names import normal_name
from charter.rules.refusals import FieldError
from charter.sources.register import LookedFor, Register, read_register
from charter.sources.register_tables import RegisterLimits
from charter.sources.tables import MB
from tests.register_files import area, charity, employees, table, volunteers

GARDENERS = "GB-CHC-1000001"
WANTED = LookedFor(frozenset({GARDENERS}), frozenset({normal_name("Elmford Carers")}))


def read(*contents: bytes, wanted: LookedFor = WANTED) -> Register:
    return read_register(contents, wanted=wanted)


def test_name_income_staff_and_volunteers_of_the_last_year_are_read() -> None:
    found = read(
        table(employees("1000001", "4")),
        table(volunteers("1000001", "20", latest="False"), volunteers("1000001", "25")),
        table(
            charity(), charity("1000009", "Somebody else"), charity(linked_charity_number="1", charity_name="A part")
        ),
    )
    assert (found.extracted_on, found.rows, found.findings) == (date(2026, 9, 7), 3, ())
    (one,) = found.charities
    assert (one.ref, one.number, one.name) == (GARDENERS, "1000001", "Elmford Gardeners")
    assert (one.income, one.accounts_end_on) == (Decimal(54321), date(2026, 3, 31))
    assert (one.employees, one.volunteers, one.removed_on) == (4, 25, None)


def test_a_charity_is_found_by_its_name_while_it_stands_and_by_its_number_when_it_closed() -> None:
    gone = {"charity_registration_status": "Removed", "date_of_removal": "2025-06-30 00:00:00.0000000"}
    found = read(
        table(charity("1000002", "ELMFORD CARERS"), charity("1000003", "Elmford Carers", **gone), charity(**gone))
    )
    assert {each.ref: each.removed_on for each in found.charities} == {
        "GB-CHC-1000002": None,
        GARDENERS: date(2025, 6, 30),
    }
    assert [each.reason for each in found.findings] == [
        "The files do not tell volunteers and paid staff: a table is missing."
    ]


def test_charities_of_an_area_are_found_and_a_missing_table_is_named() -> None:
    wanted = LookedFor(frozenset(), frozenset(), "elmford")
    charities = table(charity("1000004", "Elmford Players"), charity("1000005", "Other"))
    found = read(table(area("1000004"), area("1000005", "Ashby")), charities, wanted=wanted)
    assert [(each.ref, each.in_area) for each in found.charities] == [("GB-CHC-1000004", True)]
    found = read(charities, wanted=wanted)
    assert found.charities == ()
    assert found.findings[1].reason == "The files do not tell where charities work: a table is missing."


def test_cells_that_hold_no_number_or_a_line_that_breaks_off_are_left_empty() -> None:
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        whole = table(charity(charity_name="Tab\\\there", latest_income="about 5"))
        lines = zipfile.ZipFile(io.BytesIO(whole)).read("publicextract.txt").decode()
        archive.writestr("charity.txt", lines + "2026-09-07\t7")
    (one,) = read(broken.getvalue()).charities
    assert (one.name, one.income, one.employees, one.volunteers) == ("Tab\there", None, None, None)


def packed(**names: bytes) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(f"{name}.txt", content)
    return saved.getvalue()


REFUSED: dict[str, tuple[tuple[bytes, ...], str]] = {
    "a picture": ((b"<svg/>",), "no file of the charity register"),
    "a broken archive": ((b"PK\x03\x04rest",), "no file of the charity register"),
    "two files in one": ((packed(a=b"x", b=b"y"),), "no file of the charity register"),
    "an archive that unpacks to more than is taken": ((packed(a=b"0" * (101 * MB)),), "unpack to more than 100 MB"),
    "no table of charities": ((table(volunteers("1000001", "2")),), "table of charities is missing"),
    "one table twice": ((table(charity()), table(charity("1000002"))), "hold the same table"),
    "no day": ((table(charity(), day=""),), "of which day it is"),
}


@pytest.mark.parametrize(("contents", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_extract_is_refused_whole(contents: tuple[bytes, ...], why: str) -> None:
    with pytest.raises(FieldError, match=why):
        read(*contents)


@pytest.mark.parametrize("cut", range(0, 120, 7))
def test_a_packed_file_with_bytes_missing_is_refused_wherever_they_are(cut: int) -> None:
    whole = table(charity())
    with pytest.raises(FieldError, match="no file of the charity register"):
        read(whole[:cut] + whole[cut + 9 :])


def test_files_that_are_too_large_together_are_refused() -> None:
    with pytest.raises(FieldError, match="larger than 1 MB together"):
        read_register([b"x" * MB, b"y"], wanted=WANTED, limits=RegisterLimits(MB, MB))


def test_the_published_shape_is_read(shared_data: Path) -> None:
    contents = [path.read_bytes() for path in sorted((shared_data / "charity-register").glob("*.zip"))]
    refs = {"GB-CHC-207237", "GB-CHC-208791", "GB-CHC-203460"}
    found = read_register(contents, wanted=LookedFor(frozenset(refs), frozenset(), "Birmingham City"))
    assert (found.extracted_on, found.rows, found.findings) == (date(2023, 9, 7), 572, ())
    by_ref = {each.ref: each for each in found.charities}
    one = by_ref["GB-CHC-207237"]
    assert (one.name, one.income, one.employees, one.volunteers) == (
        "Raymond ton Children Society",
        Decimal(2_421_985),
        32,
        14,
    )
    assert by_ref.keys() >= refs
    assert sum(1 for each in found.charities if each.in_area) == 2
