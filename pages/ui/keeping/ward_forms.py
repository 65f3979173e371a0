"""Wards: which there are and were, adding one, ending one, and giving one another name."""

from datetime import date

import pandas as pd
import streamlit as st

from charter import clock
from charter.organisations.wards import CODE_LIMIT, NAME_LIMIT, WardFound, add_ward, end_ward, list_wards, rename_ward
from charter.store import Session, reading
from pages.ui import tables, viewer
from pages.ui.keeping.saving import day_field, day_or_today, fresh, save


def draw() -> None:
    """Draw the wards, and the forms that change them."""
    with reading() as session:
        wards = list_wards(session, viewer=viewer.current())
    st.markdown(
        "A ward has a first day, and a last one when its borders or its name change. What was published with an old "
        "name stays so. The last column says how many organisations are in it."
    )
    if not wards:
        st.info("There is no ward yet. Add the wards of the place, so that it can be seen from where answers come.")
    tables.draw(_table(wards), alt="All wards with their days and the number of organisations")
    _draw_add()
    lasting = {ward.id: ward for ward in wards if ward.ends_on is None}
    if lasting:
        _draw_rename(lasting)
        _draw_end(lasting)


def _table(wards: tuple[WardFound, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Ward": [f"{ward.name} ({ward.code})" for ward in wards],
            "From": [clock.day_in_words(ward.starts_on) for ward in wards],
            "Until": [clock.day_in_words(ward.ends_on) if ward.ends_on else "now" for ward in wards],
            "How many": [str(ward.organisations) for ward in wards],
        },
        dtype=str,
    )


def _draw_add() -> None:
    name = fresh("add_ward")
    with st.expander("Add a ward"):
        with st.form(name, border=False, width=620):
            called = st.text_input("Name of the ward", key=f"{name}_name", max_chars=NAME_LIMIT)
            code = st.text_input("Code, such as E05000001", key=f"{name}_code", max_chars=CODE_LIMIT)
            day = day_field("First day", clock.today(), key=f"{name}_day")
            pressed = st.form_submit_button("Add this ward")
        if pressed:
            save(lambda session: _add(session, code or "", called or "", day_or_today(day)))


def _draw_rename(wards: dict[int, WardFound]) -> None:
    name = fresh("rename_ward")
    with st.expander("Give a ward another name or code"):
        st.markdown("The old one ends on the day before, and those in it move to the new one.")
        with st.form(name, border=False, width=620):
            chosen = _choose("Ward that changes", wards, key=f"{name}_ward")
            called = st.text_input("New name", key=f"{name}_name", max_chars=NAME_LIMIT)
            code = st.text_input("New code (empty: as before)", key=f"{name}_code", max_chars=CODE_LIMIT)
            day = day_field("First day of the new name", clock.today(), key=f"{name}_day")
            pressed = st.form_submit_button("Save the new name")
        if pressed:
            new_code = (code or "").strip() or chosen.code
            save(lambda session: _rename(session, chosen, called or "", new_code, day_or_today(day)))


def _draw_end(wards: dict[int, WardFound]) -> None:
    name = fresh("end_ward")
    with st.expander("End a ward"):
        st.markdown("Organisations keep it until you choose another ward for them.")
        with st.form(name, border=False, width=620):
            chosen = _choose("Ward that ends", wards, key=f"{name}_ward")
            day = day_field("Last day", clock.today(), key=f"{name}_day")
            pressed = st.form_submit_button("End this ward")
        if pressed:
            save(lambda session: _end(session, chosen, day_or_today(day)))


def _choose(label: str, wards: dict[int, WardFound], *, key: str) -> WardFound:
    chosen = st.selectbox(label, list(wards), format_func=lambda each: wards[each].name, key=key)
    return wards.get(chosen or 0) or next(iter(wards.values()))


def _add(session: Session, code: str, called: str, day: date) -> str:
    add_ward(session, viewer=viewer.current(), code=code, name=called, starts_on=day)
    return f"{called.strip()} is a ward from {clock.day_in_words(day)}."


def _rename(session: Session, ward: WardFound, called: str, code: str, day: date) -> str:
    rename_ward(session, viewer=viewer.current(), ward_id=ward.id, name=called, code=code, starts_on=day)
    return f"{ward.name} is {called.strip()} from {clock.day_in_words(day)}."


def _end(session: Session, ward: WardFound, day: date) -> str:
    end_ward(session, viewer=viewer.current(), ward_id=ward.id, ends_on=day)
    return f"{ward.name} was a ward until {clock.day_in_words(day)}."
