"""Where somebody lands who has just signed in on the page for signing in."""

import streamlit as st

from charter.rules.access import Viewer
from pages.ui import keys
from pages.ui.navigation import THIS_WEEK, is_open

# How the address of the page for signing in says that somebody comes back from a directory: with a page that is loaded
# anew, the session state that would tell it is gone.
BY_DIRECTORY = {"by": "directory"}


def go_to_own_first_page(viewer: Viewer) -> None:
    """Take a coordinator who has just signed in to what waits this week. Nobody else is taken anywhere."""
    came_back = all(st.query_params.pop(name, "") == value for name, value in BY_DIRECTORY.items())
    just_signed_in = st.session_state.pop(keys.JUST_SIGNED_IN, False)
    if (came_back or just_signed_in) and is_open(THIS_WEEK, viewer):
        st.switch_page(THIS_WEEK.path)
