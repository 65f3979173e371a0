"""The second door: the button that leads to an organisation's own directory, and back to this page."""

from html import escape
from urllib.parse import quote, urlencode

import streamlit as st

from charter.settings import settings
from pages.ui import keys, landing
from pages.ui.assessment import unsaved
from pages.ui.navigation import SIGN_IN


def draw(*, kept: bool) -> None:
    """Draw the button, where the settings name a directory.

    It is a link to a route of ours: a form would not do, as browsers hold the policy for forms against where they are
    led on to, and a link button of Streamlit's opens a second window.

    Args:
        kept: whether something that is not saved is kept on this page. The button leaves the page.
    """
    directory = settings().directory
    if directory is None:
        return
    if kept:
        st.warning(
            "The button below leaves this page, and what is kept on it is lost. Copy what you need, or sign in with a "
            "password."
        )
        unsaved.draw_all()
    st.html(f'<a class="charter-door" href="{escape(_address())}">{escape(directory.button)}</a>')


def _address() -> str:
    """Give the route's address, with this page in it as the one to come back to."""
    page = str(st.session_state[keys.PAGE])
    query = landing.BY_DIRECTORY if page == SIGN_IN.url_path else st.query_params.to_dict()
    way_back = f"/{page}?{urlencode(query)}" if query else f"/{page}"
    return f"/sign-in/openid?back={quote(way_back, safe='')}"
