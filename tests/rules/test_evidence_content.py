"""What a file is, is seen from its bytes: five kinds are taken, and nothing else, whatever its name says."""

import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.evidence.content import PIXEL_LIMIT, recognise
from charter.evidence.names import NAME_LIMIT, safe_name
from charter.evidence.packages import PARTS_LIMIT, UNPACKED_LIMIT
from charter.rules.refusals import FieldError
from tests.small_files import OFFICE, OPEN, PROGRAM, SVG, document, open_document, packed, pdf, picture, workbook

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("content", "content_type", "ending"),
    [
        (pdf(), "application/pdf", ".pdf"),
        (picture("PNG"), "image/png", ".png"),
        (picture("JPEG"), "image/jpeg", ".jpg"),
        (picture("GIF"), "image/gif", ".gif"),
        (picture("WEBP"), "image/webp", ".webp"),
        (document(), f"{OFFICE}.wordprocessingml.document", ".docx"),
        (document(main="presentationml.presentation"), f"{OFFICE}.presentationml.presentation", ".pptx"),
        (workbook(), f"{OFFICE}.spreadsheetml.sheet", ".xlsx"),
        (open_document("text"), f"{OPEN}.text", ".odt"),
        (open_document("spreadsheet"), f"{OPEN}.spreadsheet", ".ods"),
        (open_document("presentation"), f"{OPEN}.presentation", ".odp"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith(".") else "",
)
def test_pdf_files_pictures_documents_and_workbooks_are_taken(content: bytes, content_type: str, ending: str) -> None:
    kind = recognise(content)
    assert (kind.content_type, kind.ending) == (content_type, ending)


def test_pictures_as_cameras_and_programs_write_them_are_taken() -> None:
    plain = picture("JPEG")
    bare = plain[:2] + plain[20:]  # without the JFIF part that most programs begin with
    with_exif = (
        plain[:2]
        + b"\xff\xe1"
        + struct.pack(">H", 22)
        + b"Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08"
        + b"\x00" * 6
        + plain[20:]
    )
    assert {recognise(each).content_type for each in (bare, with_exif)} == {"image/jpeg"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PROGRAM, "This file is a program"),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 80, "This file is a program"),
        (b"#!/bin/sh\nrm -rf /\n", "This file is a program"),
        (SVG, "a web page or a drawing that can hold a program"),
        (b'<?xml version="1.0"?>\n' + SVG, "a web page or a drawing that can hold a program"),
        (b"<!DOCTYPE html><html><script>alert(1)</script></html>", "a web page or a drawing"),
        (OLD, "an old kind of document, or one with a password"),
        (packed(("report.pdf", pdf())), "not a kind of file that we take"),
        (packed(("mimetype", b"application/epub+zip")), "not a kind of file that we take"),
        (packed(("mimetype", "é".encode())), "not a kind of file that we take"),
        (b"Just words.", "not a kind of file that we take"),
        (b"\x00" * 500, "not a kind of file that we take"),
        (b"name,kind\nA,b\n", "not a kind of file that we take"),
        (PROGRAM + pdf(), "This file is a program"),
        (PROGRAM + document(), "This file is a program"),
        (b"<script>alert(1)</script>" + pdf(), "not a kind of file that we take"),
        (picture("BMP"), "not a kind of file that we take"),
    ],
)
def test_anything_else_is_refused_and_the_refusal_says_what_is_taken(content: bytes, said: str) -> None:
    with pytest.raises(FieldError, match=said) as refusal:
        recognise(content)
    assert refusal.value.field == "file"
    assert "We take PDF files" in str(refusal.value)
    assert "Nothing was lost" in str(refusal.value)


@pytest.mark.parametrize(
    "content",
    [
        pdf()[:-20],
        picture("PNG")[:-20],
        picture("GIF")[:8],
        document()[:-30],
        workbook()[:600],
    ],
    ids=["pdf", "png", "gif", "docx", "xlsx"],
)
def test_a_damaged_file_is_refused(content: bytes) -> None:
    with pytest.raises(FieldError, match=r"damaged|not whole"):
        recognise(content)


def test_a_changed_bit_in_a_picture_or_a_document_is_noticed() -> None:
    stored = packed(("mimetype", f"{OPEN}.text".encode()), ("content.xml", b"x" * 999), packing=zipfile.ZIP_STORED)
    with pytest.raises(FieldError, match="damaged"):
        recognise(stored.replace(b"xx", b"xy", 1))
    png = bytearray(picture("PNG"))
    png[20] ^= 0xFF
    with pytest.raises(FieldError):
        recognise(bytes(png))


