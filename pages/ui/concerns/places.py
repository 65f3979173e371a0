"""Which concern the address asks for, and going to another."""

import streamlit as st

from pages.ui import keys, press

_REF, _PART = "ref", "part"


def asked() -> str:
    """Give the concern that the address asks for; empty for the list."""
    return st.query_params.get(_REF, "")


def open_one(ref: str) -> None:
    """Go to a concern."""
    st.session_state[keys.CONFIRM] = None
    st.query_params.pop(_PART, None)
    st.query_params[_REF] = ref


def go_back() -> None:
    """Go to the list."""
    st.session_state[keys.CONFIRM] = None
    st.query_params.pop(_REF, None)


def draw_back() -> None:
    """Draw the button that goes to the list."""
    press.button("← Back to all concerns", go_back, key="to_concerns", look="tertiary")
