"""Buttons whose press is never lost.

A phone that slept, or a server that was started anew, has no callbacks for a page that is still open: the first press
then comes without its callback. It is noticed here, and acted upon all the same.
"""

from collections.abc import Callable
from typing import Literal

import streamlit as st

from pages.ui import keys


def button(
    label: str,
    act: Callable[..., None],
    *args: object,
    key: str,
    look: Literal["primary", "secondary", "tertiary"] = "secondary",
) -> None:
    """Draw a button.

    Args:
        label: what stands on it.
        act: what a press does, before the page is drawn.
        args: what `act` is given.
        key: its name among the page's widgets.
        look: how it looks; a page has one primary button.
    """
    pressed = st.button(label, key=key, on_click=_act, args=(key, act, args), type=look, wrap=True)
    if pressed and st.session_state.pop(keys.PRESSED, None) != key:
        act(*args)
        st.rerun()


def _act(key: str, act: Callable[..., None], args: tuple[object, ...]) -> None:
    st.session_state[keys.PRESSED] = key
    act(*args)
