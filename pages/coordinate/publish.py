import streamlit as st

from db.types import PeriodState
from pages.ui import viewer
from pages.ui.publishing import parts, progress, published
from pages.ui.running import acting, choosing

here = viewer.current()
st.title("Publish", anchor=False)
acting.draw_message()
periods = choosing.all_periods(here)
period = choosing.chosen_period(periods)
if period is None:
    st.info("Here you check a review that has closed, and publish it. There is no review yet. Plan one first.")
    st.page_link("coordinate/periods.py", label="Go to periods")
else:
    choosing.draw_choice(periods, period)
    if progress.draw(here, period):
        pass  # while it is being published there is nothing else to do here
    elif period.state is PeriodState.CLOSED:
        parts.draw(here, period)
    elif period.state is PeriodState.PUBLISHED:
        published.draw(here, period)
    else:
        st.info("This review has not closed yet. When it has, you check it here, share it early, and publish it.")
        st.page_link("coordinate/periods.py", label="Go to periods")
