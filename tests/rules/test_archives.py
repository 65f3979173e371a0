"""ZIP files that come out the same whenever they are made, and the names of what is in a pack."""

import io
import time
import zipfile
from datetime import UTC, datetime

import pytest
import xlsxwriter
from docx import Document
from openpyxl import load_workbook

from charter.reports.archives import steady, zipped
from charter.reports.forms import FORMS, Form, file_name

MOMENT = datetime(2026, 11, 17, 9, 59, 58, tzinfo=UTC)


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def a_document() -> bytes:
    written = io.BytesIO()
    Document().save(written)
    return written.getvalue()


def test_what_is_packed_is_there_in_its_order_and_readable_by_everyone() -> None:
    files = {"b/Ŵyl.txt": b"two", "a.txt": b"", "b/ਸੇਵਾ.json": b"{}"}
    with opened(zipped(files, moment=MOMENT)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert archive.namelist() == list(files)
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 17, 9, 59, 58)}
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100644}


def test_the_same_files_give_the_same_bytes_whenever_they_are_packed() -> None:
    first = zipped({"a": b"one"}, moment=MOMENT)
    time.sleep(0.01)
    assert zipped({"a": b"one"}, moment=MOMENT) == first
    assert zipped({"a": b"other"}, moment=MOMENT) != first


def test_a_moment_of_which_a_zip_file_cannot_tell_is_its_first() -> None:
    with opened(zipped({"a": b""}, moment=datetime(1969, 1, 1, tzinfo=UTC))) as archive:
        assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_an_office_file_keeps_its_parts_and_loses_the_second_at_which_it_was_made() -> None:
    made = a_document()
    packed = steady(made, moment=MOMENT)
    with opened(made) as before, opened(packed) as after:
        assert after.namelist() == before.namelist(), "Word looks for the list of parts first"
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        assert changed == {"docProps/core.xml"}
        assert {entry.date_time for entry in after.infolist()} == {(2026, 11, 17, 9, 59, 58)}
    properties = Document(io.BytesIO(packed)).core_properties
    assert {properties.created, properties.modified} == {MOMENT}


def test_the_workbook_behind_a_chart_loses_it_too() -> None:
    def chart(day: int) -> bytes:
        written, inner = io.BytesIO(), io.BytesIO()
        with xlsxwriter.Workbook(inner) as book:
            book.set_properties({"created": datetime(2026, 1, day, tzinfo=UTC)})
            book.add_worksheet().write(0, 0, 57)
        with zipfile.ZipFile(written, "w") as package:
            package.writestr("ppt/embeddings/Sheet1.xlsx", inner.getvalue())
        return written.getvalue()

    first, second = chart(1), chart(2)
    assert first != second
    assert steady(first, moment=MOMENT) == steady(second, moment=MOMENT)
    with opened(steady(first, moment=MOMENT)) as package:
        sheet = load_workbook(io.BytesIO(package.read("ppt/embeddings/Sheet1.xlsx"))).worksheets[0]
        assert sheet.cell(1, 1).value == 57


@pytest.mark.parametrize("form", list(Form))
def test_every_form_has_a_name_a_kind_and_a_sentence(form: Form) -> None:
    told = FORMS[form]
    assert told.title
    assert told.kind
    assert told.what.endswith(".")
    assert "/" in told.media_type


def test_a_files_name_says_what_it_is_of_which_release_and_whether_it_is_made_up() -> None:
    assert file_name("briefing.pdf", ref="2026.1", made_up=False) == "briefing-2026.1.pdf"
    assert file_name("open-data.zip", ref="2026.1", made_up=True) == "made-up-open-data-2026.1.zip"