def test_a_file_that_unpacks_to_gigabytes_is_refused_without_unpacking_it() -> None:
    bomb = document(("word/media/nothing.bin", b"\x00" * (UNPACKED_LIMIT + 1)))
    assert len(bomb) < 100_000
    with pytest.raises(FieldError, match="unpacks to more than 50 MB"):
        recognise(bomb)


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_document_packed_as_none_is_refused_before_it_is_unpacked(packing: int) -> None:
    said = f'<Types><Override PartName="/main.xml" ContentType="{OFFICE}.wordprocessingml.document.main+xml"/></Types>'
    stored = packed(("[Content_Types].xml", said.encode()), ("word/document.xml", b"x"), packing=packing)
    with pytest.raises(FieldError, match="packed in a way that documents are not"):
        recognise(stored)


def test_a_file_that_says_that_it_unpacks_to_little_is_not_believed() -> None:
    bomb = document(("word/media/nothing.bin", b"\x00" * (UNPACKED_LIMIT + 1)))
    liar = bomb.replace(struct.pack("<I", UNPACKED_LIMIT + 1), struct.pack("<I", 10))
    assert liar != bomb
    with pytest.raises(FieldError, match="damaged"):
        recognise(liar)


def test_a_file_of_very_many_parts_is_refused() -> None:
    with pytest.raises(FieldError, match="unpacks to more"):
        recognise(document(*((f"part{number}", b"") for number in range(PARTS_LIMIT))))


@pytest.mark.parametrize(
    "content",
    [
        document(("word/vbaProject.bin", b"x")),
        document(("WORD/VBAPROJECT.BIN", b"x")),
        open_document("text", ("Basic/Standard/Module1.xml", b"x")),
        open_document("spreadsheet", ("Scripts/python/a.py", b"x")),
    ],
)
def test_a_document_with_a_program_in_it_is_refused(content: bytes) -> None:
    with pytest.raises(FieldError, match="a small program in it, a macro"):
        recognise(content)


def test_a_document_that_says_that_it_has_macros_is_none_that_is_taken() -> None:
    said = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    with pytest.raises(FieldError, match="not a kind of file"):
        recognise(packed(("[Content_Types].xml", said), ("word/document.xml", b"x")))


def test_a_locked_document_is_refused() -> None:
    content = bytearray(document())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    with pytest.raises(FieldError, match="locked with a password"):
        recognise(bytes(content))


def test_a_picture_of_more_points_than_any_camera_takes_is_refused() -> None:
    png = bytearray(picture("PNG"))
    side = int(PIXEL_LIMIT**0.5) + 1
    header = png[12:16] + struct.pack(">II", side, side) + png[24:29]
    png[12:33] = header + struct.pack(">I", zlib.crc32(bytes(header)))
    with pytest.raises(FieldError, match="too large"):
        recognise(bytes(png))


@given(st.binary(max_size=300))
def test_whatever_comes_is_taken_or_refused_and_breaks_nothing(content: bytes) -> None:
    for start in (b"", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff\xe0", b"PK\x03\x04", b"RIFF"):
        try:
            kind = recognise(start + content or b"x")
        except FieldError:
            continue
        assert kind.ending.startswith(".")


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("Report 2026.pdf", "Report 2026.pdf"),
        ("report.exe", "report.pdf"),
        ("report.pdf.exe", "report.pdf.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Sam\\minutes.PDF", "minutes.pdf"),
        ("ann\u202efdp.exe", "annfdp.pdf"),
        ('a"b<c>d|e?f*g:h;i.pdf', "a-b-c-d-e-f-g-h-i.pdf"),
        ("line\r\nbreak\t.pdf", "linebreak.pdf"),
        ("…Rapport d’été – café.docx", "…Rapport d’été – café.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("CON.pdf", "file-CON.pdf"),
        ("x" * 300 + ".pdf", "x" * (NAME_LIMIT - 4) + ".pdf"),
    ],
)
def test_a_name_is_made_safe_and_ends_as_what_the_file_is(given: str, safe: str) -> None:
    assert safe_name(given, ".pdf") == safe


@given(st.text(max_size=200))
def test_no_name_leads_anywhere_or_is_longer_than_the_store_keeps(given: str) -> None:
    name = safe_name(given, ".xlsx")
    assert name.endswith(".xlsx")
    assert len(name) <= NAME_LIMIT
    assert name.isprintable()
    assert not set('/\\<>:"|?*\r\n\x00') & set(name)
    assert not name.startswith(".")
