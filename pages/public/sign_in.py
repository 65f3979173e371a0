import streamlit as st

from pages.ui import sign_in_form, viewer
from pages.ui.navigation import PLACES, is_open
from pages.ui.plain import plain

st.title("Sign in")
here = viewer.current()
password_link = st.query_params.get("set")
if password_link:
    sign_in_form.draw_set_password(password_link)
elif here.account_id is not None:
    st.markdown(f"You are signed in as {plain(here.name)}. You can open:")
    for place in PLACES:
        if place.in_menu and is_open(place, here) and place.url_path not in ("", "sign-in"):
            st.page_link(place.path, label=place.title)
else:
    st.markdown("Published results are open to everyone. Sign in to answer for your organisation or to run the review.")
    sign_in_form.draw()
