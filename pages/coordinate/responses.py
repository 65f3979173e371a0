import streamlit as st

from charter import clock
from db.types import PeriodState
from pages.ui import viewer
from pages.ui.plain import plain
from pages.ui.responses import overview, reminders, rows, troubles
from pages.ui.running import choosing, heading

PARTS = {"overview": "How far it is", "list": "Who is missing", "reminders": "E-mails"}

here = viewer.current()
periods = choosing.all_periods(here)
heading.draw("Who has answered")
period = choosing.chosen_period(periods)
if period is None:
    st.markdown("Here you see who has answered, who has not, and when they were last written to.")
    st.info("There is no period yet. Plan one first.")
    st.page_link("coordinate/periods.py", label="Plan a period")
    troubles.draw()
else:
    part = choosing.chosen_part(PARTS)
    choosing.draw_choice(periods, period)
    st.caption(f"{plain(choosing.title_of(period))} · last day {clock.day_in_words(period.last_day)}")
    if period.state is PeriodState.PLANNED:
        st.info("It is not open yet, so nobody is invited. Open it first.")
        st.page_link("coordinate/periods.py", label="Go to the periods", query_params={"period": period.ref})
        if part == "reminders":
            troubles.draw()
    elif part == "overview":
        overview.draw(period)
    elif part == "list":
        rows.draw(period)
    elif part == "reminders":
        reminders.draw(period)
        troubles.draw()
