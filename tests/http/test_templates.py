"""`/files/measurements-template` over HTTP: a workbook that has nothing in it but its columns."""

import io

import httpx
import openpyxl

from charter.sources.measurement_rows import COLUMNS
from tests.http.conftest import Site


def test_the_template_is_saved_as_a_workbook_and_holds_no_measurement(site: Site) -> None:
    answer = httpx.get(f"{site.address}/files/measurements-template")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="measurements.xlsx"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [tuple(cell.value for cell in row) for row in sheet.iter_rows()] == [COLUMNS]
