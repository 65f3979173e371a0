"""What the two sides do with a concern: answer, pass it on, write down what was agreed, or withdraw it."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from charter.concerns.raising import pass_on, settle, withdraw
from charter.concerns.reading import ConcernTold
from charter.concerns.replying import reply
from charter.outcomes.typed_values import WORDS_LIMIT
from charter.rules.concerns import Part
from charter.store import Session
from db.types import ConcernState
from pages.ui import viewer
from pages.ui.assessment import press
from pages.ui.running import acting


def draw_reply(found: ConcernTold) -> None:
    """Draw the box for an answer. Its key tells how many there are, so that it is empty after each."""
    own = Part.CONCERNED in found.parts
    st.header("Your reply" if own else "Add something", anchor=False)
    if own:
        st.markdown("You have a right of reply. Those who raised it read what you write.")
    else:
        st.markdown("The public body reads what you write here.")
    key = f"concern_reply_{found.ref}_{len(found.replies)}"
    label = "Your answer" if own else "What do you want to say?"
    st.text_area(label, key=key, max_chars=WORDS_LIMIT, height=140)
    press.button(
        "Send this answer" if own else "Send this",
        _reply,
        found.ref,
        key,
        key="send_reply",
        look="primary" if own else "secondary",
    )


def draw_steps(found: ConcernTold) -> None:
    """Draw what whoever raised it may do now."""
    with_champion = found.state is ConcernState.WITH_CHAMPION
    st.header("What you can do", anchor=False)
    if with_champion and found.waits_until is None:
        with st.expander("Pass it on to the monitoring group"):
            st.markdown("The leads of the public body see it from then on, and can reply.")
            _draw_step(found, "pass_on", "Why? You need not say.", "Pass it on", _pass_on)
    if with_champion:
        with st.expander("We agreed on a way forward"):
            st.markdown("It is closed then, and the monitoring group does not decide on it.")
            _draw_step(found, "settle", "What did you agree?", "Save what we agreed", _settle)
    with st.expander("Withdraw it"):
        key = _key(found, "withdraw")
        st.text_area("Why? You need not say.", key=key, max_chars=WORDS_LIMIT, height=100)
        acting.confirmed(
            "Withdraw this concern",
            name=f"withdraw_{found.ref}",
            warning="Withdraw it? It is closed then, and stays to be read by those who can see it.",
            yes="Yes, withdraw it",
            act=partial(_withdraw, found, key),
        )


def _draw_step(found: ConcernTold, name: str, label: str, button: str, act: Callable[[ConcernTold, str], None]) -> None:
    key = _key(found, name)
    st.text_area(label, key=key, max_chars=WORDS_LIMIT, height=100)
    press.button(button, act, found, key, key=f"{name}_concern")


def _key(found: ConcernTold, name: str) -> str:
    return f"concern_{name}_{found.ref}_{found.revision}"


def typed(key: str) -> str:
    """Give what was typed in a box."""
    return str(st.session_state.get(key) or "")


def _reply(ref: str, key: str) -> None:
    def act(session: Session) -> str:
        reply(session, viewer=viewer.current(), ref=ref, words=typed(key))
        return "What you wrote is sent."

    acting.do(act)


def _pass_on(found: ConcernTold, key: str) -> None:
    def act(session: Session) -> str:
        pass_on(session, viewer=viewer.current(), ref=found.ref, words=typed(key), seen_revision=found.revision)
        return "The concern is with the monitoring group now."

    acting.do(act)


def _settle(found: ConcernTold, key: str) -> None:
    def act(session: Session) -> str:
        settle(session, viewer=viewer.current(), ref=found.ref, words=typed(key), seen_revision=found.revision)
        return "What you agreed is saved, and the concern is closed."

    acting.do(act)


def _withdraw(found: ConcernTold, key: str) -> None:
    def act(session: Session) -> str:
        withdraw(session, viewer=viewer.current(), ref=found.ref, words=typed(key), seen_revision=found.revision)
        return "The concern is withdrawn."

    acting.do(act)
