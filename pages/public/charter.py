import streamlit as st

from charter import charter_words
from pages.ui import cached, charter_page, opening

shown = opening.draw(
    "What was promised, and how it came about",
    will_be="Nothing is published yet, but what was promised is here to read.",
)
charters = cached.charters()
if not charters:
    st.info("No charter is loaded yet. The person who runs the site loads one from a file.")
else:
    for sentence in charter_words.lineage_sentences(charters):
        st.markdown(sentence)
    st.page_link("public/commitment.py", label="See all promises", query_params=shown.address if shown else None)
    charter_page.draw_milestones(cached.milestones())
    for found in reversed(charters):
        charter_page.draw_charter(found, cached.statements(), cached.signatories())
