"""Made-up files in the shape of the charity register's extract, for the tests."""

import io
import zipfile
from collections.abc import Mapping, Sequence

DAY = "2026-09-07 00:00:00.0000000"
CHARITY = {
    "date_of_extract": DAY,
    "organisation_number": "1",
    "registered_charity_number": "1000001",
    "linked_charity_number": "0",
    "charity_name": "Elmford Gardeners",
    "charity_registration_status": "Registered",
    "date_of_registration": "1999-03-01 00:00:00.0000000",
    "date_of_removal": "",
    "latest_acc_fin_period_end_date": "2026-03-31 00:00:00.0000000",
    "latest_income": "54321",
}
COUNTED = {
    "date_of_extract": DAY,
    "registered_charity_number": "1000001",
    "latest_fin_period_submitted_ind": "True",
}
AREA = {
    "date_of_extract": DAY,
    "registered_charity_number": "1000001",
    "geographic_area_type": "Local Authority",
    "geographic_area_description": "Elmford",
}


def table(*rows: Mapping[str, str], day: str = DAY) -> bytes:
    """Write rows as a table of the extract: lines that tabs divide, packed."""
    lines: list[Sequence[str]] = [tuple(rows[0]), *(tuple({**each, "date_of_extract": day}.values()) for each in rows)]
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("publicextract.txt", "".join("\t".join(line) + "\n" for line in lines))
    return saved.getvalue()


def charity(number: str = "1000001", name: str = "Elmford Gardeners", **more: str) -> dict[str, str]:
    """Give a row of the table of charities."""
    return {**CHARITY, "registered_charity_number": number, "charity_name": name, **more}


def volunteers(number: str, count: str, *, latest: str = "True") -> dict[str, str]:
    """Give a row of the table that counts volunteers."""
    whole = {**COUNTED, "registered_charity_number": number, "count_volunteers": count}
    return {**whole, "latest_fin_period_submitted_ind": latest}


def employees(number: str, count: str) -> dict[str, str]:
    """Give a row of the table that counts paid staff."""
    return {**COUNTED, "registered_charity_number": number, "count_employees": count}


def area(number: str, name: str = "Elmford") -> dict[str, str]:
    """Give a row of the table of areas."""
    return {**AREA, "registered_charity_number": number, "geographic_area_description": name}
