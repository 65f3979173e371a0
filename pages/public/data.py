import streamlit as st

from charter.reports.tables import OUTLINES
from pages.ui import opening
from pages.ui.open_data import listing, reading_in

shown = opening.draw(
    "The figures as open data",
    will_be=(
        "This page will list every table that is published, as files for a spreadsheet or for any program, with lines "
        "of code that read them."
    ),
)
if shown is not None and shown.release.withdrawn_at is not None:
    st.info("This release was taken back, so its tables are no longer given out.")
elif shown is not None:
    st.markdown(
        f"**{len(OUTLINES)} tables hold all that this release tells, for any program to read.** You may use them for "
        "anything, as long as you say where they are from. Nobody has to sign in."
    )
    listing.draw_together(shown.release)
    st.header("Read a table with a program", anchor=False)
    reading_in.draw(shown.release)
    listing.draw_parts(shown.release)
