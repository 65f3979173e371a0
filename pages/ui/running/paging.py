"""The way through a long list."""

from typing import Any

import streamlit as st

from charter.pages_of_rows import Slice


def page_asked(key: str) -> int:
    """Give the page that a list is at; another search begins at the first, as its key is another."""
    return int(st.session_state.get(key) or 1)


def draw(found: Slice[Any], *, key: str, what: str) -> None:
    """Say which rows are shown, and draw the way to the others.

    Args:
        found: the page that is shown.
        key: the name under which the page's number is kept.
        what: what the rows are, such as "groups".
    """
    if not found.total:
        return
    first = (found.page - 1) * found.size + 1
    st.caption(f"{first} to {first + len(found.rows) - 1} of {found.total} {what}")
    if found.pages > 1:
        st.pagination(found.pages, default=found.page, key=key, max_visible_pages=5)
