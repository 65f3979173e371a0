"""Which of the viewer's organisations the page is about: the only one, or the one that the address names."""

from pathlib import Path

import streamlit as st

from charter.own.organisations import OwnOrganisation, own_organisations
from charter.rules.access import Viewer
from charter.store import reading
from pages.ui import keys
from pages.ui.address_choice import draw_choice
from pages.ui.plain import plain

_ORG = "org"
_LOOK = Path(__file__).parents[1] / "assets" / "figures.css"


def choose(who: Viewer) -> OwnOrganisation | None:
    """Give the organisation, and draw the choice where there are several. Where the address names none, say so."""
    st.html(_LOOK)
    with reading() as session:
        own = own_organisations(session, viewer=who)
    named = st.query_params.get(_ORG)
    by_ref = {each.ref: each for each in own}
    found = by_ref.get(named) if named is not None else next(iter(own), None)
    st.title(plain(found.name) if found else "My organisation", anchor=False)
    if not own:
        st.markdown("Your account answers for no organisation. Ask the coordinator, who runs the review, to add one.")
    elif found is None:
        st.warning("This organisation is not yours, or is not there. Nothing was changed. Choose one of yours:")
    if len(own) > 1 or (own and found is None):
        key = f"{keys.OWN_ORGANISATION}_{found.ref if found else ''}"
        names = {each.ref: each.name for each in own}
        draw_choice("Your organisations", names, found.ref if found else None, key=key, go=_go)
    return found


def _go(ref: str) -> None:
    st.query_params[_ORG] = ref
    st.session_state[keys.CONFIRM] = None
