"""The outcomes that an organisation reports: how each stands, what waits for words, and the form of a new one."""

import streamlit as st

from charter.outcomes.owning import own_indicators
from charter.own.organisations import OwnOrganisation
from charter.rules.access import Viewer
from charter.store import reading
from pages.ui.indicator import defining, every
from pages.ui.plain import plain

_PAGE = "public/indicator.py"


def draw(who: Viewer, own: OwnOrganisation) -> None:
    """Draw the list, and for those who speak for the whole organisation the form of a new one."""
    with reading() as session:
        found = own_indicators(session, viewer=who, organisation_ref=own.ref)
    if not found:
        st.markdown(
            "Here you will see the outcomes that your organisation reports: figures that tell whether anyone is "
            "better off. There is none yet."
        )
    for each in found:
        if each.stands.route_missing:
            with st.container(border=True, key=f"route_{each.ref}"):
                st.markdown(f"**{plain(each.title)}** is off track. Please write how it gets back on track.")
                query = {"ref": each.ref, "part": "words"}
                st.page_link(_PAGE, label="Write the route to green", query_params=query)
    every.draw_links(found, None)
    if own.leads:
        with st.expander("Define a new outcome of yours", expanded=not found):
            defining.draw_new(organisation_id=own.id)
    else:
        st.caption("You draft a part of the answers. Only the lead of your organisation reports its outcomes.")
