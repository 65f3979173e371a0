"""What a public body owes by name: the promises that it adopted, adopting more, and what is done for good."""

from datetime import date

import pandas as pd
import streamlit as st

from charter import clock
from charter.organisations.adopting import Named, adopt, list_named, record_done, take_back_adoption
from charter.organisations.listing import Found
from charter.store import Session, reading
from pages.ui import tables, viewer
from pages.ui.keeping.saving import day_field, day_or_today, fresh, save
from pages.ui.plain import plain


def draw(found: Found) -> None:
    """Draw what a body owes by name, with the forms that change it."""
    with reading() as session:
        named = list_named(session, viewer=viewer.current(), organisation_id=found.id)
    owed = [one for one in named if one.since is not None]
    st.subheader("Promises that it owes by name", anchor=False)
    if owed:
        tables.draw(_table(owed), alt="The promises that this body owes by name")
    else:
        st.markdown("It has adopted none. What all public bodies owe, it owes all the same.")
    _draw_adopt(found, [one for one in named if one.since is None and one.done_on is None])
    if owed:
        _draw_take_back(found, owed)
    for one in owed:
        if one.one_off:
            _draw_done(one)


def _table(owed: list[Named]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Promise": [f"{one.title} ({one.ref})" for one in owed],
            "Owed from": [clock.day_in_words(one.since) if one.since else "" for one in owed],
            "Done": [_done(one) for one in owed],
        },
        dtype=str,
    )


def _done(one: Named) -> str:
    if not one.one_off:
        return "kept up for good"
    return f"done on {clock.day_in_words(one.done_on)}" if one.done_on else "not yet"


def _draw_adopt(found: Found, others: list[Named]) -> None:
    name = fresh(f"adopt_{found.id}")
    titles = {one.ref: f"{one.title} ({one.ref})" for one in others}
    with st.expander("It has adopted promises"):
        st.markdown("It is asked about them in the reviews that open from that day on.")
        with st.form(name, border=False, width=620):
            refs = st.multiselect(
                "Promises", list(titles), format_func=titles.__getitem__, key=f"{name}_refs", persist_state="page"
            )
            day = day_field("Owed from", clock.today(), key=f"{name}_day")
            pressed = st.form_submit_button("Save what it adopted")
        if pressed:
            save(lambda session: _adopt(session, found, refs, day_or_today(day)))


def _draw_take_back(found: Found, owed: list[Named]) -> None:
    name = fresh(f"not_adopted_{found.id}")
    titles = {one.ref: f"{one.title} ({one.ref})" for one in owed}
    with st.expander("One of these was saved by mistake"):
        st.markdown("It can be taken back as long as no review has asked about it.")
        with st.form(name, border=False, width=620):
            ref = st.selectbox(
                "Promise", list(titles), format_func=titles.__getitem__, key=f"{name}_ref", persist_state="page"
            )
            pressed = st.form_submit_button("Take it back")
        if pressed:
            save(lambda session: _take_back(session, found, ref))


def _draw_done(one: Named) -> None:
    name = fresh(f"done_{one.ref}")
    with st.expander(f"{plain(one.title)}: {'it is not done after all' if one.done_on else 'it is done'}"):
        st.markdown("It is done once, for all who owe it. A review that opens after it is done does not ask about it.")
        with st.form(name, border=False, width=620):
            day = None if one.done_on else day_field("Day on which it was done", clock.today(), key=f"{name}_day")
            pressed = st.form_submit_button("It is not done after all" if one.done_on else "Save that it is done")
        if pressed:
            save(lambda session: _record(session, one, None if one.done_on else day_or_today(day)))


def _adopt(session: Session, found: Found, refs: list[str], day: date) -> str:
    adopt(session, viewer=viewer.current(), organisation_id=found.id, refs=refs, adopted_on=day)
    return f"{found.fields.name} owes what it adopted from {clock.day_in_words(day)} on."


def _take_back(session: Session, found: Found, ref: str) -> str:
    take_back_adoption(session, viewer=viewer.current(), organisation_id=found.id, ref=ref)
    return f"{found.fields.name} does not owe {ref} by name any more."


def _record(session: Session, one: Named, day: date | None) -> str:
    record_done(session, viewer=viewer.current(), ref=one.ref, done_on=day)
    return f"{one.ref} is done." if day else f"{one.ref} is not done."
