import pandas as pd
import streamlit as st

from charter import clock
from charter.asking import asked_of_whom
from charter.periods import reasons_for_reopening
from charter.store import reading
from charter.words import PERIOD_STATES
from db.types import PeriodState
from pages.ui import cached, tables, viewer
from pages.ui.plain import plain
from pages.ui.running import asked, choosing, heading, invitations, plan_form, states

PARTS = {"dates": "State and dates", "form": "The form", "invitations": "Invitation list", "plan": "Plan a new one"}

here = viewer.current()
periods = choosing.all_periods(here)
heading.draw("Periods of the yearly review")
period = choosing.chosen_period(periods)
if period is None:
    st.markdown("Here you plan, open and close the yearly review. There is no period yet: plan the first one.")
    plan_form.draw_new(cached.charters())
else:
    part = choosing.chosen_part(PARTS)
    if part == "plan":
        st.header("Plan a new period", anchor=False)
        plan_form.draw_new(cached.charters())
    else:
        choosing.draw_choice(periods, period)
        with reading() as session:
            whom = asked_of_whom(session, viewer=here, ref=period.ref)
            reasons = reasons_for_reopening(session, viewer=here, period_id=period.id)
        st.header(plain(choosing.title_of(period)), anchor=False)
    if part == "dates":
        st.markdown(
            f"- Open from **{clock.day_in_words(period.opens_on)}** to the end of "
            f"**{clock.day_in_words(period.last_day)}**.\n"
            f"- It asks about **{plain(period.charter_title)}**.\n"
            f"- No score is shown of fewer than **{period.threshold}** groups.\n"
            f"- Groups known in all: **{period.known_sector or 'not known'}**.\n"
            f"- The invitation list comes from: {plain(period.list_source) or 'not said'}."
        )
        for at, reason in reasons:
            st.markdown(f"Opened again on {clock.moment_in_words(at)}. The reason: {plain(reason)}")
        states.draw(period, groups=whom[0].invited, bodies=len(whom) - 1)
        if period.state in {PeriodState.PLANNED, PeriodState.OPEN}:
            with st.expander("Change the title, the dates or the list’s source"):
                plan_form.draw_change(period)
        st.header("All periods", anchor=False)
        frame = pd.DataFrame({"Period": [each.named for each in periods]}, dtype=str)
        frame["State"] = [PERIOD_STATES[each.state] for each in periods]
        frame["First day"] = [clock.day_in_words(each.opens_on) for each in periods]
        frame["Last day"] = [clock.day_in_words(each.last_day) for each in periods]
        tables.draw(frame, alt="All periods with their state and dates")
    elif part == "form":
        st.markdown("This is how many questions are asked, and of whom.")
        asked.draw_counts(whom)
        asked.draw_preview(period.ref, whom)
    elif part == "invitations":
        invitations.draw(period)
