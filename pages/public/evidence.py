import streamlit as st

from pages.ui import viewer
from pages.ui.evidence import finding, listing, one, own
from pages.ui.running import acting
from pages.ui.running.choosing import chosen_part

PARTS = {"all": "All evidence", "ours": "Ours"}

here = viewer.current()
ref = st.query_params.get("ref")
if ref is not None:
    one.draw(here, ref)
else:
    st.title("Evidence: what shows how promises are kept", anchor=False)
    acting.draw_message()
    if here.organisations() and chosen_part(PARTS) == "ours":
        own.draw(here)
    else:
        st.markdown(
            "Reports, policies, minutes and figures that organisations point to. Each says itself who may see what is "
            "its own: here is what it shows to you."
        )
        listing.draw(
            here,
            finding.draw(),
            none="No organisation has shown evidence to everyone yet. What they show will be here, with what it "
            "speaks of. Signed in, an organisation adds its own here.",
        )
