import streamlit as st

from db.types import PeriodState
from pages.ui import promising, viewer
from pages.ui.answering_back import actions, after, choosing, figures
from pages.ui.running import acting

here = viewer.current()
st.title("Answer back", anchor=False)
acting.draw_message()
body = choosing.choose_body(here)
if body is not None:
    period = choosing.choose_period(here, body)
    if period is None:
        st.info(
            "When a review has closed, you see your own figures here before they are published. Then you can reply, "
            "and say what you will do about your lowest promises. No review is at that point now."
        )
    elif period.state is PeriodState.PUBLISHED:
        after.draw(here, body, period)
    elif choosing.agreed_to_look(here, body, period):
        figures.draw(here, body, period)
        promising.draw(here, body, period)
    actions.draw(here, body)
