import streamlit as st

from charter import heard
from db.types import Breakdown
from pages.ui import cached, charts, opening, tables
from pages.ui.plain import plain

shown = opening.draw(
    "Who is heard, and who is not?",
    will_be=(
        "This page will say which groups answered and which did not, by kind, yearly income and ward, and how far "
        "those that are silent could move the scores."
    ),
)
if shown is not None:
    who = cached.who_answered(shown)
    first, *rest = heard.opening_sentences(who)
    st.markdown(f"**{plain(first)}** {plain(' '.join(rest))}")

    st.header("Heard against their share", anchor=False)
    st.markdown(
        "If every kind of group were heard alike, its share of the answers would be its share of the groups known. "
        + plain(" ".join(heard.comparison_sentences(who)))
    )
    wards = heard.wards_together(who, threshold=shown.release.threshold)
    for breakdown in (Breakdown.INCOME, Breakdown.KIND, Breakdown.WARD):
        alt = "Share of the groups known by name beside share of those that answered"
        tables.draw(heard.share_table(wards, breakdown), alt=alt)

    st.header("Who answered", anchor=False)
    charts.draw(shown, "response_by_income", header=False)
    charts.draw(shown, "response_by_kind", header=False)
    if charts.draw(shown, "response_by_ward", header=False):
        st.caption("Wards with few groups are put together, so that nobody can tell whether one group answered.")

    st.header("If the silent had answered", anchor=False)
    about = st.container()
    about.markdown(
        "We do not know what the silent groups think. The lines run from the score if all of them had said “not at "
        "all” to the score if all of them had said “fully”. The truth lies somewhere on the line."
        if charts.draw(shown, "bounds", header=False)
        else "No theme has a score that can be shown, so nothing can be said of the groups that did not answer."
    )
