"""Sharing a closed review early, with named people."""

import streamlit as st

from charter import preview_words
from charter.early_access import NAME_LIMIT, Access, list_early_access, preview_address, revoke_preview, share_preview
from charter.periods import PeriodFound
from charter.rules.access import Viewer
from charter.store import Session, reading
from pages.ui import keys, viewer
from pages.ui.assessment import press
from pages.ui.plain import plain
from pages.ui.running import acting


def draw(here: Viewer, period: PeriodFound) -> None:
    """Draw the form for a new link, and everyone who has early access."""
    with reading() as session:
        shared = list_early_access(session, viewer=here, period_ref=period.ref)
    st.markdown(
        "A named person can see the figures before they are published, by a link that is good for 24 hours. "
        "The name, and when they first looked, are published with the figures."
    )
    if not shared:
        st.warning(
            "Once somebody has a link, this review cannot be opened again, and no group’s answer can be changed."
        )
    st.text_input("Name of the person", key=keys.PREVIEW_NAME, max_chars=NAME_LIMIT, width=420)
    press.button("Make a link for this person", _share, period.ref, key="share_preview", look="primary")
    _draw_new_link()
    st.header("Who has early access", anchor=False)
    if not shared:
        st.markdown("Nobody yet. Public bodies are listed here when they look at their own figures.")
    for access in shared:
        _draw_access(access)


def _draw_new_link() -> None:
    """Show a link once: the store keeps only its digest, so that it cannot be shown again."""
    made = st.session_state.pop(keys.PREVIEW_LINK, None)
    if made:
        st.markdown("Copy this link now and send it. It is shown only once.")
        st.code(made, language=None, wrap_lines=True)


def _draw_access(access: Access) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(preview_words.access_words(access)), width="content")
        if access.live:
            press.button("Take the link back", _revoke, access.id, key=f"revoke_preview_{access.id}")


def _share(ref: str) -> None:
    name = str(st.session_state.get(keys.PREVIEW_NAME) or "")
    made: list[str] = []

    def act(session: Session) -> str:
        made.append(share_preview(session, viewer=viewer.current(), period_ref=ref, name=name))
        return f"The link for {name.strip()} is made."

    if acting.do(act):
        st.session_state[keys.PREVIEW_LINK] = preview_address(made[0])
        st.session_state[keys.PREVIEW_NAME] = ""


def _revoke(access_id: int) -> None:
    def act(session: Session) -> str:
        revoke_preview(session, viewer=viewer.current(), access_id=access_id)
        return "The link is taken back. The person stays on the list."

    acting.do(act)
