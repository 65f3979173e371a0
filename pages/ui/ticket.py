"""After signing in: the ticket by which the browser fetches its cookie, without loading the page again."""

from datetime import datetime

import streamlit as st

from charter import clock
from charter.sign_in import TICKET_LASTS, SignedIn
from pages.ui import keys, script


def keep(signed_in: SignedIn) -> None:
    """Remember that this page is signed in, and the ticket to put in it."""
    st.session_state[keys.SESSION_ID] = signed_in.session_id
    st.session_state[keys.TICKET] = signed_in.ticket
    st.session_state[keys.TICKET_UNTIL] = clock.now() + TICKET_LASTS


def draw() -> None:
    """Put the ticket in the page while it is good, with the script that hands it in.

    It stays there through every run until then: a run that follows at once would take it out before the browser has
    seen it.
    """
    until: datetime | None = st.session_state.get(keys.TICKET_UNTIL)
    if until is None:
        return
    if clock.now() >= until:
        del st.session_state[keys.TICKET], st.session_state[keys.TICKET_UNTIL]
        return
    script.draw("ticket", mark=st.session_state[keys.TICKET])
