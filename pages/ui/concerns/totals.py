"""What everybody reads of concerns: how many were raised in each year."""

from collections.abc import Sequence

import streamlit as st

from charter.concerns.recorded import YearOfConcerns
from charter.concerns.words import TOTALS_SAY, totals_table
from pages.ui import tables


def draw(years: Sequence[YearOfConcerns]) -> None:
    """Draw the yearly totals; without any, nothing: the release is from before they were counted."""
    if not years:
        return
    st.header("Concerns", anchor=False)
    st.markdown(TOTALS_SAY)
    tables.draw(totals_table(years), alt="How many concerns were raised in each year")
