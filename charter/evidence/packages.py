"""Documents and workbooks that are packed as ZIP files: which kind one is, seen from within, with bounded unpacking."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from types import MappingProxyType

from charter.rules.refusals import FieldError

UNPACKED_LIMIT = 50 * 1024 * 1024  # bytes: of all parts together
PARTS_LIMIT = 2_000
_READ_LIMIT = 1024 * 1024  # bytes of the part that tells the kind
_AT_ONCE = 1 << 16  # bytes
_ENCRYPTED = 0x1
# The two that programs pack documents with. Another may ask for gigabytes of memory before it gives a byte.
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# What zipfile raises for files that only look like ZIP files, or are damaged.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)
_OFFICE = "application/vnd.openxmlformats-officedocument"
_CONTENTS = "[Content_Types].xml"
# Office documents say in a list of their parts which of these the main part is.
_OFFICE_KINDS: Mapping[bytes, str] = MappingProxyType(
    {
        b"wordprocessingml.document.main+xml": f"{_OFFICE}.wordprocessingml.document",
        b"spreadsheetml.sheet.main+xml": f"{_OFFICE}.spreadsheetml.sheet",
        b"presentationml.presentation.main+xml": f"{_OFFICE}.presentationml.presentation",
    }
)
# Open documents say it in their first part.
_OPEN_KINDS = frozenset(
    f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet", "presentation")
)
_MACROS = ("vbaproject.bin", "vbadata.xml")
_MACRO_FOLDERS = ("basic/", "scripts/")

PACKED_KINDS: Mapping[str, str] = MappingProxyType(
    {
        f"{_OFFICE}.wordprocessingml.document": ".docx",
        f"{_OFFICE}.spreadsheetml.sheet": ".xlsx",
        f"{_OFFICE}.presentationml.presentation": ".pptx",
        "application/vnd.oasis.opendocument.text": ".odt",
        "application/vnd.oasis.opendocument.spreadsheet": ".ods",
        "application/vnd.oasis.opendocument.presentation": ".odp",
    }
)


def packed_kind(content: bytes) -> str | None:
    """Tell which kind of document a ZIP file is, or None where it is no document that is taken.

    Every part is unpacked once, into nothing, and never more of all than 50 MB: what a part says of its size is not
    believed before it is counted.

    Args:
        content: the file's bytes, which begin as a ZIP file's do.

    Returns:
        One of `PACKED_KINDS`, a media type.

    Raises:
        FieldError: it unpacks to too much, is locked or damaged, or has a program in it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _require_bounded(package)
            _require_no_program(package)
            found = _kind(package)
            if found is not None:
                _require_whole(package)
            return found
    except _BROKEN:
        raise FieldError("file", "This file is damaged, so it cannot be opened. Nothing was lost.") from None


def _require_bounded(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise FieldError("file", "This file is locked with a password. Save it without one. Nothing was lost.")
    if any(part.compress_type not in _PACKINGS for part in parts):
        raise FieldError(
            "file", "This file is packed in a way that documents are not. Save it as a PDF instead. Nothing was lost."
        )
    if len(parts) > PARTS_LIMIT or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise FieldError("file", "This file unpacks to more than 50 MB. Save it as a PDF instead. Nothing was lost.")


def _require_no_program(package: zipfile.ZipFile) -> None:
    names = [name.lower().replace("\\", "/") for name in package.namelist()]
    if any(name.endswith(_MACROS) or name.startswith(_MACRO_FOLDERS) for name in names):
        raise FieldError(
            "file", "This document has a small program in it, a macro. Save it without, or as a PDF. Nothing was lost."
        )


def _require_whole(package: zipfile.ZipFile) -> None:
    left = UNPACKED_LIMIT
    for part in package.infolist():
        with package.open(part) as opened:
            while some := opened.read(_AT_ONCE):
                left -= len(some)
                if left < 0:
                    raise ValueError(part.filename)


def _kind(package: zipfile.ZipFile) -> str | None:
    names = package.namelist()
    if _CONTENTS in names:
        said = _start_of(package, _CONTENTS)
        found = [kind for mark, kind in _OFFICE_KINDS.items() if mark in said]
        return found[0] if len(found) == 1 else None
    if names and names[0] == "mimetype":
        said = _start_of(package, "mimetype").strip()
        return said.decode("ascii") if said.decode("ascii", "replace") in _OPEN_KINDS else None
    return None


def _start_of(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(_READ_LIMIT)
