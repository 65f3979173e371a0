"""What stands around every page: the look, who is signed in, and the notice of made-up figures."""

from pathlib import Path

import streamlit as st

from charter.rules.access import Viewer
from pages.ui import keys, notice, ticket
from pages.ui.plain import plain

_ASSETS = Path(__file__).parent / "assets"


def draw(viewer: Viewer) -> None:
    """Draw what stands above every page.

    It has a box of its own, so that what comes and goes in it does not move the page's elements: one that moves is
    made anew by the browser, and loses what was typed in it and not sent yet.
    """
    st.html(_ASSETS / "site.css")
    with st.container(key=keys.ABOVE, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        notice.draw()
        if viewer.session_id is not None:
            _draw_signed_in(viewer)
        ticket.draw()


def _draw_signed_in(viewer: Viewer) -> None:
    """Say who is signed in, beside a button that sends a form to `/sign-out`: only a route can end the cookie."""
    said = f"Signed in as {plain(viewer.name)}" if viewer.account_id is not None else "Answering by invitation link"
    with st.container(key=keys.SIGNED_IN, horizontal=True, vertical_alignment="center", width="content"):
        st.markdown(said, width="content")
        st.html(_ASSETS / "sign_out.html", width="content")
