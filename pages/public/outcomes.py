import streamlit as st

from charter.outcomes import overview
from pages.ui import opening, viewer
from pages.ui.outcomes import known, listing, seen
from pages.ui.plain import plain

shown = opening.draw(
    "Is anyone better off?",
    will_be=(
        "This page will say how many outcomes are on track and how many are better than last year, what is off track "
        "and how it gets back, and how each went over the years."
    ),
)
wanted = seen.choose(viewer.current(), shown)
if wanted is not None:
    st.markdown(
        f"**{plain(overview.counts_sentence(wanted.found))}** {plain(overview.other_counts_sentence(wanted.found))}"
    )
    if wanted.found:
        st.page_link(
            "public/indicator.py", label="Every outcome as a list", query_params=shown.address if shown else None
        )
    listing.draw_off_track(wanted.found, wanted.shown)
    listing.draw_themes(wanted.found, wanted.shown)
known.draw(wanted)
