"""Files of grants: every shape in which they come, every way in which a row can be wrong, and what is said of it."""

import io
import json
import time
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from charter.rules.refusals import FieldError
from charter.sources.grant_fields import GRANT, OBJECTS, ORGANISATION_REQUIRED, REQUIRED, Field, Holds
from charter.sources.grant_lines import read_lines
from charter.sources.grants import GrantFile, read_grants
from charter.sources.org_ids import charity_id, company_id, org_id
from charter.sources.row_findings import Finding
from charter.sources.tables import BY_COMMAND, MB, Limits
from tests.grant_files import FUNDER, HEADINGS, as_csv, as_json, as_workbook, grant, row

TODAY = date(2026, 11, 22)
SECONDS = 20  # of the processor's time to read 50 MB of JSON: it takes about 1


def read(content: bytes, **more: Any) -> GrantFile:  # noqa: ANN401
    return read_grants(content, today=TODAY, **more)


def said(found: GrantFile) -> list[str]:
    return [f"{'left: ' if each.left else ''}{each.reason}" for each in found.findings]


@pytest.mark.parametrize(
    "content",
    [as_json(grant()), as_workbook(row()), as_csv(row()), as_workbook(row(), before="Meta")],
    ids=["json", "workbook", "csv", "workbook with a sheet about itself before"],
)
def test_a_grant_is_read_alike_from_every_kind_of_file(content: bytes) -> None:
    (found,) = read(content).grants
    assert (found.identifier, found.amount, found.awarded_on) == ("360G-elm-1", Decimal(1000), date(2024, 5, 1))
    assert (found.recipients, found.recipient_name) == (("GB-CHC-1000001",), "Elmford Gardeners")
    assert (found.funder_ref, found.funder_name) == (FUNDER["id"], FUNDER["name"])
    assert read(content).findings == ()


@pytest.mark.parametrize(
    "heading",
    ["recipient org : name", "Recipient Org:0:Name", "recipientOrganization/0/name", "RECIPIENT_ORG:NAME"],
)
def test_headings_are_known_however_they_are_written(heading: str) -> None:
    headings = [heading if each == "Recipient Org:Name" else each for each in HEADINGS]
    (found,) = read(as_csv(row(), headings=headings)).grants
    assert found.recipient_name == "Elmford Gardeners"


def test_headings_that_mean_nothing_are_named_and_of_two_for_one_field_the_first_counts() -> None:
    headings = (*HEADINGS, "Our own notes", "Recipient Org:Name")
    found = read(as_csv((*row(), "a note", "Another name"), headings=headings))
    assert said(found) == ["These are no part of the standard and were not read: “our_own_notes”."]
    assert found.grants[0].recipient_name == "Elmford Gardeners"
    found = read(as_json(grant() | {"shoeSize": 44}))
    assert said(found) == ["These are no part of the standard and were not read: “shoeSize”."]


def test_a_file_as_wide_as_the_standard_is_read_to_its_last_column() -> None:
    more = tuple(f"Note {number}" for number in range(100))
    found = read(as_workbook((*more, *row()), headings=(*more, *HEADINGS)))
    assert [each.identifier for each in found.grants] == ["360G-elm-1"]


LEFT: dict[str, tuple[dict[str, Any], str]] = {
    "no identifier": ({"id": None}, "It has no identifier, so that nobody could tell whether it was taken in before."),
    "a negative amount": (
        {"amountAwarded": -250},
        "Its amount is below zero: “-250”. Money that went back is not added up here.",
    ),
    "no amount": ({"amountAwarded": None}, "It has no amount."),
    "text in the amount": ({"amountAwarded": "about 500"}, "Its amount says “about 500”, which is no number."),
    "a formula": ({"amountAwarded": "=1+1"}, "Its amount is a formula. Put the number itself in the cell."),
    "an endless amount": ({"amountAwarded": 1e300}, "Its amount says “1E+300”, which cannot be a sum of money."),
    "truth as an amount": ({"amountAwarded": True}, "Its amount says “True”, which is no number."),
    "another currency": ({"currency": "EUR"}, "Its amount is in “EUR”. Only pounds (GBP) can be added up."),
    "an unknown currency": ({"currency": "ZZZ"}, "Its amount is in “ZZZ”. Only pounds (GBP) can be added up."),
    "no currency": (
        {"currency": None},
        "Its amount is in no currency that is named. Only pounds (GBP) can be added up.",
    ),
    "a date in words": ({"awardDate": "last spring"}, "Its award date says “last spring”, which is no day."),
    "no such day": ({"awardDate": "2023-02-30"}, "Its award date says “2023-02-30”, which is no day."),
    "a day to come": (
        {"awardDate": "2027-01-01"},
        "Its award date, 2027-01-01, is still to come or very long ago. Please check the year.",
    ),
    "a person": (
        {"recipientOrganization": None, "recipientIndividual": {"id": "p1", "name": "A person"}},
        "It went to a person. Nothing about persons is taken in.",
    ),
    "no recipient": ({"recipientOrganization": []}, "It names no recipient."),
    "several recipients": (
        {"recipientOrganization": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]},
        "It names 2 recipients, and nobody can tell how they shared the money.",
    ),
    "a formula for the funder": (
        {"fundingOrganization": [{"id": "GB-CHC-1111111", "name": "=A1"}]},
        "Its funder is a formula. Put the name or the number itself in the cell.",
    ),
    "no funder": ({"fundingOrganization": [{}]}, "It does not say who gave the money."),
}


