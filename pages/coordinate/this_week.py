import streamlit as st

from charter.store import reading
from charter.week import this_week
from pages.ui import viewer
from pages.ui.plain import plain
from pages.ui.running import heading, week_lines

with reading() as session:
    week = this_week(session, viewer=viewer.current())
heading.draw("This week")
if week.period is None:
    st.markdown("Here you see each week what waits for you. There is no review yet: plan the first one.")
else:
    st.markdown(week_lines.opening(week))
    st.caption(f"Working on: {plain(week.period.title)}")
for line in week.lines:
    week_lines.draw(line)
