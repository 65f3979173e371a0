"""A list of items of evidence, one page at a time: each with what it is, whose, and what it speaks of."""

import streamlit as st

from charter.evidence.reading import EvidenceFound, EvidenceWanted, search_evidence
from charter.evidence.words import SEEN_BY_NOW, about_words, file_words, tag_words
from charter.rules.access import Viewer
from charter.store import reading
from db.types import EvidenceSeenBy
from pages.ui.evidence.finding import promise_titles
from pages.ui.plain import plain
from pages.ui.running import paging

PAGE = "public/evidence.py"


def draw(who: Viewer, wanted: EvidenceWanted, *, none: str) -> None:
    """Draw what is found.

    Args:
        who: the viewer.
        wanted: what is looked for.
        none: what is said where there is nothing at all, as sentences.
    """
    key = f"evidence_page_{hash(wanted)}"
    with reading() as session:
        found = search_evidence(session, viewer=who, wanted=wanted, page=paging.page_asked(key))
    if not found.rows:
        looked = wanted != EvidenceWanted(organisation_id=wanted.organisation_id)
        st.info("Nothing here is like that. Try other words, or show all." if looked else none)
        return
    st.markdown(f"**{found.total:,} {'items' if found.total > 1 else 'item'}**, the latest added first.")
    for item in found.rows:
        _draw_item(item)
    if found.pages > 1:
        paging.draw(found, key=key, what="items")


def draw_tags(item: EvidenceFound) -> None:
    """Say what an item speaks of, where it does."""
    said = tag_words(item.fields.tags, promise_titles())
    if said:
        st.caption(f"Speaks of: {plain('; '.join(said))}")


def _draw_item(item: EvidenceFound) -> None:
    with st.container(border=True, key=f"item_{item.ref}", gap="xsmall"):
        st.page_link(PAGE, label=f"**{plain(item.title)}**", query_params={"ref": item.ref})
        held = f" · {file_words(item.file)}" if item.file else " · a link" if item.link else ""
        st.caption(plain(f"{about_words(item)}{held}"))
        draw_tags(item)
        if item.fields.seen_by is not EvidenceSeenBy.PUBLIC:
            st.caption(f"Not public: {SEEN_BY_NOW[item.fields.seen_by]}.")
