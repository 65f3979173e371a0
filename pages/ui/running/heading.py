"""How each of the coordinator's pages begins."""

from pathlib import Path

import streamlit as st

from pages.ui.running import acting

_LOOK = Path(__file__).parents[1] / "assets" / "running.css"


def draw(title: str) -> None:
    """Draw the page's title, and what became of the last press."""
    st.html(_LOOK)
    st.title(title, anchor=False)
    acting.draw_message()
