"""Checking the answers, declaring, and sending."""

import streamlit as st

from charter.forms import Form
from charter.rules.refusals import FieldError, RefusedError
from charter.store import writing
from charter.submissions import submit
from charter.tasks import LIST_STEP, Task
from pages.ui import keys, viewer
from pages.ui.assessment import drafting, given, press, steps, unsaved
from pages.ui.plain import plain


def draw(form: Form) -> None:
    """Draw the answers with a way to change each, the declaration, and the button that sends."""
    steps.draw_heading(form, "Check your answers")
    _draw_missing(form)
    given.draw(form, _draw_change)
    st.header("Send your answers", anchor=False)
    if form.drafting.own is not None:
        st.info(f"You draft a part, so you do not send. {drafting.who_sends(form)}")
        steps.button("Back to the list", LIST_STEP, key="to_list")
        return
    about, declaration = _declaration(form)
    st.markdown(about)
    st.checkbox(declaration, key=keys.DECLARED, persist_state="page")
    st.text_input(_name_label(form), key=keys.DECLARED_BY, autocomplete="name", persist_state="page", width=480)
    refusal = st.session_state.pop(keys.REFUSAL, None)
    if refusal:
        st.error(plain(refusal))
    with st.container(horizontal=True, key="ways"):
        whose = (form.organisation_id, form.period.id)
        press.button("Send our answers", _send, *whose, key="send", look="primary")
        steps.button("Back to the list", LIST_STEP, key="to_list")


def _declaration(form: Form) -> tuple[str, str]:
    """Say for whom it is declared, and what. Whoever types in for a group declares what was told.

    What people typed stands above the box and not in its label, which is read out with the escapes of its marks.
    """
    name = f"**{plain(form.organisation_name)}**"
    if form.assisted is not None:
        return f"{plain(form.assisted.spoke_to)} answered for {name}.", "This is what was answered."
    return f"You answer for {name}.", "I answer for this organisation, and this is what we think."


def _name_label(form: Form) -> str:
    return "Your name" if form.assisted is None else "Name of the person who answers for the group"


def _draw_missing(form: Form) -> None:
    missing = len(form.core) - form.answered(form.core)
    if missing:
        st.info(
            f"{missing} of the {len(form.core)} main questions {'has' if missing == 1 else 'have'} no answer, marked "
            f"“{given.NO_ANSWER}” below. You can send without {'it' if missing == 1 else 'them'}."
        )
    for field in unsaved.comments_of(form.organisation_id, form.period.id):
        st.warning(f"Your comment on “{plain(field.title)}” is not saved yet. Choose “Change” beside it to see why.")


def _draw_change(task: Task, name: str) -> None:
    press.button("Change", steps.go, task.step, key=f"change_{name}")


def _send(organisation_id: int, period_id: int) -> None:
    """Send: the button's callback. A second press finds the answers sent, and changes nothing."""
    if not st.session_state.get(keys.DECLARED):
        st.session_state[keys.REFUSAL] = "Not sent yet. Please tick the box above the name first. Nothing was lost."
        return
    if unsaved.comments_of(organisation_id, period_id):
        st.session_state[keys.REFUSAL] = (
            "Not sent yet. A comment is not saved: choose “Change” beside it, and make it shorter or empty it."
        )
        return
    try:
        with writing() as session:
            submit(
                session,
                viewer=viewer.current(),
                organisation_id=organisation_id,
                period_id=period_id,
                declared_by=str(st.session_state.get(keys.DECLARED_BY) or ""),
            )
    except FieldError as refusal:
        st.session_state[keys.REFUSAL] = f"Not sent yet. {refusal}"
    except RefusedError as refusal:
        st.session_state[keys.REFUSAL] = str(refusal)
