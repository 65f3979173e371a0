"""What a file is, seen from its bytes and never from its name: PDF files, pictures, documents and workbooks alone.

`puremagic` names what the bytes begin with. That is no more than a first look, as a ZIP file begins like a workbook: so
what it may be is then opened as that, pictures by Pillow and packed documents part by part.
"""

import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import puremagic
from PIL import Image

from charter.evidence.packages import PACKED_KINDS, packed_kind
from charter.rules.refusals import FieldError

PIXEL_LIMIT = 80_000_000  # a telephone's largest pictures have 50 million
PDF = "application/pdf"
_PDF_START, _PDF_END, _PDF_END_WITHIN = b"%PDF-", b"%%EOF", 1024
_ZIP_START = b"PK\x03\x04"
_PICTURES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "PNG": ("image/png", ".png"),
        "JPEG": ("image/jpeg", ".jpg"),
        "GIF": ("image/gif", ".gif"),
        "WEBP": ("image/webp", ".webp"),
    }
)
# What Pillow raises for files that only look like pictures.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError)
_OTHERS = (
    "We take PDF files, pictures (JPEG, PNG, GIF, WebP), and documents and workbooks (.docx, .xlsx, .pptx, .odt, .ods, "
    ".odp)."
)
_PAGES = frozenset({"text/html", "image/svg+xml", "application/xml", "text/xml", "application/xhtml+xml"})
_OLD = frozenset({"application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"})
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")


@dataclass(frozen=True)
class FileKind:
    """What a file was found to be: its media type, and the ending that its name gets."""

    content_type: str
    ending: str


def recognise(content: bytes) -> FileKind:
    """Tell what a file is.

    Args:
        content: the file's bytes, at least one.

    Raises:
        FieldError: it is none of the kinds that are taken, or is damaged, locked, or has a program in it.
    """
    looks = _first_look(content)
    if PDF in looks and content.startswith(_PDF_START):
        return _pdf(content)
    if looks & {kind for kind, _ in _PICTURES.values()}:
        return _picture(content)
    if content.startswith(_ZIP_START) and looks & PACKED_KINDS.keys():
        found = packed_kind(content)
        if found is not None:
            return FileKind(found, PACKED_KINDS[found])
    raise FieldError("file", f"{_what_it_is(content, looks)} {_OTHERS} Nothing was lost.")


def _first_look(content: bytes) -> frozenset[str]:
    try:
        return frozenset(match.mime_type for match in puremagic.magic_string(content))
    except puremagic.PureError:  # nothing that it knows
        return frozenset()


def _pdf(content: bytes) -> FileKind:
    if _PDF_END not in content[-_PDF_END_WITHIN:]:
        raise FieldError("file", "This PDF file is not whole: its end is missing. Save it anew. Nothing was lost.")
    return FileKind(PDF, ".pdf")


def _picture(content: bytes) -> FileKind:
    """Have the picture's frame read and checked. Its points are never unpacked here."""
    try:
        with Image.open(io.BytesIO(content), formats=tuple(_PICTURES)) as picture:
            size, kind = picture.width * picture.height, _PICTURES[picture.format or ""]
            picture.verify()
    except (*_BROKEN, KeyError):
        raise FieldError("file", "This picture is damaged, so it cannot be opened. Nothing was lost.") from None
    if size > PIXEL_LIMIT:
        raise FieldError("file", "This picture is too large. Make it smaller and try again. Nothing was lost.")
    return FileKind(*kind)


def _what_it_is(content: bytes, looks: frozenset[str]) -> str:
    if content.startswith(_PROGRAMS):
        return "This file is a program, whatever its name says."
    if looks & _PAGES:
        return "This file is a web page or a drawing that can hold a program. Save it as a PDF file."
    if looks & _OLD:
        return "This is an old kind of document, or one with a password. Save it as .docx, .xlsx or PDF."
    return "This is not a kind of file that we take."
