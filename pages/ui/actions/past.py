"""The actions that an earlier charter planned: history, apart from the actions of today."""

import streamlit as st

from charter.actions.frames import past_table
from pages.ui import cached, tables
from pages.ui.plain import plain


def draw() -> None:
    """Draw the plans of the past, each with its actions and where they stand in its document; without any, nothing."""
    plans = cached.past_actions()
    if not plans:
        return
    many = sum(len(plan.actions) for plan in plans)
    st.header("What was planned in 2006", anchor=False)
    st.markdown(
        f"The Compact of 2006 planned {many} actions. No document that we hold says what became of them, so nothing is "
        "said of that here, and none of them counts as overdue."
    )
    for plan in plans:
        with st.expander(f"{plain(plan.title)} ({len(plan.actions)})"):
            tables.draw(past_table(plan.actions), alt=f"The actions of the plan “{plan.title}”")
            sources = dict.fromkeys(each.notes.rsplit(", row ", 1)[0] for each in plan.actions)
            st.caption(plain(f"Source: {'; '.join(sources)}."))
