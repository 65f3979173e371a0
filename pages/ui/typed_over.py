"""Words that several people may write: what somebody typed while another saved is shown to them, and never lost.

The fields are named after the revision that they were filled from, so that they always show what is saved.
"""

from collections.abc import Mapping

import streamlit as st

from charter.typed import clean_text
from pages.ui import keys


def draw(name: str, *, revision: int, saved: Mapping[str, str]) -> None:
    """Show what was typed into the fields of an older revision, if it is not what is saved now.

    Args:
        name: what the fields' names begin with, before the revision.
        revision: the revision that the fields are filled from now.
        saved: what is saved, by what a field's name has after the revision.
    """
    filled_from, typed_over = f"{keys.FILLED_FROM}_{name}", f"{keys.TYPED_OVER}_{name}"
    seen, before = st.session_state.get(filled_from, (revision, saved))
    if seen != revision:
        fields = {end: str(st.session_state.get(f"{name}_{seen}{end}") or "") for end in saved}
        own = [words for end, words in fields.items() if clean_text(words) not in {"", before[end], saved[end]}]
        st.session_state[typed_over] = "\n\n".join(own)
    st.session_state[filled_from] = (revision, saved)
    # What comes and goes has a box of its own, so that the fields below it do not move.
    with st.container(gap="small"):
        if words := st.session_state.get(typed_over):
            st.warning(
                "Somebody else changed this while you typed. What is saved now is theirs. What you typed is not saved. "
                "You can copy it from here:"
            )
            st.code(words, language=None, wrap_lines=True)


def forget(name: str) -> None:
    """Begin anew: what this person typed is saved now."""
    for key in (f"{keys.FILLED_FROM}_{name}", f"{keys.TYPED_OVER}_{name}"):
        st.session_state.pop(key, None)
