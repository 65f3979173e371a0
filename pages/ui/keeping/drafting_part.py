"""Who of a public body drafts which part of its answers, for those who keep its people."""

import streamlit as st

from charter.drafters import bodies_that_draft, drafting_of
from charter.store import reading
from pages.ui import keys, viewer
from pages.ui.assessment import drafting


def draw() -> None:
    """Draw the choice of a body, its people with their parts, and what changes them."""
    here = viewer.current()
    with reading() as session:
        bodies = bodies_that_draft(session, viewer=here)
    st.markdown(
        "A public body sends one set of answers. Its parts can be drafted by different people, for example one in each "
        "directorate. Whoever drafts a part answers that part only; a lead answers everything and sends. A lead can "
        "change this too."
    )
    if not bodies:
        st.info("Nobody answers for a public body yet. Invite its people first, then say here who drafts what.")
        return
    body = st.selectbox(
        "Public body",
        list(bodies),
        format_func=lambda key: bodies.get(key, ""),
        key=keys.DRAFTING_BODY,
        on_change=_begin_anew,
        width=420,
    )
    with reading() as session:
        found = drafting_of(session, viewer=here, organisation_id=body)
    if not found.people:
        st.info("All accounts of this body are shut. Open one again, or invite somebody.")
        return
    drafting.draw_people(found)
    if len(found.people) == 1:
        st.caption("One person alone leads and sends. To share the work, invite more people of this body.")
        return
    with st.container(width=620):
        drafting.draw_fields(found, body)


def _begin_anew() -> None:
    """Empty the fields: what was chosen in them is of another body's people."""
    for key in (keys.DRAFTING_WHO, keys.DRAFTING_STRANDS, keys.DRAFTING_DIRECTORATE, keys.DRAFTING_SAID):
        st.session_state.pop(key, None)
