"""The evidence that a reported outcome or an action rests on, as a list of links."""

from collections.abc import Sequence

import streamlit as st

from charter.evidence.reading import EvidenceFound
from charter.evidence.words import about_words
from pages.ui.evidence.listing import PAGE
from pages.ui.plain import plain


def draw(items: Sequence[EvidenceFound]) -> None:
    """Draw items, each with the way to its page; without any, nothing."""
    for item in items:
        with st.container(gap=None, key=f"cited_{item.ref}"):
            st.page_link(PAGE, label=plain(item.title), query_params={"ref": item.ref})
            st.caption(plain(about_words(item)))
