import streamlit as st

from charter import gap_sentences, headlines, national_context
from charter.published import tables as figures_as
from charter.words import QUESTIONS
from db.types import Question
from pages.ui import cached, charts, links, opening, tables
from pages.ui.plain import plain

shown = opening.draw(
    "Where do the two sides see it differently?",
    will_be=(
        "This page will set what public bodies say of their promises beside what groups saw of them, promise by "
        "promise, the widest gap first."
    ),
)
if shown is not None:
    figures = cached.figures(shown)
    promises = [promise for theme in figures.themes for promise in theme.promises]
    st.markdown(
        f"**{plain(headlines.widest_gap_sentence(promises))}** {plain(gap_sentences.agreement_sentence(promises))}"
    )
    st.markdown(
        "The gap is what public bodies say they did, less what groups say they saw. “Not clear” means that it is too "
        "small to be sure of."
    )
    charts.draw(shown, "gaps")
    with st.expander("Read a promise"):
        links.draw_columns([(each.ref, each.title) for each in promises], shown)

    st.header("Theme by theme", anchor=False)
    tables.draw(figures_as.gap_table(figures.themes, of="Theme"), alt="The gap in each theme")
    charts.draw(shown, "own_gaps")

    st.header("Over the reviews", anchor=False)
    st.markdown("A line joins two reviews only where the promises of the theme kept their meaning.")
    for theme in figures.themes:
        charts.draw(shown, "over_periods", theme.ref, header=False, of=theme.title)

    shares, who = cached.shares(shown), cached.who_answered(shown)
    st.header("Do public bodies help groups to succeed?", anchor=False)
    st.markdown(f"**{plain(gap_sentences.influence_sentence(shares))}**")
    st.markdown(f"The question was: {plain(QUESTIONS[Question.INFLUENCE])}")
    tables.draw(figures_as.influence_table(shares), alt="The overall question, by contact with public bodies")
    elsewhere, source = national_context.context_sentences()
    with st.container(border=True, width=620, gap="small", key="national_context"):
        st.markdown(f"**For context.** {plain(elsewhere)}")
        st.caption(plain(source))

    st.header("How do public bodies work with groups?", anchor=False)
    st.markdown(f"**{plain(gap_sentences.engagement_sentence(shares))}**")
    tables.draw(figures_as.engagement_table(shares, who), alt="The level of engagement that each side names")
    if not any(body.engagement_level for body in who.bodies):
        st.caption("No public body said at which level it works.")
    charts.draw_hidden_note(shown)
