"""Merging an organisation that is on the list twice."""

import streamlit as st

from charter.organisations.listing import Found, name_organisations
from charter.organisations.lookalikes import find_lookalikes
from charter.organisations.merging import REASON_LIMIT, merge
from charter.store import Session, reading
from charter.words import listed
from pages.ui import viewer
from pages.ui.keeping.saving import fresh, save
from pages.ui.plain import plain

_MEANS = (
    "Use this when an organisation is on the list twice. This one ends, and the one that you choose stays. Its people, "
    "signatures and champions move. So do its answers and its links in a review that is open: a link that was sent "
    "goes on working. Reviews that are closed or published stay as they are. A merge cannot be undone."
)


def draw(found: Found) -> None:
    """Draw the form that merges this organisation into another; those of nearly its name come first."""
    here = viewer.current()
    with reading() as session:
        alike = find_lookalikes(session, viewer=here, name=found.fields.name, but_for=found.id)
        others = name_organisations(session, viewer=here)
    names = {one.id: one.name for one in alike} | {key: name for key, name in others.items() if key != found.id}
    st.markdown(_MEANS)
    if alike:
        st.info(f"Nearly the same name: {plain(listed([one.name for one in alike]))}.")
    name = fresh(f"merge_{found.id}")
    with st.form(name, width=620):
        into = st.selectbox(
            "Which one stays",
            [None, *names],
            format_func=lambda each: "Choose one" if each is None else names[each],
            key=f"{name}_into",
        )
        reason = st.text_input("Why the two are one", key=f"{name}_reason", max_chars=REASON_LIMIT)
        st.markdown(f"**{plain(found.fields.name)}** then ends.")
        sure = st.checkbox("I know that this cannot be undone", key=f"{name}_sure")
        pressed = st.form_submit_button("Merge the two")
    if not pressed:
        return
    if into is None or not sure:
        st.error("Choose which one stays, and tick the box. What you typed is still here.")
        return
    save(lambda session: _merge(session, found, into, reason or ""))


def _merge(session: Session, found: Found, into: int, reason: str) -> str:
    done = merge(session, viewer=viewer.current(), organisation_id=found.id, into_id=into, reason=reason)
    moved = f" Its place in {listed(done.periods)} moved too." if done.periods else ""
    return f"{done.name} was merged into {done.into}.{moved}"
