"""The show of a release on its page: opening it, saving it on a stick, and seeing it at once."""

from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from charter.releases import ReleaseFound
from charter.reports.deck.arranging import DeckFound
from charter.reports.forms import Form
from charter.settings import settings
from pages.ui import keys
from pages.ui.plain import plain
from pages.ui.reports.downloads import address_of

_LOOK = Path(__file__).parents[1] / "assets" / "presenting.css"


def address_of_show(release: ReleaseFound, deck: DeckFound | None, **more: str) -> str:
    """Give the address of a show on this site."""
    asked = ({"deck": deck.ref} if deck else {}) | more
    return f"/deck/{release.ref}{f'?{urlencode(asked)}' if asked else ''}"


def draw_buttons(release: ReleaseFound, deck: DeckFound | None) -> None:
    """Draw the buttons that open and save the show."""
    with st.container(horizontal=True):
        st.link_button("Open the show", address_of_show(release, deck), type="primary")
        st.link_button("Save it on a stick", address_of_show(release, deck, download="1"))
        own = f"?deck={deck.ref}" if deck else ""
        st.link_button("Slides (PowerPoint)", f"{address_of(release, Form.SLIDES.value)}{own}")


def draw(release: ReleaseFound, deck: DeckFound | None) -> None:
    """Draw the show itself, to be tried on the page."""
    st.html(_LOOK)
    own = deck.ref if deck else ""
    of, seen = st.session_state.get(keys.SHOWN_SLIDE, ("", 1))
    place = seen if of == own else 1
    # A new revision has an address of its own, so that the frame is drawn anew.
    version = {"revision": str(deck.revision)} if deck else {}
    # So has each place a frame of its own: in one and the same, the browser's button to go back would lead through
    # every slide that was seen, before it leads to the page before.
    with st.container(key=f"deck_preview_{deck.revision if deck else 0}_{place}"):
        st.iframe(f"{address_of_show(release, deck, **version)}#{place}", height=480, alt="The show, to be tried here")


def draw_keys() -> None:
    """Say with which keys the show is turned."""
    st.caption(
        "Next: arrow, page key, space, click, or a presenter’s remote. F: full screen. S: all slides. N: notes and "
        "clock. D: dark. B: black."
    )


def draw_address(release: ReleaseFound, deck: DeckFound | None) -> None:
    """Draw the address that can be handed on, and say where the QR code leads."""
    st.header("Hand it on", anchor=False)
    st.markdown("Anybody who has this address can open the show" + (", and read its notes:" if deck else ":"))
    st.code(f"{settings().site_address}{address_of_show(release, deck)}", language=None, wrap_lines=True)
    st.caption(f"The QR code on the first and last slide leads to {plain(settings().site_address)}.")
    if not settings().address:
        st.caption("Only this computer knows that address: whoever keeps the site gives it one, in CHARTER_ADDRESS.")