@pytest.mark.parametrize(("more", "reason"), LEFT.values(), ids=LEFT)
def test_a_row_that_cannot_be_added_up_is_left_with_the_reason(more: dict[str, Any], reason: str) -> None:
    found = read(as_json(grant(1), grant(2, **more)))
    assert [each.identifier for each in found.grants] == ["360G-elm-1"]
    assert [each for each in found.findings if each.left] == [Finding("Grant 2", reason, left=True)]


def test_a_formula_in_a_workbook_is_left_and_what_it_once_came_to_is_not_looked_at() -> None:
    cells: dict[str, Any] = {"Amount Awarded": "=SUM(1,2)", "Recipient Org:Name": '=HYPERLINK("x")'}
    found = read(as_workbook(row(1, **cells), row(2, **{"Recipient Org:Name": "=1+1"})))
    assert said(found) == [
        "left: Its amount is a formula. Put the number itself in the cell.",
        "Recipient Org: Name says “=1+1”, where text is asked.",
    ]


def test_what_is_no_grant_and_what_stands_there_twice_is_left() -> None:
    found = read(as_json(grant(1), "a word", grant(1)))
    assert len(found.grants) == 1
    assert said(found) == ["left: This is no grant.", "left: This grant stands in the file already: Grant 1."]


def test_a_row_with_another_mistake_is_taken_with_a_warning() -> None:
    found = read(
        as_json(
            grant(1, fromOpenCall="Y"),
            grant(2, description=None),
            grant(3, recipient={"id": "GB-COH-1234567", "name": "Elmford Hall"}),
            grant(4, amountAwarded=0),
            grant(5, fundingOrganization=[FUNDER, {"id": "x", "name": "Y"}]),
            grant(6, plannedDates=[{"duration": "long"}]),
        )
    )
    assert len(found.grants) == 6
    assert said(found) == [
        "From An Open Call? says “Y”, where Yes or No is asked.",
        "It has no description, which the standard asks for.",
        "GB-COH-01234567 had lost its first zero.",
        "It has an amount of 0: “Grant 4”.",
        "It names several funders. It counts for the first, The Elmford Fund.",
        "Planned Dates: Duration (months) says “long”, where a number is asked.",
    ]
    assert found.grants[2].recipients == ("GB-COH-01234567",)


def test_numbers_and_days_are_read_as_people_type_them() -> None:
    cells: dict[str, Any] = {"Amount Awarded": '"£12,500.50"', "Award Date": "26/01/2021"}
    (found,) = read(as_csv(row(**cells))).grants
    assert (found.amount, found.awarded_on) == (Decimal("12500.50"), date(2021, 1, 26))


def test_a_register_number_that_lost_its_zero_gets_it_back() -> None:
    assert org_id(" gb-chc-1000001 ").ref == "GB-CHC-1000001"
    assert (org_id("GB-CHC-12345").ref, org_id("GB-CHC-12345").mended) == ("GB-CHC-012345", True)
    assert (org_id("GB-CHC-0203460").ref, org_id("GB-CHC-203460").mended) == ("GB-CHC-203460", False)
    assert (company_id("SC12345X").ref, company_id("7654321").ref) == ("GB-COH-SC12345X", "GB-COH-07654321")
    assert (charity_id("SC012345").ref, charity_id("none").ref) == ("GB-SC-SC012345", "")


def packed(size: int) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * size)
    return saved.getvalue()


REFUSED = {
    "an executable named .pdf": (b"MZ\x90\x00\x03\x00\x00\x00", "not a workbook or a CSV file"),
    "a picture with a script": (b"<svg onload='alert(1)'><script/></svg>", "no file of grants"),
    "a workbook that unpacks to more than is taken": (packed(101 * MB), "unpacks to more than 100 MB"),
    "an old workbook": (b"\xd0\xcf\x11\xe0rest", "old kind of workbook"),
    "JSON that breaks off": (b'{"grants": [{"id": 1', "breaks off or has a mistake"),
    "JSON nested without end": (b"[" * 100_000, "breaks off or has a mistake"),
    "JSON of something else": (b'{"people": []}', "no file of grants"),
    "a list without grants": (b'{"grants": []}', "no file of grants"),
    "a spreadsheet of something else": (b"name,kind\nElmford Gardeners,community", "no file of grants"),
    "nothing": (b"", "The file is empty"),
    "more than 5 MB": (b"[" + b" " * (5 * MB) + b"]", "larger than 5 MB"),
}


