"""Files with an organisation's own look for slides: opened with care, as they come from outside, and emptied."""

import io
import re
import zipfile

import pptx
from pptx.exc import PythonPptxError
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation

from charter.evidence.packages import PACKED_KINDS, packed_kind
from charter.reports.deck.layouts import find_layouts
from charter.rules.refusals import FieldError
from db.models.reports import TEMPLATE_LIMIT

_ENDING = ".pptx"
_LOST = "Nothing was lost."
_DAMAGED = f"This file is damaged, so it cannot be opened as a presentation. {_LOST}"
_ZIP_START = b"PK\x03\x04"
_TEMPLATE_KIND = b"presentationml.template.main+xml"
# Programs and other files that a presentation can carry, in the folders where PowerPoint keeps them.
_CARRIED = re.compile(r"^ppt/(?:activex|embeddings|ctrlprops)/|\.(?:exe|js|vbs|bat|cmd|ps1|ole)$", re.IGNORECASE)
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")  # text in two bytes a letter, which no program for slides writes
# What the library raises for a package whose parts are not what they say.
_BROKEN = (
    PythonPptxError,
    SyntaxError,  # of XML
    zipfile.BadZipFile,
    AttributeError,
    KeyError,
    IndexError,
    TypeError,
    ValueError,
    OSError,
    NotImplementedError,
)


def _refused(message: str) -> FieldError:
    return FieldError("file", message)


def check_template(content: bytes) -> None:
    """Refuse a file that slides cannot be made with, or that carries more than a look.

    Args:
        content: the file's bytes.

    Raises:
        FieldError: it is empty, larger than 5 MB, no PowerPoint presentation, damaged, locked, or holds a program,
            another file or a link to one; or it has no layout with a title and a place for content.
    """
    if not content:
        raise _refused(f"This file is empty. Choose another. {_LOST}")
    if len(content) > TEMPLATE_LIMIT:
        raise _refused(
            f"This file is larger than {TEMPLATE_LIMIT // 1024**2} MB. Take its pictures out, or make them smaller. "
            f"{_LOST}"
        )
    _require_presentation(content)
    _require_plain(content)
    opened = open_template(content)
    try:
        find_layouts(opened)
    except _BROKEN:
        raise _refused(_DAMAGED) from None


def open_template(content: bytes) -> Presentation:
    """Open a template without the slides that are in it: their words would stand among ours.

    Args:
        content: the file's bytes, which were checked when it was brought.

    Raises:
        FieldError: it cannot be opened.
    """
    try:
        opened = pptx.Presentation(io.BytesIO(content))
        _empty(opened)
    except _BROKEN:
        raise _refused(_DAMAGED) from None
    return opened


def _require_presentation(content: bytes) -> None:
    kind = packed_kind(content) if content.startswith(_ZIP_START) else None
    if kind is not None and PACKED_KINDS[kind] == _ENDING:
        return
    if kind is None and content.startswith(_ZIP_START) and _TEMPLATE_KIND in _kinds(content):
        raise _refused(f"This is a PowerPoint template (.potx). Save it as a presentation ({_ENDING}). {_LOST}")
    raise _refused(f"This is no PowerPoint presentation. Save the template as {_ENDING} and try again. {_LOST}")


def _kinds(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return package.read("[Content_Types].xml")
    except (KeyError, *_BROKEN):
        return b""


def _require_plain(content: bytes) -> None:
    """Refuse what a look does not need: programs, other files, and parts that are fetched from somewhere."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if any(_CARRIED.search(name.replace("\\", "/")) for name in package.namelist()):
            raise _refused(f"This template carries a program or another file inside. Save it without. {_LOST}")
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                _require_plain_part(name, package.read(name))


def _require_plain_part(name: str, part: bytes) -> None:
    if part.startswith(_WIDE) or _DECLARES.search(part):
        raise _refused(f"This file was not written by a program for slides. Save it anew from PowerPoint. {_LOST}")
    if name.endswith(".rels") and _fetches(part):
        raise _refused(
            "This template shows something that lies elsewhere, such as a linked picture. Put it into the file itself, "
            f"and try again. {_LOST}"
        )


def _fetches(part: bytes) -> bool:
    """Tell whether a list of links names something outside of the file that is fetched when it is opened."""
    try:
        links = parse_xml(part)
    except SyntaxError:
        raise _refused(_DAMAGED) from None
    return any(
        link.get("TargetMode") == "External" and not str(link.get("Type", "")).endswith("/hyperlink") for link in links
    )


def _empty(opened: Presentation) -> None:
    """Take the slides out, and what speaks of them: sections and shows that name a slide which is gone are an error."""
    root = opened.element
    listed = root.find(qn("p:sldIdLst"))
    for slide in list(listed) if listed is not None else []:
        opened.part.drop_rel(slide.get(qn("r:id")))
        listed.remove(slide)
    for shows in root.findall(qn("p:custShowLst")):
        root.remove(shows)
    for extension in root.xpath("p:extLst/p:ext[*[local-name() = 'sectionLst']]"):
        extension.getparent().remove(extension)
