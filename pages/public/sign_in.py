import streamlit as st

from charter.rules.access import Who
from pages.ui import landing, sign_in_form, viewer
from pages.ui.navigation import PLACES, is_open
from pages.ui.plain import plain

here = viewer.current()
password_link = st.query_params.get("set")
if password_link:
    st.title("Set your password", anchor=False)
    sign_in_form.draw_set_password(password_link)
elif here.account_id is not None:
    st.title("Signed in", anchor=False)
    landing.go_to_own_first_page(here)
    st.markdown(f"You are signed in as {plain(here.name)}. The menu holds every page that you can open.")
    for place in PLACES:
        if place.in_menu and is_open(place, here) and Who.ANYONE not in place.open_to:
            st.page_link(place.path, label=f"Go to {place.title.lower()}")
else:
    st.title("Sign in", anchor=False)
    st.markdown("Published results are open to everyone. Sign in to answer for your organisation or to run the review.")
    sign_in_form.draw()
