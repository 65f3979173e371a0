"""The fields of an item of evidence, for adding one and for changing one."""

import streamlit as st

from charter.evidence.fields import LINK_LIMIT, TITLE_LIMIT, EvidenceFields, Tags, read_names
from charter.evidence.files import GivenFile
from charter.evidence.words import CHARACTERISTICS, KINDS, SEEN_BY
from db.types import Characteristic, EvidenceKind, EvidenceSeenBy
from pages.ui.evidence.finding import promise_titles
from pages.ui.keeping.saving import day_field

_ENDINGS = ["pdf", "png", "jpg", "jpeg", "gif", "webp", "docx", "xlsx", "pptx", "odt", "ods", "odp"]
_LISTED = [each for each in Characteristic if each is not Characteristic.NAMED_GROUP]


def draw(name: str, shown: EvidenceFields, *, has_file: bool = False) -> tuple[EvidenceFields, GivenFile | None]:
    """Draw the fields in a form, and give what is in them.

    Args:
        name: the form's name, with which the fields' names begin.
        shown: what the fields are filled with.
        has_file: whether the item has a file, which another then takes the place of.
    """
    title = st.text_input("What it is called", shown.title, key=f"{name}_title", max_chars=TITLE_LIMIT)
    kinds = list(EvidenceKind)
    kind = st.selectbox(
        "What it is", kinds, kinds.index(shown.kind), key=f"{name}_kind", format_func=lambda each: KINDS[each]
    )
    file = st.file_uploader(
        "Another file in place of the one that is there" if has_file else "The file, if you have one",
        type=_ENDINGS,
        key=f"{name}_file",
        help="Up to 5 MB: a PDF file, a picture, a document or a workbook without macros.",
    )
    link = st.text_input(
        "Where it can be read (https://…), if it is on the web", shown.link, key=f"{name}_link", max_chars=LINK_LIMIT
    )
    dated_on = day_field("The day it is of, if you know it", shown.dated_on, key=f"{name}_day")
    tags = _draw_tags(name, shown.tags)
    seen = list(EvidenceSeenBy)
    seen_by = st.radio(
        "Who may see it",
        seen,
        seen.index(shown.seen_by),
        key=f"{name}_seen_by",
        format_func=lambda each: SEEN_BY[each],
        captions=[
            "Nobody else can open it.",
            "So that answers can point to it.",
            "It stands on this site for anyone to read. Check first that no private person is named in it.",
        ],
    )
    given = GivenFile(file.name, file.getvalue()) if file is not None else None
    return EvidenceFields(title or "", link or "", dated_on, kind, seen_by or shown.seen_by, tags), given


def _draw_tags(name: str, shown: Tags) -> Tags:
    promises = promise_titles()
    commitments = st.multiselect(
        "Which promises it speaks of",
        list(promises),
        [ref for ref in promises if ref in shown.commitments],
        key=f"{name}_commitments",
        format_func=lambda ref: promises.get(ref, ref),
        placeholder="Choose promises",
    )
    characteristics = st.multiselect(
        "Whom it speaks of",
        _LISTED,
        [each for each in _LISTED if each in shown.characteristics],
        key=f"{name}_characteristics",
        format_func=lambda each: CHARACTERISTICS[each],
        placeholder="Choose, if it speaks of some people in particular",
    )
    groups = st.text_input(
        "Other groups that it speaks of, by name, with commas between",
        ", ".join(shown.groups),
        key=f"{name}_groups",
        placeholder="young carers, boat people",
    )
    # A promise that is in no list any more stays: only what was shown can have been taken out.
    kept = shown.commitments - promises.keys()
    return Tags(frozenset(commitments) | kept, frozenset(characteristics), read_names(groups or ""))
