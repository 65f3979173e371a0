import streamlit as st

from pages.ui import viewer
from pages.ui.concerns import listing, one, places, raise_form
from pages.ui.running import acting
from pages.ui.running.choosing import chosen_part

here = viewer.current()
ref = places.asked()
if ref:
    one.draw(here, ref)
else:
    st.title("Concerns", anchor=False)
    acting.draw_message()
    listing.draw_about()
    choices = raise_form.raisers(here)
    part = chosen_part({"list": "The list", "raise": "Raise a concern"}) if choices else "list"
    if part == "raise":
        raise_form.draw(here, choices)
    else:
        listing.draw(here, can_raise=bool(choices))
