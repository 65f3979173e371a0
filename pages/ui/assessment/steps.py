"""The steps of a form: which one the address asks for, and going to another."""

import streamlit as st

from charter import clock
from charter.forms import Form
from charter.tasks import START_STEP
from pages.ui import press, script
from pages.ui.plain import plain

_STEP = "step"


def asked() -> str:
    """Give the step that the address asks for; without one, the first screen."""
    return st.query_params.get(_STEP, START_STEP)


def go(step: str) -> None:
    """Go to a step. It is the callback of the buttons between steps; the browser's back button works too."""
    st.query_params[_STEP] = step


def draw_heading(form: Form, title: str) -> None:
    """Draw what stands above every step: which review, for whom, until when, and the step's title."""
    last_day = clock.day_in_words(form.period.last_day)
    if form.period.takes_answers(clock.now()):
        until = f"{'open until' if form.editable else 'closes'} {last_day}"
    else:
        until = "sent back to you" if form.editable else f"closed on {last_day}"
    st.caption(f"{plain(form.period.title)} · {plain(form.organisation_name)} · {until}")
    st.title(plain(title), anchor=False)
    if form.assisted is not None:
        st.caption(plain(form.assisted.words))
    # The script beside the mark starts a new step at its top, where the old one ended.
    script.draw("step", mark=asked())


def button(label: str, step: str, *, key: str, primary: bool = False) -> None:
    """Draw a button that goes to a step."""
    press.button(label, go, step, key=key, look="primary" if primary else "secondary")
