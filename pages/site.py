"""The Streamlit script: who is here, every page, and the guard before the one that is asked for."""

import streamlit as st

from pages.ui import guard, navigation, shell, viewer

# No title here: it would be every page's title. Without one, each has its own.
st.set_page_config(layout="wide", page_icon="/assets/icon.svg", initial_sidebar_state="collapsed")

with viewer.found_for_this_run() as found:
    place, page = navigation.register(found.viewer)
    shell.draw(found.viewer)
    if navigation.is_open(place, found.viewer):
        page.run()
    else:
        guard.draw(place, found)
