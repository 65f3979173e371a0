"""What the monitoring group does with a concern: ask an officer to come, and decide, with an action or without."""

import streamlit as st

from charter.concerns.deciding import OFFICER_LIMIT, ask_officer, decide
from charter.concerns.reading import ConcernTold
from charter.outcomes.typed_values import WORDS_LIMIT
from charter.rules.access import Viewer
from charter.store import Session
from pages.ui import keys, press, viewer
from pages.ui.concerns import action_form
from pages.ui.concerns.taking_on import box, send, typed

_AGREED, _NOT_AGREED = "A way forward was agreed", "No way forward was agreed"


def draw(here: Viewer, found: ConcernTold) -> None:
    """Draw both; what is typed stays where something is refused."""
    st.header("The monitoring group", anchor=False)
    with st.expander("Ask an officer to come"):
        _draw_officer(found)
    if found.waits_until is not None:
        st.info("You can decide when the public body has replied, or when its time is over.")
        return
    st.subheader("Your decision", anchor=False)
    name = box(found.ref, "decide")
    answer = st.radio("Was a way forward agreed?", (_AGREED, _NOT_AGREED), key=f"{name}_answer", index=None)
    label = "Why was none agreed?" if answer == _NOT_AGREED else "What was agreed?"
    st.text_area(label, key=name, max_chars=WORDS_LIMIT, height=140)
    st.caption("Both sides read it. It cannot be changed afterwards.")
    if answer == _AGREED:
        action_form.draw(here, found.ref, name)
    press.button("Save our decision", _decide, found, name, key="decide", look="primary")


def _draw_officer(found: ConcernTold) -> None:
    st.markdown("Both sides read whom you ask, and what for.")
    name = box(found.ref, "officer")
    st.text_input("Whom do you ask? A name or a post.", key=f"{name}_who", max_chars=OFFICER_LIMIT)
    st.text_area("What for, and when?", key=name, max_chars=WORDS_LIMIT, height=100)
    press.button("Ask this officer", _ask, found, name, key="ask_officer")


def _ask(found: ConcernTold, name: str) -> None:
    def act(session: Session) -> str:
        ask_officer(
            session,
            viewer=viewer.current(),
            ref=found.ref,
            officer=typed(f"{name}_who"),
            words=typed(name),
            seen_revision=found.revision,
        )
        return "The officer is asked. The public body and those who raised the concern read it."

    send(found.ref, "officer", act)


def _decide(found: ConcernTold, name: str) -> None:
    answer = st.session_state.get(f"{name}_answer")
    if answer is None:
        st.session_state[keys.DONE] = (False, "Please choose whether a way forward was agreed. Nothing was lost.")
        return
    agreed = answer == _AGREED

    def act(session: Session) -> str:
        decide(
            session,
            viewer=viewer.current(),
            ref=found.ref,
            agreed=agreed,
            words=typed(name),
            seen_revision=found.revision,
            action=action_form.given(name) if agreed else None,
        )
        return "Your decision is saved. Both sides are told that there is one."

    send(found.ref, "decide", act)
