"""The decision on a public body's answers: accept them all, or send them back with the reasons that were typed."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from charter.review_queue import Paper
from charter.reviews import Seen, accept, return_answers
from charter.rules.refusals import RefusedError
from charter.store import Session, writing
from charter.typed import clean_text
from db.types import PeriodState, SelfAssessmentState
from pages.ui import keys, viewer
from pages.ui.assessment import press
from pages.ui.plain import plain
from pages.ui.reviewing import places
from pages.ui.reviewing.answers import reason_key

_REASONS_TYPED = (
    "Not accepted yet: you typed a reason to send an answer back. Send the answers back with it, or empty its box."
)


def draw(paper: Paper) -> None:
    """Draw the two ways to decide; what was accepted can only be sent back."""
    form = paper.form
    versions = tuple(question.version.version_id for question in form.questions)
    typed = len(_reasons(paper.ref, versions))
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


def _reasons(ref: str, versions: tuple[int, ...]) -> dict[int, str]:
    """Give what was typed as reasons, by version."""
    typed = {version: str(st.session_state.get(reason_key(ref, version)) or "") for version in versions}
    return {version: words for version, words in typed.items() if clean_text(words)}


def _accept(ref: str, name: str, versions: tuple[int, ...], seen: Seen) -> None:
    if _reasons(ref, versions):
        st.session_state[keys.REVIEW_REFUSAL] = _REASONS_TYPED
        return
    verb = partial(accept, viewer=viewer.current(), ref=ref, seen=seen)
    _decide(verb, said=f"You accepted the answers of {plain(name)}. They count now.")


def _send_back(ref: str, name: str, versions: tuple[int, ...], seen: Seen) -> None:
    reasons = _reasons(ref, versions)
    verb = partial(return_answers, viewer=viewer.current(), ref=ref, reasons=reasons, seen=seen)
    _decide(verb, said=f"You sent the answers of {plain(name)} back. They see your reasons beside their answers.")


def _decide(verb: Callable[[Session], None], *, said: str) -> None:
    try:
        with writing() as session:
            verb(session)
    except RefusedError as refusal:
        st.session_state[keys.REVIEW_REFUSAL] = str(refusal)
    else:
        st.session_state[keys.REVIEW_SAID] = said
        places.go_back()
