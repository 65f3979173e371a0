import streamlit as st

from pages.ui.keeping import (
    importing,
    lookalike_pairs,
    one_organisation,
    organisation_form,
    organisation_rows,
    ward_forms,
)
from pages.ui.running import acting, choosing

PARTS = {
    "list": "The list",
    "add": "Add one",
    "bring": "Bring a list",
    "alike": "Twice on the list?",
    "wards": "Wards",
}

st.title("Organisations", anchor=False)
acting.draw_message()
ref = st.query_params.get("ref")
if ref:
    one_organisation.draw(ref)
else:
    part = choosing.chosen_part(PARTS)
    if part == "list":
        organisation_rows.draw()
    elif part == "add":
        organisation_form.draw_new()
    elif part == "bring":
        importing.draw()
    elif part == "alike":
        lookalike_pairs.draw()
    elif part == "wards":
        ward_forms.draw()
