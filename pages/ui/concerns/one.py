"""One concern: what it is, what was said and done, and what the person who reads it may do."""

import streamlit as st

from charter import clock
from charter.concerns.reading import ConcernTold, read_concern
from charter.concerns.words import CONCERN_STATES, next_sentence, step_words
from charter.rules.access import Viewer
from charter.rules.concerns import OPEN
from charter.rules.refusals import RefusedError
from charter.store import reading
from pages.ui.concerns import deciding, places, taking_on
from pages.ui.plain import plain
from pages.ui.running import acting


def draw(here: Viewer, ref: str) -> None:
    """Draw the concern that the address names; where the person may not see one of this name, say so."""
    found, refusal = None, ""
    with reading() as session:
        try:
            found = read_concern(session, viewer=here, ref=ref)
        except RefusedError as refused:
            refusal = str(refused)
    if found is None:
        st.title("Concerns", anchor=False)
        acting.draw_message()
        st.warning(plain(refusal))
        places.draw_back()
        return
    st.title(f"A concern about {plain(found.about)}", anchor=False)
    acting.draw_message()
    places.draw_back()
    _draw_what(found)
    _draw_story(found)
    if found.may_reply:
        taking_on.draw_reply(found)
    if found.may_decide:
        deciding.draw(here, found)
    if found.may_act:
        taking_on.draw_steps(found)
    if found.state not in OPEN:
        taking_on.draw_unsent(ref)


def _draw_what(found: ConcernTold) -> None:
    raised = clock.day_in_words(clock.local(found.raised_at).date())
    st.caption(f"{found.ref} · confidential · {CONCERN_STATES[found.state]}")
    st.markdown(f"**{next_sentence(found)}**")
    st.markdown(f"{plain(found.raised_by)} raised it on {raised}, about the promise “{plain(found.promise)}”.")
    st.page_link("public/commitment.py", label="Read this promise", query_params={"ref": found.promise_ref})
    st.header("The concern", anchor=False)
    draw_words(found.words)
    if found.actions:
        st.header("What came of it", anchor=False)
        st.markdown("\n".join(f"- {plain(each.heading)} (action {each.ref})" for each in found.actions))


def _draw_story(found: ConcernTold) -> None:
    """Draw what was done and said, the first first."""
    st.header("What happened", anchor=False)
    told = [(step.at, plain(step_words(step)), step.words) for step in found.steps]
    told += [(said.at, f"{plain(said.by)} says", said.words) for said in found.replies]
    for at, what, words in sorted(told, key=lambda each: each[0]):
        with st.container(border=True):
            st.markdown(f"**{what}**  \n{clock.moment_in_words(at)}")
            draw_words(words)


def draw_words(words: str) -> None:
    """Draw what somebody wrote, paragraph by paragraph, as plain text."""
    for paragraph in filter(None, (line.strip() for line in words.split("\n"))):
        st.markdown(plain(paragraph))
