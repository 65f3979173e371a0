"""The one place where a script of ours gets into a page."""

import re
from html import escape

import streamlit as st

_SAFE = re.compile(r"[A-Za-z0-9_-]*")


def draw(name: str, *, mark: str) -> None:
    """Put a script file of ours in the page, with a mark for it to read. Nothing that anybody typed gets in.

    Args:
        name: the file's name in `pages/ui/assets`, without its ending; the mark's attribute is named after it.
        mark: letters, digits, hyphens and underscores; anything else is left out, and the mark is empty then.
    """
    written = mark if _SAFE.fullmatch(mark) else ""
    st.html(
        f'<span hidden data-charter-{escape(name)}="{escape(written)}"></span>'
        f'<script src="/assets/{escape(name)}.js"></script>',
        unsafe_allow_javascript=True,
    )
