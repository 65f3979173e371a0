"""A public body's actions, and where each stands."""

import streamlit as st

from charter.actions.making import say_how_it_stands
from charter.actions.reading import ActionNow, read_actions
from charter.promising_words import due_words
from charter.right_of_reply import OwnBody
from charter.rules.access import Viewer
from charter.store import Session, reading
from charter.words import ACTION_STATUSES
from db.types import ActionStatus
from pages.ui import viewer
from pages.ui.plain import plain
from pages.ui.running import acting


def draw(here: Viewer, body: OwnBody) -> None:
    """Draw each action that the body keeps, with a choice of where it stands, which is saved at once."""
    with reading() as session:
        found = read_actions(session, viewer=here)
    actions = [each for each in found if each.fields.organisation_id == body.organisation_id]
    st.header("Was it done?", anchor=False)
    if not actions:
        st.markdown("You have no actions yet. They come from what you promise after a review.")
        return
    st.markdown(
        "Say where each action stands. It is saved as soon as you choose. Everybody reads it with the next release: "
        "when the next review is published, or when the last one is corrected."
    )
    for number, action in enumerate(actions, start=1):
        told = action.told
        key = f"action_{told.ref}_{action.revision}"
        # What people typed stands above the box and not in its label, which is read out with the escapes of its marks.
        st.markdown(f"**{number}. {plain(told.heading)}** ({due_words(told.due_on, told.due_precision)})")
        st.selectbox(
            f"Where action {number} stands",
            list(ActionStatus),
            index=list(ActionStatus).index(told.status),
            format_func=lambda status: ACTION_STATUSES[status],
            key=key,
            on_change=_save,
            args=(action, key),
            width=420,
        )
    st.page_link("public/actions.py", label="See all that you do, or make another action")


def _save(action: ActionNow, key: str) -> None:
    status, told = ActionStatus(st.session_state[key]), action.told

    def act(session: Session) -> str:
        say_how_it_stands(session, viewer=viewer.current(), ref=told.ref, status=status, seen_revision=action.revision)
        return f"“{told.heading}” is now: {ACTION_STATUSES[status]}."

    acting.do(act)
