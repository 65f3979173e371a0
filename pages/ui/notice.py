"""The notice that what is shown is made up."""

import streamlit as st

from charter.made_up import holds_made_up
from charter.settings import settings
from charter.store import reading


def draw() -> None:
    """Draw the notice while the store holds made-up rows."""
    if _store_is_made_up(settings().store_url):
        st.caption("Demonstration: what is marked “made up” is not real, and nor are its figures.", width="content")


@st.cache_data(ttl="1m", show_spinner=False)
def _store_is_made_up(url: str) -> bool:  # noqa: ARG001 - the answer is kept by the store's address
    with reading() as session:
        return holds_made_up(session)
