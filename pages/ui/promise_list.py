"""The list of all promises, theme by theme, each a link to its page."""

import streamlit as st

from charter.commitments import CommitmentListed
from pages.ui import cached, links
from pages.ui.opening import Shown
from pages.ui.plain import plain


def draw(shown: Shown | None) -> None:
    """Draw every promise that is known, in the order of its charter."""
    promises = cached.commitments()
    if not promises:
        st.info("No charter is loaded yet. The person who runs the site loads one from a file.")
        return
    st.markdown(f"There are {len(promises)} promises. Open one to see its words, its source and its figures.")
    by_theme: dict[str, list[CommitmentListed]] = {}
    for promise in promises:
        by_theme.setdefault(promise.theme_title, []).append(promise)
    for title, found in by_theme.items():
        st.header(plain(title), anchor=False)
        links.draw_columns([(each.ref, each.title) for each in found], shown)
