"""Templates for slides: what is taken, and what is refused with a message that says what to do."""

import io
import zipfile

import pptx
import pytest

from charter.reports.deck import template_files
from charter.reports.deck.layouts import find_layouts
from charter.reports.deck.look import HEIGHT, WIDTH, own_look
from charter.reports.deck.template_files import check_template, open_template
from charter.rules.refusals import FieldError
from tests.small_files import PROGRAM, SVG, document, packed, pdf, workbook
from tests.store.slide_files import OLD, part_of, repacked, template

GOOD = template()
TYPES, MAIN, LINKS = "[Content_Types].xml", "ppt/presentation.xml", "ppt/slideMasters/_rels/slideMaster1.xml.rels"
SECTIONS = (
    b'<p:custShowLst><p:custShow name="x" id="0"><p:sldLst/></p:custShow></p:custShowLst>'
    b'<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst '
    b'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="One" '
    b'id="{2E6F5A29-7C7A-4E7B-9C5E-8F7E5B3C1A11}"><p14:sldIdLst><p14:sldId id="256"/></p14:sldIdLst></p14:section>'
    b"</p14:sectionLst></p:ext></p:extLst></p:presentation>"
)


def changed(name: str, old: bytes, new: bytes) -> bytes:
    """Give the template with one of its parts rewritten."""
    part = part_of(GOOD, name)
    assert old in part
    return repacked(GOOD, {name: part.replace(old, new)})


def linked(kind: str) -> bytes:
    link = f'<Relationship Id="rId99" Type="http://x/relationships/{kind}" Target="http://x/p" TargetMode="External"/>'
    return changed(LINKS, b"</Relationships>", link.encode() + b"</Relationships>")


REFUSED = {
    "nothing": (b"", "is empty"),
    "large": (GOOD + b"\x00" * 5 * 1024**2, "larger than 5 MB"),
    "a PDF": (pdf(), r"no PowerPoint presentation.*\.pptx"),
    "a drawing": (SVG, "no PowerPoint presentation"),
    "a program": (PROGRAM, "no PowerPoint presentation"),
    "a workbook": (workbook(), "no PowerPoint presentation"),
    "a document": (document(), "no PowerPoint presentation"),
    "a ZIP file": (packed(("a.txt", b"x")), "no PowerPoint presentation"),
    "half a file": (GOOD[: len(GOOD) // 2], "damaged"),
    "a layout that is none": (
        changed(TYPES, b"presentationml.slideLayout+xml", b"presentationml.other+xml"),
        "damaged",
    ),
    "a .potx": (
        changed(TYPES, b"presentationml.presentation.main", b"presentationml.template.main"),
        r"template \(\.potx\).*as a presentation",
    ),
    "macros": (repacked(GOOD, {"ppt/vbaProject.bin": b"x"}), "macro"),
    "a macro's kind": (
        changed(
            TYPES, b"vnd.openxmlformats-officedocument.presentationml.presentation.main", b"vnd.ms-x.macroEnabled.main"
        ),
        "no PowerPoint presentation",
    ),
    "an object": (repacked(GOOD, {"ppt/embeddings/oleObject1.bin": PROGRAM}), "carries a program or another file"),
    "a control": (repacked(GOOD, {"ppt/activeX/activeX1.xml": b"<x/>"}), "carries a program or another file"),
    "a bomb": (repacked(GOOD, {"ppt/media/x.png": b"\x00" * 51 * 1024**2}), "unpacks to more than 50 MB"),
    "a linked picture": (linked("image"), "lies elsewhere"),
    "entities": (
        changed(MAIN, b"<p:presentation ", b'<!DOCTYPE x [<!ENTITY a "b">]><p:presentation '),
        "not written by a program for slides",
    ),
    "two bytes a letter": (
        repacked(GOOD, {MAIN: part_of(GOOD, MAIN).decode().replace("UTF-8", "UTF-16").encode("utf-16")}),
        "not written by a program for slides",
    ),
    "no main part": (repacked(GOOD, {MAIN: None}), "damaged"),
    "a broken part": (repacked(GOOD, {MAIN: b"<p:presentation"}), "damaged"),
    "a broken list": (repacked(GOOD, {LINKS: b"<Relation"}), "damaged"),
    "no layout": (template(only=(), slides=0), r"no layout with a title.*“Title and Content”"),
    "an empty layout": (template(only=(6,), slides=0), "no layout with a title"),
    "a title alone": (template(only=(5,), slides=0), "no layout with a title"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_look_for_slides_is_refused_in_words(what: str) -> None:
    content, words = REFUSED[what]
    with pytest.raises(FieldError, match=words) as refusal:
        check_template(content)
    assert refusal.value.field == "file"
    assert str(refusal.value).endswith("Nothing was lost.")


@pytest.mark.parametrize(
    "content",
    [GOOD, template(wide=True), template(only=(1,), slides=0), linked("hyperlink")],
    ids=["with slides", "wide", "one layout", "with a link to read"],
)
def test_a_look_for_slides_is_taken(content: bytes) -> None:
    check_template(content)
    assert find_layouts(open_template(content)).content.layout.name == "Title and Content"


def test_its_slides_are_left_out_and_what_names_them() -> None:
    """PowerPoint says of a file that it is damaged where a section names a slide that is not there."""
    content = changed(MAIN, b"</p:presentation>", SECTIONS)
    written = io.BytesIO()
    open_template(content).save(written)
    with zipfile.ZipFile(written) as package:
        assert not [name for name in package.namelist() if name.startswith("ppt/slides/")]
        assert not any(OLD.encode() in package.read(name) for name in package.namelist())
        main = package.read(MAIN)
    assert b"sectionLst" not in main
    assert b"custShow" not in main
    assert len(pptx.Presentation(written).slides) == 0


def test_of_several_layouts_the_one_for_content_is_taken() -> None:
    names = {layout.name for layout in pptx.Presentation(io.BytesIO(GOOD)).slide_layouts}
    assert {"Two Content", "Comparison", "Content with Caption", "Title and Vertical Text"} < names
    found = find_layouts(open_template(GOOD))
    assert (found.opening.layout.name, found.content.layout.name) == ("Title Slide", "Title and Content")


def test_our_own_look_is_wide_and_has_the_two_layouts() -> None:
    found = find_layouts(own_look())
    assert (WIDTH, HEIGHT) == (960, 540)
    assert (found.opening.layout.name, found.content.layout.name) == ("Title slide", "Headline and content")
    for box in (found.place, found.content.title, found.opening.title):
        assert 0 < box.left < box.left + box.width < WIDTH
        assert 0 < box.top < box.top + box.height < HEIGHT


def test_the_limit_is_told_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_files, "TEMPLATE_LIMIT", 3 * 1024**2)
    with pytest.raises(FieldError, match="larger than 3 MB"):
        check_template(b"x" * (3 * 1024**2 + 1))
