"""A public body's evidence: its items, adding one, and taking one away."""

from datetime import date

import streamlit as st

from charter.evidence.fields import LINK_LIMIT, TITLE_LIMIT, EvidenceFields
from charter.evidence.items import add_evidence, remove_evidence
from charter.evidence.reading import EvidenceFound
from charter.forms import Form
from charter.rules.refusals import RefusedError
from charter.store import writing
from pages.ui import keys, press, viewer
from pages.ui.assessment.pointing import title_of
from pages.ui.plain import plain

_FIRST_DAY = date(1990, 1, 1)  # what is older than the charters shows nothing of how they are kept


def draw(form: Form) -> None:
    """Draw the items, and the fields for a new one."""
    st.header("Your evidence", anchor=False)
    st.markdown(
        "Add what shows how far you keep your promises: a report, a web page, minutes. Then choose it beside each "
        "answer that it speaks for. The monitoring group looks for it where you say mostly or fully."
    )
    st.page_link("public/evidence.py", label="Add a file, on the page Evidence", query_params={"part": "ours"})
    # What comes and goes has a box of its own, so that the fields below it stay open.
    with st.container(gap="small"):
        if not form.evidence:
            st.caption("There is none yet.")
        for item in form.evidence:
            draw_item(item, name=str(item.id), form=form)
        said = st.session_state.pop(keys.EVIDENCE_SAID, None)
        if said:
            st.warning(said)
    with st.expander("Add evidence"):
        _draw_fields(form)


def draw_item(item: EvidenceFound, *, name: str, form: Form | None = None) -> None:
    """Draw an item, as a link where it has one; with a form, also what takes it away.

    Args:
        item: the item.
        name: what tells it from the same item at another place of the page.
        form: the form of the body that it belongs to, for its own people.
    """
    with st.container(horizontal=True, vertical_alignment="center", key=f"evidence_{name}", gap="small"):
        where = item.link or address_of_file(item)
        if where:
            st.link_button(plain(title_of(item)), where, type="tertiary", key=f"open_evidence_{name}", wrap=True)
        else:
            st.markdown(plain(title_of(item)), width="content")
        if form is not None:
            press.button("Take away", _remove, item.id, key=f"remove_evidence_{item.id}", look="tertiary")


def address_of_file(item: EvidenceFound) -> str:
    """Give the address of an item's file, which asks again who may have it; empty where it has none."""
    return f"/files/evidence/{item.ref}" if item.file is not None else ""


def _draw_fields(form: Form) -> None:
    said = st.container()
    if st.session_state.pop(keys.EVIDENCE_ADDED, False):
        said.success("Added. Now choose it beside each answer that it speaks for.")
        # Emptied here and not when it was added: by then the fields may stand on the page already.
        st.session_state[keys.EVIDENCE_TITLE] = st.session_state[keys.EVIDENCE_LINK] = ""
        st.session_state[keys.EVIDENCE_DAY] = None
    st.text_input(f"What it is, up to {TITLE_LIMIT} letters", key=keys.EVIDENCE_TITLE, persist_state="page")
    st.text_input(
        "Where it can be read (https://…), if it is on the web",
        key=keys.EVIDENCE_LINK,
        max_chars=LINK_LIMIT,
        persist_state="page",
    )
    st.date_input(
        "The day it is of, if you know it",
        None,
        key=keys.EVIDENCE_DAY,
        min_value=_FIRST_DAY,
        format="DD/MM/YYYY",
        persist_state="page",
    )
    press.button("Add this evidence", _add, form.organisation_id, key="add_evidence")


def _add(organisation_id: int) -> None:
    title = str(st.session_state.get(keys.EVIDENCE_TITLE) or "")
    link = str(st.session_state.get(keys.EVIDENCE_LINK) or "")
    day = st.session_state.get(keys.EVIDENCE_DAY)
    try:
        with writing() as session:
            add_evidence(
                session,
                viewer=viewer.current(),
                organisation_id=organisation_id,
                fields=EvidenceFields(title=title, link=link, dated_on=day),
            )
    except RefusedError as refusal:
        st.session_state[keys.EVIDENCE_SAID] = f"Not added yet. {refusal}"
    else:
        st.session_state[keys.EVIDENCE_ADDED] = True


def _remove(evidence_id: int) -> None:
    try:
        with writing() as session:
            remove_evidence(session, viewer=viewer.current(), evidence_id=evidence_id)
    except RefusedError as refusal:
        st.session_state[keys.EVIDENCE_SAID] = str(refusal)
