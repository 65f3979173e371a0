import streamlit as st

from charter.assisted import find_helped
from charter.forms import read_form
from charter.store import reading
from db.types import PeriodState
from pages.ui import viewer
from pages.ui.assessment import saving, screens, unsaved
from pages.ui.plain import plain
from pages.ui.running import acting, assisting, choosing, heading

here = viewer.current()
periods = [period for period in choosing.all_periods(here) if period.state is PeriodState.OPEN]
named = st.query_params.get("organisation", "")
period = choosing.chosen_period(periods)
if period is None:
    heading.draw("Answer for a group")
    st.info("No review is open, so nobody’s answers can be typed in. Open a period first.")
    st.page_link("coordinate/periods.py", label="Go to the periods")
    unsaved.draw_all()
else:
    with reading() as session:
        helped = find_helped(session, viewer=here, period_id=period.id, organisation_ref=named)
    if helped is None or not helped.began:
        heading.draw("Answer for a group")
        assisting.draw(period, helped)
    else:
        acting.draw_message()
        whose = {"organisation_id": helped.organisation_id, "period_id": period.id}
        saving.save_what_waits(here, **whose)
        with reading() as session:
            form = read_form(session, viewer=here, **whose)
        st.info(f"You are typing in for {plain(form.organisation_name)}. It is marked on the form.")
        screens.draw(form)
        st.page_link("coordinate/assisted.py", label="Type in for another group", query_params={"period": period.ref})
