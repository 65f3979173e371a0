import streamlit as st

from charter import promise_words
from pages.ui import addresses, cached, opening, promise_list, promise_page
from pages.ui.plain import plain

asked = addresses.asked()
found = cached.commitment(asked.ref) if asked.ref else None
shown = opening.draw(
    plain(found.newest.title) if found is not None else "All promises",
    will_be="This page will show what each side says of a promise.",
)
if found is None:
    if asked.ref or "ref" in asked.unknown:
        st.warning("There is no such promise. Choose one from this list.")
    promise_list.draw(shown)
else:
    st.caption(plain(promise_words.place_words(found)))
    st.markdown(f"**{plain(found.newest.summary)}**")
    promise = cached.figures(shown).promise(found.ref) if shown is not None else None
    if promise is not None and shown is not None:
        promise_page.draw_figures(promise, shown)
    elif shown is not None:
        st.info(f"The {plain(shown.period)} did not ask about this promise.")
    promise_page.draw_text(found)
    st.page_link("public/commitment.py", label="All promises", query_params=shown.address if shown else None)
