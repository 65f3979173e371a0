"""Made-up files in the shape of the 360Giving data standard, for the tests."""

import io
import json
from collections.abc import Sequence
from typing import Any

import openpyxl

from charter.sources.grant_fields import GRANT

HEADINGS = (
    "Identifier",
    "Title",
    "Description",
    "Currency",
    "Amount Awarded",
    "Award Date",
    "Recipient Org:Identifier",
    "Recipient Org:Name",
    "Funding Org:Identifier",
    "Funding Org:Name",
)
FUNDER = {"id": "GB-CHC-1111111", "name": "The Elmford Fund"}


def grant(number: int = 1, *, recipient: object = None, **more: object) -> dict[str, Any]:
    """Give a grant of the standard's shape, with some fields in place of the ordinary ones; None leaves one out."""
    known = {field.name for field in GRANT}
    assert set(more) <= known, set(more) - known
    whole: dict[str, Any] = {
        "id": f"360G-elm-{number}",
        "title": f"Grant {number}",
        "description": "For the work of the group.",
        "currency": "GBP",
        "amountAwarded": 1000,
        "awardDate": "2024-05-01",
        "recipientOrganization": [recipient or {"id": "GB-CHC-1000001", "name": "Elmford Gardeners"}],
        "fundingOrganization": [FUNDER],
    }
    return {name: value for name, value in (whole | more).items() if value is not None}


def as_json(*grants: object, **more: object) -> bytes:
    """Write grants as a JSON file."""
    return json.dumps({"grants": grants, **more}).encode()


def row(number: int = 1, **more: object) -> tuple[object, ...]:
    """Give a grant as a row of a spreadsheet, with some cells in place of the ordinary ones, by heading."""
    cells: dict[str, object] = {
        "Identifier": f"360G-elm-{number}",
        "Title": f"Grant {number}",
        "Description": "For the work of the group.",
        "Currency": "GBP",
        "Amount Awarded": 1000,
        "Award Date": "2024-05-01",
        "Recipient Org:Identifier": "GB-CHC-1000001",
        "Recipient Org:Name": "Elmford Gardeners",
        "Funding Org:Identifier": FUNDER["id"],
        "Funding Org:Name": FUNDER["name"],
    }
    return tuple((cells | more).values())


def as_workbook(*rows: Sequence[object], headings: Sequence[str] = HEADINGS, before: str = "") -> bytes:
    """Write rows as a workbook; `before` is the name of a sheet that stands before them."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    if before:
        sheet.title = before
        sheet.append(("Version", "1.4"))
        sheet = book.create_sheet("grants")
    for each in (headings, *rows):
        sheet.append(each)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def as_csv(*rows: Sequence[object], headings: Sequence[str] = HEADINGS) -> bytes:
    """Write rows as a CSV file."""
    return "\n".join(",".join(str(cell) for cell in each) for each in (headings, *rows)).encode()
