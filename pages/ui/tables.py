"""Tables that people read: small, and of text."""

import pandas as pd
import streamlit as st

from pages.ui.plain import plain


def draw(frame: pd.DataFrame, *, alt: str) -> None:
    """Draw a table of text; one without rows is left out.

    Args:
        frame: cells of text. Names of columns are ours; cells may hold what people typed.
        alt: what the table shows, for those who do not see it.
    """
    if not frame.empty:
        st.table(frame.map(plain).reset_index(drop=True), border="horizontal", hide_index=True, alt=alt)
