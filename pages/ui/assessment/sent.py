"""After sending, and after closing: what arrived, what happens next, and the answers to read."""

import streamlit as st

from charter import clock
from charter.forms import Form
from charter.rules.refusals import RefusedError
from charter.store import writing
from charter.submissions import take_back
from charter.tasks import LIST_STEP
from db.types import SelfAssessmentState, Side
from pages.ui import keys, viewer
from pages.ui.assessment import given, press, steps, unsaved
from pages.ui.plain import plain

_SENT = frozenset({SelfAssessmentState.SUBMITTED, SelfAssessmentState.REVIEWED})


def draw(form: Form) -> None:
    """Draw a form that takes no answers at the moment."""
    sent = form.state in _SENT
    steps.draw_heading(form, "Your answers have arrived" if sent else "This review is closed")
    unsaved.draw_too_late(form)
    refusal = st.session_state.pop(keys.REFUSAL, None)
    if refusal:
        st.error(plain(refusal))
    if sent:
        _draw_receipt(form)
    else:
        st.markdown(_not_sent(form))
    if form.state is not None:
        _draw_answers(form)


def _draw_receipt(form: Form) -> None:
    when = clock.moment_in_words(form.submitted_at) if form.submitted_at else ""
    # The reference has a line of its own, as it would else be broken in two at its dash.
    st.success(f"Thank you. Your reference is  \n**{form.ref}**  \nSent on {when} by {plain(form.declared_by)}.")
    st.header("What happens next", anchor=False)
    st.markdown(_next_for_group(form) if form.side is Side.VCFSE else _next_for_body(form))
    if form.side is Side.VCFSE and form.period.takes_answers(clock.now()):
        _draw_take_back(form)


def _next_for_group(form: Form) -> str:
    closes = clock.day_in_words(form.period.last_day)
    if form.period.takes_answers(clock.now()):
        first = f"- The review closes at the end of {closes}. Until then you can change your answers."
    else:
        first = f"- The review closed on {closes}. Your answers count."
    return (
        f"{first}\n"
        f"- Then the answers of all groups are added up. No score is published of fewer than "
        f"{form.period.threshold} groups.\n"
        "- The results are published on this site, for everyone to read."
    )


def _next_for_body(form: Form) -> str:
    if form.reviewed_at is not None:
        return (
            f"- The monitoring group accepted your answers on {clock.moment_in_words(form.reviewed_at)}.\n"
            f"- They count, and are published by name when the review is over."
        )
    return (
        "- Your answers **wait for review** by the monitoring group.\n"
        "- When they are accepted they count, and are published by name when the review is over."
    )


def _draw_take_back(form: Form) -> None:
    with st.expander("Change my answers"):
        st.warning(
            "If you open your answers again, they do not count until you send them again. "
            f"You can do that until the end of {clock.day_in_words(form.period.closes_on)}."
        )
        whose = (form.organisation_id, form.period.id)
        press.button("Open my answers again", _take_back, *whose, key="take_back")


def _take_back(organisation_id: int, period_id: int) -> None:
    try:
        with writing() as session:
            take_back(session, viewer=viewer.current(), organisation_id=organisation_id, period_id=period_id)
    except RefusedError as refusal:
        st.session_state[keys.REFUSAL] = str(refusal)
    else:
        steps.go(LIST_STEP)


def _not_sent(form: Form) -> str:
    closed = f"{plain(form.period.title)} closed on {clock.day_in_words(form.period.last_day)}."
    if form.state is None:
        return f"{closed} Your organisation did not answer in it."
    return f"{closed} Your answers were saved but not sent, so they do not count. You can still read them here."


def _draw_answers(form: Form) -> None:
    with st.expander("Read your answers"):
        given.draw(form)
    with st.expander("Keep a copy of your answers"):
        st.markdown("Copy this text and keep it where only your organisation can read it.")
        st.code(given.as_text(form), language=None, wrap_lines=True)
