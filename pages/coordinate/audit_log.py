import streamlit as st

from pages.ui import how_long
from pages.ui.keeping import audit_rows

st.title("Audit log", anchor=False)
st.markdown(
    "Everything that was changed, by whom and when, what was there before, and who looked at somebody else’s answers. "
    "Nothing in it can be changed unseen."
)
audit_rows.draw()
how_long.draw()
