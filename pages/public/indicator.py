import streamlit as st

from pages.ui import addresses, opening, viewer
from pages.ui.indicator import behind, doing, every, parts, seen, standing, stories, turning
from pages.ui.running import acting

here = viewer.current()
looked_for = seen.find(here, addresses.asked().ref)
shown = opening.draw(
    looked_for.title,
    will_be="This page will show one outcome: its figures over time, its target, and what is done about it.",
)
acting.draw_message()
if looked_for.published(shown) is None and looked_for.now is None:
    if looked_for.ref is not None:
        st.warning("There is no such outcome, or it is not published yet. Choose one from this list.")
    every.draw(here, shown)
elif parts.choose(looked_for) == parts.SEE:
    found, as_now = seen.choose(looked_for, shown)
    if found is not None:
        standing.draw(found)
        turning.draw(found, seen.in_release(found, shown, as_now=as_now))
        stories.draw(found)
        doing.draw(here, found, shown, as_now=as_now)
        behind.draw(found, shown)
