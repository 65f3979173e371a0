"""A choice that stands in the page's address, so that it can be sent to somebody and the back button undoes it."""

from collections.abc import Callable, Mapping

import streamlit as st


def draw_choice(
    label: str, names: Mapping[str, str], chosen: str | None, *, key: str, go: Callable[[str], None], width: int = 420
) -> None:
    """Draw a choice, and have another one carried out before the page is drawn again.

    Args:
        label: what is chosen.
        names: what each is called, by its reference.
        chosen: the reference that the address names, or None where it names none that is here.
        key: of the box. The choice is part of it, so that the box follows when the address is changed by hand.
        go: takes the reference of another one, once it is chosen.
        width: of the box, in pixels.
    """
    refs = list(names)
    st.selectbox(
        label,
        refs,
        index=refs.index(chosen) if chosen is not None else None,
        format_func=lambda ref: names.get(ref, ref),
        placeholder="Choose one",
        key=key,
        on_change=_go,
        args=(key, go),
        width=width,
    )


def _go(key: str, go: Callable[[str], None]) -> None:
    chosen = st.session_state[key]
    if chosen:
        go(str(chosen))
