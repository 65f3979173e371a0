"""Small real files of every kind that is taken as evidence, and of some that are not, made by the tests themselves."""

import io
import zipfile
from collections.abc import Sequence

import openpyxl
from PIL import Image

OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PROGRAM = b"MZ\x90\x00" + b"\x00" * 200 + b"This program cannot be run in DOS mode." + b"\x00" * 200
_OBJECTS = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
)


def pdf(words: str = "One empty page") -> bytes:
    """Make a PDF file of one page, with words in a comment of it."""
    written, places = b"%PDF-1.4\n% " + words.encode() + b"\n", []
    for number, body in enumerate(_OBJECTS, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(written)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(_OBJECTS) + 1
    written += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows)
    return written + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 8)) -> bytes:
    """Make a picture of one colour."""
    saved = io.BytesIO()
    Image.new("RGB", size, "navy").save(saved, kind)
    return saved.getvalue()


def workbook(*rows: Sequence[object]) -> bytes:
    """Make an Excel workbook."""
    book = openpyxl.Workbook()
    for row in rows or (("Ward", "Groups"), ("Riverside", 12)):
        book.active.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def packed(*parts: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Make a ZIP file of some parts, in their order."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", packing) as package:
        for name, content in parts:
            package.writestr(name, content)
    return saved.getvalue()


def document(*more: tuple[str, bytes], main: str = "wordprocessingml.document") -> bytes:
    """Make a Word document, or another of Office's by its main part, with further parts in it."""
    said = f'<Types><Override PartName="/main.xml" ContentType="{OFFICE}.{main}.main+xml"/></Types>'
    return packed(("[Content_Types].xml", said.encode()), ("word/document.xml", b"<w:document/>"), *more)


def open_document(kind: str = "text", *more: tuple[str, bytes]) -> bytes:
    """Make an open document."""
    return packed(("mimetype", f"{OPEN}.{kind}".encode()), ("content.xml", b"<office:document-content/>"), *more)
