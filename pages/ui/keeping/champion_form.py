"""The charter champion of a public body: who it is and was, naming another, and ending."""

from datetime import date

import pandas as pd
import streamlit as st

from charter import clock
from charter.organisations.champions import NAME_LIMIT, ChampionFound, end_champion, list_champions, name_champion
from charter.organisations.listing import Found
from charter.store import Session, reading
from pages.ui import tables, viewer
from pages.ui.keeping.saving import day_field, day_or_today, fresh, save
from pages.ui.plain import plain


def draw(found: Found) -> None:
    """Draw the champions of a body, with the forms that name one and end one."""
    with reading() as session:
        champions = list_champions(session, viewer=viewer.current(), organisation_id=found.id)
    st.subheader("Charter champion", anchor=False)
    if not champions:
        st.markdown("No champion is named yet: the person in this body whom groups can turn to about the charter.")
    frame = pd.DataFrame(
        {
            "Name": [one.name for one in champions],
            "E-mail": [one.email or "none" for one in champions],
            "From": [clock.day_in_words(one.since) for one in champions],
            "Until": [clock.day_in_words(one.until) if one.until else "now" for one in champions],
        },
        dtype=str,
    )
    tables.draw(frame, alt="The champions of this body")
    _draw_name(found)
    for one in champions:
        if one.until is None:
            _draw_end(one)


def _draw_name(found: Found) -> None:
    name = fresh(f"champion_{found.id}")
    with st.expander("Name a champion"):
        st.markdown("Whoever it is now is the champion until the day before.")
        with st.form(name, border=False, width=620):
            called = st.text_input(
                "Name of the champion", key=f"{name}_name", max_chars=NAME_LIMIT, persist_state="page"
            )
            email = st.text_input(
                "E-mail address of the champion", key=f"{name}_email", max_chars=254, persist_state="page"
            )
            since = day_field("First day", clock.today(), key=f"{name}_since")
            pressed = st.form_submit_button("Name this champion")
        if pressed:
            save(lambda session: _name(session, found, called or "", email or "", day_or_today(since)))


def _draw_end(one: ChampionFound) -> None:
    name = fresh(f"end_champion_{one.id}")
    with st.expander(f"{plain(one.name)} is the champion no longer"), st.form(name, border=False, width=620):
        until = day_field("Last day", clock.today(), key=f"{name}_until")
        pressed = st.form_submit_button("Save the last day")
    if pressed:
        save(lambda session: _end(session, one, day_or_today(until)))


def _name(session: Session, found: Found, called: str, email: str, since: date) -> str:
    name_champion(session, viewer=viewer.current(), organisation_id=found.id, name=called, email=email, since=since)
    return f"{called.strip()} is the champion from {clock.day_in_words(since)}."


def _end(session: Session, one: ChampionFound, until: date) -> str:
    end_champion(session, viewer=viewer.current(), champion_id=one.id, until=until)
    return f"{one.name} was the champion until {clock.day_in_words(until)}."
