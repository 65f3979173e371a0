"""What stands in a page's place when it is not open to this viewer."""

import logging

import streamlit as st

from charter.viewers import Ending, Found
from pages.ui import sign_in_form
from pages.ui.assessment import unsaved
from pages.ui.navigation import Place
from pages.ui.reviewing import unsent

_log = logging.getLogger("charter")
_ENDED = {
    Ending.OVER: (
        "Your session has ended. What you saved is safe. Sign in, or open your link again, and you go on from here."
    ),
    Ending.PERIOD_CLOSED: (
        "This review is not open for answers any more. What you saved is safe. "
        "If you need to change something, ask the person who sent you the link."
    ),
    Ending.LINK_WITHDRAWN: (
        "Your link is no longer in use. What you saved is safe. Ask the person who sent it for a new one."
    ),
}


def draw(place: Place, found: Found) -> None:
    """Say why the page is not open, and let the person sign in if that may help."""
    st.title(place.title, anchor=False)
    if found.viewer.session_id is not None:
        _log.warning("refused: session %s, page %s", found.viewer.session_id, place.path)
        st.warning("This page is not open to you. If you think it should be, ask the person who runs the review.")
        return
    if found.ending is None:
        st.info("Sign in to open this page. If you were sent a link, open that link instead.")
    else:
        st.warning(_ENDED[found.ending])
    may_sign_in = found.ending in (None, Ending.OVER)
    kept = unsaved.draw_ended(can_sign_in=may_sign_in)
    if may_sign_in:
        kept = unsent.draw_ended() or kept
        sign_in_form.draw(kept=kept)
