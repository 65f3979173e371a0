"""ZIP files that come out the same, byte for byte, whenever and wherever they are made from the same files."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime

_FIRST_YEAR = 1980  # of which a ZIP file can tell the time
_PLAIN_FILE = 0o100644 << 16  # an ordinary file, which its owner may write and everyone may read
_UNIX = 3
_PROPERTIES = "docProps/core.xml"
_MADE_AT = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*")


def zipped(files: Mapping[str, bytes], *, moment: datetime) -> bytes:
    """Pack files.

    Args:
        files: what is in each, by its path with slashes. They stand in this order.
        moment: when all of them say that they were made; before 1980 it is the beginning of 1980.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, content in files.items():
            archive.writestr(_entry(path, moment), content)
    return packed.getvalue()


def steady(package: bytes, *, moment: datetime) -> bytes:
    """Pack an office file anew: the libraries that make one write into it at what second they did.

    Args:
        package: a ZIP file, such as a Word document. Workbooks behind its charts are packed anew too.
        moment: as in `zipped`.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped({name: _steady_part(name, part, moment) for name, part in parts.items()}, moment=moment)


def _steady_part(name: str, part: bytes, moment: datetime) -> bytes:
    if name.endswith(".xlsx"):
        return steady(part, moment=moment)
    if name == _PROPERTIES:
        return _MADE_AT.sub(rb"\g<1>%s" % f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".encode(), part)
    return part


def _entry(path: str, moment: datetime) -> zipfile.ZipInfo:
    local = moment.astimezone(UTC)
    date = local.timetuple()[:6] if local.year >= _FIRST_YEAR else (_FIRST_YEAR, 1, 1, 0, 0, 0)
    entry = zipfile.ZipInfo(path, date)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr, entry.create_system = _PLAIN_FILE, _UNIX
    return entry
