"""What the charity register says of an organisation, beside what is kept of it here."""

import streamlit as st

from charter import clock
from charter.imports.entries import RegisterSays, register_says
from charter.imports.words import counted
from charter.store import reading
from pages.ui import viewer
from pages.ui.plain import plain


def draw(organisation_id: int) -> None:
    """Draw it; without an extract that names the organisation, nothing."""
    with reading() as session:
        found = register_says(session, viewer=viewer.current(), organisation_id=organisation_id)
    if found is None:
        return
    if found.removed_on is not None:
        st.warning(
            f"The charity register took it off on {clock.day_in_words(found.removed_on)}. Look whether it has closed. "
            "If it has, give its last day here."
        )
    st.caption(plain(_said(found)))


def _said(found: RegisterSays) -> str:
    facts = [f"The charity register on {clock.day_in_words(found.extracted_on)}: {found.name}, {found.charity_number}"]
    if found.income is not None:
        year = f" in the year to {clock.day_in_words(found.accounts_end_on)}" if found.accounts_end_on else ""
        facts.append(f"£{found.income:,.0f}{year}")
    if found.employees is not None:
        facts.append(counted(found.employees, "paid member of staff", "paid staff"))
    if found.volunteers is not None:
        facts.append(counted(found.volunteers, "volunteer"))
    return f"{', '.join(facts)}."
