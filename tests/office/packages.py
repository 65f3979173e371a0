"""Whether an office file is whole: what Word, PowerPoint or Excel would offer to repair, and LibreOffice does not."""

import io
import posixpath
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_CONTENTS = "[Content_Types].xml"
# The elements that give a shape its number, in slides and in documents.
_NUMBERED = {
    "ppt/slides/": "{http://schemas.openxmlformats.org/presentationml/2006/main}cNvPr",
    "word/document": "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr",
}


def needs_repair(content: bytes) -> Iterator[str]:
    """Find what is wrong with the parts of a file.

    Args:
        content: a Word, PowerPoint or Excel file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            broken = package.testzip()
            parts = {name: package.read(name) for name in package.namelist() if broken is None}
    except zipfile.BadZipFile as error:
        yield f"this is no file of its kind: {error}"
        return
    if broken is not None:
        yield f"{broken} is damaged"
        return
    if len(parts) != len(package.namelist()):
        yield "two parts have one name"
    trees = {}
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = ET.fromstring(part)  # noqa: S314 - a file of our own
            except ET.ParseError as error:
                yield f"{name} cannot be read: {error}"
    yield from _without_kind(trees, parts)
    yield from _leading_nowhere(trees, parts)
    yield from _numbered_twice(trees)


def _without_kind(trees: dict[str, ET.Element], parts: dict[str, bytes]) -> Iterator[str]:
    if _CONTENTS not in trees:
        yield "the list of its parts is missing"
        return
    endings = {each.attrib["Extension"].lower() for each in trees[_CONTENTS].iter(f"{_TYPES}Default")}
    named = {each.attrib["PartName"].lstrip("/") for each in trees[_CONTENTS].iter(f"{_TYPES}Override")}
    for name in parts:
        if name != _CONTENTS and name not in named and _ending(name) not in endings:
            yield f"nothing says what kind of part {name} is"
    yield from (f"{name} is listed and not there" for name in sorted(named - parts.keys()))


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _leading_nowhere(trees: dict[str, ET.Element], parts: dict[str, bytes]) -> Iterator[str]:
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        known = [each for each in tree.iter(_RELATIONS) if each.attrib.get("TargetMode") != "External"]
        for each in known:
            target = each.attrib["Target"]
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if path not in parts:
                yield f"{name} leads to {path}, which is not there"
        ids = [each.attrib["Id"] for each in tree.iter(_RELATIONS)]
        if len(ids) != len(set(ids)):
            yield f"{name} gives one number twice"


def _numbered_twice(trees: dict[str, ET.Element]) -> Iterator[str]:
    for start, tag in _NUMBERED.items():
        for name, tree in trees.items():
            numbers = [each.attrib["id"] for each in tree.iter(tag)]
            if name.startswith(start) and len(numbers) != len(set(numbers)):
                yield f"{name} has two shapes of one number"
