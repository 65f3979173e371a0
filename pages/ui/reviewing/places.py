"""Which self-assessment the address of the review asks for, and going to another."""

import streamlit as st

from pages.ui import keys, press

_REF = "ref"


def asked() -> str:
    """Give the self-assessment that the address asks for; empty for the queue."""
    return st.query_params.get(_REF, "")


def open_paper(ref: str) -> None:
    """Go to a self-assessment, to be read afresh."""
    st.session_state.get(keys.REVIEW_SEEN, {}).pop(ref, None)
    st.query_params[_REF] = ref


def go_back() -> None:
    """Go to the queue."""
    st.query_params.pop(_REF, None)


def draw_back() -> None:
    """Draw the button that goes to the queue."""
    press.button("Back to all public bodies", go_back, key="to_queue")
