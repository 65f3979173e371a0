"""The decision on a public body's answers: accept them all, or send them back with the reasons that were typed."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from charter.review_queue import Paper
from charter.reviews import Seen, accept, return_answers
from charter.rules.refusals import RefusedError
from charter.store import Session, writing
from db.types import PeriodState, SelfAssessmentState
from pages.ui import keys, press, viewer
from pages.ui.plain import plain
from pages.ui.reviewing import places, unsent

_REASONS_TYPED = (
    "Not accepted yet: you typed a reason to send an answer back. Send the answers back with it, or empty its box."
)


def draw(paper: Paper) -> None:
    """Draw the two ways to decide; what was accepted can only be sent back."""
    form = paper.form
    versions = tuple(question.version.version_id for question in form.questions)
    typed = len(unsent.typed(paper.ref, versions))
    whose = (paper.ref, form.organisation_name, versions, paper.seen)
    st.header("Your decision", anchor=False)
    if form.period.state is PeriodState.PUBLISHED:
        st.info(f"{plain(form.period.title)} is published. What you decide now is shown by a correction only.")
    st.markdown(_typed_words(typed))
    with st.container(horizontal=True, key="ways"):
        if form.state is SelfAssessmentState.SUBMITTED:
            press.button("Accept all answers", _accept, *whose, key="accept", look="primary")
        press.button("Send back with my reasons", _send_back, *whose, key="send_back")


def _typed_words(typed: int) -> str:
    if typed == 0:
        return "You can accept the answers, or open “Send this answer back” beside an answer and type why."
    return f"You typed {typed} {'reason' if typed == 1 else 'reasons'}."


def _accept(ref: str, name: str, versions: tuple[int, ...], seen: Seen) -> None:
    if unsent.typed(ref, versions):
        st.session_state[keys.REVIEW_REFUSAL] = _REASONS_TYPED
        return
    verb = partial(accept, viewer=viewer.current(), ref=ref, seen=seen)
    _decide(verb, ref, versions, said=f"You accepted the answers of {plain(name)}. They count now.")


def _send_back(ref: str, name: str, versions: tuple[int, ...], seen: Seen) -> None:
    reasons = unsent.typed(ref, versions)
    verb = partial(return_answers, viewer=viewer.current(), ref=ref, reasons=reasons, seen=seen)
    said = f"You sent the answers of {plain(name)} back. They see your reasons beside their answers."
    _decide(verb, ref, versions, said=said)


def _decide(verb: Callable[[Session], None], ref: str, versions: tuple[int, ...], *, said: str) -> None:
    try:
        with writing() as session:
            verb(session)
    except RefusedError as refusal:
        st.session_state[keys.REVIEW_REFUSAL] = str(refusal)
    else:
        st.session_state[keys.REVIEW_SAID] = said
        unsent.forget(ref, versions)
        places.go_back()
