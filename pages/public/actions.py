import streamlit as st

from charter.action_words import counted_sentence
from charter.actions.choosing import matching
from charter.rules.access import Act, may
from pages.ui import addresses, opening, viewer
from pages.ui.actions import board, changing, filters, one, past, recommended, seen
from pages.ui.plain import plain
from pages.ui.running import acting
from pages.ui.running.choosing import chosen_part

here, ref = viewer.current(), addresses.asked().ref
shown = opening.draw(
    "What is being done, by whom and by when?",
    will_be="This page will show what public bodies and groups do, by when, what is late, and what became of it.",
)
acting.draw_message()
found = seen.choose(here, shown)
address = shown.address if shown is not None else {}
told = found.find(ref)
if told is not None:
    one.draw(here, told, found, address)
else:
    if ref is not None:
        st.warning("There is no such action here, or it is not published yet. Choose one below.")
    parts = {"all": "All actions"}
    parts |= {"new": "Make an action"} if found.may_make else {}
    parts |= {"recommended": "Recommendations"} if found.may_make and may(here, Act.KEEP_ACTIONS) else {}
    part = chosen_part(parts) if len(parts) > 1 else "all"
    if part == "new":
        changing.draw_new(here)
    elif part == "recommended":
        recommended.draw_forms(found.recommendations)
    elif found.actions or found.recommendations or shown is not None:
        st.markdown(f"**{plain(counted_sentence(found.actions))}**")
        actions = matching(found.actions, filters.draw(found.actions)) if found.actions else ()
        if actions:
            board.draw_overdue(actions, on=found.on, address=address)
            board.draw_timeline(actions, on=found.on)
            board.draw_board(actions, on=found.on, address=address)
        elif found.actions:
            st.info("No action is like that. Choose “All” in one of the fields.")
        recommended.draw(found.recommendations, address=address)
    if part == "all":
        past.draw()
