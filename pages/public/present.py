import streamlit as st

from charter.reports.deck.showing import slides_of
from pages.ui import opening, viewer
from pages.ui.presenting import arranging, decks, showing
from pages.ui.running import acting

here = viewer.current()
deck = decks.asked_deck(here)
shown = opening.draw(
    "Show it to a hall",
    will_be="This page will have the slides of the latest review, for a meeting or a conference.",
)
if shown is not None:
    acting.draw_message()
    if shown.release.withdrawn_at is not None:
        st.info("This release was taken back, so no slides of it are shown.")
    else:
        st.markdown(
            "The figures as slides, one idea on each. The show is one file: saved on a stick, it needs no internet."
        )
        showing.draw_buttons(shown.release, deck)
        if deck is not None and deck.own:
            beside, slides = st.columns(2, gap="medium")
            with beside:
                showing.draw(shown.release, deck)
            with slides:
                arranging.draw(deck, slides_of(shown.release))
        else:
            showing.draw(shown.release, deck)
        showing.draw_keys()
        showing.draw_address(shown.release, deck)
        decks.draw(here, shown.release, deck)
    if deck is not None and deck.own:
        decks.draw_removing(deck)
