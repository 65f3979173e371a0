"""Pairs of organisations with nearly the same name, one of which may be on the list twice."""

import streamlit as st

from charter.organisations.lookalikes import Lookalike, pairs_alike
from charter.store import reading
from pages.ui import press, viewer
from pages.ui.keeping.organisation_rows import go_to
from pages.ui.plain import plain

_MOST_SHOWN = 50  # pairs: more are shown once these are settled


def draw() -> None:
    """Draw each pair, with the way to either."""
    with reading() as session:
        pairs = pairs_alike(session, viewer=viewer.current())
    st.markdown(
        "These names are nearly the same. Small words such as “The” or “Ltd” do not count. If two are one "
        "organisation, open the one that should end, and merge it into the other."
    )
    if not pairs:
        st.info("No two names are nearly the same.")
        return
    st.caption(f"{len(pairs)} pairs" if len(pairs) > 1 else "1 pair")
    for pair in pairs[:_MOST_SHOWN]:
        name = f"pair_{pair[0].id}_{pair[1].id}"
        with st.container(border=True, horizontal=True, key=name):
            for one in pair:
                _draw_one(one, name)
    if len(pairs) > _MOST_SHOWN:
        st.caption(f"The other {len(pairs) - _MOST_SHOWN} pairs are shown once these are settled.")


def _draw_one(one: Lookalike, pair: str) -> None:
    with st.container(gap=None, width="stretch"):
        press.button(f"**{plain(one.name)}** ›", go_to, one.ref, "merge", key=f"{pair}_{one.id}", look="tertiary")
        st.caption(plain(one.ref))
