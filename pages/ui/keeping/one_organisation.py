"""One organisation: what is known of it, what it signed, who speaks for it, and merging it into another."""

import streamlit as st

from charter import clock
from charter.organisations.listing import Found, find_organisation
from charter.rules.refusals import NotFoundError
from charter.store import reading
from pages.ui import press, viewer
from pages.ui.keeping import (
    adopting_form,
    champion_form,
    merge_form,
    organisation_form,
    organisation_rows,
    register_facts,
    signing_form,
)
from pages.ui.plain import plain
from pages.ui.running import choosing

_PARTS = {"details": "Details", "charter": "Charter", "merge": "Merge"}


def draw(ref: str) -> None:
    """Draw the organisation that the address names, or say that there is none."""
    press.button("← Back to the list", organisation_rows.go_to, "", key="back_to_list", look="tertiary")
    try:
        with reading() as session:
            found = find_organisation(session, viewer=viewer.current(), ref=ref)
    except NotFoundError as refusal:
        st.warning(f"{plain(str(refusal))} Choose one from the list.")
        return
    st.header(plain(found.fields.name), anchor=False)
    if found.merged_into:
        st.info(f"It was merged into {plain(found.merged_into)}, so it cannot be changed. Published figures stay.")
        return
    if found.fields.ends_on is not None and found.fields.ends_on < clock.today():
        st.info(f"It ended on {clock.day_in_words(found.fields.ends_on)}. It is not invited any more.")
    part = choosing.chosen_part(_PARTS)
    if part == "details":
        register_facts.draw(found.id)
        organisation_form.draw_change(found)
    elif part == "charter":
        _draw_charter(found)
    elif part == "merge":
        merge_form.draw(found)


def _draw_charter(found: Found) -> None:
    signing_form.draw(found)
    if found.is_public:
        adopting_form.draw(found)
        champion_form.draw(found)
