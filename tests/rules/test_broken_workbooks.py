"""Workbooks that say what is not so: of their size, of a row's number, or of how they are packed."""

import io
import zipfile

import openpyxl
import pytest

from charter.rules.refusals import FieldError
from charter.sources import tables
from charter.sources.tables import read_table

ROWS = (("name", "kind"), ("A group", "faith"), ("Another", "voluntary"))


def workbook(old: bytes = b"", new: bytes = b"", *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Give a workbook in whose sheet something else stands in the place of what was written there."""
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    saved, changed = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as before, zipfile.ZipFile(changed, "w", packing) as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert old in part
                part = part.replace(old, new)
            after.writestr(name, part)
    return changed.getvalue()


@pytest.mark.parametrize("said", [b"A1", b"A1:B2", b"A1:XFD1048576"])
def test_a_sheet_that_says_another_size_than_it_has_comes_in_whole(said: bytes) -> None:
    table = read_table(workbook(b'<dimension ref="A1:B3"', b'<dimension ref="' + said + b'"'))
    assert [tuple(row.cells.values())[::-1] for row in table.rows] == list(ROWS[1:])


@pytest.mark.parametrize(("number", "looked_at"), [(b"1048576", 90_000), (b"9999999999", 900)])
def test_a_row_that_says_that_it_is_the_millionth_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, number: bytes, looked_at: int
) -> None:
    monkeypatch.setattr(tables, "_EMPTY_LIMIT", looked_at)  # as it is, and so few that nobody waits for the billionth
    with pytest.raises(FieldError, match="Take out the empty rows"):
        read_table(workbook(b'<row r="3"', b'<row r="' + number + b'"'))


def test_a_workbook_that_is_packed_in_another_way_and_broken_is_refused() -> None:
    content = bytearray(workbook(packing=zipfile.ZIP_LZMA))
    assert len(read_table(bytes(content)).rows) == len(ROWS) - 1
    start = content.index(b"xl/worksheets/sheet1.xml") + 40
    content[start : start + 60] = b"\xff" * 60
    with pytest.raises(FieldError, match="not a workbook"):
        read_table(bytes(content))
