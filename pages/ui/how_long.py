"""How long what is kept, where people ask about their data and read the audit log."""

import streamlit as st

from charter.retention.telling import retention_table
from pages.ui import tables


def draw() -> None:
    """Draw the table of rules, folded away."""
    with st.expander("How long we keep what"):
        tables.draw(retention_table(), alt="What is kept, for how long, and why")
