import streamlit as st

from charter import charter_words
from charter.catalogue.lineage import shipped_lineage
from charter.lineage_words import later_promises
from pages.ui import cached, charter_page, lineage, opening

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
    held, promises = shipped_lineage(), later_promises()
    for found in charters:
        charter_page.draw_charter(found, cached.statements(), cached.signatories())
        if found.ref == held.lineage.charter:
            lineage.draw_parts(held, promises, shown)
        elif found.ref == held.lineage.read_into:
            lineage.draw_taken_up(held, promises, earlier=found.follows or "charter before it")