@pytest.mark.parametrize(("content", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_file_of_grants_is_refused_whole(content: bytes, why: str) -> None:
    with pytest.raises(FieldError, match=why):
        read(content)


def test_fifty_megabytes_of_json_are_read_by_command_and_not_on_the_page() -> None:
    one = json.dumps(grant(1, description="x" * 100_000))
    grants = ",".join(one.replace("360G-elm-1", f"360G-elm-{number}") for number in range(530))
    content = f'{{"grants": [{grants}]}}'.encode()
    assert len(content) > 50 * MB
    before = time.process_time()
    found = read(content, limits=BY_COMMAND)
    assert len(found.grants) == 530
    assert time.process_time() - before < SECONDS
    with pytest.raises(FieldError, match="larger than 5 MB"):
        read(content)


def test_more_rows_than_are_taken_are_refused() -> None:
    few = Limits(rows=2)
    for content in (as_json(*map(grant, range(3))), as_csv(*map(row, range(3)))):
        with pytest.raises(FieldError, match="more than 2"):
            read_lines(content, limits=few)


# What a field of ours holds, by what the published schema says of it.
def holds(told: dict[str, Any]) -> Holds:
    if told.get("$ref", "").endswith("/currency"):
        return Holds.CURRENCY
    if "$ref" in told or told["type"] == "object":
        return Holds.ONE
    if told["type"] == "array":
        return Holds.MANY if "$ref" in told["items"] else Holds.TEXTS
    if told.get("enum") == ["Yes", "No"]:
        return Holds.YES_OR_NO
    if "oneOf" in told:
        return Holds.DAY if len(told["oneOf"]) == 2 else Holds.DAY_OR_MONTH
    number = {"format": "number"} if "number" in told["type"] else {}
    told = told | number
    return {"number": Holds.NUMBER, "date-time": Holds.MOMENT, "uri": Holds.ADDRESS}.get(
        told.get("format", ""), Holds.TEXT
    )


def of(told: dict[str, Any]) -> str:
    pointed = told.get("$ref", "") or told.get("items", {}).get("$ref", "")
    if told.get("type") == "object":
        return "Reasons"
    return "" if pointed.endswith("/currency") else pointed.rpartition("/")[2]


def test_our_model_of_the_fields_is_that_of_the_published_schema(shared_data: Path) -> None:
    schema = json.loads((shared_data / "360giving" / "360-giving-schema.json").read_text())
    published = {name: told["properties"] for name, told in schema["$defs"].items() if "properties" in told}
    published["Reasons"] = schema["properties"]["toIndividualsDetails"]["properties"]
    published["a grant"] = schema["properties"]
    ours = {**OBJECTS, "a grant": GRANT}
    assert ours.keys() == published.keys()
    for name, fields in ours.items():
        expected = {
            Field(
                each,
                "Currency" if each == "currency" else told.get("title", ""),
                holds(told),
                of(told),
            )
            for each, told in published[name].items()
        }
        assert set(fields) == expected
    asked = [set(way["required"]) for way in schema["oneOf"]]
    assert set.intersection(*asked) == REQUIRED
    assert schema["$defs"]["Organization"]["required"] == sorted(ORGANISATION_REQUIRED)
    assert "GBP" in schema["$defs"]["currency"]["enum"]
    assert len(schema["$defs"]["currency"]["enum"]) > 200


def test_the_headings_of_the_published_template_are_known(shared_data: Path) -> None:
    content = (shared_data / "360giving" / "360-giving-template-with-meta-2023.xlsx").read_bytes()
    lines, findings = read_lines(content)
    assert (lines, findings) == ((), ())


def test_the_783_grants_of_a_published_file_are_read(shared_data: Path) -> None:
    found = read((shared_data / "360giving" / "abct-grants-2013-2021.xlsx").read_bytes())
    assert (found.rows, len(found.grants)) == (783, 783)
    assert sum(each.amount for each in found.grants) == Decimal(12_785_625)
    assert len({each.recipients[0] for each in found.grants}) == 322
    by_year = {year: sum(1 for each in found.grants if each.awarded_on.year == year) for year in range(2013, 2022)}
    assert list(by_year.values()) == [59, 66, 79, 79, 86, 97, 127, 160, 30]
    assert [each.left for each in found.findings] == [False]


def test_four_of_the_seven_grants_of_the_published_extract_are_named_for_a_y(shared_data: Path) -> None:
    found = read((shared_data / "360giving" / "thurrock-grants-extract.json").read_bytes())
    assert (found.rows, len(found.grants)) == (7, 7)
    assert sum(each.amount for each in found.grants) == Decimal("144901.46")
    y = [
        each.place for each in found.findings if each.reason == "From An Open Call? says “Y”, where Yes or No is asked."
    ]
    assert y == ["Grant 1", "Grant 2", "Grant 3", "Grant 4"]
