"""Saving what a form holds: what cannot be taken stays in its fields, and after a save they are fresh."""

from collections.abc import Callable
from datetime import date
from typing import Literal

import streamlit as st

from charter import clock
from charter.rules.refusals import RefusedError
from charter.store import Session, writing
from pages.ui import keys
from pages.ui.plain import plain

# How long what is typed stays while its field is not drawn: when the session has ended, the page asks for a sign-in.
Stays = Literal["page"]
LONG_AGO, FAR_AHEAD = date(1800, 1, 1), date(2100, 12, 31)


def save(act: Callable[[Session], str]) -> None:
    """Carry out what a form asked for in one writing scope.

    What is refused is said below the form, which keeps what was typed; else the page is drawn anew with the sentence
    that `act` gives.
    """
    try:
        with writing() as session:
            said = act(session)
    except RefusedError as refusal:
        st.error(f"{plain(str(refusal))} What you typed is still here.")
        return
    st.session_state[keys.DONE] = (True, said)
    renew()
    st.rerun()


def renew() -> None:
    """Let what is named by `fresh` be other forms and fields from the next run on."""
    st.session_state[keys.KEPT_FORMS] = st.session_state.get(keys.KEPT_FORMS, 0) + 1


def fresh(name: str) -> str:
    """Name a form or a field so that it is another one after each save, and so empty again."""
    return f"{name}_{st.session_state.get(keys.KEPT_FORMS, 0)}"


def day_field(
    label: str, value: date | None, *, key: str, width: int = 240, stays: Stays | None = "page"
) -> date | None:
    """Draw a field for a day, which may be left empty, and give the day. `stays` is how long what is typed stays."""
    given = st.date_input(
        label,
        value,
        key=key,
        format="DD/MM/YYYY",
        min_value=LONG_AGO,
        max_value=FAR_AHEAD,
        width=width,
        persist_state=stays,
    )
    return given if isinstance(given, date) else None


def day_or_today(given: date | None) -> date:
    """Give a day; a field that was emptied stands for today."""
    return given or clock.today()
