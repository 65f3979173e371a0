"""What came of it, on the page of headlines: outcomes on track, those off track with the way back, late actions."""

import streamlit as st

from charter import came_of_it
from charter.came_of_it import CameOfIt
from pages.ui.opening import Shown
from pages.ui.plain import plain

_OUTCOMES, _OUTCOME, _ACTIONS = "public/outcomes.py", "public/indicator.py", "public/actions.py"
_FIRST = 3  # that are named; the others stand on their own page


def draw(found: CameOfIt, shown: Shown) -> None:
    """Draw the sum in three cards, and each of the first that are off track with its route to green."""
    st.header("Is anyone better off?", anchor=False)
    on_track, better, late = st.columns(3)
    with on_track.container(border=True, height="stretch"):
        st.metric("On track", _part(found.counts.on_track, found.counts.with_status))
        st.markdown("outcomes, of those with a target.")
        st.page_link(_OUTCOMES, label="Read every outcome", query_params=shown.address)
    with better.container(border=True, height="stretch"):
        st.metric("Better", _part(found.counts.better, found.counts.compared))
        st.markdown("outcomes, of those that can be compared with last year.")
    with late.container(border=True, height="stretch"):
        st.metric("Overdue", _part(found.overdue, found.actions))
        st.markdown("actions, of all that are listed.")
        st.page_link(_ACTIONS, label="Read every action", query_params=shown.address)
    said = came_of_it.off_track_words(found)
    if said:
        st.markdown(f"**{plain(said)}**")
    for each in found.off_track[:_FIRST]:
        with st.container(border=True, gap="small"):
            st.page_link(_OUTCOME, label=f"**{plain(each.title)}**", query_params={"ref": each.ref, **shown.address})
            st.markdown(f"{plain(each.how_far)} {_route(each.route)}")


def _part(counted: int, of: int) -> str:
    return f"{counted} / {of}" if of else "–"


def _route(route: str) -> str:
    return f"**How it gets back:** {plain(route)}" if route else "**Nobody has said yet how it gets back.**"
