"""Who is looking at this page: found anew in every run, from the store."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from charter.rules.access import Viewer
from charter.sessions import cookie_name
from charter.viewers import Found, see
from pages.ui import keys


@contextmanager
def found_for_this_run() -> Iterator[Found]:
    """Find who is here once for a whole run of the site's script, and forget it when the run ends.

    Callbacks come before the run, and fragments after it: outside, `current` looks in the store each time.
    """
    st.session_state[keys.FOUND] = _find()
    try:
        yield st.session_state[keys.FOUND]
    finally:
        st.session_state.pop(keys.FOUND, None)


def current() -> Viewer:
    """Give the viewer. Callbacks run before the page's guard, so they ask here too."""
    kept: Found | None = st.session_state.get(keys.FOUND)
    return (kept or _find()).viewer


def cookie_token() -> str:
    """Give the token in the browser's cookie, or nothing. Under test, cookies are stand-ins of another type."""
    cookies: object = st.context.cookies
    value = cookies.get(cookie_name()) if isinstance(cookies, Mapping) else None
    return value if isinstance(value, str) else ""


def address() -> str:
    """Give the network address of the browser, or nothing for one on the server's own machine."""
    found: object = st.context.ip_address
    return found if isinstance(found, str) else ""


def _find() -> Found:
    session_id = st.session_state.get(keys.SESSION_ID)
    return see(token=cookie_token(), session_id=session_id, address=address())
