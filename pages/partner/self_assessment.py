import streamlit as st

from charter.forms import read_form
from charter.store import reading
from pages.ui import viewer
from pages.ui.assessment import choosing, saving, screens

here = viewer.current()
chosen = choosing.choose(here)
if chosen is not None:
    whose = {"organisation_id": chosen.organisation_id, "period_id": chosen.period_id}
    caught_up = saving.save_what_waits(here, **whose)
    with reading() as session:
        form = read_form(session, viewer=here, **whose)
    if caught_up:
        st.success("Your last answer was not saved when you gave it. Now it is saved.")
    screens.draw(form)
