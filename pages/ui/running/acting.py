"""Doing something that a button asked for: in one scope, with a message after it, and a question before it."""

from collections.abc import Callable

import streamlit as st

from charter.rules.refusals import RefusedError
from charter.store import Session, writing
from pages.ui import keys
from pages.ui.assessment import press
from pages.ui.plain import plain

Act = Callable[[Session], str]


def do(act: Act) -> bool:
    """Carry something out in one writing scope, keep what is to be said of it, and tell whether it was done.

    Args:
        act: takes the session, and gives the sentence that says what was done.
    """
    try:
        with writing() as session:
            said = act(session)
    except RefusedError as refusal:
        st.session_state[keys.DONE] = (False, str(refusal))
        return False
    st.session_state[keys.DONE] = (True, said)
    return True


def draw_message() -> None:
    """Say once what became of the last press: at the top of the page, and over whatever part of it is in sight.

    Who pressed a button far down a long page does not see its top.
    """
    done, said = st.session_state.pop(keys.DONE, (False, ""))
    if said:
        (st.success if done else st.error)(plain(said))
        st.toast(plain(said), duration="long")


def confirmed(label: str, *, name: str, warning: str, yes: str, act: Callable[[], None]) -> None:
    """Draw a button that asks before it acts.

    Args:
        label: what stands on it.
        name: its name among the page's widgets.
        warning: what will happen, in sentences of ours, in which what people typed is escaped.
        yes: what stands on the button that does it.
        act: what that button does, before the page is drawn again.
    """
    if st.session_state.get(keys.CONFIRM) != name:
        press.button(label, _ask, name, key=f"ask_{name}")
        return
    with st.container(border=True, key=f"confirm_{name}"):
        st.warning(warning)
        with st.container(horizontal=True):
            press.button(yes, _act, act, key=f"yes_{name}", look="primary")
            press.button("No, leave it as it is", _ask, None, key=f"no_{name}")


def _ask(name: str | None) -> None:
    st.session_state[keys.CONFIRM] = name


def _act(act: Callable[[], None]) -> None:
    st.session_state[keys.CONFIRM] = None
    act()
