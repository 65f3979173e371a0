"""Where somebody lands who has just signed in on the page for signing in."""

import streamlit as st

from charter.rules.access import Viewer
from pages.ui import keys
from pages.ui.navigation import THIS_WEEK, is_open


def go_to_own_first_page(viewer: Viewer) -> None:
    """Take a coordinator who has just signed in to what waits this week. Nobody else is taken anywhere."""
    if st.session_state.pop(keys.JUST_SIGNED_IN, False) and is_open(THIS_WEEK, viewer):
        st.switch_page(THIS_WEEK.path)
