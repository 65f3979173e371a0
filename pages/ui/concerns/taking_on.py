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
from pages.ui import keys, press, viewer
from pages.ui.running import acting

# Where words are typed about a concern, also by the monitoring group.
_BOXES = ("reply", "pass_on", "settle", "withdraw", "officer", "decide")


def draw_reply(found: ConcernTold) -> None:
    """Draw the box for an answer."""
    own = Part.CONCERNED in found.parts
    st.header("Your reply" if own else "Add something", anchor=False)
    if own:
        st.markdown("You have a right of reply. Those who raised it read what you write.")
    else:
        st.markdown("The public body reads what you write here.")
    key = box(found.ref, "reply")
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
        key = box(found.ref, "withdraw")
        st.text_area("Why? You need not say.", key=key, max_chars=WORDS_LIMIT, height=100)
        acting.confirmed(
            "Withdraw this concern",
            name=f"withdraw_{found.ref}",
            warning="Withdraw it? It is closed then, and stays to be read by those who can see it.",
            yes="Yes, withdraw it",
            act=partial(_withdraw, found, key),
        )


def _draw_step(found: ConcernTold, name: str, label: str, button: str, act: Callable[[ConcernTold, str], None]) -> None:
    key = box(found.ref, name)
    st.text_area(label, key=key, max_chars=WORDS_LIMIT, height=100)
    press.button(button, act, found, key, key=f"{name}_concern")


def draw_unsent(ref: str) -> None:
    """Give back what was typed about a concern that somebody else closed meanwhile."""
    for key in (box(ref, name) for name in _BOXES):
        words = typed(key) or typed(f"{key}_unsent")
        if words:
            label = "You typed this before it was closed. It was not saved: copy it if you need it."
            st.text_area(label, words, key=f"{key}_unsent", height=140)


def box(ref: str, name: str) -> str:
    """Name a box for words: what is in it stays until it is sent, whatever others do meanwhile."""
    return f"concern_{name}_{ref}_{st.session_state.get(f'{keys.SENT_CONCERN}_{name}_{ref}', 0)}"


def send(ref: str, name: str, act: Callable[[Session], str]) -> None:
    """Carry out what was typed in a box, which is another and so an empty one after it."""
    if acting.do(act):
        sent = f"{keys.SENT_CONCERN}_{name}_{ref}"
        st.session_state[sent] = st.session_state.get(sent, 0) + 1


def typed(key: str) -> str:
    """Give what was typed in a box."""
    return str(st.session_state.get(key) or "")


def _reply(ref: str, key: str) -> None:
    def act(session: Session) -> str:
        reply(session, viewer=viewer.current(), ref=ref, words=typed(key))
        return "What you wrote is sent."

    send(ref, "reply", act)


def _pass_on(found: ConcernTold, key: str) -> None:
    def act(session: Session) -> str:
        pass_on(session, viewer=viewer.current(), ref=found.ref, words=typed(key), seen_revision=found.revision)
        return "The concern is with the monitoring group now."

    send(found.ref, "pass_on", act)


def _settle(found: ConcernTold, key: str) -> None:
    def act(session: Session) -> str:
        settle(session, viewer=viewer.current(), ref=found.ref, words=typed(key), seen_revision=found.revision)
        return "What you agreed is saved, and the concern is closed."

    send(found.ref, "settle", act)


def _withdraw(found: ConcernTold, key: str) -> None:
    def act(session: Session) -> str:
        withdraw(session, viewer=viewer.current(), ref=found.ref, words=typed(key), seen_revision=found.revision)
        return "The concern is withdrawn."

    send(found.ref, "withdraw", act)
