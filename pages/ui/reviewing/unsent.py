"""The reasons that a reviewer has typed and not sent: kept on the page, also while it asks to sign in again."""

from collections.abc import Iterable

import streamlit as st

from charter.typed import clean_text
from pages.ui import keys

_REASON = "review_reason_"


def reason_key(ref: str, version_id: int) -> str:
    """Name the box for the reason to send an answer back."""
    return f"{_REASON}{ref}_{version_id}"


def typed(ref: str, versions: Iterable[int]) -> dict[int, str]:
    """Give what was typed as reasons, by version."""
    found = {version: str(st.session_state.get(reason_key(ref, version)) or "") for version in versions}
    return {version: words for version, words in found.items() if clean_text(words)}


def forget(ref: str, versions: Iterable[int]) -> None:
    """Empty the boxes of answers that were decided on: the next decision begins anew."""
    for version in versions:
        st.session_state.pop(reason_key(ref, version), None)


def keep_for(account_id: int | None) -> None:
    """Keep what is typed for the one who typed it: whoever else signs in on this page begins with empty boxes."""
    if st.session_state.setdefault(keys.REVIEW_BY, account_id) != account_id:
        for key in _boxes():
            del st.session_state[key]
        st.session_state[keys.REVIEW_BY] = account_id


def draw_ended() -> bool:
    """Say beside the form for signing in that what was typed is kept, if anything is."""
    kept = any(clean_text(str(st.session_state[key] or "")) for key in _boxes())
    if kept:
        st.info("The reasons that you typed are kept on this page. Sign in here, and you find them in their boxes.")
    return kept


def _boxes() -> list[str]:
    return [str(key) for key in st.session_state if str(key).startswith(_REASON)]
