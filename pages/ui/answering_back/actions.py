"""A public body's actions, and where each stands."""

import streamlit as st

from charter.promising_words import due_words
from charter.right_of_reply import OwnBody
from charter.rules.access import Viewer
from charter.store import Session, reading
from charter.words import ACTION_STATUSES
from charter.you_said import OwnAction, own_actions, set_action_status
from db.types import ActionStatus
from pages.ui import viewer
from pages.ui.plain import plain
from pages.ui.running import acting


def draw(here: Viewer, body: OwnBody) -> None:
    """Draw each action with a choice of where it stands, which is saved at once."""
    with reading() as session:
        actions = own_actions(session, viewer=here, organisation_id=body.organisation_id)
    st.header("Was it done?", anchor=False)
    if not actions:
        st.markdown("You have no actions yet. They come from what you promise after a review.")
        return
    st.markdown(
        "Say where each action stands. It is saved as soon as you choose. Everybody reads it with the next release: "
        "when the next review is published, or when the last one is corrected."
    )
    for number, action in enumerate(actions, start=1):
        key = f"action_{action.ref}_{action.revision}"
        # What people typed stands above the box and not in its label, which is read out with the escapes of its marks.
        due = due_words(action.due_on, action.due_precision)
        st.markdown(f"**{number}. {plain(action.heading)}** ({due})")
        st.selectbox(
            f"Where action {number} stands",
            list(ActionStatus),
            index=list(ActionStatus).index(action.status),
            format_func=lambda status: ACTION_STATUSES[status],
            key=key,
            on_change=_save,
            args=(action, key),
            width=420,
        )


def _save(action: OwnAction, key: str) -> None:
    status = ActionStatus(st.session_state[key])

    def act(session: Session) -> str:
        set_action_status(
            session, viewer=viewer.current(), action_ref=action.ref, status=status, seen_revision=action.revision
        )
        return f"“{action.heading}” is now: {ACTION_STATUSES[status]}."

    acting.do(act)
