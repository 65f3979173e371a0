import streamlit as st

from pages.ui import viewer
from pages.ui.reports import choosing, downloads, looks, packing
from pages.ui.running import heading

here = viewer.current()
heading.draw("Slides, papers and data")
release = choosing.chosen_release(choosing.standing_releases(here))
if release is None:
    st.info("Here you download what was published, as slides, papers and data. Nothing is published yet.")
    st.page_link("coordinate/publish.py", label="Go to publishing")
else:
    st.markdown("Every form in which people need what was published. Each has the same figures, from this release.")
    packing.draw(here, release)
    downloads.draw_each(release)
    looks.draw(here, release)
