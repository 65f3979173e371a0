"""How far a period has come: counts by kind, income and ward, and the days on which answers came."""

import streamlit as st

from charter.charts.submissions import submission_bars, submission_words
from charter.periods import PeriodFound
from charter.reports.drawings import ready
from charter.responses.counting import count_responses, count_table
from charter.responses.days import day_frame, day_table, sent_by_day
from charter.store import reading
from charter.words import BREAKDOWNS
from db.types import Breakdown
from pages.ui import charts, tables, viewer

_BY = (Breakdown.KIND, Breakdown.INCOME, Breakdown.WARD)


def draw(period: PeriodFound) -> None:
    """Draw the counts, the chart by day, and a table for each way to split the groups."""
    here = viewer.current()
    with reading() as session:
        found = count_responses(session, viewer=here, period_id=period.id)
        days = sent_by_day(session, viewer=here, period_id=period.id)
    groups, bodies = found.groups, found.bodies
    cards = (
        ("Groups sent", groups.submitted, f"of {groups.invited} invited"),
        ("Begun, not sent", groups.started, f"of {groups.invited} invited"),
        ("Not begun", groups.missing - groups.started, f"of {groups.invited} invited"),
        ("Bodies sent", bodies.submitted, f"of {bodies.invited} public bodies"),
    )
    for column, (label, number, of) in zip(st.columns(len(cards)), cards, strict=True):
        with column.container(border=True):
            st.metric(label, number)
            st.caption(of)
    if days:
        frame = day_frame(days)
        words = submission_words(frame)
        chart = submission_bars(frame, dark=charts.is_dark())
        drawing = ready(
            chart,
            title="1 group has sent its answers"
            if days[-1].so_far == 1
            else f"{days[-1].so_far} groups have sent their answers",
            subtitle="By the day on which they last sent them",
            words=words,
            table=day_table(days),
        )
        charts.draw_found(drawing, key=f"days {period.ref}", table="The days as a table")
    else:
        st.info("No group has sent its answers yet. The days on which answers come will be here.")
    for breakdown in _BY:
        st.header(BREAKDOWNS[breakdown], anchor=False)
        table = count_table(found.by[breakdown], breakdown)
        tables.draw(table, alt=f"Groups by {BREAKDOWNS[breakdown].lower()}")
